"""The records of a graph as flat tables: one a kind of record, with types, keys and what each column refers to.

A part that is a node of its own, an event say, has a table of its own, which names what holds it. A field of several
values stands in its row joined by ``" | "``; where the values are keys or codes, they have a table of their own too,
one row a value, so that a database can join them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import Name, field_order, holder_of
from dualuse.model.derived import Assessment, Classification, TierAssignment
from dualuse.model.fields import Field, fields_of
from dualuse.model.meanings import meanings
from dualuse.model.read import read
from dualuse.model.tables import TABLES, table_of
from dualuse.namespaces import split_thing
from dualuse.store.base import Store

Type = Literal["text", "date", "number", "integer", "address"]
"""Type of a cell; a date is a whole one, a month or a year."""
Cell = str | float | int | None
JOINED = " | "
_EXACT = 2**53
"""Whole numbers below it are exact in every tool."""
_DERIVED = (TierAssignment, Classification, Assessment)


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        name: Its name, a word of letters, digits and underscores.
        meaning: What it says.
        required: Whether every row has it.
        values: Values allowed; empty: any.
        refers_to: Sheet whose keys its cells are.
        joined: Whether a cell holds several values.
    """

    name: str
    type: Type
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    refers_to: str = ""
    joined: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table.

    Args:
        name: Its name, which is that of its file.
        meaning: What a row is.
        key: Columns that tell rows apart.
        rows: The rows, sorted by key; one cell a column.
        linked: Whether it is the table of a field of several values, one row a value.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    linked: bool = False


@dataclass(frozen=True)
class _Source:
    """A column and how a record fills it."""

    column: Column
    value: Callable[[Any], object]


_LABELS = """SELECT ?node ?label WHERE {
  ?node rdfs:label ?label
  FILTER(STRSTARTS(STR(?node), "https://w3id.org/dualuse/id/") && LANG(?label) IN ("", "en"))
}"""


def sheets(store: Store) -> list[Sheet]:
    """Every table of a graph, sorted by name.

    Raises:
        StoreError: a record is not as this version writes it.
    """
    labels: dict[tuple[str, str], str] = {}
    for row in store.select(_LABELS):
        labels.setdefault(split_thing(row["node"].value), row["label"].value)
    found: list[Sheet] = []
    for kind in _kinds():
        found += _sheets(store, kind, labels)
    return sorted(found, key=lambda sheet: sheet.name)


def _kinds() -> Iterator[Any]:
    """Kinds of records that are nodes, those that others hold among them."""
    for kind in (*(table.record for table in TABLES if table.record.about.kind), *_DERIVED):
        yield kind
        yield from (field.node for field in fields_of(kind) if field.node is not None)


def _sheets(store: Store, kind: Any, labels: dict[tuple[str, str], str]) -> Iterator[Sheet]:
    """The table of a kind, and one for each of its fields of several keys or codes."""
    name, about = name_of(kind), kind.about
    records = sorted(read(store, kind), key=lambda record: str(record.node.key))
    sources = [*_own(kind, labels), *_columns(kind)]
    rows = tuple(tuple(_cell(source.value(record)) for source in sources) for record in records)
    yield Sheet(name, _what(kind), tuple(source.column for source in sources), ("key",), rows)
    for field in fields_of(kind):
        if field.many is not None and field.part is None and (table_of(field) or field.values):
            yield _linked(
                field, kind, records, Column(about.kind.replace("-", "_"), "text", "Key of what has it.", True)
            )


def _linked(field: Field, kind: Any, records: list[Any], holder: Column) -> Sheet:
    """The table of a field: one row for each value of each record."""
    name = f"{name_of(kind)}_{field.name}"
    target = _target(field)
    value = Column(_other_than(holder.name, field.name), "text", _meaning(kind, field), True, field.values, target)
    columns = (Column(**vars(holder) | {"refers_to": name_of(kind)}), value)
    rows = sorted({(record.node.key, str(each)) for record in records for each in getattr(record, field.name)})
    return Sheet(
        name, f"{_meaning(kind, field)} One row a value.", columns, (holder.name, value.name), tuple(rows), True
    )


