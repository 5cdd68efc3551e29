"""How much of a company's revenue comes from some places: an interval from sourced shares, never a point by guess.

A region that surely lies within the places counts at both ends; a region that surely lies outside counts at neither;
a region that holds other places not broken out ("Europe", "Others"), and what no row records, count at the upper end
only. It does not say what a measure costs: revenue *from* a place is not revenue *lost*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Standing = Literal["inside", "partly", "straddles", "outside"]
"""How a region stands to the places: all of it is in them, some of it, nobody can tell, or none of it."""

_ROUNDING_MOST = 1.0
# percentage points that rounding of shares may leave over; a larger gap is unrecorded revenue


@dataclass(frozen=True)
class Share:
    """One row of a source: what a company sold in a region in a period, in percent of the period's revenue.

    Args:
        period: Period as the company counts it.
        region: Region as the source names it.
        places: Keys of places that are surely in the region.
        straddles: Whether it holds other places that are not broken out.
        low: Least share, or None.
        high: Greatest share, or None.
        decimals: Digits after the point the share is given with.
        basis: What puts revenue into the region.
        source: Address of the strongest source.
    """

    iri: str
    organisation: str
    period: str
    region: str
    places: frozenset[str]
    straddles: bool
    low: float | None
    high: float | None
    decimals: int = 2
    basis: str = ""
    source: str = ""
    confidence: str = ""

    @property
    def whole(self) -> bool:
        """Whether the row is the revenue of all regions together."""
        return not self.places and self.region.casefold() == "total"


@dataclass(frozen=True)
class Region:
    """A region with the hull of what its sources say.

    Args:
        name: As the first source names it.
        places: Places surely in it.
        straddles: Whether it holds other places not broken out.
        rows: The rows it is made of, one for each thing said.
        disputed: Whether the rows differ.
    """

    name: str
    places: frozenset[str]
    straddles: bool
    low: float
    high: float
    rows: tuple[Share, ...]
    disputed: bool

    def standing(self, places: Collection[str]) -> Standing:
        """How the region stands to some places."""
        if self.straddles or not self.places:
            return "straddles"
        inside = self.places & set(places)
        return "inside" if inside == self.places else "partly" if inside else "outside"


@dataclass(frozen=True)
class RevenueExposure:
    """Share of a period's revenue from some places, in percent.

    Args:
        low: Surely from the places.
        high: Cannot be more.
        recorded: Broken out by region, whatever the region; the rest of 100 is unrecorded.
        straddling: Most that regions which straddle contribute to ``high``.
        unrecorded: Most that regions nobody recorded contribute to ``high``.
        unusable: Rows without a share.
    """

    organisation: str
    period: str
    low: float
    high: float
    recorded: float
    straddling: float
    unrecorded: float
    regions: tuple[Region, ...]
    unusable: tuple[Share, ...]


def read_regions(shares: Iterable[Share]) -> tuple[Region, ...]:
    """Put the rows of one company and period together, so that no revenue is counted twice.

    Rows with the same places, or with the same name where no place is known, are one region: equal shares are a repeat,
    different ones a dispute, and the region has the hull of both. Rows of the whole revenue are left out.

    Args:
        shares: Rows of one company and one period that have both bounds.

    Returns:
        Regions, largest first, then by name.

    Example:
        >>> row = Share("a", "x", "2024", "China", frozenset({"CN"}), False, 36, 36)
        >>> [(region.low, region.high) for region in read_regions([row, row])]
        [(36, 36)]
    """
    found: dict[tuple[frozenset[str], bool, str], list[Share]] = defaultdict(list)
    for share in sorted(shares, key=lambda share: share.iri):
        if not share.whole:
            name = share.region.casefold() if share.straddles or not share.places else ""
            found[share.places, share.straddles, name].append(share)
    regions = []
    for (places, straddles, _), rows in found.items():
        lows = [row.low for row in rows if row.low is not None]
        highs = [row.high for row in rows if row.high is not None]
        disputed = len({(row.low, row.high) for row in rows}) > 1
        regions.append(Region(rows[0].region, places, straddles, min(lows), max(highs), tuple(rows), disputed))
    return tuple(sorted(regions, key=lambda region: (-region.high, region.name)))


def revenue_exposure(shares: Sequence[Share], places: Collection[str]) -> list[RevenueExposure]:
    """Share of revenue from some places, for each company and period.

    With the regions of a period: low = sum of least shares inside; high = the least of 100 minus the sum of least
    shares outside, and the sum of greatest shares inside, partly inside and straddling plus what is unrecorded. Regions
    that overlap (China; China with Hong Kong) count once. Sums are capped at 100. A gap that rounding explains, at most
    one percentage point, is none.

    Args:
        shares: Rows, of any companies and periods.
        places: Keys of the places that are touched.

    Returns:
        One interval per company and period with at least one usable region, by company, then period.

    Source:
        Own definition, after the interval arithmetic of disjoint shares; data: ``data/relations/revenue-shares.csv``.
        Limits: regions of one source are taken as disjoint unless they name the same place; a share by billing address
        is not one by use, and the basis of each row is told.

    Example:
        >>> rows = [
        ...     Share("a", "x", "2024", "China", frozenset({"CN"}), False, 30, 30),
        ...     Share("b", "x", "2024", "Japan", frozenset({"JP"}), False, 50, 50),
        ...     Share("c", "x", "2024", "Others", frozenset(), True, 20, 20),
        ... ]
        >>> [(found.low, found.high) for found in revenue_exposure(rows, {"CN"})]
        [(30.0, 50.0)]
    """
    grouped: dict[tuple[str, str], list[Share]] = defaultdict(list)
    for share in shares:
        grouped[share.organisation, share.period].append(share)
    found = []
    for (organisation, period), rows in sorted(grouped.items()):
        usable = [row for row in rows if row.low is not None and row.high is not None]
        regions = read_regions(usable)
        if regions:
            unusable = tuple(row for row in rows if row not in usable)
            found.append(_exposure(organisation, period, regions, unusable, set(places)))
    return found


def _exposure(
    organisation: str, period: str, regions: tuple[Region, ...], unusable: tuple[Share, ...], places: set[str]
) -> RevenueExposure:
    straddling = [region for region in regions if region.standing(places) == "straddles"]
    named = _clusters([region for region in regions if region not in straddling])
    inside = outside = upper = least = 0.0
    for cluster in named:
        low, away, high, total = _bounds(cluster, places)
        inside, outside, upper, least = inside + low, outside + away, upper + high, least + total
    loose = sum(region.high for region in straddling) if places else 0.0
    recorded = least + sum(region.low for region in straddling)
    gap = max(0.0, 100 - recorded)
    unrecorded = gap if places and gap > _tolerance(regions) else 0.0
    high = min(100 - outside, upper + loose + unrecorded, 100.0)
    low = min(inside, 100.0)
    return RevenueExposure(
        organisation,
        period,
        _round(low),
        _round(max(low, high)),
        _round(min(recorded, 100.0)),
        _round(min(loose, 100.0)),
        _round(unrecorded),
        regions,
        unusable,
    )


def _clusters(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions that share a place, directly or through others, put together."""
    clusters: list[list[Region]] = []
    for region in regions:
        near = [cluster for cluster in clusters if any(region.places & other.places for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in near]
        clusters.append([region, *(other for cluster in near for other in cluster)])
    return clusters


def _bounds(cluster: list[Region], places: set[str]) -> tuple[float, float, float, float]:
    """Of regions that overlap: least inside, least outside, greatest inside, least of all."""
    every = frozenset[str]().union(*(region.places for region in cluster))
    low = max((region.low for region in cluster if region.standing(places) == "inside"), default=0.0)
    away = max((region.low for region in cluster if region.standing(places) == "outside"), default=0.0)
    covering = [region.high for region in cluster if region.places == every]
    most = min(covering) if covering else sum(region.high for region in cluster)
    high = max(low, most - away) if every & places else 0.0
    return low, away, high, max(region.low for region in cluster)


def _tolerance(regions: Sequence[Region]) -> float:
    """Most that rounding of the shares can leave over: half a unit in the last place of each."""
    halves = sum(max(0.5 / float(10**row.decimals) for row in region.rows) for region in regions)
    return min(halves, _ROUNDING_MOST)


def _round(value: float) -> float:
    return round(value, 4)
