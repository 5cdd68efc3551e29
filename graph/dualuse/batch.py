"""Tables of transactions, judged row by row in a stream; what cannot be read is told in its row.

Memory does not grow with the table: rows are judged as they are read, and what is remembered is bounded. What is kept
of consignees, whose rows of a year add up, :mod:`dualuse.consignees` says. In this process each consignee is held
against the lists, whose names are indexed once, and one row after another against its year; in whatever process each
row is judged by itself, so that the number of processes changes nothing.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice

from dualuse.consignees import COLUMNS as CONSIGNEE_COLUMNS
from dualuse.consignees import Account, Consignees, DayOf, survey
from dualuse.judging import NOTHING, REMEMBERED, Judge, Named, Sums, Verdict
from dualuse.knowledge import Knowledge
from dualuse.law.reach import Reach, past_of, reached_by
from dualuse.law.tests.number import CONSIGNEE
from dualuse.law.transaction import World
from dualuse.lens import Lens
from dualuse.names import Names
from dualuse.questions.parts.consigned import Consigned, Held
from dualuse.shipments import Row, Table

_CHUNK = 500
"""Rows handed to another process at a time."""


@dataclass
class Summary:
    """What came out of a batch."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    consignees: int = 0
    """Sums that were made: one for each consignee and calendar year."""
    held: int = 0
    """Rows of consignees that are not in order of date."""
    under: int = 0
    """Rows that come to something else under a lens that was not asked."""
    screened: Counter[str] = field(default_factory=Counter)
    """Rows whose consignee was held against the lists, by what came of it."""


class Batch:
    """Judges a table, in this process or in several, and keeps count.

    Args:
        world: What the law needs of it.
        as_of: Day of law of rows that give none.
        lens: Lens of rows that give none.
        jobs: Processes to judge in.
    """

    def __init__(self, knowledge: Knowledge, world: World, as_of: date, lens: str, *, jobs: int = 1) -> None:
        self.summary = Summary()
        self._parts = (knowledge.names, world, as_of, lens)
        self._as_of = as_of
        self._jobs = jobs
        self._judge = Judge(*self._parts)
        self._consigned = Consigned(knowledge, world.order)
        self._store, self._known_on, self._order = knowledge.store, world.known_on, world.order
        self._late = lru_cache(REMEMBERED)(self._late_on)

    @cached_property
    def _reached(self) -> list[Reach]:
        return reached_by(self._store, {"command": "check", "under": self._order}, self._known_on)

    def _late_on(self, day: date) -> list[str]:
        """What is not known of the authorities whose law is asked, on a day."""
        return [gap.what for gap in past_of(self._store, self._reached, day)]

    def run(self, rows: Iterable[Row]) -> Iterator[dict[str, str]]:
        """Yield a result for every row, in the order of the rows.

        A table that names consignees is read before, so that their rows count in order of date; rows that are no
        :class:`~dualuse.shipments.Table` are taken to be in that order.
        """
        years = self._years(rows)
        self.summary.held, self.summary.consignees = len(years.before), years.consignees.accounts
        for (line, cells), verdict in self._verdicts(iter(rows)):
            result = years.settle(line, cells, verdict)
            self.summary.rows += 1
            if "error" in result:
                self.summary.errors += 1
            else:
                result = result | self._screened(cells, verdict.lens)
                self.summary.outcomes[result["outcome"]] += 1
                self.summary.under += bool(result["under"])
                late = self._late(self._judge.day(cells) or self._as_of)
                result = result | {"unknown": "; ".join(filter(None, (*late, result["unknown"])))} if late else result
            yield result

    @property
    def searched(self) -> str:
        """The lists that consignees are held against, each with its day; blank where none is."""
        return self._consigned.searched

    def _screened(self, cells: Mapping[str, str], lens: str) -> dict[str, str]:
        """What came of the consignee of a row, if it names one."""
        held = self._held(cells).get(lens)
        if held is None:
            return {}
        self.summary.screened[held.outcome] += 1
        return {"screened": held.outcome, "screened_as": held.parties}

    def _held(self, cells: Mapping[str, str]) -> dict[str, Held]:
        """The consignee of a row held against the lists under each lens."""
        name, day = cells.get(CONSIGNEE.option), self._judge.day(cells)
        return {lens: self._consigned.held(name, day, lens) for lens in Lens} if name and day is not None else {}

    def _named(self, row: Row) -> Named:
        return *row, {lens: held.stated for lens, held in self._held(row[1]).items()}

    def _judged(self, row: Row, before: Sums = NOTHING) -> Verdict:
        """What comes of a row in this process."""
        return self._judge.row(*self._named(row), before)

    def _years(self, rows: Iterable[Row]) -> _Years:
        """What is known of consignees before the first row is judged."""
        if not isinstance(rows, Table) or not rows.has(*CONSIGNEE_COLUMNS):
            return _Years(self._judged, self._judge.day, Consignees())
        found = survey(rows, self._judge.day)
        held = []
        if found.disordered:
            dated = ((self._judge.day(cells) or date.max, line, cells) for line, cells in rows)
            held = [each for each in dated if found.account(each[2], each[0]) in found.disordered]
        apart, before = _Years(self._judged, self._judge.day, found), {}
        for _, line, cells in sorted(held, key=lambda each: each[0]):
            before[line] = apart.received(line, cells)
            apart.settle(line, cells, self._judged((line, cells)))
        return _Years(self._judged, self._judge.day, found, before)

    def _verdicts(self, rows: Iterator[Row]) -> Iterator[tuple[Row, Verdict]]:
        """Yield what comes of each row by itself."""
        if self._jobs == 1:
            for row in rows:
                yield row, self._judged(row)
            return
        waiting: deque[tuple[list[Row], Future[list[Verdict]]]] = deque()
        with ProcessPoolExecutor(self._jobs, initializer=_take_seat, initargs=self._parts) as pool:
            while chunk := list(islice(rows, _CHUNK)):
                waiting.append((chunk, pool.submit(_judge_chunk, [self._named(row) for row in chunk])))
                if len(waiting) > 2 * self._jobs:
                    yield from _answered(*waiting.popleft())
            while waiting:
                yield from _answered(*waiting.popleft())


