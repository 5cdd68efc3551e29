"""Tables of transactions, judged row by row in a stream; what cannot be read is told in its row.

Memory does not grow with the table: rows are judged as they are read, and what is remembered is bounded.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.caveats import caveats
from dualuse.law.decide import Decision, decide
from dualuse.law.transaction import Transaction, World
from dualuse.names import Names
from dualuse.shipments import SURPLUS, Row, asked, columns

_T = TypeVar("_T")

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


_OWN = frozenset((*columns(), SURPLUS))


def result_columns(extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Columns of the results of a table that has columns to be passed through."""
    return (*RESULT_COLUMNS, *map(_given, extra))


def passed_through(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that no test asks for, by their columns in the results."""
    return {_given(name): cell for name, cell in cells.items() if name not in _OWN}


def _given(name: str) -> str:
    """A column of a table in its results, whose own columns keep their names."""
    return f"{name} (given)" if name in RESULT_COLUMNS else name


@dataclass
class Summary:
    """What came out of a batch."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: int = 0


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
        result = {"row": str(line), "id": cells.get("id", ""), **passed_through(cells)}
        try:
            return result | self._judged(self._transaction(cells))
        except UsageError as error:
            return {**result, "error": str(error)}

    def _transaction(self, cells: dict[str, str]) -> Transaction:
        day = self._day(cells["as-of"]) if "as-of" in cells else self._as_of
        lens = cells.get("lens", self._lens)
        return resolve(self._names, asked(cells), day, lens)

    def _judge(self, transaction: Transaction) -> dict[str, str]:
        decision = decide(transaction, self._world)
        return _result(decision, caveats(decision, transaction, self._world))


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


def _result(decision: Decision, taken: Mapping[str, str]) -> dict[str, str]:
    quantities = decision.quantities
    open_tests = {
        part.test.says or ""
        for applied in (*decision.requirements, *decision.exceptions)
        if applied.truth is None
        for part in applied.finding.decisive(None)
    }
    open_tests |= {f"not modelled: {part.what} ({part.citation})" for part in decision.barred}
    open_tests |= {f"{what}: {instead}" for what, instead in taken.items()}
    return {
        "outcome": decision.outcome,
        "exception": decision.exception,
        "review_policy": decision.review_policy,
        "tpp_total": "" if quantities.tpp_total is None else f"{quantities.tpp_total:.0f}",
        "h100_equivalents": "" if quantities.h100_equivalents is None else f"{quantities.h100_equivalents:g}",
        "allocation_share": "" if quantities.allocation_share is None else f"{quantities.allocation_share:g}",
        "unknown": "; ".join(sorted(open_tests)),
    }
