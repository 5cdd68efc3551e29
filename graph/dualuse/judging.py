"""A row of a table of transactions, judged by itself, and the columns of what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dualuse.card import Unknown
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.law.asked import resolve
from dualuse.law.caveats import open_questions
from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Value
from dualuse.law.tests.number import CONSIGNEE, RECEIVED, ULTIMATE_PARENT, number
from dualuse.law.transaction import Transaction, World
from dualuse.lens import Lens
from dualuse.names import Names
from dualuse.questions.parts.consigned import Facts, Stated, with_facts
from dualuse.shipments import SURPLUS, asked, columns

_T = TypeVar("_T")

REMEMBERED = 16_384
"""Most results, names and days that are remembered; each kind by itself."""

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


class _Remembering:
    """Finds things by name as :class:`Names` does, and remembers what it found and what it did not."""

    def __init__(self, names: Names) -> None:
        self._key = lru_cache(REMEMBERED)(lambda kind, name: _settled(lambda: names.key(kind, name)))
        self._any = lru_cache(REMEMBERED)(lambda kinds, name: _settled(lambda: names.find_any(kinds, name)))

    def key(self, kind: str, name: str) -> str:
        """Key of the one thing of a kind that a name means."""
        return _unsettled(self._key(kind, name))

    def find_any(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Kind and key of the one thing of several kinds that a name means."""
        return _unsettled(self._any(kinds, name))


Sums = Mapping[str, float]
"""Lens -> TPP that counts for a year as that lens has it; each lens has exceptions, and so a sum, of its own."""

NOTHING: Sums = {}

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
    counted: Sums = NOTHING


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
        world: What the law needs of the graph.
        as_of: Day of law of rows that give none.
        lens: Lens of rows that give none.
    """

    def __init__(self, names: Names, world: World, as_of: date, lens: str) -> None:
        self._names = _Remembering(names)
        self._world = world
        self._as_of = as_of
        self._lens = lens
        self._day = lru_cache(REMEMBERED)(parse_day)
        self._judged = lru_cache(REMEMBERED)(self._judge)
        self._outcome = lru_cache(REMEMBERED)(lambda *case: self._come_to(self._decided(*case)[0]))
        self._yearly = {rule.node.key for rule in world.rules.of("exception") if rule.when.reads("tpp-year")}

    def row(self, line: int, cells: dict[str, str], by_lens: ByLens = _NOBODY, before: Sums = NOTHING) -> Verdict:
        """What comes of a row; one that cannot be read gives its error.

        Args:
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
