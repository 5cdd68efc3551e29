"""How concentrated shares are: the Herfindahl-Hirschman index as an interval.

The index is the sum of squared shares in percent: 10,000 for one holder, near 0 for very many. Shares nobody broke out
make it an interval: at the lower end they are spread over very many holders, at the upper end they are one holder's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dualuse.analyse.revenue import Region

MODERATE, HIGH = 1000, 1800
"""Bounds of moderate and high concentration in the Merger Guidelines of the United States, 2023, guideline 1."""


@dataclass(frozen=True)
class Part:
    """A share in percent: of one holder, or of several that are not told apart.

    Args:
        name: Who or what holds it.
        holders: How many are known to hold it, 1 or more; None for an unknown number.
    """

    name: str
    low: float
    high: float
    holders: int | None = 1


@dataclass(frozen=True)
class Concentration:
    """An interval for the index.

    Args:
        low: It cannot be less.
        high: It cannot be more.
        recorded: Sum of the least shares on record, in percent.
        parts: What it was computed from, largest first.
    """

    low: float
    high: float
    recorded: float
    parts: tuple[Part, ...]


def concentration(parts: Iterable[Part]) -> Concentration:
    """The index of some shares.

    low = sum of low² / holders, with unknown numbers of holders left out; high = sum of high², and of the square of
    what is not on record.

    Args:
        parts: Disjoint shares of one whole, in percent of it.

    Returns:
        Bounds from 0 to 10,000, rounded to one decimal. They are outer bounds: no index outside is possible, and not
        every one inside need be.

    Source:
        O. Herfindahl, "Concentration in the steel industry" (1950); interval by monotony in each share.
        Limits: shares of different years or bases do not make one index; the caller keeps them apart.

    Example:
        >>> found = concentration([Part("a", 50, 50), Part("b", 30, 30)])
        >>> int(found.low), int(found.high)
        (3400, 3800)
    """
    found = sorted(parts, key=lambda part: (-part.high, part.name))
    recorded = sum(part.low for part in found)
    missing = max(0.0, 100 - recorded)
    low = sum(part.low**2 / part.holders for part in found if part.holders)
    high = sum(part.high**2 for part in found) + missing**2
    return Concentration(round(min(low, 10_000.0), 1), round(min(high, 10_000.0), 1), round(recorded, 4), tuple(found))


def region_parts(regions: Sequence[Region]) -> list[Part]:
    """Shares of regions as shares of places; a region that straddles has an unknown number of them."""
    return [
        Part(
            region.name,
            region.low,
            region.high,
            None if region.straddles or not region.places else len(region.places),
        )
        for region in regions
    ]


def level(found: Concentration) -> str:
    """In words: low, moderate or high, or the range of them that the interval allows."""
    low, high = (_level(value) for value in (found.low, found.high))
    return low if low == high else f"{low} to {high}"


def _level(value: float) -> str:
    return "high" if value > HIGH else "moderate" if value > MODERATE else "low"
