"""How often the record is wrong, as far as facts of it were read again: counts by table, and an error rate.

A fact is one field of one thing. Read several times in a round, it differs if any reading of it does, and else agrees
if any does. Rounds are never summed: what was chosen and what was drawn by lot do not say the same of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from dualuse.model.rereadings import Rereading
from dualuse.model.tables import KINDS_READ, TABLES
from dualuse.model.values import SCHEMES

ALL = "all tables"
"""What the last line is called."""
JUDGED = {"statement": frozenset({"stance", "grounds"})}
"""Kind of thing -> fields that a reader codes by a definition, where all others are read off a text."""
_Z = 1.959964
"""Of the normal distribution, for 95 percent."""
_ORDER = ("false", "differs", "agrees", "not-at-hand")
"""What may come of reading a fact, the one that counts most first."""


class Tally(NamedTuple):
    """What came of the second readings of a table, or of all.

    Args:
        things: Rows, or parts of rows, of which some fact was read again.
        facts: Facts read again.
        agree: Those that the text bore out.
        differ: Those of which it said something else.
        not_at_hand: Those of which no text could be had.
        false: Those that differed and were mended, or that nobody has settled yet.
    """

    table: str
    things: int
    facts: int
    agree: int
    differ: int
    not_at_hand: int
    false: int

    @property
    def readable(self) -> int:
        """Facts that could be read."""
        return self.agree + self.differ

    @property
    def rate(self) -> tuple[float, float, float] | None:
        """Error rate in percent, with the ends of its interval of 95 percent; None where nothing could be read."""
        if not self.readable:
            return None
        low, high = wilson(self.false, self.readable)
        return 100 * self.false / self.readable, 100 * low, 100 * high

    @property
    def told(self) -> str:
        """The error rate in words.

        Example:
            >>> Tally("items", 1, 10, 9, 1, 0, 1).told
            '10.0 % (1.8 to 40.4)'
        """
        return "" if self.rate is None else "{:.1f} % ({:.1f} to {:.1f})".format(*self.rate)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Interval of 95 percent for a share, after Wilson, which holds for few and for none too.

    Args:
        of: Of how many, at least one.

    Example:
        >>> [round(end, 4) for end in wilson(0, 10)], [round(end, 4) for end in wilson(5, 10)]
        ([0.0, 0.2775], [0.2366, 0.7634])
    """
    share, spread = hits / of, _Z * _Z / of
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def by_round(readings: Iterable[Rereading]) -> dict[str, list[Tally]]:
    """What came of second readings in each round, the first one first."""
    found = list(readings)
    return {each: tallies(reading for reading in found if reading.round == each) for each in SCHEMES["reread-round"]}


def judged(readings: Iterable[Rereading]) -> tuple[Tally, Tally]:
    """What came of second readings of what is read off a text, and of what is coded by a definition.

    Two readers of one text may code it otherwise, and neither need be wrong as one who misreads a day is.
    """
    read: list[Rereading] = []
    coded: list[Rereading] = []
    for reading in readings:
        by_judgement = JUDGED.get(reading.thing.partition(":")[0], frozenset[str]())
        for into, fields in (
            (coded, tuple(field for field in reading.fields if field in by_judgement)),
            (read, tuple(field for field in reading.fields if field not in by_judgement)),
        ):
            if fields:
                into.append(replace(reading, fields=fields))
    of_read, of_coded = ((tallies(each) or [_tally(ALL, {})])[-1] for each in (read, coded))
    return of_read, of_coded


def outright(readings: Iterable[Rereading]) -> Tally:
    """What came of second readings of all tables, if what only said less than the text is not called false."""
    return (tallies(readings, lambda each: each.false and not each.short) or [_tally(ALL, {})])[-1]


def tallies(readings: Iterable[Rereading], wrong: Callable[[Rereading], bool] = lambda each: each.false) -> list[Tally]:
    """What came of second readings of a round, table by table in the order they are read, and of all of them last.

    Args:
        readings: The second readings.
        wrong: Whether what one of them found is called false.
    """
    outcomes: dict[str, dict[tuple[str, str], str]] = {}
    for reading in readings:
        facts = outcomes.setdefault(KINDS_READ[reading.thing.partition(":")[0]].table, {})
        came = "false" if wrong(reading) else reading.outcome
        for field in reading.fields:
            fact = reading.thing, field
            facts[fact] = min(came, facts.get(fact, came), key=_ORDER.index)
    found = [_tally(table.name, outcomes[table.name]) for table in TABLES if table.name in outcomes]
    sums = (sum(column) for column in zip(*(tally[1:] for tally in found), strict=True))
    return [*found, Tally(ALL, *sums)] if found else []


def _tally(table: str, facts: dict[tuple[str, str], str]) -> Tally:
    came = list(facts.values())
    false, kept, agree, lost = (came.count(each) for each in _ORDER)
    return Tally(table, len({thing for thing, _ in facts}), len(facts), agree, false + kept, lost, false)
