"""What the words of a date mean: a day, a month, a quarter, a span, resolved against the day of writing."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

ROC = 1911
FIRST = 1000
EDGES = {"初": "-01", "中": "-06", "底": "-12", "末": "-12"}
_SLACK = 3
_FIGURES = {"〇": 0, "零": 0} | {figure: size for size, figure in enumerate("一二三四五六七八九", start=1)}
DECEMBER = 12


def figure(words: str) -> int:
    """A number of the calendar in digits or Chinese numerals: 四, 二十七, 廿一, 二〇二五.

    Example:
        >>> figure("27"), figure("二十七"), figure("十"), figure("廿一"), figure("二〇二五")
        (27, 27, 10, 21, 2025)
    """
    if words.isdecimal():
        return int(words)
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.partition("十")
    if ten:
        return 10 * (_FIGURES[tens] if tens else 1) + (_FIGURES[ones] if ones else 0)
    return int("".join(str(_FIGURES[character]) for character in words))


def full_day(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """A day with what of year and month is told."""
    groups = match.groupdict()
    year = figure(groups["y"]) if groups.get("y") else None
    if year is not None and year < FIRST:
        year += ROC
    month = figure(groups["m"]) if groups.get("m") else None
    return resolved(year, month, figure(groups["d"]), written, ahead)


def told_day(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """昨 and 今 of a headline."""
    return "" if written is None else (written - timedelta(days=match["rel"] == "昨")).isoformat()


def edge_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """年初 and 月底, of the year or the month of the text."""
    if written is None:
        return ""
    if "edge" not in match.groupdict():
        return str(written.year)
    month = {"年初": 1, "年中": 6, "年底": 12, "年末": 12}.get(match["edge"], written.month)
    return f"{written.year}-{month:02d}"


def resolved(year: int | None, month: int | None, day: int, written: date | None, ahead: bool) -> str:
    """A day; what is left out is taken from the day of writing, and from the past unless the words look ahead."""
    if year is None and written is None:
        return ""
    base = written or date(year or 1, 1, 1)
    guess = day_of(year or base.year, month or base.month, day)
    if written is not None and not ahead and guess is not None and guess > written + timedelta(days=_SLACK):
        if month is None and year is None:
            before = base.replace(day=1) - timedelta(days=1)
            guess = day_of(before.year, before.month, day)
        elif year is None and guess > written + timedelta(days=180):
            guess = day_of(base.year - 1, month or base.month, day)
    return "" if guess is None else guess.isoformat()


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, if there is such a one."""
    if not 1 <= month <= DECEMBER or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def month_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """A month of a year that is told."""
    year = figure(match["y"])
    return f"{year + (ROC if year < FIRST else 0)}-{figure(match['m']):02d}"


def year_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """A year, or its beginning, middle or end."""
    year = figure(match["y"])
    edge = EDGES.get(match.groupdict().get("edge") or "", "")
    return f"{year + (ROC if year < FIRST else 0)}{edge}"


def decade_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """The 1990s, 上世纪九十年代."""
    decade = match.groupdict().get("y") or f"19{figure(match['tens'])}"
    return f"{decade}0/{decade}9"


def span_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """Years from one to another."""
    return f"{match['y']}/{match['y2']}"


def since_of(match: re.Match[str], written: date | None, ahead: bool) -> str:
    """From a year on."""
    return f"{match['y'] or match['y3']}/.."
