"""Values as ranges that can be held against each other: numbers, durations and days.

A hedged number ("about 22") means five percent either way; a year means 365 or 366 days, a month 28 to 31; an EDTF
date means every day it can be, and ``2025-01-10/..`` every day from then on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from dualuse.dates import PartialDate
from dualuse.model.claims import Claim
from dualuse.said import phrase

HEDGE = 0.05
"""How far a hedged number may be off, as a share of it."""

_DAYS = {"day": (1, 1), "month": (28, 31), "year": (365, 366)}


@dataclass(frozen=True, order=True)
class Range:
    """Everything from ``low`` to ``high`` of one kind of quantity; days count from year 1."""

    kind: str
    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether some value lies in both.

        Raises:
            ValueError: they are of different kinds, so that the question makes no sense.
        """
        if self.kind != other.kind:
            raise ValueError(f"{self.kind} cannot be held against {other.kind}")
        return self.low <= other.high and other.low <= self.high


def exactly(kind: str, number: float) -> Range:
    """A range of one value."""
    return Range(kind, number, number)


def on_day(day: date) -> Range:
    """A range of one day."""
    return exactly("date", day.toordinal())


def range_of(claim: Claim) -> Range | None:
    """What a claim's value can mean, or None if it is neither a number nor a date."""
    if claim.value_min is not None or claim.value_max is not None:
        low = -math.inf if claim.value_min is None else claim.value_min
        high = math.inf if claim.value_max is None else claim.value_max
        if claim.modality == "hedged":
            low, high = low - abs(low) * HEDGE, high + abs(high) * HEDGE
        unit = claim.unit or ""
        least, most = _DAYS.get(unit, (1, 1))
        return Range("day" if unit in _DAYS else unit, low * least, high * most)
    return _dates(claim.value)


def _dates(text: str) -> Range | None:
    start, slash, end = text.partition("/")
    try:
        first = PartialDate(start)
        last = None if end == ".." else PartialDate(end) if slash else first
    except ValueError:
        return None
    return Range("date", first.earliest.toordinal(), math.inf if last is None else last.latest.toordinal())


def shown(claim: Claim) -> str:
    """A claim's value as a reader sees it: ``120``, ``about 20-29``, ``1 year``.

    Claims that show the same value say the same thing.
    """
    if claim.value_min is None or claim.value_max is None or claim.unit not in ("country", "level", "gpu"):
        return claim.value
    low, high = plain(claim.value_min), plain(claim.value_max)
    told = low if low == high else f"{low}-{high}"
    about = claim.modality == "hedged" or (claim.qualifier or "").startswith("about")
    return phrase("lawvalue.about", n=told) if about else told


def plain(number: float) -> str:
    """A number with separators and without a useless fraction.

    Example:
        >>> plain(790000000.0)
        '790,000,000'
    """
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"
