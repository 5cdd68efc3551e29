"""A claim with the figure that a quantity gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from dualuse.model.claims import Unit
from dualuse.news.claims.candidates import Claim
from dualuse.news.find.quantities import Quantity

_UNITS = get_args(Unit)
DAYS_OF_WEEK = 7


def counted(base: Claim, quantity: Quantity) -> Claim:
    """A claim with the figure, the bounds and the unit of a quantity; weeks as days."""
    factor = DAYS_OF_WEEK if quantity.unit == "week" else 1
    unit = "day" if quantity.unit == "week" else quantity.unit
    low = None if quantity.low is None else quantity.low * factor
    high = None if quantity.high is None else quantity.high * factor
    exact = low == high and low is not None
    value = f"{low:g}" if exact and low is not None else "-".join(f"{n:g}" for n in (low, high) if n is not None)
    if unit in ("day", "month", "year"):
        value = f"{value} {unit}{'s' if value != '1' else ''}"
    hedge = quantity.hedge.replace("-", " ")
    return replace(
        base, value=value, value_min=low, value_max=high, unit=unit if unit in _UNITS else "", qualifier=hedge
    )