def _answered(chunk: list[Row], answers: Future[list[Verdict]]) -> Iterator[tuple[Row, Verdict]]:
    return zip(chunk, answers.result(), strict=True)


class _Years:
    """What consignees received in each year, row by row in order of date.

    Args:
        judged: Judges a row again, once it is known what came before it.
        day: Day of a row.
        consignees: Who they are.
        before: Line -> what came before it, for rows that are not in order of date.
    """

    def __init__(
        self,
        judged: Callable[[Row, Sums], Verdict],
        day: DayOf,
        consignees: Consignees,
        before: Mapping[int, Sums] | None = None,
    ) -> None:
        self._judged, self._day = judged, day
        self.consignees = consignees
        self.before = before or {}
        self._sums: dict[Account, Sums] = {}

    def received(self, line: int, cells: Mapping[str, str]) -> Sums:
        """TPP that the consignee of a row received before it in the year."""
        account = self.consignees.account(cells, self._day(cells))
        known = self.before.get(line)
        return known if known is not None else NOTHING if account is None else self._sums.get(account, NOTHING)

    def settle(self, line: int, cells: dict[str, str], verdict: Verdict) -> dict[str, str]:
        """Result of a row, judged by itself before, with what its consignee received; it is added to that."""
        account = self.consignees.account(cells, self._day(cells))
        if account is None or "error" in verdict.result:
            return verdict.result
        before = self.received(line, cells)
        again = any(before.get(lens) and counted for lens, counted in verdict.counted.items())
        found = self._judged((line, cells), before) if again else verdict
        if any(found.counted.values()):
            sums = self._sums.get(account, NOTHING)
            self._sums[account] = {lens: sums.get(lens, 0.0) + counted for lens, counted in found.counted.items()}
        year = "" if verdict.year is None else f"{verdict.year + before.get(verdict.lens, 0.0):.0f}"
        return found.result | {"tpp_year": year}


_seated: list[Judge] = []
"""The judge of a process that :class:`Batch` started."""


def _take_seat(names: Names, world: World, as_of: date, lens: str) -> None:
    _seated[:] = [Judge(names, world, as_of, lens)]


def _judge_chunk(rows: list[Named]) -> list[Verdict]:
    return [_seated[0].row(*row) for row in rows]
