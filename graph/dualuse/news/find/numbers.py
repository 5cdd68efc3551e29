"""Numbers as texts write them: 18, 50,000, 5萬, 二十多, 十七八, 120-150億, twenty-two, two dozen, between 20 and 30."""

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
_BETWEEN = re.compile(r"between $", re.IGNORECASE)
_LEAP = (3, 5)
"""三五 is three to five; else two digits that stand for a range follow one another."""


@dataclass(frozen=True)
class Number:
    """A number: where it stands, what it can mean, and whether it is an article rather (一, a).

    ``scale`` is the size that its last words lend it: 億 of 150億, million of 3 million.
    """

    start: int
    end: int
    low: float
    high: float
    article: bool = False
    scale: float = 1.0

    @property
    def exact(self) -> bool:
        """Whether it means one value."""
        return self.low == self.high


_REST = re.compile(r"(?P<digits>\d[\d,]*)(?!\d|\.\d)(?P<size>[千百万])?(?!亿|多|余)")


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
            f"(?P<few>{_FEW}(?=[{powers}]))?(?:(?P<digits>{_DIGITS})|(?P<han>(?<!唯)[{han}]+)"
            f"|(?<![A-Za-z-])(?P<words>(?:a |an )?(?:{english})s?(?:(?:[ -]| and )(?:{english})s?)*)(?![A-Za-z]))",
            re.IGNORECASE,
        )
        self._more = re.compile(f"{_MORE}(?P<scale>[{big}])?")
        self._range = re.compile(
            r" ?(?P<unit>%|[美欧日韩港]?元|纳米|奈米|家|国|天)? ?(?:至|到|-|~|to|and) ?"
            rf"(?:US\$|NT\$|HK\$|[$€£¥]|新?台币)? ?(?=[\d{han}])",
            re.IGNORECASE,
        )
        digit = "".join(word for word, size in self._words["zh"].items() if 0 < size < _TENS)
        self._pair = re.compile(
            f"(?P<head>(?:[{han}]*[{powers}])?)(?P<low>[{digit}])(?P<high>[{digit}])(?P<tail>[{powers}]*)"
        )

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
                    same = joint["unit"] is None or text[upper.end : end].lstrip().startswith(joint["unit"])
                    joined = _join(text, number, upper) if same else None
                    if joined is not None:
                        number, position = joined, joined.end
            if number.low < _MOST and (number.high < _MOST or number.high == math.inf):
                found.append(number)
        return found

    def _read(self, text: str, match: re.Match[str], end: int) -> Number:
        value = self._value(match)
        stop = match.end()
        pair = self._pair.fullmatch(match["han"]) if match["han"] else None
        if pair is not None and self._follow(pair):
            return self._paired(match, pair)
        article = (match["han"] or "") == plain("一") or (match["words"] or "").lower() in ("one", "a", "an")
        scale = None if match["han"] else self._scale.match(text, stop, end)
        more = self._more.match(text, stop, end)
        if more is not None:
            return self._odd(match, value, more, text)
        if scale is not None:
            factor = self._factor(scale)
            value *= factor
            stop = scale.end()
            more = self._more.match(text, stop, end)
            if more is not None:
                return Number(match.start(), more.end(), value, value + _step(value) - 1)
            rest = _REST.match(text, stop, end) if scale["zh"] else None
            if rest is not None and (low := self._rest(rest)) < factor:
                return Number(match.start(), rest.end(), value + low, value + low)
            return Number(match.start(), stop, value, value, scale=factor)
        if match["few"]:
            return self._few(match, value, stop)
        if match["words"] and match["words"].lower().endswith("s") and value >= _TENS:
            return Number(match.start(), stop, 2 * value, 10 * value - 1)
        return Number(match.start(), stop, value, value, article, self._lent(match["han"] or match["words"] or ""))

    def _rest(self, rest: re.Match[str]) -> float:
        """What a number goes on with after its 萬 or 億: 800 of 1萬800, 5000萬 of 3億5000萬."""
        return float(rest["digits"].replace(",", "")) * (self._words["zh"][rest["size"]] if rest["size"] else 1)

    def _follow(self, pair: re.Match[str]) -> bool:
        """Whether two digits are a range: 两三, 七八十, 十七八; not 二〇二五 and not 一九."""
        low, high = (self._words["zh"][pair[name]] for name in ("low", "high"))
        return high == low + 1 or ((low, high) == _LEAP)

    def _paired(self, match: re.Match[str], pair: re.Match[str]) -> Number:
        low, high = (self._han(pair["head"] + pair[name] + pair["tail"]) for name in ("low", "high"))
        return Number(match.start(), match.end(), low, high)

    def _lent(self, words: str) -> float:
        """Size that the last words of a numeral lend to a number before them: 億 of 三十億."""
        factor = 1.0
        for character in reversed(words):
            size = self._words["zh"].get(character, 0)
            if size < _MYRIAD:
                break
            factor *= size
        return factor * self._words["en"].get(words.lower().rpartition(" ")[2], 1.0) if words.isascii() else factor

    def _value(self, match: re.Match[str]) -> float:
        if match["digits"]:
            return float(match["digits"].replace(",", ""))
        if match["han"]:
            return self._han(match["han"])
        return self._english(match["words"].lower())

    def _odd(self, match: re.Match[str], value: float, more: re.Match[str], text: str) -> Number:
        """Twenty-odd: from 20 to 29, or 21 where it is 二十几; with 萬 behind it, in ten thousands."""
        step = _step(value)
        value += "几" in more[0] and step == _TENS
        factor = self._words["zh"][more["scale"]] if more["scale"] else 1
        top = (value - value % step + step) * factor - 1
        return Number(match.start(), more.end(), value * factor, top)

    def _few(self, match: re.Match[str], value: float, stop: int) -> Number:
        match match["few"]:
            case "近":
                return Number(match.start() + 1, stop, value, value)
            case "上" | "成":
                return Number(match.start(), stop, value, math.inf)
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
        total, section, digit, last = 0.0, 0.0, 0.0, math.inf
        for size in sizes:
            if size < _TENS:
                digit = size
            elif size < _MYRIAD:
                section += (digit or 1) * size
                digit = 0
            else:
                part = section + digit
                total = total + (part or 1) * size if total and part and size < last else (total + part or 1) * size
                section, digit, last = 0, 0, size
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
    """Two numbers as one range, if the second is the greater; 萬 in 20 to 30萬 is the size of both."""
    between = text[low.end : high.start].strip().lower()
    if between == "and" and not _BETWEEN.search(text, max(0, low.start - _TENS), low.start):
        return None
    if not high.exact or not low.exact or not high.high < _MOST:
        return None
    if low.scale == 1 and high.scale > 1 and low.low < high.low / high.scale:
        return Number(low.start, high.end, low.low * high.scale, high.high)
    return Number(low.start, high.end, low.low, high.high) if high.high > low.low else None
