"""Exact numbers as tables have them, and shares in percent."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from dualuse.feeds.entry import Said
from dualuse.model.triples import literal

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?")
_ENDS = 60
"""Beyond ten to this power is no number of a table."""
_EXACT = 18
"""Digits that every store counts with exactly."""


def number_of(text: str) -> Decimal | None:
    """The number that a cell is: thousands may have commas; None if it is none.

    Example:
        >>> number_of("1,024"), number_of("9.90E+22"), number_of("about 5")
        (Decimal('1024'), Decimal('9.90E+22'), None)
    """
    text = text.strip()
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if not found or abs(found.adjusted()) <= _ENDS else None


def percent_of(text: str) -> Decimal | None:
    """A share in percent, with the sign or without: ``61%`` and ``12.4``; None if it is none from 0 to 100.

    Example:
        >>> percent_of("61%"), percent_of("12.4"), percent_of("140%")
        (Decimal('61'), Decimal('12.4'), None)
    """
    found = number_of(text.strip().removesuffix("%").rstrip())
    return found if found is not None and 0 <= found <= 100 else None


def decimal(predicate: str, value: Decimal) -> Said:
    """Something that a number says: exact, or as floating point where it has more digits than stores count with."""
    exponent = value.as_tuple().exponent
    if abs(value.adjusted()) < _EXACT and isinstance(exponent, int) and exponent > -_EXACT:
        return predicate, literal(format(value, "f"), datatype="decimal")
    return predicate, literal(f"{value:E}", datatype="double")
