"""The two days that a question is asked of without a date: the last day of the record, and today.

They are days like others and know of each other. A question of which no day is named is asked of the last day of the
record. One that is asked of today, when that comes later, is answered from the record as it stood on its last day;
where something that is on record falls due in between, what turns on it is unknown.
"""

from __future__ import annotations

from datetime import date
from typing import Self

TODAY = "today"
"""How today is asked for."""


class Unnamed(date):
    """The last day of the record, or today; *other* is the other of the two.

    What is reckoned from it is a day like any other: its *other* is None.

    Example:
        >>> day = Unnamed.beside(date(2026, 11, 28), date(2026, 11, 22))
        >>> day == date(2026, 11, 28), carried_from(day), clock_of(day), carried_from(day.replace(day=29))
        (True, datetime.date(2026, 11, 22), None, None)
    """

    other: date | None = None

    def __new__(cls, year: int, month: int, day: int, other: date | None = None) -> Self:
        """Make the day as every day is made."""
        made = super().__new__(cls, year, month, day)
        made.other = other
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[int, int, int, date | None]]:
        """Keep the other day on the way to another process."""
        return type(self), (self.year, self.month, self.day, self.other)

    @classmethod
    def beside(cls, day: date, other: date) -> Self:
        """A day that knows the other."""
        return cls(day.year, day.month, day.day, other)


def plain_day(day: date) -> date:
    """The day by itself."""
    return date(day.year, day.month, day.day)


def carried_from(day: date) -> date | None:
    """Last day of the record, if a question is asked of today and today is later; None of any other day."""
    other = day.other if isinstance(day, Unnamed) else None
    return other if other is not None and other < day else None


def clock_of(day: date) -> date | None:
    """Today, if no day was named and the record ends on another one; None of any other day."""
    other = day.other if isinstance(day, Unnamed) else None
    return other if other is not None and other > day else None
