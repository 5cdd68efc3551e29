"""A card's rows as CSV."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from dualuse.card import Card
from dualuse.harmless import no_formula
from dualuse.show.cells import cell, columns


def to_csv(card: Card[Any]) -> str:
    """The rows of the first part that has rows; a card without gives one row."""
    rows = card.to_cells()
    names = columns(rows)
    return _table(names, ([row.get(name) for name in names] for row in rows))


def write_csv(stream: BinaryIO, names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as they come, as :func:`to_csv` has them."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for cells in itertools.chain([names], ([_plain(row.get(name)) for name in names] for row in rows)):
        writer.writerow(cells)
        stream.write(line.getvalue().encode("utf-8"))
        line.seek(0)
        line.truncate()


class Aside(NamedTuple):
    """What a reader of the rows alone would miss: an unknown, a finding, or a note."""

    kind: str
    what: str
    why: str

    def __str__(self) -> str:
        """On one line."""
        return f"{self.kind}: {self.what}: {self.why}" if self.why else f"{self.kind}: {self.what}"


def asides(card: Card[Any]) -> list[Aside]:
    """What stands beside the rows of a card: its unknowns, what was odd in what it was given, and its notes."""
    found = [Aside("unknown", gap.what, gap.why_it_matters) for gap in card.unknown]
    for row in card.plain.get("findings") or ():
        found.append(Aside(cell(row.get("kind")), cell(row.get("where")), cell(row.get("message"))))
    for row in card.plain.get("notes") or ():
        found.append(Aside("note", cell(row.get("note")), ""))
    return found


def asides_csv(card: Card[Any]) -> str:
    """The same as a table."""
    return _table(Aside._fields, asides(card))


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue()


def _plain(value: object) -> str:
    """A value in a CSV cell: numbers without separators."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return no_formula(cell(value))
