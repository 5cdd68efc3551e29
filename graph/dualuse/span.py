"""When a record holds: from a day on, to a day that is excluded, each known to the day, the month or the year.

Whatever holds over time is asked here whether it holds on a day: memberships, treatments, tiers, thresholds, rules and
the periods they test, measures, listings, ownership, supply. A bound that is not on record does not exclude a day. A
partial one can mean each of its days, and where an answer turns on which, it is unknown. :func:`pattern` says the same
in SPARQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dualuse.dates import PartialDate
from dualuse.law.truth import Truth, both, negate
from dualuse.unnamed import carried_from

if TYPE_CHECKING:
    from dualuse.store.base import Row


@dataclass(frozen=True)
class Span:
    """A time from *start* (inclusive) to *end* (exclusive); None where no bound is on record.

    Example:
        >>> span = Span(PartialDate("2025-01-13"), PartialDate("2025-06"))
        >>> [span.on(date(2025, month, 15)) for month in (1, 6, 7)]
        [True, None, False]
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    def on(self, day: date) -> Truth:
        """Whether it holds on a day; None where that turns on a day which is not known.

        Of today, when that lies after the last day of the record, also None where a bound falls in between.
        """
        last, found = carried_from(day), self._on(day)
        return found if last is None or self._on(last) is found else None

    def _on(self, day: date) -> Truth:
        return both((_reached(self.start, day, unrecorded=True), negate(_reached(self.end, day, unrecorded=False))))

    @property
    def changes(self) -> tuple[date, ...]:
        """Days on which the answer may change: the first and the last that each bound can mean."""
        return tuple(day for bound in (self.start, self.end) if bound for day in (bound.earliest, bound.latest))

    @classmethod
    def of(cls, row: Row, start: str = "from", end: str = "to") -> Span:
        """The span in a row of an answer, from its bounds as written."""
        return cls.written(*(row[name].value if name in row else "" for name in (start, end)))

    @classmethod
    def written(cls, start: str, end: str) -> Span:
        """The span between two bounds as written; an empty text is none."""
        return cls(*(PartialDate(text) if text else None for text in (start, end)))

    def __str__(self) -> str:
        """Give both bounds as written, ``?`` and ``open`` where one is not on record."""
        return f"{self.start or '?'} to {self.end or 'open'}"


def _reached(bound: PartialDate | None, day: date, *, unrecorded: bool) -> Truth:
    """Whether a bound lies on or before a day."""
    if bound is None:
        return unrecorded
    if day >= bound.latest:
        return True
    return None if day >= bound.earliest else False


def pattern(thing: str, surely: str, suffix: str = "") -> str:
    """SPARQL that keeps what may hold on ``?asOf`` and binds whether it surely does; what :meth:`Span.on` says.

    Every named query that takes ``asOf`` holds this text for each thing that it asks of the day.

    Args:
        thing: Variable of the record.
        surely: Variable for whether it surely holds.
        suffix: What the names of the four bounds end in; empty for one record in a query.

    Example:
        >>> print(pattern("?membership", "?surely"))
        OPTIONAL { ?membership du:validFromEarliest ?begins ; du:validFromLatest ?begun }
        OPTIONAL { ?membership du:validToEarliest ?ends ; du:validToLatest ?ended }
        FILTER((!BOUND(?begins) || ?begins <= ?asOf) && (!BOUND(?ended) || ?asOf < ?ended))
        BIND((!BOUND(?begun) || ?begun <= ?asOf) && (!BOUND(?ends) || ?asOf < ?ends) AS ?surely)
    """
    begins, begun, ends, ended = (f"?{name}{suffix}" for name in ("begins", "begun", "ends", "ended"))
    return "\n".join(
        (
            f"OPTIONAL {{ {thing} du:validFromEarliest {begins} ; du:validFromLatest {begun} }}",
            f"OPTIONAL {{ {thing} du:validToEarliest {ends} ; du:validToLatest {ended} }}",
            f"FILTER((!BOUND({begins}) || {begins} <= ?asOf) && (!BOUND({ended}) || ?asOf < {ended}))",
            f"BIND((!BOUND({begun}) || {begun} <= ?asOf) && (!BOUND({ends}) || ?asOf < {ends}) AS {surely})",
        )
    )
