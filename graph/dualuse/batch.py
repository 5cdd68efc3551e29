"""Tables of transactions, judged row by row in a stream; what cannot be read is told in its row.

Memory does not grow with the table: rows are judged as they are read, and what is remembered is bounded. What is kept
of consignees, whose rows of a year add up, :mod:`dualuse.consignees` says. In this process each consignee is held
against the lists, whose names are indexed once, and one row after another against its year; in whatever process each
row is judged by itself, so that the number of processes changes nothing.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from dualuse.card import Unknown
from dualuse.consignees import COLUMNS as CONSIGNEE_COLUMNS
from dualuse.consignees import Account, Consignees, DayOf, survey
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.caveats import open_questions
from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Value
from dualuse.law.reach import Reach, past_of, reached_by
from dualuse.law.tests.number import CONSIGNEE, RECEIVED, ULTIMATE_PARENT, number
from dualuse.law.transaction import Transaction, World
from dualuse.lens import Lens
from dualuse.names import Names
from dualuse.questions.parts.consigned import Consigned, Facts, Held, Stated, with_facts
from dualuse.shipments import SURPLUS, Row, Table, asked, columns

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
    "screened",
    "screened_as",
    "under",
    "tpp_total",
    "tpp_year",
    "h100_equivalents",
    "allocation_share",
    "unknown",
    "error",
)
"""Columns of the result of a batch."""


_OWN = frozenset((*columns(), SURPLUS))


def result_columns(extra: Iterable[str] = (), results: Sequence[str] = RESULT_COLUMNS) -> tuple[str, ...]:
    """Columns of the results of a table that has columns to be passed through."""
    return (*results, *(_given(name, results) for name in extra))


def passed_through(cells: Mapping[str, str], results: Sequence[str] = RESULT_COLUMNS) -> dict[str, str]:
    """The cells of a row that no test asks for, by their columns in the results."""
    return {_given(name, results): cell for name, cell in cells.items() if name not in _OWN}


def _given(name: str, results: Sequence[str]) -> str:
    """A column of a table in its results, whose own columns keep their names."""
    return f"{name} (given)" if name in results else name


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


Sums = Mapping[str, float]
"""Lens -> TPP that counts for a year as that lens has it; each lens has exceptions, and so a sum, of its own."""

_NOTHING: Sums = {}

ByLens = Mapping[str, Stated]
"""Lens -> what the lists state of the consignee of a row."""

_NOBODY: ByLens = {}
Named = tuple[int, dict[str, str], ByLens]
"""A row, and what the lists state of its consignee."""


class Verdict(NamedTuple):
    """What came of a row.

    Args:
        result: The cells of its result.
        lens: The lens it was asked under.
        year: TPP that was held against what may be received in a year; None is not known.
        counted: What of it counts for the year: all if the exception it uses looks at the year.
    """

    result: dict[str, str]
    lens: str = ""
    year: float | None = None
    counted: Sums = _NOTHING


class _Outcome(NamedTuple):
    """What a transaction comes to under one lens, in words, and what of it counts for the year."""

    words: str
    counted: float


class _Doubt(NamedTuple):
    """Whom the consignee of a row may be, or is too, and the row as it would be then."""

    stated: Stated
    others: tuple[tuple[Facts, Transaction], ...]


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
        self._outcome = lru_cache(_REMEMBERED)(lambda *case: self._come_to(self._decided(*case)[0]))
        self._yearly = {rule.node.key for rule in world.rules.of("exception") if rule.when.reads("tpp-year")}

    def row(self, line: int, cells: dict[str, str], by_lens: ByLens = _NOBODY, before: Sums = _NOTHING) -> Verdict:
        """What comes of a row; one that cannot be read gives its error.

        Args:
            line: Its line.
            cells: Its cells.
            by_lens: What the lists state of its consignee.
            before: What its consignee received in earlier rows of the year.
        """
        own = {"row": str(line), "id": cells.get("id", ""), **passed_through(cells)}
        lens = cells.get("lens", self._lens)
        try:
            case = self._case(cells, lens, by_lens, before)
            told, year, outcome = self._judged(*case)
            apart = [other for other in Lens if self._parts(case[0].as_of, lens, other, by_lens)]
            others = {other: self._outcome(*self._case(cells, other, by_lens, before)) for other in apart}
        except UsageError as error:
            return Verdict({**own, "error": str(error)})
        under = [f"{other}: {found.words}" for other, found in others.items() if found.words != outcome.words]
        counted = {other.value: others.get(other, outcome).counted for other in Lens}
        listed = [gap.what for gap in by_lens[lens].unknown] if lens in by_lens else []
        unknown = "; ".join(filter(None, (*listed, told["unknown"])))
        return Verdict(own | told | {"under": "; ".join(under), "unknown": unknown}, lens, year, counted)

    def day(self, cells: Mapping[str, str]) -> date | None:
        """Day of law of a row, if it can be read."""
        try:
            return self._day(cells["as-of"]) if "as-of" in cells else self._as_of
        except UsageError:
            return None

    def _parts(self, day: date, lens: str, other: Lens, by_lens: ByLens) -> bool:
        """Whether a row may come to something else under another lens."""
        return not self._world.alike(day, lens, other) or by_lens.get(lens) != by_lens.get(other)

    def _case(
        self, cells: dict[str, str], lens: str, by_lens: ByLens, before: Sums
    ) -> tuple[Transaction, _Doubt | None]:
        """A row as a transaction, with what the lists state of its consignee; and what they leave in doubt."""
        day = self._day(cells["as-of"]) if "as-of" in cells else self._as_of
        row = asked(cells)
        named = [row.known.pop(fact.name, None) for fact in (CONSIGNEE, ULTIMATE_PARENT)]
        if any(named):
            received = row.known.get(RECEIVED.name, 0)
            row.known[RECEIVED.name] = received if isinstance(received, str) else received + before.get(lens, 0.0)
        given = row.known
        stated = by_lens[lens].beside(given) if lens in by_lens else Stated("")

        def resolved(known: dict[str, Value]) -> Transaction:
            row.known = known
            return resolve(self._names, row, day, lens, self._world.home)

        others = tuple((facts, resolved(with_facts(given, facts))) for facts in (*stated.maybe, *stated.besides))
        return resolved({**dict(stated.surely), **given}), _Doubt(stated, others) if others else None

    def _decided(self, transaction: Transaction, doubt: _Doubt | None) -> tuple[Decision, list[Unknown]]:
        decision = decide(transaction, self._world)
        if doubt is None:
            return decision, []
        others = dict(doubt.others)
        return doubt.stated.doubted(decision, lambda facts: decide(others[facts], self._world).outcome)

    def _judge(self, transaction: Transaction, doubt: _Doubt | None) -> tuple[dict[str, str], float | None, _Outcome]:
        decision, gaps = self._decided(transaction, doubt)
        result = _result(decision, (*(gap.what for gap in gaps), *open_questions(decision, transaction, self._world)))
        return result, number("tpp-year", transaction, self._world), self._come_to(decision)

    def _come_to(self, decision: Decision) -> _Outcome:
        used = decision.used.rule.node.key if decision.used is not None else ""
        words = " ".join(filter(None, (decision.outcome, decision.exception, decision.review_policy)))
        return _Outcome(words, (decision.quantities.tpp_total or 0.0) if used in self._yearly else 0.0)


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
        self._as_of = as_of
        self._jobs = jobs
        self._judge = Judge(*self._parts)
        self._consigned = Consigned(knowledge, world.order)
        self._store, self._known_on, self._order = knowledge.store, world.known_on, world.order
        self._late = lru_cache(_REMEMBERED)(self._late_on)

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

    def _judged(self, row: Row, before: Sums = _NOTHING) -> Verdict:
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
        return known if known is not None else _NOTHING if account is None else self._sums.get(account, _NOTHING)

    def settle(self, line: int, cells: dict[str, str], verdict: Verdict) -> dict[str, str]:
        """Result of a row, judged by itself before, with what its consignee received; it is added to that."""
        account = self.consignees.account(cells, self._day(cells))
        if account is None or "error" in verdict.result:
            return verdict.result
        before = self.received(line, cells)
        again = any(before.get(lens) and counted for lens, counted in verdict.counted.items())
        found = self._judged((line, cells), before) if again else verdict
        if any(found.counted.values()):
            sums = self._sums.get(account, _NOTHING)
            self._sums[account] = {lens: sums.get(lens, 0.0) + counted for lens, counted in found.counted.items()}
        year = "" if verdict.year is None else f"{verdict.year + before.get(verdict.lens, 0.0):.0f}"
        return found.result | {"tpp_year": year}


_seated: list[Judge] = []
"""The judge of a process that :class:`Batch` started."""


def _take_seat(names: Names, world: World, as_of: date, lens: str) -> None:
    _seated[:] = [Judge(names, world, as_of, lens)]


def _judge_chunk(rows: list[Named]) -> list[Verdict]:
    return [_seated[0].row(*row) for row in rows]


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


def _result(decision: Decision, unknown: Iterable[str]) -> dict[str, str]:
    quantities = decision.quantities
    return {
        "outcome": decision.outcome,
        "exception": decision.exception,
        "review_policy": decision.review_policy,
        "tpp_total": "" if quantities.tpp_total is None else f"{quantities.tpp_total:.0f}",
        "h100_equivalents": "" if quantities.h100_equivalents is None else f"{quantities.h100_equivalents:g}",
        "allocation_share": "" if quantities.allocation_share is None else f"{quantities.allocation_share:g}",
        "unknown": "; ".join(unknown),
    }
