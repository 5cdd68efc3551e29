"""Tables of transactions: their columns, and each row as a transaction."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.figures import whole
from dualuse.law.asked import Asked
from dualuse.law.kinds import facts
from dualuse.sheets import Line, read_lines
from dualuse.suggest import nearest

_NEEDED = ("item", "to")
SURPLUS = ""
"""Name under which a row keeps cells that have no column."""


def columns() -> tuple[str, ...]:
    """Columns of a table of transactions: the options of ``check``, and an ``id``; ``item`` and ``to`` are needed."""
    return ("id", "item", "quantity", "to", *facts(), "as-of", "lens")


Row = tuple[int, dict[str, str]]
"""Line of a table, and its cells: by known column those that are not blank, stripped; by other columns as they are."""


class Table:
    """A table of transactions; it can be gone through again and again, each time read in a stream.

    Args:
        path: A CSV file or a workbook.

    Raises:
        UsageError: the file is no such table; the message names the columns.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._header = Header(path, next(self._lines(), (0, []))[1])

    @property
    def extra(self) -> tuple[str, ...]:
        """Columns that no test asks for; they are passed through."""
        return tuple(self._header.extra)

    @property
    def doubts(self) -> list[str]:
        """What may have been meant otherwise."""
        return self._header.doubts

    def __iter__(self) -> Iterator[Row]:
        """Yield (line, cells) of each row."""
        lines = self._lines()
        next(lines, None)
        for line, row in lines:
            if any(cell.strip() for cell in row):
                yield line, self._header.read(row)

    def has(self, *names: str) -> bool:
        """Whether it has one of some columns."""
        return not set(names).isdisjoint(self._header.names)

    def _lines(self) -> Iterator[Line]:
        return read_lines(self.path, lambda name: _bare(name) in _by_bare_name())


class Header:
    """The first row of a table: what each column is.

    Args:
        path: Where the table is.
        row: Names of its columns.

    Raises:
        UsageError: it is no table of transactions; the message names the columns.
    """

    def __init__(self, path: Path | str, row: list[str]) -> None:
        by_bare_name = _by_bare_name()
        self.names = [by_bare_name.get(_bare(name), name if name.strip() else SURPLUS) for name in row]
        self._known = [name == SURPLUS or name in columns() for name in self.names]
        self.extra = [name for name, known in zip(self.names, self._known, strict=True) if not known]
        free = [name for name in columns() if name not in self.names]
        self._near = [(name, close[0]) for name in self.extra if (close := nearest(_bare(name), free, 1, likeness=0.8))]
        twice = sorted(name for name, count in Counter(self.names).items() if count > 1 and name != SURPLUS)
        missing = [name for name in _NEEDED if name not in self.names]
        for fault, found in (("columns given twice", twice), ("missing columns", missing)):
            if found:
                raise UsageError(f"{path}: {fault} {found}{self._nearest(missing)}; {_known_columns()}")

    @property
    def doubts(self) -> list[str]:
        """What may have been meant otherwise: a column passed through that is nearly called as a known one."""
        return [f"the column {name!r} is passed through; {meant!r} may be meant" for name, meant in self._near]

    def read(self, row: list[str]) -> dict[str, str]:
        """The cells of a row."""
        cells = {}
        for name, known, cell in zip(self.names, self._known, row, strict=False):
            if not known:
                cells[name] = cell
            elif stripped := cell.strip():
                cells[name] = stripped
        if len(row) > len(self.names) and any(surplus := [cell for cell in row[len(self.names) :] if cell.strip()]):
            cells[SURPLUS] = ", ".join(surplus)
        return cells

    def _nearest(self, missing: list[str]) -> str:
        found = [(name, close[0]) for name in missing if (close := nearest(name, self.extra, 1))]
        return "".join(f"; is the column {near!r} meant as {name!r}?" for name, near in found)


def _known_columns() -> str:
    return f"columns are: {', '.join(columns())} (needed: {', '.join(_NEEDED)}); any other is passed through"


def _bare(name: str) -> str:
    """The name of a column without case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_\u2010-\u2015-]+", "", unicodedata.normalize("NFKC", name).casefold())


@cache
def _by_bare_name() -> dict[str, str]:
    return {_bare(name): name for name in columns()}


def read_rows(path: Path) -> Iterator[Row]:
    """Yield (line, cells) of a table of transactions; blank lines are passed over.

    Raises:
        UsageError: the file is no such table; the message names the columns.
    """
    return iter(Table(path))


def asked(cells: dict[str, str]) -> Asked:
    """A row as a transaction.

    Raises:
        UsageError: a cell that cannot be read.
    """
    for name in _NEEDED:
        if name not in cells:
            raise UsageError(f"{name} is blank")
    if SURPLUS in cells:
        raise UsageError(f"more cells than columns: {cells[SURPLUS]!r}; put a cell that holds a comma in quotes")
    units = whole("quantity", cells.get("quantity", "1"))
    given = {option: fact.form.read(option, cells[option]) for option, fact in facts().items() if option in cells}
    return Asked(cells["item"], units, cells["to"], **given)


def read_transactions(path: Path) -> list[tuple[str, Asked]]:
    """All transactions of a table that are judged on one day, each with its id or its line.

    Raises:
        UsageError: a row that cannot be read, or that has a day or a lens of its own, with its line.
    """
    found = []
    table = Table(path)
    if table.doubts:
        raise UsageError(f"{path}: {'; '.join(table.doubts)}: rename it")
    for line, cells in table:
        try:
            own = [name for name in ("as-of", "lens") if name in cells]
            if own:
                raise UsageError(f"{own[0]} {cells[own[0]]!r}: all rows are judged on the day and under the lens asked")
            found.append((cells.get("id", f"line {line}"), asked(cells)))
        except UsageError as error:
            raise UsageError(f"{path}:{line}: {error}") from None
    return found
