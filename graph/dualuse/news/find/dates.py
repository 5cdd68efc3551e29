"""Dates in a text, resolved against the day it was written: 13日, 本周五, last month, 1140113."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dualuse.news.lexicon.patterns import Patterns, any_word
from dualuse.news.text.passages import Text, plain

_ROC = 1911
_SLACK = 3
_AHEAD_REACH = 24
_WEEK = 7
_DECEMBER = 12


@dataclass(frozen=True, order=True)
class Found:
    """A date.

    Args:
        start: First code point.
        end: Code point after the last.
        text: The words.
        value: EDTF: ``2025-01-13``, ``2025-01``, ``2022/..``, ``2025/2027``; empty where it cannot be told.
        rule: How it was resolved.
    """

    start: int
    end: int
    text: str
    value: str
    rule: str

    @property
    def day(self) -> date | None:
        """The day, if it is one."""
        return date.fromisoformat(self.value) if re.fullmatch(r"\d{4}-\d\d-\d\d", self.value) else None


_Read = Callable[[re.Match[str], date | None, bool], str]


class Dates:
    """Finds and resolves dates."""

    def __init__(self, patterns: Patterns) -> None:
        words = {name: _merged(patterns, name) for name in patterns.calendar}
        self._words = words
        self._ahead = any_word(patterns.ahead)
        self._stops = tuple(patterns.day_stops)
        month = "|".join(sorted(words["month_names"], key=len, reverse=True))
        english_day = "|".join(word for word in words["weekdays"] if word.isascii())
        han_day = "".join(word for word in words["weekdays"] if not word.isascii())
        week = "|".join(sorted((word for word in words["weeks"] if not word.isascii()), key=len, reverse=True))
        english_week = "|".join(word for word in words["weeks"] if word.isascii())
        rules: list[tuple[str, str, _Read]] = [
            ("iso", r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:T[\d:]*)?(?!\d)", _full),
            ("full-zh", r"(?P<y>20\d\d|1\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]", _full),
            ("span", r"(?P<y>20\d\d)年?(?:至|到|-)(?P<y2>20\d\d)年?(?:期间)?", _span),
            ("since", r"自从?(?P<y>20\d\d)年(?:以来|起)?|(?P<y3>20\d\d)年(?:以来|起)", _since),
            ("month-of-year", r"(?P<y>20\d\d)年(?P<m>\d{1,2})月", _month),
            ("month-day", r"(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]", _full),
            ("roc", r"(?<!\d)(?P<y>1[0-4]\d)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)", _full),
            ("year", r"(?P<y>20\d\d)年(?!\d)", _year),
            ("full-en", rf"\b(?P<mn>{month})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>20\d\d)\b", self._english),
            ("full-en", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mn>{month})\.?,? (?P<y>20\d\d)\b", self._english),
            ("month-day-en", rf"\b(?P<mn>{month})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}})", self._english),
            ("month-day-en", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mn>{month})\b", self._english),
            ("month-of-year-en", rf"\b(?P<mn>{month})\.? (?P<y>20\d\d)\b", self._english),
            ("year-en", r"\b(?:in|since|from|until|by) (?P<y>20\d\d)\b", _year),
            ("weekday", rf"(?:(?P<w>{week})?(?:周|星期|礼拜))(?P<wd>[{han_day}])", self._weekday),
            ("weekday-en", rf"\b(?:(?P<w>{english_week}) )?(?P<wd>{english_day})\b", self._weekday),
            ("relative-day", any_word(words["days"]).pattern, self._relative("days")),
            ("relative-month", f"(?:{any_word(words['months']).pattern})[初底中旬]*", self._relative("months")),
            ("relative-year", f"(?:{any_word(words['years']).pattern})", self._relative("years")),
            ("day", r"(?<!\d)(?P<d>[1-9]|[12]\d|3[01])日", _full),
        ]
        self._rules = [(name, re.compile(expression, _flags(name)), read) for name, expression, read in rules]

    def find(self, text: Text, start: int, end: int, written: date | None) -> list[Found]:
        """Dates between two positions, resolved against the day of writing, the longest where several overlap.

        Args:
            text: The text.
            start: First position.
            end: Position after the last.
            written: Day the text was written, if known.
        """
        found = []
        for order, (name, expression, read) in enumerate(self._rules):
            for match in expression.finditer(text.plain, start, end):
                if name == "day" and any(text.plain.startswith(stop, match.end() - 1) for stop in self._stops):
                    continue
                ahead = self._ahead.search(text.plain, max(start, match.start() - _AHEAD_REACH), match.start())
                value = read(match, written, ahead is not None)
                words = text.original[match.start() : match.end()]
                found.append((match.start(), -match.end(), order, Found(*match.span(), words, value, name)))
        return list(_apart(entry[-1] for entry in sorted(found, key=lambda entry: entry[:3])))

    def _english(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        groups = match.groupdict()
        month = self._words["month_names"][
            next(w for w in self._words["month_names"] if w.lower() == match["mn"].lower())
        ]
        if groups.get("d") is None:
            return f"{groups['y']}-{month:02d}"
        year = groups.get("y")
        return _resolve(int(year) if year else None, month, int(groups["d"] or 0), written, ahead)

    def _weekday(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        if written is None:
            return ""
        weekday = self._words["weekdays"][next(w for w in self._words["weekdays"] if w.lower() == match["wd"].lower())]
        monday = written - timedelta(days=written.weekday())
        if match["w"]:
            week = self._words["weeks"][match["w"].lower()]
            return (monday + timedelta(days=weekday - 1 + _WEEK * week)).isoformat()
        back = (written.isoweekday() - weekday) % _WEEK
        if ahead:
            return (written + timedelta(days=(weekday - written.isoweekday()) % _WEEK)).isoformat()
        return (written - timedelta(days=back)).isoformat()

    def _relative(self, name: str) -> _Read:
        words = {word.lower(): size for word, size in self._words[name].items()}

        def read(match: re.Match[str], written: date | None, ahead: bool) -> str:
            if written is None:
                return ""
            said = match[0].lower()
            size = next(words[word] for word in sorted(words, key=len, reverse=True) if said.startswith(word))
            if name == "days":
                return (written + timedelta(days=size)).isoformat()
            if name == "years":
                return str(written.year + size)
            months = written.year * _DECEMBER + written.month - 1 + size
            return f"{months // _DECEMBER}-{months % _DECEMBER + 1:02d}"

        return read


def _flags(name: str) -> re.RegexFlag:
    """Month names such as May need their capital."""
    return re.NOFLAG if "en" in name.split("-") else re.IGNORECASE


def _merged(patterns: Patterns, name: str) -> dict[str, int]:
    return {plain(word): size for entry in patterns.calendar[name] for word, size in entry.values.items()}


def _full(match: re.Match[str], written: date | None, ahead: bool) -> str:
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    if year is not None and year < _ROC:
        year += _ROC
    month = int(groups["m"]) if groups.get("m") else None
    return _resolve(year, month, int(groups["d"]), written, ahead)


def _resolve(year: int | None, month: int | None, day: int, written: date | None, ahead: bool) -> str:
    """A day; what is left out is taken from the day of writing, and from the past unless the words look ahead."""
    if year is None and written is None:
        return ""
    base = written or date(year or 1, 1, 1)
    guess = _day(year or base.year, month or base.month, day)
    if written is not None and not ahead and guess is not None and guess > written + timedelta(days=_SLACK):
        if month is None and year is None:
            before = base.replace(day=1) - timedelta(days=1)
            guess = _day(before.year, before.month, day)
        elif year is None and guess > written + timedelta(days=180):
            guess = _day(base.year - 1, month or base.month, day)
    return "" if guess is None else guess.isoformat()


def _day(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= _DECEMBER or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _month(match: re.Match[str], written: date | None, ahead: bool) -> str:
    return f"{match['y']}-{int(match['m']):02d}" if 1 <= int(match["m"]) <= _DECEMBER else ""


def _year(match: re.Match[str], written: date | None, ahead: bool) -> str:
    return match["y"]


def _span(match: re.Match[str], written: date | None, ahead: bool) -> str:
    return f"{match['y']}/{match['y2']}"


def _since(match: re.Match[str], written: date | None, ahead: bool) -> str:
    return f"{match['y'] or match['y3']}/.."


def _apart(found: Iterator[Found]) -> Iterator[Found]:
    reached = -1
    for entry in found:
        if entry.start >= reached:
            yield entry
            reached = entry.end


def written_on(
    text: Text, dates: Dates, given: date | None, starts: Sequence[tuple[int, int]]
) -> tuple[date | None, str]:
    """Day a text was written, and how that is known: given, in its first lines, in a dateline, or in its file name.

    Args:
        text: The text.
        dates: Finds dates.
        given: Day a person gave.
        starts: Spans to look in, the first lines and datelines.
    """
    if given is not None:
        return given, "given"
    for start, end in starts:
        for found in dates.find(text, start, end, None):
            if found.day is not None and found.rule in ("iso", "full-zh", "full-en", "roc"):
                return found.day, "text"
    named = re.search(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)", text.name)
    if named is not None:
        day = _day(*map(int, named.groups()))
        if day is not None:
            return day, "file name"
    return None, ""
