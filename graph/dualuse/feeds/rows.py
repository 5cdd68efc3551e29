"""Rows of a table that somebody publishes, each as a record of cells: no column lost, no row dropped in silence."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.report import Report
from dualuse.sheets import Line, read_lines

_RAGGED = (".xlsx", ".xlsm")
"""Of these, a row ends with its last filled cell."""
Row = tuple[str, dict[str, str]]
"""Where a row stands, and its cells by column; blank ones are left out."""


def table(file: Path, known: Callable[[str], bool] = lambda name: True) -> tuple[tuple[str, ...], Iterator[Line]]:
    """Names of the columns of a table, and its lines.

    Args:
        file: CSV, TSV, Parquet or a workbook.
        known: Whether a column of that name is known; by it is told what stands between cells.

    Raises:
        UsageError: it is no table.
    """
    lines = read_lines(file, known)
    _, header = next(lines, (0, []))
    if not any(name.strip() for name in header):
        raise UsageError(f"{file}: no table: its first line names no column; put the names of its columns there")
    return _named(header), lines


def _named(header: list[str]) -> tuple[str, ...]:
    """Each column by a name of its own: ``Footnote``, ``Footnote (2)``, and ``column 3`` where there is no name."""
    bare = [" ".join(name.split()) or f"column {number}" for number, name in enumerate(header, start=1)]
    taken, counts = {*bare}, {name: itertools.count(2) for name in bare}
    found: dict[str, None] = {}
    for name in bare:
        if name in found:
            name = next(other for count in counts[name] if (other := f"{name} ({count})") not in taken)
            taken.add(name)
        found[name] = None
    return tuple(found)


def rows(
    file: Path, columns: tuple[str, ...], lines: Iterator[Line], report: Report, *, named: bool = False
) -> Iterator[Row]:
    """The rows of a table; one that has too many or too few cells, or is the header again, is rejected.

    Args:
        lines: Its lines, the header left out.
        report: Where rejected rows are noted.
        named: Whether to say of which file a line is, where there are several.
    """
    ragged = file.suffix.lower() in _RAGGED
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{file.name} line {number}" if named else f"line {number}"
        report.read += 1
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if ragged and len(cells) < len(columns):
            cells += [""] * (len(columns) - len(cells))
        if len(cells) != len(columns):
            report.reject(where, f"{len(cells)} cells, not {len(columns)}", ", ".join(cells))
        elif tuple(cells) == columns:
            report.reject(where, "the header again")
        else:
            yield where, {name: cell for name, cell in zip(columns, cells, strict=True) if cell.strip()}


def nearest(file: Path, columns: tuple[str, ...], tables: Mapping[str, Mapping[str, str]], what: str) -> str:
    """Which of several tables a header is of: the one with its first two columns, and most of its columns.

    Args:
        tables: Name -> columns a table can have, those that tell it first.
        what: What the file is to be, for the message.

    Raises:
        UsageError: it is of none.
    """
    had = set(columns)
    fit = Counter({name: len(had & {*known}) for name, known in tables.items() if {*list(known)[:2]} <= had})
    if not fit:
        told = "; ".join(f"{name} by {', '.join(list(known)[:2])}" for name, known in tables.items())
        raise UsageError(f"{file}: no table of {what}: its first line has not the columns of one. Known: {told}")
    return fit.most_common(1)[0][0]
