"""Bounds of a share: a number each, or words that say on which side of a number it lies, or between which two."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from dualuse.ownership.shares import FORM, SCALE, WHOLE, ShareError, read_share

_MORE = (
    r"more than|greater than|larger than|higher than|over|above|exceeding|in excess of|>"
    r"|超过|超過|多于|多於|大于|大於|高于|高於"
)
_LESS = r"less than|fewer than|smaller than|lower than|under|below|<|不足|少于|少於|小于|小於|低于|低於|不到|未满|未滿"
_LEAST = (
    r"at least|not less than|no less than|not below|from|minimum|min|>=|≥|≧"
    r"|至少|最少|不少于|不少於|不低于|不低於|不小于|不小於"
)
_MOST = (
    r"at most|not more than|no more than|not exceeding|not over|not above|up to|maximum|max|<=|≤|≦"
    r"|至多|最多|不超过|不超過|不多于|不多於|不高于|不高於|不大于|不大於"
)
_AFTER_LEAST = r"\+|or more|or above|or over|and above|and over|以上|及以上|或以上"
_AFTER_MOST = r"or less|or below|or under|and below|以下|及以下|或以下"
_NUMBER = r"\d+\.?\d*|\.\d+"
_TERM = re.compile(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<more>{_MORE})|(?P<less>{_LESS}))?\.?\s*"
    rf"(?P<number>{_NUMBER})\s*(?:%|percent|per cent|pct)?\s*(?:(?P<up>{_AFTER_LEAST})|(?P<down>{_AFTER_MOST}))?",
    re.ASCII,
)
_BRACKETS = re.compile(
    rf"(?P<open>[\[(\]])\s*(?P<low>{_NUMBER})\s*%?\s*[,;]\s*(?P<high>{_NUMBER})\s*%?\s*(?P<close>[\])\[])", re.ASCII
)
_RANGE = re.compile(r"#\s*(?:-|–|—|~|to|至|到)\s*#|between\s*#\s*and\s*#")
_BOTH = re.compile(r"#[\s,;]*(?:and|but|且|但|并|並)?[\s,;]*#")
PERCENT = "[%％]|percent|per cent|pct"
"""What marks a share as a percentage."""
_ROOM = 100
"""Beside a multiple of so many units, a hundredth of a percent, what lies beyond it begins one unit further on."""


class Bounds(NamedTuple):
    """Least and greatest share in units.

    Args:
        low: At least this.
        high: At most this.
        rounded: Whether one had to be rounded outwards.
        percent: Whether one has a percent sign.
    """

    low: int
    high: int
    rounded: bool
    percent: bool


def read_bounds(low: str, high: str) -> Bounds:
    """Read a pair of bounds; a blank one is unknown, so it is 0 or 100 percent.

    Either may be in words that say on which side of a number it lies, or between which two: ``more than 25``, ``<50``,
    ``25-50``, ``不低于25``. Beyond a number, shares begin a ten-thousandth of a percent further on.

    Raises:
        ShareError: a bound cannot be read, or the upper one is below the lower one.

    Example:
        >>> read_bounds("more than 25, less than 50", "")[:2]
        (250001, 499999)
    """
    (least, no_more, rounded_low), (no_less, most, rounded_high) = _cell(low, up=False), _cell(high, up=True)
    bounds = Bounds(
        max(least, no_less), min(most, no_more), rounded_low or rounded_high, any(map(_in_percent, (low, high)))
    )
    if bounds.high < bounds.low:
        raise ShareError(f"share_max {high.strip()} is below share_min {low.strip()}")
    return bounds


def _cell(text: str, *, up: bool) -> tuple[int, int, bool]:
    """Least and greatest share that a cell allows, a bare number one of them; and whether one is rounded."""
    if not text.strip():
        return 0, WHOLE, False
    if FORM.fullmatch(text.strip().removesuffix("%").rstrip()) is None:
        return _read_words(text, up=up)
    share, rounded = read_share(text, up=up)
    return (0, share, rounded) if up else (share, WHOLE, rounded)


def _in_percent(text: str) -> bool:
    return re.search(PERCENT, text, re.IGNORECASE) is not None


def may_be_fraction(bounds: Bounds) -> bool:
    """Whether a share may be a fraction of one in place of a percentage: at most 1, and without a percent sign.

    Example:
        >>> may_be_fraction(read_bounds("0.6", "0.6")), may_be_fraction(read_bounds("0.6%", "0.6%"))
        (True, False)
    """
    return 0 < bounds.high <= SCALE and not bounds.percent


def _read_words(text: str, *, up: bool) -> tuple[int, int, bool]:
    """Read a share that is not a bare number; see :func:`read_bounds`."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    plain = plain.removeprefix("ownership-of-shares-").replace("-to-", " to ").replace("-percent", " percent")
    bracketed = _BRACKETS.fullmatch(plain)
    if bracketed:
        low = _edge(bracketed["low"], up=False, beyond=bracketed["open"] != "[")
        high = _edge(bracketed["high"], up=True, beyond=bracketed["close"] != "]")
        return low[0], high[0], low[1] or high[1]
    terms, rest = list(_TERM.finditer(plain)), _TERM.sub("#", plain).strip()
    if len(terms) == 2 and _RANGE.fullmatch(rest):
        sides = [_side(terms[0], up=False), _side(terms[1], up=True)]
    elif len(terms) == 2 and _BOTH.fullmatch(rest) and all(map(_has_words, terms)):
        sides = [_side(term, up=up) for term in terms]
    elif len(terms) == 1 and rest == "#":
        sides = [_side(terms[0], up=up)]
    else:
        example = "write a number from 0 to 100 with a point for decimals, or such as 'more than 25, less than 50'"
        raise ShareError(f"{text.strip()!r} is not a share; {example}")
    return max(low for low, _, _ in sides), min(high for _, high, _ in sides), any(odd for _, _, odd in sides)


def _has_words(term: re.Match[str]) -> bool:
    return any(term[name] for name in ("least", "most", "more", "less", "up", "down"))


def _side(term: re.Match[str], *, up: bool) -> tuple[int, int, bool]:
    """Least and greatest share that one number allows; one without words is an upper bound or a lower one."""
    if _has_words(term):
        up = bool(term["most"] or term["less"] or term["down"])
    share, rounded = _edge(term["number"], up=up, beyond=bool(term["more"] or term["less"]))
    return (0, share, rounded) if up else (share, WHOLE, rounded)


def _edge(number: str, *, up: bool, beyond: bool) -> tuple[int, bool]:
    """A bound in units; *beyond* where the number itself is left out.

    What lies beyond a round number begins one unit further on. Beside a finer number the number stays in: several such
    bounds could otherwise add up to more or less than shares between the units do.
    """
    share, rounded = read_share(number, up=up)
    if beyond and not rounded and share % _ROOM == 0:
        share += -1 if up else 1
    if not 0 <= share <= WHOLE:
        raise ShareError(f"no share is {'less' if up else 'more'} than {number}")
    return share, rounded
