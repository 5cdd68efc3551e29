"""Tables of transactions: read in a stream, judge each row, report what cannot be read row by row.

Memory does not grow with the table: rows are judged as they are read, and what is remembered is bounded.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.kinds import facts
from dualuse.law.transaction import Transaction, World
from dualuse.names import Names

_T = TypeVar("_T")

_NEEDED = ("item", "to")
_SURPLUS = ""
"""Name under which a row keeps cells that have no column."""

_REMEMBERED = 16_384
"""Most results, names and days that are remembered; each kind by itself."""
_CHUNK = 500
"""Rows handed to another process at a time."""

RESULT_COLUMNS = (
    "row",
    "id",
    "outcome",
    "exception",
    "review_policy",
    "tpp_total",
    "h100_equivalents",
    "allocation_share",
    "unknown",
    "error",
)
"""Columns of the result of a batch."""


def columns() -> tuple[str, ...]:
    """Columns of a table of transactions: the options of ``check``, and an ``id``; ``item`` and ``to`` are needed."""
    return ("id", "item", "quantity", "to", *facts(), "as-of", "lens")


@dataclass
class Summary:
    """What came out of a batch."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: int = 0


Row = tuple[int, dict[str, str]]
"""Line of a table, and its cells that are not blank."""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield (line, cells that are not blank) of a table of transactions; blank lines are passed over.

    Raises:
        UsageError: the file is no such table; the message names the columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            names = _header(path, next(reader, []))
            for row in reader:
                if row:
                    cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if cell.strip()}
                    surplus = [cell for cell in row[len(names) :] if cell.strip()]
                    yield reader.line_num, cells | ({_SURPLUS: ", ".join(surplus)} if surplus else {})
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a CSV table in UTF-8: {error}") from None


def _header(path: Path, row: list[str]) -> list[str]:
    names = [name.strip() for name in row]
    unknown = [name for name in names if name not in columns()]
    missing = [name for name in _NEEDED if name not in names]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    faults = {"unknown columns": unknown, "missing columns": missing, "columns given twice": twice}
    for fault, found in faults.items():
        if found:
            known = f"columns are: {', '.join(columns())} (needed: {', '.join(_NEEDED)})"
            raise UsageError(f"{path}: {fault} {found}; {known}")
    return names


def asked(cells: dict[str, str]) -> Asked:
    """A row as a transaction.

    Raises:
        UsageError: a cell that cannot be read.
    """
    for name in _NEEDED:
        if name not in cells:
            raise UsageError(f"{name} is blank")
    if _SURPLUS in cells:
        raise UsageError(f"more cells than columns: {cells[_SURPLUS]!r}; put a cell that holds a comma in quotes")
    quantity = cells.get("quantity", "1")
    try:
        units = int(quantity)
    except ValueError:
        raise UsageError(f"quantity {quantity!r} is not a whole number") from None
    given = {option: fact.form.read(option, cells[option]) for option, fact in facts().items() if option in cells}
    return Asked(cells["item"], units, cells["to"], **given)


def read_transactions(path: Path) -> list[tuple[str, Asked]]:
    """All transactions of a table that are judged on one day, each with its id or its line.

    Raises:
        UsageError: a row that cannot be read, or that has a day or a lens of its own, with its line.
    """
    found = []
    for line, cells in read_rows(path):
        try:
            own = [name for name in ("as-of", "lens") if name in cells]
            if own:
                raise UsageError(f"{own[0]} {cells[own[0]]!r}: all rows are judged on the day and under the lens asked")
            found.append((cells.get("id", f"line {line}"), asked(cells)))
        except UsageError as error:
            raise UsageError(f"{path}:{line}: {error}") from None
    return found


