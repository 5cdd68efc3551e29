"""Amounts as intervals, and how people read them."""

from __future__ import annotations

from dataclasses import dataclass

from dualuse.said import Phrase, phrase, read_texts
from dualuse.show.words import Said, same, say


@dataclass(frozen=True)
class Interval:
    """A least and a greatest value."""

    min: float
    max: float

    def __str__(self) -> str:
        """As people read it."""
        return interval(self.min, self.max)


@dataclass(frozen=True)
class Amount:
    """An interval with its unit; a bound that no source gives is None."""

    min: float | None
    max: float | None
    unit: str

    def __str__(self) -> str:
        """As people read it, without the unit."""
        return interval(self.min, self.max)


def interval(low: float | None, high: float | None) -> Phrase:
    """An interval as people read it; ``?`` for a bound no source gives.

    Example:
        >>> interval(1.5, 3), interval(2, 2), interval(None, 4)
        ('1.5 to 3', '2', '? to 4')
    """
    least = "?" if low is None else f"{low:g}"
    most = "?" if high is None else f"{high:g}"
    return Phrase.of(same(least)) if least == most else phrase("amount.span", low=least, high=most)


def sized(low: float | None, high: float | None, unit: str) -> Phrase:
    """An interval with its unit, and with the period that stands behind it."""
    measure, comma, period = unit.partition(", ")
    known = measure in read_texts("dualuse")["amount"]
    of = phrase(f"amount.{measure}" if known else "amount.sized", amount=interval(low, high), unit=measure)
    return Phrase.listed((of, period), han="，") if comma else of


def spoken(low: float | None, high: float | None) -> Said:
    """An interval in three languages."""
    least, most = ("?" if end is None else f"{end:g}" for end in (low, high))
    return same(least) if least == most else say("span", low=least, high=most)
