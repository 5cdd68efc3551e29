"""Numbers as texts write them: 18, 50,000, 5萬, 二十多, twenty-two, two dozen, between 20 and 30."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dualuse.news.lexicon.patterns import Patterns
from dualuse.news.text.passages import plain

_TENS = 10
_MYRIAD = 10_000
_MOST = 1e24
"""What no number of a text reaches; a longer row of digits is a code, or a mistake."""
_FREE = r"(?<![\d.A-Za-z])(?!(?<=\d,)\d{3}(?!\d))"
_DIGITS = _FREE + r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|" + _FREE + r"(?<![A-Za-z]-)\d+(?:\.\d+)?"
_MORE = r"[多余几]"
_FEW = r"[数几上近成]"


@dataclass(frozen=True)
class Number:
    """A number: where it stands, what it can mean, and whether it is an article rather (一, a)."""

    start: int
    end: int
    low: float
    high: float
    article: bool = False

    @property
    def exact(self) -> bool:
        """Whether it means one value."""
        return self.low == self.high


class Numbers:
    """Reads numbers in Chinese and English."""

    def __init__(self, patterns: Patterns) -> None:
        self._words: dict[str, dict[str, float]] = {"zh": {}, "en": {}}
        for entry in patterns.numbers:
            self._words[entry.language].update({plain(word): float(size) for word, size in entry.values.items()})
        han = "".join(self._words["zh"])
        powers = "".join(word for word, size in self._words["zh"].items() if size >= _TENS)
        big = "".join(word for word, size in self._words["zh"].items() if size >= _MYRIAD)
        english = "|".join(sorted(self._words["en"], key=len, reverse=True))
        scale = "|".join(word for word, size in self._words["en"].items() if size >= _TENS * _TENS)
        self._scale = re.compile(
            f" ?(?:(?P<zh>[{powers}]+)|[ -](?P<en>{scale})|(?P<letter>bn|tn|[mk])\\b)", re.IGNORECASE
        )
        self._big = big
        self._number = re.compile(
            f"(?P<few>{_FEW}(?=[{powers}]))?(?:(?P<digits>{_DIGITS})|(?P<han>[{han}]+)"
            f"|(?<![A-Za-z-])(?P<words>(?:a |an )?(?:{english})s?(?:(?:[ -]| and )(?:{english})s?)*)(?![A-Za-z]))",
            re.IGNORECASE,
        )
        self._more = re.compile(f"{_MORE}(?P<scale>[{big}])?")
        self._range = re.compile(r" ?(?:至|到|-|~|to|and) ?(?=[\d" + han + "])", re.IGNORECASE)

    def find(self, text: str, start: int, end: int) -> list[Number]:
        """Every number between two positions of a plain text, a range as one."""
        found: list[Number] = []
        position = start
        while (match := self._number.search(text, position, end)) is not None:
            number = self._read(text, match, end)
            position = max(number.end, match.end())
            joint = self._range.match(text, number.end, end)
            if joint is not None:
                after = self._number.match(text, joint.end(), end)
                if after is not None:
                    upper = self._read(text, after, end)
                    joined = _join(text, number, upper)
                    if joined is not None:
                        number, position = joined, joined.end
            if number.high < _MOST:
                found.append(number)
        return found

    def _read(self, text: str, match: re.Match[str], end: int) -> Number:
        value = self._value(match)
        stop = match.end()
        article = (match["han"] or "") == plain("一") or (match["words"] or "").lower() in ("one", "a", "an")
        scale = None if match["han"] else self._scale.match(text, stop, end)
        more = self._more.match(text, stop, end)
        if more is not None:
            return self._odd(match, value, more, text)
        if scale is not None:
            value *= self._factor(scale)
            stop = scale.end()
            more = self._more.match(text, stop, end)
            if more is not None:
                return Number(match.start(), more.end(), value, value + _step(value) - 1)
        if match["few"]:
            return self._few(match, value, stop)
        if match["words"] and match["words"].lower().endswith("s") and value >= _TENS:
            return Number(match.start(), stop, 2 * value, 10 * value - 1)
        return Number(match.start(), stop, value, value, article)

    def _value(self, match: re.Match[str]) -> float:
        if match["digits"]:
            return float(match["digits"].replace(",", ""))
        if match["han"]:
            return self._han(match["han"])
        return self._english(match["words"].lower())

    def _odd(self, match: re.Match[str], value: float, more: re.Match[str], text: str) -> Number:
        """Twenty-odd: from 20 to 29; with 萬 behind it, in ten thousands."""
        step = _step(value)
        factor = self._words["zh"][more["scale"]] if more["scale"] else 1
        return Number(match.start(), more.end(), value * factor, (value + step) * factor - 1)

    def _few(self, match: re.Match[str], value: float, stop: int) -> Number:
        match match["few"]:
            case "近":
                return Number(match.start() + 1, stop, value, value)
            case "上" | "成":
                return Number(match.start(), stop, value, 10 * value - 1)
            case _:
                return Number(match.start(), stop, 2 * value, 10 * value - 1)

    def _factor(self, scale: re.Match[str]) -> float:
        if scale["zh"]:
            return math.prod(self._words["zh"][character] for character in scale["zh"])
        if scale["letter"]:
            return {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}[scale["letter"].lower()]
        return self._words["en"][scale["en"].lower()]

    def _han(self, words: str) -> float:
        """Value of a Chinese numeral: 一百二十 is 120, 二零二五 is 2025."""
        sizes = [self._words["zh"][character] for character in words]
        if all(size < _TENS for size in sizes):
            return float("".join(f"{size:.0f}" for size in sizes))
        total, section, digit = 0.0, 0.0, 0.0
        for size in sizes:
            if size < _TENS:
                digit = size
            elif size < _MYRIAD:
                section += (digit or 1) * size
                digit = 0
            else:
                total = (total + section + digit or 1) * size
                section, digit = 0, 0
        return total + section + digit

    def _english(self, words: str) -> float:
        total, section = 0.0, 0.0
        for word in re.split(r"[ -]+", words):
            size = self._words["en"].get(word, self._words["en"].get(word.removesuffix("s"), -1.0))
            if size < 0:
                continue
            if word.removesuffix("s") == "dozen":
                section = (section or 1) * size
            elif size < _TENS * _TENS:
                section += size
            elif size == _TENS * _TENS:
                section = (section or 1) * size
            else:
                total += (section or 1) * size
                section = 0
        return total + section


def _step(value: float) -> float:
    """The last power of ten that a round number is made of: 20 -> 10, 120 -> 10, 300 -> 100."""
    step = 1.0
    while value % (step * 10) == 0 and step * 10 <= value:
        step *= 10
    return step


def _join(text: str, low: Number, high: Number) -> Number | None:
    """Two numbers as one range, if the second is the greater; 30 in 20 to 30萬 lends its size."""
    between = text[low.end : high.start].strip().lower()
    if between == "and" and not re.search(r"between $", text[: low.start], re.IGNORECASE):
        return None
    if high.high <= low.low or not high.high < _MOST or not low.exact:
        return None
    return Number(low.start, high.end, low.low, high.high)