class _Remembering:
    """Finds things by name as :class:`Names` does, and remembers what it found and what it did not."""

    def __init__(self, names: Names) -> None:
        self._key = lru_cache(_REMEMBERED)(lambda kind, name: _settled(lambda: names.key(kind, name)))
        self._any = lru_cache(_REMEMBERED)(lambda kinds, name: _settled(lambda: names.find_any(kinds, name)))

    def key(self, kind: str, name: str) -> str:
        """Key of the one thing of a kind that a name means."""
        return _unsettled(self._key(kind, name))

    def find_any(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Kind and key of the one thing of several kinds that a name means."""
        return _unsettled(self._any(kinds, name))


class Judge:
    """Judges one row after another; things looked up once are remembered.

    Args:
        names: Names of things.
        world: What the law needs of the graph.
        as_of: Day of law of rows that give none.
        lens: Lens of rows that give none.
    """

    def __init__(self, names: Names, world: World, as_of: date, lens: str) -> None:
        self._names = _Remembering(names)
        self._world = world
        self._as_of = as_of
        self._lens = lens
        self._day = lru_cache(_REMEMBERED)(parse_day)
        self._judged = lru_cache(_REMEMBERED)(self._judge)

    def row(self, line: int, cells: dict[str, str]) -> dict[str, str]:
        """Result of a row; one that cannot be read gives its error."""
        result = {"row": str(line), "id": cells.get("id", "")}
        try:
            return result | self._judged(self._transaction(cells))
        except UsageError as error:
            return {**result, "error": str(error)}

    def _transaction(self, cells: dict[str, str]) -> Transaction:
        day = self._day(cells["as-of"]) if "as-of" in cells else self._as_of
        lens = cells.get("lens", self._lens)
        return resolve(self._names, asked(cells), day, lens)

    def _judge(self, transaction: Transaction) -> dict[str, str]:
        return _result(decide(transaction, self._world))


class Batch:
    """Judges a table, in this process or in several, and keeps count.

    Args:
        knowledge: The graph.
        world: What the law needs of it.
        as_of: Day of law of rows that give none.
        lens: Lens of rows that give none.
        jobs: Processes to judge in.
    """

    def __init__(self, knowledge: Knowledge, world: World, as_of: date, lens: str, *, jobs: int = 1) -> None:
        self.summary = Summary()
        self._parts = (knowledge.names, world, as_of, lens)
        self._jobs = jobs

    def run(self, rows: Iterable[Row]) -> Iterator[dict[str, str]]:
        """Yield a result for every row, in the order of the rows."""
        for result in self._results(iter(rows)):
            self.summary.rows += 1
            if "error" in result:
                self.summary.errors += 1
            else:
                self.summary.outcomes[result["outcome"]] += 1
            yield result

    def _results(self, rows: Iterator[Row]) -> Iterator[dict[str, str]]:
        if self._jobs == 1:
            judge = Judge(*self._parts)
            for line, cells in rows:
                yield judge.row(line, cells)
            return
        waiting: deque[Future[list[dict[str, str]]]] = deque()
        with ProcessPoolExecutor(self._jobs, initializer=_take_seat, initargs=self._parts) as pool:
            while chunk := list(islice(rows, _CHUNK)):
                waiting.append(pool.submit(_judge_chunk, chunk))
                if len(waiting) > 2 * self._jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


_seated: list[Judge] = []
"""The judge of a process that :class:`Batch` started."""


def _take_seat(names: Names, world: World, as_of: date, lens: str) -> None:
    _seated[:] = [Judge(names, world, as_of, lens)]


def _judge_chunk(rows: list[Row]) -> list[dict[str, str]]:
    return [_seated[0].row(line, cells) for line, cells in rows]


def _settled(find: Callable[[], _T]) -> _T | UsageError:
    """What was found, or the error, so that both can be remembered."""
    try:
        return find()
    except UsageError as error:
        return error


def _unsettled(found: _T | UsageError) -> _T:
    if isinstance(found, UsageError):
        raise found
    return found


def _result(decision: Decision) -> dict[str, str]:
    quantities = decision.quantities
    open_tests = {
        part.test.says
        for applied in (*decision.requirements, *decision.exceptions)
        if applied.truth is None
        for part in applied.finding.decisive(None)
    }
    open_tests |= {f"not modelled: {part.what} ({part.citation})" for part in decision.barred}
    return {
        "outcome": decision.outcome,
        "exception": decision.exception,
        "review_policy": decision.review_policy,
        "tpp_total": "" if quantities.tpp_total is None else f"{quantities.tpp_total:.0f}",
        "h100_equivalents": "" if quantities.h100_equivalents is None else f"{quantities.h100_equivalents:g}",
        "allocation_share": "" if quantities.allocation_share is None else f"{quantities.allocation_share:g}",
        "unknown": "; ".join(sorted(open_tests)),
    }
