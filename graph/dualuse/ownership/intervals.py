"""Whether a holding is surely, perhaps or not there on a day, from dates known to the day, the month or the year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dualuse.dates import PartialDate

SURE, DOUBTFUL, OUT = range(3)
"""Standing of a holding on a day."""

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()

TIMED = (
    r"^(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
    r" ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?$"
)
"""A day with a time, as GLEIF and databases write it."""
FAR = "^[3-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""A date so far off that it means an open end, such as 9999-12-31."""
NO_END = ("1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01")
"""First days of calendars, which databases and tables write where there is no date."""
_TIMED, _FAR = re.compile(TIMED), re.compile(FAR)


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
    span, fault = read_dates(start, end)
    if fault:
        raise DateError(fault)
    return span


def read_dates(start: str, end: str) -> tuple[Span, str]:
    """Read both dates for what can be read: one that cannot may be any day, and two in the wrong order may be swapped.

    Returns:
        The span, and what is wrong with the dates in words, or blank.

    Example:
        >>> read_dates("spring", "2020")[0].on(date(2025, 3, 10)) == OUT
        True
    """
    (begins, begins_by), odd_start = _read(start, (_FIRST, _FIRST), end=False)
    (ends, ends_by), odd_end = _read(end, (_LAST, _LAST), end=True)
    fault = "; ".join(filter(None, (odd_start, odd_end)))
    if not fault and ends_by <= begins:
        fault = f"valid_to {end.strip()} is not after valid_from {start.strip()}"
        return Span(ends, _LAST, _FIRST, begins_by + 1), fault
    return Span(begins, begins_by, ends, ends_by), fault


def _read(text: str, blank: tuple[int, int], *, end: bool) -> tuple[tuple[int, int], str]:
    try:
        return read_date(text, end=end) or blank, ""
    except DateError as fault:
        return (_FIRST, _LAST), str(fault)


def read_date(text: str, *, end: bool) -> tuple[int, int] | None:
    """Earliest and latest day that a date can mean, as ordinals; None if it is blank.

    A time of day is left aside. A day of the year 3000 or later ends nothing: databases write it for an open end.

    Args:
        end: Whether it is the end of a stake.

    Raises:
        DateError: it is no date, or one that databases write where they have none.
    """
    bare = text.strip()
    if not bare:
        return None
    timed = _TIMED.fullmatch(bare)
    day = timed["day"] if timed else bare
    if _FAR.fullmatch(day):
        if not end:
            raise DateError(f"{bare!r} is no day on which a stake begins")
        return _LAST, _LAST
    if end and day in NO_END:
        raise DateError(f"{bare!r} is what databases write for no date; leave it blank if the stake goes on")
    try:
        partial = PartialDate(day)
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
