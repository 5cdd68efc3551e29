"""Quantities: a number, what it counts, and the words that loosen it."""

from __future__ import annotations

import math
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dualuse.news.find.numbers import Number, Numbers
from dualuse.news.lexicon.entries import Hedge
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import Text, plain

_MODIFIER_ZH = r"[^,。;:、「」()0-9第]{0,10}?"
_MODIFIER_EN = r"(?:(?!(?:and|of|in|to|for|the|on|at|by|from)\b)[\w'.-]+ ){0,3}?"
_CURRENCY = re.compile(r"(?P<sign>US\$|NT\$|HK\$|\$|€|£|¥) ?$")
_MONEY = re.compile(r"(?P<name>新?台币|人民币|港[币元]|美元|美金|日[元圆]|韩[元圆]|欧元) ?(?:约|近|逾|超过)? ?$")
_NAMED = {"台": "twd", "新": "twd", "人": "cny", "港": "hkd", "美": "usd", "日": "jpy", "韩": "krw", "欧": "eur"}
_FRACTION = re.compile(r"(?P<of>[百千])分之 ?$")
_TENTHS = re.compile(r"成(?![立为本员长功熟果交份品都型就绩分])(?P<half>[一二三四五六七八九半])?(?P<more>[多余])?")
_PARTS = re.compile(
    r"(?P<under>[二三四五])分之(?P<over>[一二三四])"
    r"|\b(?P<many>a|one|two|three)[ -](?P<what>third|quarter|fifth)s?(?= of\b)"
    r"|(?<![另前后上下这那])(?P<half>一半|半数)(?!导|的时)|(?P<most>过半|逾半)(?!导)"
    r"|\b(?P<one>half)(?= (?:of|the|its|their)\b)",
    re.IGNORECASE,
)
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "third": 3, "quarter": 4, "fifth": 5}
_SMALL |= {han: size for size, han in enumerate("一二三四五六七八九", start=1)}
_OTHERS = re.compile(r" (?:others|of (?:them|those|these|which))\b")
_LEADS = 16
_NESTED = 4
"""Spans of dates and names that may begin before one that holds a position."""
_MOST_LEVELS = 9
_SIGNS = {"$": "usd", "US$": "usd", "€": "eur", "NT$": "twd", "HK$": "hkd", "£": "gbp", "¥": "cny"}
_LEADING = re.compile(
    r"(?P<unit>TPP)(?: |值|为|达到?|高于|低于|超过|of|is|above|below|under|over|at least|:)*$", re.IGNORECASE
)
_RANKED = re.compile(
    r"\b(?:[Tt]ier|[Gg]roup|[Cc]ategory|[Ll]evel|[Pp]hase|[Ss]ection|[Aa]rticle|[Pp]art|[Nn]umber)[ -]$"
)
_TO = re.compile(r" to | ?- ?")
_HEDGE_REACH = 20
_TEN = 10
_HALF = 50.0
_TAIWAN = re.compile(r"台币|台湾|台积电|台股|经济部|行政院|法人")
_TERM = re.compile(r"(?:后|之日起|日起|为期|未来|至少|不少于|不超过|延长|提前|最长|长达|期限为?)(?:的|约)?$")
"""Words before 15日 that make it a length of time: 公布后15日."""
_DURATIONS = ("day", "week", "month", "year")
_LAST_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, order=True)
class Quantity:
    """A quantity.

    Args:
        start: First code point, hedge and number.
        end: Code point after its unit.
        text: The words.
        unit: ``country``, ``level``, ``day`` …
        low: Least number it can mean; None: no least.
        high: Greatest number; None: no greatest.
        hedge: ``about``, ``nearly``, ``at-most``, ``at-least``, ``above`` or empty.
        number: The number as it stands, or the middle of a range.
    """

    start: int
    end: int
    text: str
    unit: str
    low: float | None
    high: float | None
    hedge: str
    number: float

    @property
    def duration(self) -> bool:
        """Whether it is a length of time."""
        return self.unit in _DURATIONS


@dataclass(frozen=True)
class _Units:
    straight: re.Pattern[str]
    counted: re.Pattern[str] | None
    keys: dict[str, str]


