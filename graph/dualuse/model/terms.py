"""What a term of a graph is as the value of a field of a record: the inverse of what ``write`` makes of it.

A reader gives None where a term is none of the field's values, and raises ``ValueError`` where it can be none of any.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from dualuse.dates import PartialDate
from dualuse.model import fields
from dualuse.model.fields import Field, Says, fields_of
from dualuse.namespaces import ID, expand

if TYPE_CHECKING:
    from dualuse.store.base import Term

Value = Callable[["Term"], Any]
"""The value of a field that a term is; None where it is none."""


@cache
def readers(kind: Any, chosen: str) -> tuple[tuple[str, str, bool, Value], ...]:
    """What reads each field: its name, its predicate, whether it has several values, and the value of a term.

    Args:
        chosen: Of the fields that exclude each other, the one that is there.
    """
    tree = kind.about.tree
    others = {field.name for field in fields_of(kind)} - {*tree.shared, chosen} if tree else ()
    return tuple(_field_readers(kind, others, ""))


def _field_readers(kind: Any, without: Collection[str], within: str) -> Iterator[tuple[str, str, bool, Value]]:
    for field in fields_of(kind):
        if field.name in without or field.name == "key":
            continue
        if field.inner is not None:
            yield from _field_readers(field.inner, (), f"{field.name}.")
        for says in field.says[:1]:
            if isinstance(says, fields.Ends):
                yield f"{field.name}.start", expand(says.predicate), False, _date
                yield f"{field.name}.end", expand(says.until), False, _date
                continue
            several = field.many is not None or isinstance(says, fields.Names)
            yield within + field.name, expand(says.predicate), several, _value(field, says)
            if isinstance(says, fields.Lit) and says.tagged_by is not None and not _named(kind, says.tagged_by).says:
                yield within + says.tagged_by, expand(says.predicate), False, _language


def _named(kind: Any, name: str) -> Field:
    return next(field for field in fields_of(kind) if field.name == name)


_SCRIPTS = {"en": "en", "zh-hant": "zh_hant", "zh-hans": "zh_hans"}
_CODES = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}


def _tag(term: Term) -> str | None:
    """Language tag of a text, which a graph has in small letters."""
    return term.language if isinstance(term, ox.Literal) else None


def _language(term: Term) -> str | None:
    """Language of a text as records write it."""
    tag = _tag(term)
    return tag and _CODES.get(tag, tag)


def _value(field: Field, says: Says) -> Value:
    """What takes the value of a field from a term: the inverse of what writes it."""
    match says:
        case fields.Ref(kind=kind) | fields.Val(scheme=kind):
            base = f"{ID}{kind}/"
            return lambda term: term.value[len(base) :] if term.value.startswith(base) else None
        case fields.Thing():
            return _thing
        case fields.Lit(language=language, tagged_by=tagged):
            return _text(field, {language} if tagged is None else None)
        case fields.Alias():
            return _text(field, {"en", None})
        case fields.Names():
            return lambda term: (_SCRIPTS[_tag(term) or ""], term.value) if _tag(term) in _SCRIPTS else None
        case fields.Address():
            return lambda term: term.value
        case _:
            return _measured(field, says)


def _thing(term: Term) -> str | None:
    """A thing of any kind, ``kind:key``."""
    kind, slash, key = term.value.removeprefix(ID).partition("/")
    return f"{kind}:{key}" if term.value.startswith(ID) and kind and slash and key else None


def _text(field: Field, languages: Collection[str | None] | None) -> Value:
    fits = field.fits

    def text(term: Term) -> str | None:
        if not isinstance(term, ox.Literal) or (languages is not None and _tag(term) not in languages):
            return None
        return term.value if fits(term.value) else None

    return text


def _date(term: Term) -> PartialDate:
    return PartialDate(term.value)


def _measured(field: Field, says: Says) -> Value:
    """What takes numbers, truths and dates."""
    match says:
        case fields.Num() | fields.Count():
            return _number(field)
        case fields.Truth(true=true):
            other = next(value for value in field.values if value != true)
            return lambda term: true if term.value == "true" else other
        case fields.Partial() | fields.Moment() | fields.Bound() | fields.Edge():
            return _date
        case _:
            raise TypeError(f"no way to read {says!r}")


def _number(field: Field) -> Value:
    """What takes a number within the limits of a field."""
    limits = {} if field.form is None else field.form.limits()
    least, above, most = limits.get("ge", -inf), limits.get("gt", -inf), limits.get("le", inf)

    def number(term: Term) -> Any:
        found = field.type(term.value)
        size = float(found) if isinstance(found, str) else found
        if not (least <= size <= most and above < size < inf):
            raise ValueError(f"{term.value} is no {field.form.words if field.form else 'number'}")
        return found

    return number
