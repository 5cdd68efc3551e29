"""Quantities: a number, what it counts, and the words that loosen it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dualuse.news.find.numbers import Number, Numbers
from dualuse.news.lexicon.entries import Hedge
from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import Text, plain

_MODIFIER_ZH = r"[^,。;:、「」()0-9第]{0,10}?"
_MODIFIER_EN = r"(?:(?!(?:and|of|in|to|for|the|on|at|by|from)\b)[\w'.-]+ ){0,3}?"
_CURRENCY = re.compile(r"(?P<sign>US\$|NT\$|HK\$|\$|€|£|¥) ?$")
_SIGNS = {"$": "usd", "US$": "usd", "€": "eur", "NT$": "twd", "HK$": "hkd", "£": "gbp", "¥": "cny"}
_LEADING = re.compile(
    r"(?P<unit>TPP)(?: |值|为|达到?|高于|低于|超过|of|is|above|below|under|over|at least|:)*$", re.IGNORECASE
)
_HEDGE_REACH = 20
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
        for number in self._numbers.find(text.plain, start, end):
            inside = any(low <= number.start < high for low, high in (*taken, *stops))
            if not inside and not self._ordinal(text.plain, number):
                quantity = self._quantity(text, number, start, end, "en" if language == "en" else "zh")
                if quantity is not None:
                    found.append(quantity)
        return list(_inherit(text, found, self._numbers.find(text.plain, start, end)))

    @staticmethod
    def _ordinal(text: str, number: Number) -> bool:
        before = text[max(0, number.start - 2) : number.start]
        return before.endswith(("第", "#")) or before in ("No", "o.")

    def _quantity(self, text: Text, number: Number, start: int, end: int, language: str) -> Quantity | None:
        unit, stop = self._unit(text.plain, number, end, language)
        begin = number.start
        sign = _CURRENCY.search(text.plain, start, number.start)
        if not unit and sign is not None:
            unit, stop, begin = _SIGNS[sign["sign"]], number.end, sign.start()
        leading = _LEADING.search(text.plain, start, number.start)
        if not unit and leading is not None:
            unit, begin = leading["unit"].lower(), leading.start()
        if not unit or (number.article and unit not in (*_DURATIONS, "level")):
            return None
        if unit == "year" and number.exact and _FIRST_YEAR <= number.low <= _LAST_YEAR:
            return None
        hedge, begin, stop = self._hedge(text.plain, begin, stop, start, end)
        low, high = _bounds(number, hedge)
        middle = number.low if number.exact else (number.low + number.high) / 2
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
        after = self._after.match(text, stop, end)
        if after is not None:
            return self._after_kinds[after[0].lower()], begin, after.end()
        return "", begin, stop


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
    tail = r"\b" if form[-1].isascii() and form[-1].isalpha() else ""
    return re.escape(form) + tail


def _hedges(hedges: Sequence[Hedge], where: str) -> re.Pattern[str]:
    forms = [plain(form) for hedge in hedges if hedge.where == where for form in hedge.forms]
    words = [rf"\b{re.escape(form)}\b" if form.isascii() else re.escape(form) for form in forms]
    return re.compile("|".join(sorted(words, key=len, reverse=True)), re.IGNORECASE)


def _bounds(number: Number, hedge: str) -> tuple[float | None, float | None]:
    match hedge:
        case "at-most" | "nearly" if number.exact:
            return (None, number.high) if hedge == "at-most" else (number.low, number.high)
        case "at-least" | "above" if number.exact:
            return number.low, None
    return number.low, number.high


def _inherit(text: Text, found: Sequence[Quantity], numbers: Sequence[Number]) -> Iterator[Quantity]:
    """Quantities, and with them a number of a counter only (這22個) that repeats one just counted."""
    known = {quantity.number: quantity for quantity in found}
    starts = {quantity.start for quantity in found}
    extra = []
    for number in numbers:
        bare = re.match(r" ?个(?![^,。;]{0,3}[月百])", text.plain[number.end : number.end + 8])
        like = known.get(number.low) if number.exact else None
        if bare is None or like is None or like.unit != "country" or number.start in starts:
            continue
        if not any(q.start <= number.start < q.end for q in found):
            end = number.end + bare.end()
            words = text.original[number.start : end]
            extra.append(replace(like, start=number.start, end=end, text=words, hedge=""))
    yield from sorted((*found, *extra))
