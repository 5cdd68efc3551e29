"""Figures in a text of law: whether one that the record has stands in the paragraph that the record names for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from dualuse.reconcile.finding import Verdict

_SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: Decimal(number) for number, word in enumerate(_SMALL)}
_WORDS |= {word: Decimal(10 * number) for number, word in enumerate(_TENS, start=2)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _SMALL[1:10]}
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ALONE = re.compile(rf"(?<![\w.,§(-])(?<!§ )({_PLAIN})(?![\w)]|\.\d|,\d)")
_UNITS = {
    "percent": r"\s*(?:%|per ?cent\b)",
    "day": r"[\s-]+(?:\w+[\s-]+)?days?\b",
    "month": r"[\s-]+(?:\w+[\s-]+)?months?\b",
    "year": r"[\s-]+(?:\w+[\s-]+)?years?\b",
}
_NUMBER_OR_WORD = rf"(?<![\w.,-])\(?({_PLAIN}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})\)?"
_BOUND = re.compile(rf"({_PLAIN})")
_COMPARES = re.compile(r"[<>]=?")
_SEVERAL = re.compile(r"[\d.]+(?:; [\d.]+)+")
_TERMS = {
    "tpp": re.compile(r"total processing performance|\bTPP\b", re.IGNORECASE),
    "density": re.compile(r"performance density", re.IGNORECASE),
}
_LEAST = re.compile(rf"({_PLAIN}) or (?:more|greater|above)|(?:at least|equal to or (?:greater|more) than) ({_PLAIN})")
_BELOW = re.compile(rf"less than ({_PLAIN})|below ({_PLAIN})")
_MOST_SHOWN = 6


class Held(NamedTuple):
    """How figures of the record stand to a text.

    Args:
        said: The figures that the text has, in its words.
        why: What the verdict rests on.
    """

    verdict: Verdict
    said: str
    why: str = ""


def number(text: str) -> Decimal:
    """The number that a text is, commas or a word included.

    Example:
        >>> number("790,000,000"), number("thirty")
        (Decimal('790000000'), Decimal('30'))
    """
    word = _WORDS.get(text.casefold())
    return Decimal(text.replace(",", "")) if word is None else word


def written(value: float | Decimal) -> str:
    """A figure with commas."""
    exact = Decimal(str(value)).normalize()
    return f"{exact:,f}" if exact.adjusted() < 15 else f"{exact:e}"


def stand_in(figures: Iterable[Decimal], unit: str, text: str) -> Held:
    """Whether figures stand in a text with their unit.

    Args:
        figures: What the record has.
        unit: Their unit in the words of the record.
        text: The paragraph that the record names, with those below it.

    Example:
        >>> stand_in([Decimal(30)], "days", "within thirty (30) calendar days").verdict
        'agrees'
        >>> stand_in([Decimal(26900000)], "TPP", "up to 26,000,000 TPP")
        Held(verdict='differs', said='26,000,000', why='')
    """
    kind = next((name for name in _UNITS if name in " ".join(unit.casefold().split()[:2])), "")
    there = list(dict.fromkeys(_with_unit(kind, text) if kind else _alone(text)))
    missing = [each for each in figures if not (each in there or _is_power(each, text))]
    shown = [written(each) for each in there if kind or each >= min(figures, default=each) / 1000][:_MOST_SHOWN]
    said = "; ".join(shown)
    if not missing:
        return Held("agrees", "; ".join(written(each) for each in figures))
    if not said:
        return Held("not-compared", "", f"the paragraph gives no figure{f' with {kind}' if kind else ''}: read it")
    return Held("differs", said)


def _alone(text: str) -> Iterator[Decimal]:
    """Numbers that stand by themselves: no sections, marks of paragraphs or parts of codes."""
    return (number(found) for found in _ALONE.findall(text))


def _with_unit(kind: str, text: str) -> Iterator[Decimal]:
    """Numbers, in figures or words, with a unit behind them."""
    return (number(found) for found in re.findall(_NUMBER_OR_WORD + _UNITS[kind], text, re.IGNORECASE))


def _is_power(figure: Decimal, text: str) -> bool:
    """Whether a power of ten stands there, raised digits or not."""
    power = figure.adjusted()
    return figure == Decimal(10) ** power and power > 9 and bool(re.search(rf"(?<!\d)10\s*\^?\s*{power}(?!\d)", text))


def limits(text: str) -> dict[str, Decimal]:
    """Limits that the words of an item of the control list set, by the names of the record's fields.

    Example:
        >>> limits("a 'total processing performance' of 2400 or more and less than 4800")
        {'tpp_min': Decimal('2400'), 'tpp_below': Decimal('4800')}
        >>> limits("circuits having either of the following")
        {}
    """
    starts = sorted((found.end(), name) for name, term in _TERMS.items() for found in term.finditer(text))
    found: dict[str, Decimal] = {}
    ends = [*(at for at, _ in starts), len(text)][1:]
    for (start, name), end in zip(starts, ends, strict=True):
        for field, pattern in (("min", _LEAST), ("below", _BELOW)):
            if limit := pattern.search(text, start, end):
                found.setdefault(f"{name}_{field}", number(next(filter(None, limit.groups()))))
    return found


def in_words(value: str) -> list[Decimal]:
    """The figures of a value that is told in comparisons, or as several figures; none for other words.

    Example:
        >>> in_words("2400<=TPP<4800"), in_words("30; 35; 40"), in_words("presumption of denial")
        ([Decimal('2400'), Decimal('4800')], [Decimal('30'), Decimal('35'), Decimal('40')], [])
    """
    if not (_COMPARES.search(value) or _SEVERAL.fullmatch(value)):
        return []
    return [number(found) for found in _BOUND.findall(value)]


def as_printed(value: str) -> str:
    """A day as the regulations print it; blank for what is no day.

    Example:
        >>> as_printed("2026-01-15"), as_printed("two")
        ('January 15, 2026', '')
    """
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return f"{day:%B} {day.day}, {day.year}"


def exact(value: float) -> Decimal:
    """A figure of the record as an exact number.

    Raises:
        ValueError: it is none.
    """
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number") from None
