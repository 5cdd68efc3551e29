"""Figures, dates and citations of a text, to tell whether its translation has the same."""

from __future__ import annotations

import re

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTH = re.compile(rf"\b(?:{'|'.join(f'{month}|{month[:3]}' for month in _MONTHS)})\b\.?")
_CITED = re.compile(
    r"\d+ (?:CFR|FR|U\.S\.C\.) (?:part )?\d+(?:\.\d+)*(?:\(\w+\))*|\b\d[A-E]\d{3}(?:\.[a-z]\b(?:\.\d+\b)?)?"
)
_SIZES = {
    **dict.fromkeys(("thousand", "千"), 3),
    **dict.fromkeys(("萬", "万"), 4),
    **dict.fromkeys(("m", "million"), 6),
    **dict.fromkeys(("億", "亿"), 8),
    **dict.fromkeys(("bn", "billion"), 9),
    **dict.fromkeys(("tn", "trillion", "兆", "萬億", "万亿"), 12),
}
"""Word after a number -> noughts it stands for."""
_AMOUNT = re.compile(rf"(\d+)(?:\.(\d+))?[ -]?({'|'.join(sorted(_SIZES, key=len, reverse=True))})(?![a-z])")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COUNTED = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_SPELT = {
    **{word: number for number, word in enumerate(_COUNTED, 1)},
    "once": 1,
    "first": 1,
    "second": 2,
    "twice": 2,
    "both": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "half": 50,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
}
_HAN = dict(zip("一兩两二三四五六七八九十", (1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def differing(english: str, chinese: str) -> tuple[list[str], list[str]]:
    """Figures and citations that a translation lacks, and figures that only it has.

    Separators of thousands do not count, nor whether a month is a name, an amount is in 億, or a number is written out.

    Example:
        >>> differing("From 13 January 2025: 120 days, USD 1.5bn", "自 2025 年 1 月 13 日起：150 天，15 億美元")
        (['120'], ['150'])
    """
    cited = [found for found in _CITED.findall(english) if found not in chinese]
    given, said = _figures(english), _figures(chinese)
    lacking = given - said - {number for sign, number in _HAN.items() if sign in chinese}
    spelt = {_SPELT[word] for word in re.findall(r"[a-z]+", english.lower()) if word in _SPELT}
    return [*dict.fromkeys(cited), *map(str, sorted(lacking))], [str(number) for number in sorted(said - given - spelt)]


def _figures(text: str) -> set[int]:
    """Whole numbers of a text, months and amounts among them."""
    plain = _MONTH.sub(lambda found: f" {_month(found[0])} ", _SEPARATOR.sub("", text))
    return {int(found) for found in re.findall(r"\d+", _AMOUNT.sub(_whole, plain))}


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.rstrip(".")))


def _whole(found: re.Match[str]) -> str:
    """An amount in figures."""
    whole, part, size = found[1], found[2] or "", _SIZES[found[3]]
    return whole + part.ljust(size, "0")[:size] if len(part) <= size else found[0]