class Quantities:
    """Finds quantities."""

    def __init__(self, patterns: Patterns) -> None:
        self._numbers = Numbers(patterns)
        self._units = {language: _units(patterns, language) for language in ("zh", "en")}
        self._before = _hedges(patterns.hedges, "before")
        self._after = _hedges(patterns.hedges, "after")
        self._kinds = {plain(form).lower(): hedge.key for hedge in patterns.hedges for form in hedge.forms}
        self._after_kinds = {
            plain(form).lower(): hedge.key
            for hedge in patterns.hedges
            if hedge.where == "after"
            for form in hedge.forms
        }
        self._stops = re.compile("|".join(map(re.escape, patterns.unit_stops)))

    def find(self, text: Text, start: int, end: int, language: str, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
        """Quantities between two positions.

        Args:
            text: The text.
            start: First position.
            end: Position after the last.
            language: Language of the passage.
            taken: Spans of dates and names; a number inside them is no quantity.
        """
        stops = [match.span() for match in self._stops.finditer(text.plain, start, end)]
        found = []
        numbers = self._numbers.find(text.plain, start, end)
        spans = sorted((*taken, *stops))
        for number in numbers:
            if not _covered(spans, number.start) and not self._ordinal(text.plain, number):
                quantity = self._quantity(text, number, start, end, "en" if language == "en" else "zh")
                if quantity is not None:
                    found.append(_at_home(text, quantity) if language == "zh-Hant" else quantity)
        parts = [
            part for part in self._parts(text, start, end) if not any(low <= part.start < high for low, high in taken)
        ]
        found = [one for one in found if not any(p.start <= one.start < p.end for p in parts)] + parts
        hedge = partial(self._hedge_in, start, end)
        return list(_ranges(text, list(_inherit(text, sorted(found), numbers, hedge))))

    def _hedge_in(self, start: int, end: int, words: str, low: int, high: int) -> tuple[str, int, int]:
        return self._hedge(words, low, high, start, end)

    def _parts(self, text: Text, start: int, end: int) -> Iterator[Quantity]:
        """Fractions in words: 三分之一, a third of."""
        for match in _PARTS.finditer(text.plain, start, end):
            if match["half"] or match["most"] or match["one"]:
                yield self._half(text, match, start, end)
                continue
            over, under = (match["over"], match["under"]) if match["over"] else (match["many"], match["what"])
            share = 100 * _SMALL[over.lower()] / _SMALL[under.lower()]
            hedge, begin, stop = self._hedge(text.plain, *match.span(), start, end)
            low, high = _bounds(Number(*match.span(), share, share), hedge)
            yield Quantity(begin, stop, text.original[begin:stop], "percent", low, high, hedge, share)

    def _half(self, text: Text, match: re.Match[str], start: int, end: int) -> Quantity:
        """一半, 过半, half of: 50 percent, or more than that."""
        hedge, begin, stop = self._hedge(text.plain, *match.span(), start, end)
        hedge = "above" if match["most"] else hedge
        low, high = _bounds(Number(*match.span(), _HALF, _HALF), hedge)
        return Quantity(begin, stop, text.original[begin:stop], "percent", low, high, hedge, _HALF)

    @staticmethod
    def _ordinal(text: str, number: Number) -> bool:
        before = text[max(0, number.start - 2) : number.start]
        ranked = number.end - number.start == 1 and _RANKED.search(text, max(0, number.start - 12), number.start)
        if number.end - number.start == 2 and _CLOCK.search(text, max(0, number.start - 3), number.start):
            return True
        return before.endswith(("第", "#")) or before in ("No", "o.") or bool(ranked)

    def _quantity(self, text: Text, number: Number, start: int, end: int, language: str) -> Quantity | None:
        unit, stop = self._unit(text.plain, number, end, language)
        begin = number.start
        if not unit and text.plain[number.end : number.end + 1] == "日" and _TERM.search(text.plain, start, begin):
            unit, stop = "day", number.end + 1
        near = max(start, number.start - _LEADS)
        sign = _CURRENCY.search(text.plain, near, number.start)
        money = _MONEY.search(text.plain, near, number.start)
        fraction = _FRACTION.search(text.plain, near, number.start)
        tenths = _TENTHS.match(text.plain, number.end, end)
        if fraction is not None:
            number = _times(number, 1 if fraction["of"] == "百" else 0.1)
            unit, stop, begin = "percent", number.end, fraction.start()
        elif tenths is not None and number.high <= _TEN and not unit:
            number, unit, stop = _tenths(number, tenths), "percent", tenths.end()
        elif sign is not None:
            unit, stop, begin = _SIGNS[sign["sign"]], number.end, sign.start()
        elif money is not None and unit in ("", "cny"):
            unit, begin = _NAMED[money["name"][0]], money.start()
        leading = _LEADING.search(text.plain, near, number.start)
        if not unit and leading is not None:
            unit, begin = leading["unit"].lower(), leading.start()
        if not unit or (number.article and unit not in (*_DURATIONS, "level", "percent")):
            return None
        if unit == "year" and number.exact and _FIRST_YEAR <= number.low <= _LAST_YEAR:
            return None
        if unit == "level" and number.low > _MOST_LEVELS and text.plain[number.end] == "层":
            unit = "layer"
        hedge, begin, stop = self._hedge(text.plain, begin, stop, start, end)
        low, high = _bounds(number, hedge)
        middle = number.low if number.exact or high is None else (number.low + number.high) / 2
        return Quantity(begin, stop, text.original[begin:stop], unit, low, high, hedge, middle)

    def _unit(self, text: str, number: Number, end: int, language: str) -> tuple[str, int]:
        for name in ("en", "zh") if language == "en" else ("zh", "en"):
            units = self._units[name]
            for expression in (units.straight, units.counted):
                match = None if expression is None else expression.match(text, number.end, end)
                if match is not None:
                    return units.keys[match["unit"].lower()], match.end()
        return "", number.end

    def _hedge(self, text: str, begin: int, stop: int, start: int, end: int) -> tuple[str, int, int]:
        """The hedge of a quantity, and the span with it."""
        before = self._before.search(text, max(start, begin - _HEDGE_REACH), begin)
        while before is not None and before.end() != begin and text[before.end() : begin].strip():
            following = self._before.search(text, before.start() + 1, begin)
            if following is None:
                break
            before = following
        if before is not None and not text[before.end() : begin].strip():
            return self._kinds[before[0].lower()], before.start(), stop
        after = self._after.match(text, stop + (text[stop : stop + 1] == " "), end)
        if after is not None:
            return self._after_kinds[after[0].lower()], begin, after.end()
        return "", begin, stop


def _at_home(text: Text, quantity: Quantity) -> Quantity:
    """A bare 元 of a text in traditional script, which is that of Taiwan where the text speaks of Taiwan."""
    bare = quantity.unit == "cny" and quantity.text.endswith("元") and "人民" not in text.opening
    return replace(quantity, unit="twd") if bare and _TAIWAN.search(text.opening) is not None else quantity


def _ranges(text: Text, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Quantities, two of one unit that are the ends of a range as one: 5 percent to 10 percent."""
    kept: Quantity | None = None
    for one in found:
        joined = kept is not None and _TO.fullmatch(text.plain, kept.end, one.start) is not None
        if kept is not None and joined and kept.unit == one.unit and kept.number < one.number:
            lead = text.plain[max(0, kept.start - len("from ")) : kept.start]
            if not lead.lower().endswith("from "):
                words, middle = text.original[kept.start : one.end], (kept.number + one.number) / 2
                kept = replace(kept, end=one.end, text=words, high=one.high, number=middle)
                continue
        if kept is not None:
            yield kept
        kept = one
    if kept is not None:
        yield kept


def _units(patterns: Patterns, language: str) -> _Units:
    """Expressions for a unit straight after a number, and after a counter and a few words."""
    straight: dict[str, str] = {}
    counted: dict[str, str] = {}
    for unit in patterns.units:
        if unit.language in (language, "any"):
            straight |= {plain(form).lower(): unit.key for form in unit.after}
            counted |= {plain(form).lower(): unit.key for form in unit.counted}
    units = "|".join(map(_word, sorted(straight, key=len, reverse=True)))
    if language == "en":
        expression = re.compile(rf"[ -]?(?:of )?{_MODIFIER_EN}(?P<unit>{units})", re.IGNORECASE)
        return _Units(expression, None, straight)
    heads = "|".join(map(_word, sorted(counted, key=len, reverse=True)))
    counters = "|".join(map(re.escape, patterns.counters))
    after = re.compile(f" ?(?:{counters}){_MODIFIER_ZH}(?P<unit>{heads})", re.IGNORECASE)
    return _Units(re.compile(f" ?(?P<unit>{units})", re.IGNORECASE), after, straight | counted)


def _word(form: str) -> str:
    if form in ("tier", "level"):
        return form + r"\b(?! \d)"  # 18 Tier 1 countries are no 18 tiers
    if form == "级":
        return "(?<![顶高升超重低特初])级"  # 三款顶级设备 are no levels
    tail = r"\b" if form[-1].isascii() and form[-1].isalpha() else "(?![湾积北中南币大])" if form == "台" else ""
    return re.escape(form) + tail


def _hedges(hedges: Sequence[Hedge], where: str) -> re.Pattern[str]:
    forms = [plain(form) for hedge in hedges if hedge.where == where for form in hedge.forms]
    words = [rf"\b{re.escape(form)}\b" if form.isascii() else re.escape(form) for form in forms]
    return re.compile("|".join(sorted(words, key=len, reverse=True)), re.IGNORECASE)


def _covered(spans: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether one of some spans, in order, holds a position."""
    index = bisect_right(spans, (position, sys.maxsize))
    return any(position < high for _, high in spans[max(0, index - _NESTED) : index])


def _times(number: Number, factor: float) -> Number:
    return replace(number, low=number.low * factor, high=number.high * factor)


def _tenths(number: Number, match: re.Match[str]) -> Number:
    """七成 is 70, 三成五 is 35, 一成多 is 10 to 19."""
    half = 0 if not match["half"] else 5 if match["half"] == "半" else _SMALL[match["half"]]
    low, high = number.low * 10 + half, number.high * 10 + half
    return replace(number, low=low, high=high + 9 if match["more"] else high, article=False)


_CLOCK = re.compile(r"(?<!\d)\d{1,2}:$")
"""What stands before minutes: 09:40 国家…."""


def _bounds(number: Number, hedge: str) -> tuple[float | None, float | None]:
    match hedge:
        case "at-most" | "nearly" if number.exact:
            return (None, number.high) if hedge == "at-most" else (number.low, number.high)
        case "at-least" | "above" if number.exact:
            return number.low, None
    return number.low, None if number.high == math.inf else number.high


def _inherit(
    text: Text,
    found: Sequence[Quantity],
    numbers: Sequence[Number],
    loosen: Callable[[str, int, int], tuple[str, int, int]],
) -> Iterator[Quantity]:
    """Quantities; with them others of what was just counted, and a number of a counter only (這22個) repeating one."""
    known = {quantity.number: quantity for quantity in found}
    starts = {quantity.start for quantity in found}
    extra = []
    for number in numbers:
        others = _OTHERS.match(text.plain, number.end)
        before = next((q for q in reversed(found) if q.start < number.start), None) if others is not None else None
        if others is not None and before is not None and number.start not in starts:
            hedge, begin, end = loosen(text.plain, number.start, others.end())
            low, high = _bounds(number, hedge)
            extra.append(Quantity(begin, end, text.original[begin:end], before.unit, low, high, hedge, number.low))
            continue
        bare = re.match(r" ?个(?![^,。;]{0,3}[月百])", text.plain[number.end : number.end + 8])
        like = known.get(number.low) if number.exact else None
        if bare is None or like is None or like.unit != "country" or number.start in starts:
            continue
        if not any(q.start <= number.start < q.end for q in found):
            end = number.end + bare.end()
            words = text.original[number.start : end]
            extra.append(replace(like, start=number.start, end=end, text=words, hedge=""))
    yield from sorted((*found, *extra))