def _other_than(taken: str, name: str) -> str:
    return f"{name}_value" if name == taken else name


def name_of(kind: type[Any]) -> str:
    """Name of the table of a kind of record."""
    some: Any = kind
    name: str = some.about.table.rpartition("/")[2] or f"{some.about.kind}s"
    return name.replace("-", "_")


SHEET_OF: dict[str, str] = {kind.about.kind: name_of(kind) for kind in _kinds()}
"""Kind of a thing -> the sheet that has it."""
_TABLE_NAMES = {table.name: name_of(table.record) for table in TABLES if table.record.about.kind}


def _target(field: Field) -> str:
    return _TABLE_NAMES.get(table_of(field) or "", "")


def _what(kind: Any) -> str:
    """First sentence of a record's docstring."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split()).replace("``", "")


def _meaning(kind: Any, field: Field) -> str:
    return " ".join(meanings(kind)[field.name].split()).replace("``", "")


def _own(kind: Any, labels: dict[tuple[str, str], str]) -> Iterator[_Source]:
    """The columns that every table has, and what holds a part."""
    about = kind.about
    yield _Source(Column("key", "text", "Names it among its kind.", True), lambda record: record.node.key)
    if about.holder:
        holder = next(table.record for table in TABLES if any(field.node is kind for field in fields_of(table.record)))
        of = Column(holder.about.kind.replace("-", "_"), "text", "Key of what holds it.", True, (), name_of(holder))
        yield _Source(of, lambda record: holder_of(record.node.key)[0])
    label = Column("label", "text", "What it is called in English.")
    yield _Source(label, lambda record: labels.get((about.kind, record.node.key)))
    yield _Source(Column("iri", "address", "Its address in the graph.", True), lambda record: record.node.iri)


def _columns(kind: Any, before: str = "", path: tuple[str, ...] = ()) -> Iterator[_Source]:
    """The columns of a record's fields, those of values without a node of their own among them."""
    fields = {field.name: field for field in fields_of(kind)}
    for name in field_order(kind):
        field, steps = fields[name], (*path, name)
        if name == "key" or (field.node is not None and field.many is not None):
            continue
        inner = field.type if field.type is Name else field.inner
        if inner is not None:
            yield from _columns(inner, f"{before}{name}_", steps)
        else:
            required = field.required and not path
            column = Column(f"{before}{name}", _type(field), _meaning(kind, field), required)
            more = {"values": field.values, "refers_to": _target(field)} if field.many is None else {"joined": True}
            yield _Source(Column(**vars(column) | more), _getter(steps))


def _getter(steps: tuple[str, ...]) -> Callable[[Any], object]:
    def get(record: Any) -> object:
        for step in steps:
            record = None if record is None else getattr(record, step)
        return record

    return get


def _type(field: Field) -> Type:
    if field.many is not None or field.part is not None or field.values:
        return "text"
    if field.form is not None and field.form.words == "web address":
        return "address"
    found: dict[Any, Type] = {PartialDate: "date", float: "number", int: "integer"}
    return found.get(field.type, "text")


def _cell(value: object) -> Cell:
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return JOINED.join(str(_cell(each)) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _tree(value) if hasattr(value, "about") else str(value)
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return int(value) if whole else value


def _tree(value: object) -> str:
    """A tree of tests as JSON, as its file has it."""
    return json.dumps(_written(value), ensure_ascii=False, sort_keys=True)


def _written(value: object) -> object:
    if hasattr(value, "about"):
        told = {field.name: getattr(value, field.name) for field in fields_of(type(value))}
        return {name: _written(each) for name, each in told.items() if each not in (None, ())}
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return value if isinstance(value, int | float | str) else str(value)


__all__ = ["JOINED", "SHEET_OF", "Cell", "Column", "Sheet", "name_of", "sheets"]
