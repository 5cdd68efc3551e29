"""Records of a kind as they were read when the graph was built, kept beside it.

Which kinds are kept, the records say: :attr:`About.kept`. A record is a JSON object of the fields that are not as its
class has them, with the name of the class, and the key of its node where it has one.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, TypeVar

from dualuse.dates import PartialDate
from dualuse.kept import name_of, pack, unpack, unreadable
from dualuse.model.base import NOWHERE, Record, holder_of, placed
from dualuse.model.fields import RECORDS, name_of_class

if TYPE_CHECKING:
    from dualuse.node import Node
    from dualuse.store.base import Store

R = TypeVar("R")
_CLASS, _KEY = "", "."
"""Under what a record has its class and its key; no field can be called so."""
_DATE = "date"
"""The class of a date; that of a record has a dot."""
_MADE_BY = tuple(f"dualuse.model.{name}" for name in ("base", "fields", "kept", "read", "terms"))


def kept_name(kind: Any) -> str:
    """Name of the file that a store keeps of a kind of record."""
    return name_of(kind.about.kind, *_MADE_BY, kind.__module__)


def encode(records: Iterable[Any]) -> bytes:
    """Records as a store keeps them."""
    return pack((record.node.key, _told(record)) for record in records)


def _told(value: Any) -> Any:
    """What JSON can hold of a value of a field.

    Raises:
        TypeError: no value of a kind that is kept.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if isinstance(value, PartialDate):
        return {_CLASS: _DATE, "edtf": value.edtf}
    if not isinstance(value, Record):
        raise TypeError(f"{value!r} cannot be kept")
    own = {
        field.name: _told(found)
        for field in dataclasses.fields(value)
        if field.init and (found := getattr(value, field.name)) != field.default
    }
    key = {} if value.node is NOWHERE else {_KEY: value.node.key}
    return {_CLASS: name_of_class(type(value)), **key, **own}


def read_kept(
    store: Store,
    kind: type[R],
    keys: Collection[str] | None = None,
    held_by: Collection[Node] | None = None,
    where: Mapping[str, Collection[str]] | None = None,
) -> list[R] | None:
    """Records as a store keeps them, with the meaning and in the order of :func:`dualuse.model.read.read`.

    Returns:
        None where the store keeps none of the kind.

    Raises:
        StoreError: what it keeps cannot be read.
    """
    name = kept_name(kind)
    kept = store.kept(name)
    if kept is None:
        return None
    try:
        found = unpack(kept)
        if keys is not None:
            found = {key: told for key, told in found.items() if key in keys}
        if held_by is not None:
            holders = {node.key for node in held_by}
            found = {key: told for key, told in found.items() if holder_of(key)[0] in holders}
        lines: Iterable[str] = found.values()
        for values in (where or {}).values():
            lines = _naming(lines, values)
        decode = JSONDecoder(object_hook=_made).decode
        return [record for told in lines if _has(record := decode(told), where or {})]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise unreadable(store.location, name, error) from None


def _naming(lines: Iterable[str], values: Collection[str]) -> list[str]:
    """The lines that hold one of the values in any of their fields; only these need be read."""
    written = [json.dumps(value, ensure_ascii=False) for value in values]
    return [line for line in lines if any(value in line for value in written)]


def _has(record: Any, where: Mapping[str, Collection[str]]) -> bool:
    """Whether each field has one of its values."""
    return all(_meets(getattr(record, name), values) for name, values in where.items())


def _meets(found: Any, values: Collection[str]) -> bool:
    return any(each in values for each in (found if isinstance(found, tuple) else (found,)))


def _made(told: dict[str, Any]) -> Any:
    name, key = told.pop(_CLASS), told.pop(_KEY, None)
    kind: Any = PartialDate if name == _DATE else RECORDS[name]
    made = kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in told.items()})
    return made if key is None else placed(made, key)
