"""Days that a text counts from another day it tells: the same day, a day earlier, a day after the ban, 翌日."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from dualuse.news.find.dates import Found
from dualuse.news.find.resolving import figure

_SHIFTED = ("day-shift-en", "day-event-en", "day-after")
_SAME = ("同日", "當日", "当日", "當天", "当天", "the same day")
_OF_MONTH = ("full-zh", "month-day", "day-of-named-year")
ANCHORS = ("weekday", "weekday-en", "relative-day", "marked-day", "told-day")
"""Rules whose day is that of the event told, from which "a day earlier" counts."""


def counted(found: Iterable[Found], anchor: str, written: date | None) -> Iterator[Found]:
    """Dates, those told from another resolved against it: the same day, a day earlier, 翌日.

    Args:
        found: Dates of a passage, in order.
        anchor: Day told by a weekday or the like before the passage, or empty.
        written: Day the passage was written.
    """
    named, told = "", False
    before: Found | None = None
    for entry in found:
        entry = before = _beside(entry, before)
        value = entry.value
        if entry.rule == "day-event-en" and not told:
            continue  # the day it is counted from is not told
        if entry.rule == "relative-day" and entry.text.lower() in _SAME and named:
            yield replace(entry, value=named, rule="same-day")
            continue
        if entry.rule in _SHIFTED and entry.day is not None and written is not None and not entry.text.endswith("ago"):
            base = named if entry.rule == "day-after" and named else anchor
            if base:
                value = (date.fromisoformat(base) + (entry.day - written)).isoformat()
        entry = replace(entry, value=value)
        yield entry
        if entry.day is not None:
            named = value
            told = told or entry.rule in ANCHORS
            anchor = value if entry.rule in ANCHORS else anchor


def _beside(entry: Found, before: Found | None) -> Found:
    """A day joined to a day of another month by one character has its month: 4月4日和9日."""
    if entry.rule != "day" or before is None or before.rule not in _OF_MONTH or entry.start - before.end != 1:
        return entry
    number = figure(entry.text.rstrip("日 "))
    try:
        day = None if before.day is None else before.day.replace(day=number)
    except ValueError:
        return entry
    return entry if day is None else replace(entry, value=day.isoformat(), rule="month-day")
