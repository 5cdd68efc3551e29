"""What second readings are of: that the thing is on record, and has the fields that were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dualuse.errors import Problem
from dualuse.load.files import Row
from dualuse.model.fields import fields_of
from dualuse.model.tables import KINDS_READ, Home
from dualuse.suggest import nearest

_Rows = Mapping[str, Mapping[str, tuple[Row, Any]]]


def check_rereadings(rows: _Rows) -> Iterator[Problem]:
    """Yield a problem for every second reading of what is not on record, or of a field that its kind has not.

    Args:
        rows: Table -> key -> row and record, or None for one that could not be read.
    """
    keys: dict[str, set[str]] = {}
    for row, record in rows["rereadings"].values():
        if record is None:
            continue
        kind, _, key = record.thing.partition(":")
        home = KINDS_READ.get(kind)
        if home is None:
            yield _problem(row, "thing", f"no kind {kind!r} of things with sources", kind, KINDS_READ)
            continue
        if kind not in keys:
            keys[kind] = set(_keys(home, rows[home.table]))
        if key not in keys[kind] and not _unread(home, rows[home.table], key):
            yield _problem(row, "thing", f"no {kind} {key!r} in {home.table}", key, keys[kind])
        known = set(_names(home.record))
        for field in record.fields:
            if field not in known:
                yield _problem(row, "fields", f"{kind} has no field {field!r}", field, known)


def _problem(row: Row, where: str, what: str, given: str, known: Any) -> Problem:
    close = nearest(given, sorted(known), 3)
    hint = f" Nearest: {', '.join(close)}." if close else ""
    return Problem(row.file, row.line_of((where,)), where, f"{what}.{hint} Fix it, or add what was read.")


def _keys(home: Home, rows: Mapping[str, tuple[Row, Any]]) -> Iterator[str]:
    """Keys of all things of a kind: those of a table, or of the parts of its records."""
    for key, (_, record) in rows.items():
        if not home.field:
            yield key
        elif record is not None:
            for number, part in enumerate(getattr(record, home.field), 1):
                named = home.record.about.named_by
                yield f"{key}.{getattr(part, named) if named else number}"


def _unread(home: Home, rows: Mapping[str, tuple[Row, Any]], key: str) -> bool:
    """Whether a thing is a part of a record that could not be read, which is told already."""
    _, record = rows.get(key.rpartition(".")[0], (None, ...))
    return bool(home.field) and record is None


def _names(kind: type[Any], within: str = "") -> Iterator[str]:
    """Names of the fields of a record, and of those in a part that is no thing of its own."""
    for field in fields_of(kind):
        yield within + field.name
        part = field.part
        if part is not None and field.node is None and not field.tree:
            yield from _names(part, f"{within}{field.name}.")
