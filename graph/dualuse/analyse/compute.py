"""Computing power on record: which estimates speak of a day, and how it is spread, as intervals."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dualuse.model.relations import InstalledCompute

K = TypeVar("K", bound=Hashable)
_SCALES = ((1e9, " bn"), (1e6, " M"), (1.0, ""))


@dataclass(frozen=True)
class Estimate:
    """A central number between a least and a greatest; none where it is not known."""

    min: float | None
    central: float | None
    max: float | None

    def times(self, least: float, most: float) -> Estimate:
        """Each of them so many times; no central number where it is not known how many."""
        return Estimate(
            None if self.min is None else self.min * least,
            None if self.central is None or least != most else self.central * least,
            None if self.max is None else self.max * most,
        )

    def __add__(self, other: Estimate) -> Estimate:
        """The sum of both, end by end."""
        return Estimate(
            None if self.min is None or other.min is None else self.min + other.min,
            None if self.central is None or other.central is None else self.central + other.central,
            None if self.max is None or other.max is None else self.max + other.max,
        )

    def written(self, digits: int = 3) -> str:
        """As people read it, all ends on one scale.

        Example:
            >>> Estimate(1146319, 1489899, 1938218).written(), Estimate(2.2, None, 4.51).written(2)
            ('1.49 M [1.15-1.94 M]', '[2.2-4.5]')
        """
        ends = [end for end in (self.min, self.central, self.max) if end is not None]
        scale, unit = next((each for each in _SCALES if max(ends, default=0) >= each[0]), _SCALES[-1])
        least, middle, most = (_digits(end, scale, digits) for end in (self.min, self.central, self.max))
        span = "" if least == middle == most else f"[{least}-{most}{unit}]"
        return " ".join(part for part in ("" if self.central is None else f"{middle}{unit}", span) if part)


NOTHING = Estimate(0, 0, 0)


def _digits(end: float | None, scale: float, digits: int) -> str:
    if end is None:
        return "?"
    scaled = end / scale
    return f"{scaled:,.0f}" if scaled >= 10**digits else f"{scaled:.{digits}g}"


def estimate_of(row: InstalledCompute) -> Estimate:
    """The numbers of a row."""
    return Estimate(row.number_min, row.number, row.number_max)


def received(rows: Iterable[InstalledCompute], day: date) -> list[InstalledCompute]:
    """Of chips, the last number of each kind in each place that speaks of a day not after the one asked."""
    last: dict[tuple[str | None, str | None], InstalledCompute] = {}
    for row in rows:
        key = (row.place, row.value)
        if row.unit == "chips" and row.as_of.latest <= day and (key not in last or _day(row) > _day(last[key])):
            last[key] = row
    return [last[key] for key in sorted(last, key=str)]


def clusters(rows: Iterable[InstalledCompute], stage: str, day: date) -> list[InstalledCompute]:
    """Of clusters, the numbers of the last count not after a day; of planned ones, else of the first after it."""
    counted = [row for row in rows if row.unit != "chips" and row.stage == stage]
    before = [_day(row) for row in counted if _day(row) <= day]
    if not before and stage != "planned":
        return []
    chosen = max(before) if before else min((_day(row) for row in counted), default=day)
    return [row for row in counted if _day(row) == chosen]


def _day(row: InstalledCompute) -> date:
    return row.as_of.latest


def shares(parts: Mapping[K, Estimate], elsewhere: Estimate = NOTHING) -> dict[K, Estimate]:
    """Share of each part in percent.

    Args:
        parts: Part -> how much it has.
        elsewhere: What is in one of the parts, and it is not known in which. It is left out of the central share.

    Returns:
        The least is that of a part which has its least while all others have their most, and the other way round.
        None where nothing is there.

    Source:
        Own definition, after the interval arithmetic of shares of a sum.

    Example:
        >>> shares({"a": Estimate(1, 2, 3), "b": Estimate(1, 2, 3)})["a"]
        Estimate(min=25.0, central=50.0, max=75.0)
    """
    central = sum(part.central or 0 for part in parts.values())
    found = {}
    for key, part in parts.items():
        others = [other for name, other in parts.items() if name != key]
        least, most = part.min or 0, (part.max or 0) + (elsewhere.max or 0)
        found[key] = Estimate(
            _percent(least, sum(other.max or 0 for other in others) + (elsewhere.max or 0)),
            _percent(part.central or 0, central - (part.central or 0)),
            _percent(most, sum(other.min or 0 for other in others)),
        )
    return found


def _percent(part: float, others: float) -> float | None:
    return 100 * part / (part + others) if part + others else None
