"""Dates in a text, resolved against the day it was written: 13日, 四月二十七日, 昨（16）日, last October, 1140113."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dualuse.news.find.resolving import (
    DECEMBER,
    EDGES,
    FIRST,
    ROC,
    day_of,
    decade_of,
    edge_of,
    figure,
    full_day,
    month_of,
    resolved,
    since_of,
    span_of,
    told_day,
    year_of,
)
from dualuse.news.lexicon.patterns import Patterns, any_word
from dualuse.news.text.passages import Text, plain

_AHEAD_REACH = 24
_WEEK = 7
_HAN = "[一二三四五六七八九十〇零廿卅]"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:[12]\d|3[01]|0?[1-9]|[二廿]?十?[一二三四五六七八九]|[二三]?十|三十一|廿|卅一?)"
_TELLING = "(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[二三四五六七八九])"
"""Days in Chinese numerals that are no length of time: 一日 may be a day long."""
_LONG = "January|February|April|June|July|August|September|October|November|December"
_PARTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2, "两": 2}
_SHIFTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_TO_COME = re.compile(
    r"[初中底]?(?:起|前)?(?:正式)?(?:才|生效|实施|施行|上路|到期|届满|截止|登场"
    r"|将(?![^,。;]{1,24}(?:列[为入]|纳入|移出|归入|加入|降至|提高|推迟|延长)))"
)
_NAMED_YEAR = ("full-zh", "month-of-year", "month-of-named-year", "day-of-named-year", "year", "part-of-year", "iso")
_DATED = (*_NAMED_YEAR, "relative-year", "full-en", "month-of-year-en", "year-en", "part-of-year-en")
_BARE = ("bare-month", "month-day", "bare-month-en", "month-day-en")
_ENDS = re.compile(r"[。;!?\n]|\. ")


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
        year = rf"(?P<y>(?:19|20)\d\d|二[〇零]{_HAN}{_HAN}|1\d\d) ?年 ?"
        named = f"(?P<rel>{'|'.join(sorted(filter(str.isalpha, words['years']), key=len, reverse=True))})"
        rules: list[tuple[str, str, _Read]] = [
            ("iso", r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:T[\d:]*)?(?!\d)", full_day),
            ("full-zh", rf"{year}(?P<m>{_M}) ?月 ?(?P<d>{_D}) ?[日号]", full_day),
            ("span", r"(?P<y>20\d\d)年?(?:至|到|-)(?P<y2>20\d\d)年?(?:期间)?", span_of),
            ("since", rf"自从?(?P<y>20\d\d)年(?! ?{_M} ?月)(?:以来|起)?|(?P<y3>20\d\d)年(?:以来|起)", since_of),
            ("month-of-year", rf"{year}(?P<m>{_M}) ?月", month_of),
            ("month-of-named-year", rf"{named}(?P<m>{_M}) ?月(?! ?{_D} ?[日号])", self._named_month),
            ("day-of-named-year", rf"{named}(?P<m>{_M}) ?月 ?(?P<d>{_D}) ?[日号]", self._named_month),
            ("part-of-year", rf"(?:{year}|{named})?第?(?P<q>[一二三四1-4])季度?", self._part),
            ("part-of-year", rf"(?:{year}|{named})?(?P<h>[上下])半年", self._part),
            ("part-of-year", rf"(?:{year}|{named})?前(?P<n>[两二三23])个?季度?", self._part),
            ("part-of-year", rf"(?:{year}|{named})前(?P<months>{_M})个?月", self._part),
            (
                "part-of-year",
                rf"(?:{year}|{named})?(?<![\d.])(?:1|一)月?(?:至|到|-)(?P<months>{_M})月(?! ?{_D} ?[日号])",
                self._part,
            ),
            ("year", r"(?P<y>20\d\d) ?财年", year_of),
            ("decade", r"(?P<y>(?:19|20)\d)0年代|(?P<century>上个?世纪)(?P<tens>[五六七八九5-9])[十0]年代", decade_of),
            ("decade", r"\b(?:the |early |late )(?P<y>(?:19|20)\d)0s\b", decade_of),
            ("week", rf"(?P<w>上个?|下个?|本|这)(?:周|星期)(?P<end>末)?(?![{han_day}期围边刊年])", self._week),
            ("week-en", r"\b(?P<w>[Ll]ast|[Nn]ext|[Tt]his) (?:week(?P<end>end)?)\b", self._week),
            ("this-year", r"(?<![一二两三四五六七八九十几数半\d])年内", edge_of),
            ("month-day", rf"(?<![\d{_HAN[1:-1]}])(?P<m>{_M}) ?月 ?(?P<d>{_D}) ?[日号]", full_day),
            (
                "bare-month",
                rf"(?<![\d{_HAN[1:-1]}个])(?:(?P<m>{_M}) ?月(?=[初底中上下旬份起以间,的]|期间)"
                rf"|(?<![\d.-])(?P<m2>1[0-2]|[1-9]) ?月(?! ?{_D} ?[日号]|[\d{_HAN[1:-1]}]))",
                self._bare_month,
            ),
            ("edge", r"(?<![去今明前本个上下])(?P<edge>年初|年底|年末|年中|月初|月底|月末|月中)(?!旬)", edge_of),
            ("marked-day", r"[昨今前明]日? ?\((?P<d>\d{1,2})日?\) ?[日天]?", full_day),
            ("told-day", r"(?P<rel>[昨今])(?=[早晚晨午宣表公指发召将向在起]|说明)", told_day),
            ("day-after", r"(?P<rel>翌日|次日|隔日|隔天|第二天|前一[日天])", self._shifted),
            ("roc", r"(?<!\d)(?P<y>1[0-4]\d)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)", full_day),
            ("year", rf"{year}(?P<edge>[初底末]|中(?![国美方外文企资央心期东]))?(?!\d)", year_of),
            ("full-en", rf"\b(?P<mn>{month})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>20\d\d)\b", self._english),
            ("full-en", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mn>{month})\.?,? (?P<y>20\d\d)\b", self._english),
            ("month-day-en", rf"\b(?P<mn>{month})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}})", self._english),
            ("month-day-en", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mn>{month})\b", self._english),
            ("month-of-year-en", rf"\b(?P<mn>{month})\.?,? (?:of )?(?P<y>20\d\d)\b", self._english),
            ("bare-month-en", rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<mn>{_LONG})\b(?! \d)", self._bare_month),
            (
                "bare-month-en",
                r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|(?P<which>[Ll]ast|[Nn]ext)) (?P<mn>March|May)\b(?! \d)",
                self._bare_month,
            ),
            (
                "year-en",
                r"\b(?:in|since|from|until|by|the|of|before|after|during) (?:early |late |mid-)?"
                r"(?P<y>(?:19[5-9]|20\d)\d)\b"
                r"(?! [A-Z]\w+ \d)",
                year_of,
            ),
            (
                "part-of-year-en",
                r"(?i:\b(?:the )?(?P<q>first|second|third|fourth) quarter(?: of (?P<y>20\d\d))?)",
                self._part,
            ),
            (
                "part-of-year-en",
                r"(?i:\b(?:the )?(?P<h>first|second) half of (?:(?P<y>20\d\d)|(?:the |this )year))",
                self._part,
            ),
            ("part-of-year-en", r"\bQ(?P<q>[1-4])(?: (?P<y>20\d\d))?\b", self._part),
            (
                "day-event-en",
                r"\b(?P<n>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive) days? (?P<rel>after|before)"
                r"(?= (?:the|its|an?|his|her|their|[A-Z][\w.'’-]+) )",
                self._event,
            ),
            (
                "day-shift-en",
                r"(?i:\b(?P<n>a|one|two|three|four|five) days? (?P<rel>earlier|before|later|after|ago)\b)",
                self._shifted,
            ),
            ("weekday", rf"(?:(?P<w>{week})?(?:周|星期|礼拜))(?P<wd>[{han_day}])", self._weekday),
            ("weekday-en", rf"\b(?:(?P<w>{english_week}) )?(?P<wd>{english_day})\b", self._weekday),
            ("relative-day", any_word(words["days"]).pattern, self._relative("days")),
            (
                "day-of-relative-month",
                rf"(?P<rel>{any_word(words['months']).pattern})(?P<d>{_D}) ?[日号]",
                self._day_of_month,
            ),
            ("relative-month", f"(?:{any_word(words['months']).pattern})[初底中旬末]*", self._relative("months")),
            (
                "relative-year",
                f"(?:{any_word(words['years']).pattern})(?P<edge>[初底末](?!月)|中(?![国美方外文企资央心期东旬]))?",
                self._relative("years"),
            ),
            ("day", r"(?<![\d月后起期来长])(?P<d>[1-9]|[12]\d|3[01]) ?日", full_day),
            ("day", rf"(?<![月每同某第周期拜几数半近约\d{_HAN[1:-1]}百千万])(?P<d>{_TELLING}) ?日", full_day),
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
                ahead = self._ahead.search(text.plain, max(start, match.start() - _AHEAD_REACH), match.end())
                value = read(match, written, ahead is not None)
                one = Found(*match.span(), text.original[slice(*match.span())], value, name)
                found.append((match.start(), -match.end(), order, one))
        return list(_carried(text, _apart(entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))))

    def _english(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        groups = match.groupdict()
        names = self._words["month_names"]
        month = names[next(w for w in names if w.lower() == match["mn"].lower())]
        if groups.get("d") is None:
            return f"{groups['y']}-{month:02d}"
        year = groups.get("y")
        return resolved(int(year) if year else None, month, int(groups["d"] or 0), written, ahead)

    def _named_month(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """去年十月, 今年3月5日."""
        if written is None:
            return ""
        year = written.year + self._words["years"][match["rel"]]
        day = match.groupdict().get("d")
        if day is None:
            return f"{year}-{figure(match['m']):02d}"
        return str(day_of(year, figure(match["m"]), figure(day)) or "")

    def _day_of_month(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """本月6日, 上月卅日."""
        month = self._relative("months")(match, written, ahead)
        return str(day_of(int(month[:4]), int(month[5:]), figure(match["d"])) or "") if month else ""

    def _bare_month(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """The last such month up to the text, or the next one after words that look ahead."""
        if written is None:
            return ""
        groups = match.groupdict()
        said = groups.get("m") or groups.get("m2")
        month = figure(said) if said else self._words["month_names"][groups["mn"]]
        which = (groups.get("which") or "").lower()
        ahead = ahead or _TO_COME.match(match.string, match.end()) is not None
        year = written.year
        if which == "last":
            year -= month >= written.month
        elif which == "next" or (ahead and not which):
            year += month < written.month or (which == "next" and month == written.month)
        elif which != "this":
            year -= month > written.month + 1
        return f"{year}-{month:02d}"

    def _part(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """A quarter or a half of a year, as its first and last month."""
        groups = match.groupdict()
        if groups.get("y"):
            year = figure(groups["y"]) + (ROC if figure(groups["y"]) < FIRST else 0)
        elif written is None:
            return ""
        else:
            year = written.year + (self._words["years"][groups["rel"]] if groups.get("rel") else 0)
        if groups.get("n") or groups.get("months"):
            last = (
                figure(groups["months"])
                if groups.get("months")
                else 3 * (_PARTS.get(groups["n"]) or figure(groups["n"]))
            )
            return f"{year}-01/{year}-{last:02d}"
        said = groups.get("q") or groups["h"]
        number = _PARTS.get(said.lower()) or figure(said)
        length = 3 if groups.get("q") else 6
        return f"{year}-{(number - 1) * length + 1:02d}/{year}-{number * length:02d}"

    def _shifted(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """So many days before or after the day of the text; see :meth:`find` for the day that is counted from."""
        if written is None:
            return ""
        groups = match.groupdict()
        days, rel = _SHIFTS[(groups.get("n") or "one").lower()], groups["rel"].lower()
        back = rel in ("earlier", "before", "ago") or rel.startswith("前")
        return (written + timedelta(days=-days if back else days)).isoformat()

    def _event(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """Day of an event that something told of happened so many days after or before: a day after the ban."""
        if written is None:
            return ""
        days = _SHIFTS[match["n"].lower()]
        return (written + timedelta(days=-days if match["rel"] == "after" else days)).isoformat()

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

    def _week(self, match: re.Match[str], written: date | None, ahead: bool) -> str:
        """上周 and last week, from Monday to Sunday; 上周末 its last two days."""
        if written is None:
            return ""
        week = self._words["weeks"][match["w"].lower()]
        monday = written + timedelta(days=_WEEK * week - written.weekday())
        first = monday + timedelta(days=5) if match["end"] else monday
        return f"{first}/{monday + timedelta(days=6)}"

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
                edge = EDGES.get(match.groupdict().get("edge") or "", "")
                return f"{written.year + size}{edge}"
            months = written.year * DECEMBER + written.month - 1 + size
            return f"{months // DECEMBER}-{months % DECEMBER + 1:02d}"

        return read


def _flags(name: str) -> re.RegexFlag:
    """Month names such as May need their capital."""
    return re.NOFLAG if "en" in name.split("-") else re.IGNORECASE


def _merged(patterns: Patterns, name: str) -> dict[str, int]:
    return {plain(word): size for entry in patterns.calendar[name] for word, size in entry.values.items()}


def _apart(found: Iterator[Found]) -> Iterator[Found]:
    reached = -1
    for entry in found:
        if entry.start >= reached:
            yield entry
            reached = entry.end


def _carried(text: Text, found: Iterator[Found]) -> Iterator[Found]:
    """Dates, a month or a day behind one of an earlier year in its sentence with that year: 2022年10月 … 12月."""
    dated: Found | None = None
    for entry in found:
        if entry.rule in _BARE and dated is not None and entry.value and dated.value:
            last, this = dated.value.rpartition("/")[2], entry.value
            later = this[5:7] >= last[5:7] and last[:4] < this[:4]
            if later and _ENDS.search(text.plain, dated.end, entry.start) is None:
                entry = replace(entry, value=last[:4] + this[4:])
        if entry.rule in _DATED:
            dated = entry
        yield entry


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
        day = day_of(*map(int, named.groups()))
        if day is not None:
            return day, "file name"
    return None, ""
