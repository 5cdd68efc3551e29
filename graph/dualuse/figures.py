"""Numbers as people write them in tables: with separators between thousands, or with a fraction of nought."""

from __future__ import annotations

import re

from dualuse.errors import UsageError

_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[,'’ \u00a0\u202f_])\d{3})(?:(?P=mark)\d{3})*(?P<rest>\.\d*)?", re.ASCII)
_PLAIN = re.compile(r"[+]?\d+(?P<rest>\.\d*)?", re.ASCII)
_POINT_OR_THOUSAND = re.compile(r"[1-9]\d{0,2}\.000", re.ASCII)
_MOST_SHOWN = 40
_MOST_DIGITS = 15
"""Digits of the largest number that anything can be counted by, and that every program reads as it is written."""


def whole(name: str, text: str) -> int:
    """A whole number.

    Args:
        name: What it is the number of, for the message.

    Raises:
        UsageError: a fraction, or no number.

    Example:
        >>> whole("quantity", "1,000"), whole("quantity", "10.0")
        (1000, 10)
    """
    if _POINT_OR_THOUSAND.fullmatch(text):
        one, many = text.partition(".")[0], text.replace(".", "")
        raise UsageError(f"{name} {text!r} may be {one} or {many}: write {one} or {many}")
    found = _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    shown = _shown(text)
    if found is None:
        raise UsageError(f"{name} {shown} is not a whole number")
    rest = found["rest"] or ""
    if rest.strip(".0"):
        raise UsageError(f"{name} {shown} is not a whole number: there is no fraction of a unit")
    digits = _digits(text.removesuffix(rest) if rest else text).lstrip("+0") or "0"
    if len(digits) > _MOST_DIGITS:
        raise UsageError(f"{name} {shown} is more than can be counted: at most {_MOST_DIGITS} digits are read")
    return int(digits)


def amount(name: str, text: str) -> float:
    """A number, whole or not.

    Raises:
        UsageError: no number.

    Example:
        >>> amount("already-received", "26,900,000"), amount("hbm", "2.9")
        (26900000.0, 2.9)
    """
    try:
        found = float(_digits(text) if _GROUPED.fullmatch(text) else text)
    except ValueError:
        raise UsageError(f"{name} {_shown(text)} is not a number") from None
    if not abs(found) < 10.0**_MOST_DIGITS:
        raise UsageError(f"{name} {_shown(text)} is not a number that can be counted with")
    return found


def _shown(text: str) -> str:
    """A text in a message, its begin if it is long."""
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…")


def _digits(text: str) -> str:
    """A number without what separates its thousands."""
    return re.sub(r"[,'’\s_]", "", text)
