"""The events of an instrument as a strip: one numbered dot an event, the day asked about as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dualuse.dates import PartialDate

_LEFT, _SPAN = 4.0, 92.0
_APART = 6.0
"""Per cent of the width that keeps two dots from touching on a phone."""
_TICKS_APART = 15.0
_TOP, _STEP, _FOOT = 34, 25, 30
_YEAR = 365


@dataclass(frozen=True)
class Dot:
    """One event. Places across are per cent of the width, places down are pixels."""

    number: int
    x: float
    y: int
    end: float | None
    binding: bool
    past: bool
    title: str


@dataclass(frozen=True)
class Strip:
    """What is drawn."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]
    today: float
    axis: int
    height: int
    first: str
    last: str


def draw(rows: Sequence[Mapping[str, Any]], as_of: date) -> Strip | None:
    """Place events by their earliest day; None where fewer than two have a date."""
    dated = [(number, row, day) for number, row in enumerate(rows, start=1) if (day := _day(row.get("date")))]
    if len(dated) < 2:
        return None
    ends = {number: lasts.latest for number, row, _ in dated if (lasts := _day(row.get("until")))}
    low = min(as_of, *(day.earliest for _, _, day in dated))
    high = max(as_of, *(day.earliest for _, _, day in dated), *ends.values())
    length = max((high - low).days, 1)

    def across(day: date) -> float:
        return round(_LEFT + _SPAN * (day - low).days / length, 2)

    levels: list[float] = []
    placed = []
    for number, row, day in sorted(dated, key=lambda each: (each[2].earliest, each[0])):
        x = across(day.earliest)
        level = next((i for i, taken in enumerate(levels) if x - taken >= _APART), len(levels))
        last = across(ends[number]) if number in ends else None
        levels[level : level + 1] = [last or x]
        binding = row.get("effect") in (None, "binding")
        title = f"{row['date']} {row.get('event', '')}"
        placed.append((level, Dot(number, x, 0, last, binding, bool(row.get("past", True)), title)))
    axis = _TOP + _STEP * len(levels)
    dots = tuple(
        Dot(dot.number, dot.x, axis - _STEP * level - _STEP // 2 - 4, dot.end, dot.binding, dot.past, dot.title)
        for level, dot in placed
    )
    ticks = tuple((across(day), text) for day, text in _ticks(low, high))
    begin, end = (dated[i][1]["date"] for i in (0, -1))
    return Strip(dots, _thin(ticks), across(as_of), axis, axis + _FOOT, str(begin), str(end))


def _day(text: object) -> PartialDate | None:
    try:
        return PartialDate(str(text))
    except ValueError:
        return None


def _ticks(low: date, high: date) -> list[tuple[date, str]]:
    """New years; and the first days of quarters where the span is short."""
    quarters = (high - low).days < 2 * _YEAR
    days = [date(year, month, 1) for year in range(low.year, high.year + 1) for month in (1, 4, 7, 10)]
    inside = [day for day in days if low - timedelta(days=1) <= day <= high and (quarters or day.month == 1)]
    if not inside:
        return [(low, low.isoformat())]
    return [(day, str(day.year) if not quarters else f"{day.year}-{day.month:02d}") for day in inside]


def _thin(ticks: tuple[tuple[float, str], ...]) -> tuple[tuple[float, str], ...]:
    """Ticks whose words do not run into each other on a phone."""
    kept: list[tuple[float, str]] = []
    for tick in ticks:
        if not kept or tick[0] - kept[-1][0] >= _TICKS_APART:
            kept.append(tick)
    return tuple(kept)
