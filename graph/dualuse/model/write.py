"""Write records as triples: what each field says, what a record as a whole says, and the parts it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

from dualuse.model import fields
from dualuse.model.base import CHINESE, Around, Record
from dualuse.model.fields import Field, Says, fields_of
from dualuse.model.triples import Triples

Writer = Callable[[Triples, Any], None]


def write(record: Record, around: Around) -> Iterator[Triples]:
    """Triples of a record, and then of each of its parts.

    Args:
        around: Its key, and what others are called.
    """
    kind: Any = type(record)
    key = around.key
    label = record.caption(around) or _label(record)
    yield node_of(record, around)
    for name, part in _parts(kind):
        for number, held in enumerate(getattr(record, name), start=1):
            about = part.about
            own_key = getattr(held, about.named_by) if about.named_by else number
            inside = replace(around, key=f"{key}.{own_key}", holder_key=key, holder_label=label)
            node = node_of(held, inside)
            node.link(about.holder, record.about.kind, key)
            for inherited in about.inherits:
                _write_field(kind, inherited)(node, record)
            yield node


def node_of(record: Record, around: Around) -> Triples:
    """Triples of one record, without those of its parts."""
    kind: Any = type(record)
    about = record.about
    node = Triples(about.kind, around.key, *record.classes())
    label = record.caption(around)
    if label is not None:
        node.text("rdfs:label", label, "en")
        for language in CHINESE:
            node.text("rdfs:label", record.caption_in(language, around), language)
    if about.scheme:
        node.link("skos:inScheme", "scheme", about.scheme)
    for writer in _writers(kind):
        writer(node, record)
    record.more(node, around)
    return node


def _label(record: Record) -> str:
    """The field that is the English label."""
    kind: Any = type(record)
    for each in fields_of(kind):
        if fields.Lit("rdfs:label", "en") in each.says:
            return str(getattr(record, each.name))
        if fields.Names("rdfs:label") in each.says:
            return str(getattr(record, each.name).en)
    return ""


@cache
def _parts(kind: Any) -> tuple[tuple[str, type[Any]], ...]:
    """Fields whose values are nodes of their own."""
    return tuple((field.name, part) for field in fields_of(kind) if (part := field.node) is not None)


@cache
def _writers(kind: Any) -> tuple[Writer, ...]:
    """What writes each field of a record that says something, those of its inner records included."""
    found: list[Writer] = []
    for field in fields_of(kind):
        if field.says:
            found.append(_write_field(kind, field.name))
        elif field.inner is not None:
            found.append(_write_inner(field))
    return tuple(found)


def _write_inner(field: Field) -> Writer:
    inner_kind: Any = field.inner
    get, writers = attrgetter(field.name), _writers(inner_kind)

    def write_inner(node: Triples, record: Any) -> None:
        inner = get(record)
        if inner is not None:
            for writer in writers:
                writer(node, inner)

    return write_inner


@cache
def _write_field(kind: Any, name: str) -> Writer:
    field = next(field for field in fields_of(kind) if field.name == name)
    get, many = attrgetter(name), field.many is not None
    terms = tuple(_term(says) for says in field.says)

    def write_field(node: Triples, record: Any) -> None:
        value = get(record)
        if value is None:
            return
        for one in value if many else (value,):
            for term in terms:
                term(node, one, record)

    return write_field


def _term(says: Says) -> Callable[[Triples, Any, Any], None]:
    """What writes one value."""
    predicate = says.predicate
    match says:
        case fields.Lit(language=language, tagged_by=None):
            return lambda node, value, record: node.text(predicate, value, language)
        case fields.Lit(tagged_by=str(other)):
            return lambda node, value, record: node.text(predicate, value, getattr(record, other))
        case fields.Alias():
            return lambda node, value, record: node.alias(predicate, value)
        case fields.Names():
            return lambda node, value, record: node.names(
                predicate, en=value.en, zh_hant=value.zh_hant, zh_hans=value.zh_hans
            )
        case fields.Address():
            return lambda node, value, record: node.address(predicate, value)
        case fields.Ref(kind=kind) | fields.Val(scheme=kind):
            return lambda node, value, record: node.link(predicate, kind, value)
        case fields.Thing():
            return lambda node, value, record: node.link(predicate, *value.split(":", 1))
        case _:
            return _measured(says)


def _measured(says: Says) -> Callable[[Triples, Any, Any], None]:
    """What writes a number, a truth or a date."""
    predicate = says.predicate
    match says:
        case fields.Num():
            return lambda node, value, record: node.number(predicate, value)
        case fields.Count():
            return lambda node, value, record: node.count(predicate, value)
        case fields.Truth(true=true):
            return lambda node, value, record: node.truth(predicate, value == true)
        case _:
            return _date(says)


def _date(says: Says) -> Callable[[Triples, Any, Any], None]:
    """What writes a date."""
    predicate = says.predicate
    match says:
        case fields.Partial():
            return lambda node, value, record: node.partial(predicate, value)
        case fields.Moment():
            return lambda node, value, record: node.dated(predicate, value)
        case fields.Bound():
            return lambda node, value, record: node.bound(predicate, value)
        case fields.Ends(until=until):
            return lambda node, value, record: node.ends(predicate, until, *value)
        case fields.Edge(end="earliest"):
            return lambda node, value, record: node.day(predicate, value.earliest)
        case fields.Edge():
            return lambda node, value, record: node.day(predicate, value.latest)
        case _:
            raise TypeError(f"no way to write {says!r}")
