"""Whether a holding is surely, perhaps or not there on a day, from dates known to the day, the month or the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dualuse.dates import PartialDate

SURE, DOUBTFUL, OUT = range(3)
"""Standing of a holding on a day."""

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Span(NamedTuple):
    """Earliest and latest first day, earliest and latest day after the last, as ordinals."""

    begins: int
    begins_by: int
    ends: int
    ends_by: int

    def on(self, day: date) -> int:
        """Standing on a day."""
        number = day.toordinal()
        if number < self.begins or number >= self.ends_by:
            return OUT
        return SURE if self.begins_by <= number < self.ends else DOUBTFUL


class DateError(ValueError):
    """A date that cannot be read; the message says why."""


ALWAYS = Span(_FIRST, _FIRST, _LAST, _LAST)


def read_span(start: str, end: str) -> Span:
    """Read ``valid_from`` and ``valid_to`` (exclusive); a blank one is open.

    Raises:
        DateError: one is no date, or the end is not after the start.

    Example:
        >>> read_span("2025-03", "").on(date(2025, 3, 10)) == DOUBTFUL
        True
    """
    begins, begins_by = read_date(start) or (_FIRST, _FIRST)
    ends, ends_by = read_date(end) or (_LAST, _LAST)
    if ends_by <= begins:
        raise DateError(f"valid_to {end.strip()} is not after valid_from {start.strip()}")
    return Span(begins, begins_by, ends, ends_by)


def read_date(text: str) -> tuple[int, int] | None:
    """Earliest and latest day that a date can mean, as ordinals; None if it is blank.

    Raises:
        DateError: it is no date.
    """
    if not text.strip():
        return None
    try:
        partial = PartialDate(text.strip())
    except ValueError as error:
        raise DateError(str(error)) from None
    return partial.earliest.toordinal(), partial.latest.toordinal()


def overlaps(rows: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Pairs of owner and party of which two rows surely hold on a common day, one of them dated.

    Args:
        rows: Owner, owned, first day that is sure, day after the last that is sure.

    Returns:
        The pair of every row that begins before an earlier one of the same pair has ended, sorted.
    """
    found: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    end, dated = 0, False
    for owner, owned, begins, ends in sorted(row for row in rows if row[2] < row[3]):
        this = begins != _FIRST or ends != _LAST
        if (owner, owned) != last:
            last, end, dated = (owner, owned), ends, this
            continue
        if begins < end and (this or dated):
            found.append((owner, owned))
        end, dated = max(end, ends), dated or this
    return found
