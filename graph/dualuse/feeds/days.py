"""Days, months and years as tables have them."""

from __future__ import annotations

import re
from datetime import date

from dualuse.feeds.entry import Said
from dualuse.model.triples import literal

_ISO = re.compile(r"([12]\d{3})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}.*)?", re.DOTALL)
_AMERICAN = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>[12]\d{3})")
_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"[12]\d{3}")


def when(predicate: str, told: str) -> Said | None:
    """What a cell says of a day, as ISO or Americans write it, of a month or of a year; None if it says none.

    Example:
        >>> when("schema:endDate", "2021-07")
        ('schema:endDate', '"2021-07"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>')
    """
    told = told.strip()
    if found := _ISO.fullmatch(told):
        year, month, number = (int(part) for part in found.groups())
    elif found := _AMERICAN.fullmatch(told):
        year, month, number = int(found["year"]), int(found["month"]), int(found["day"])
    elif told.isascii() and _MONTH.fullmatch(told):
        return predicate, literal(told, datatype="gYearMonth")
    elif told.isascii() and _YEAR.fullmatch(told):
        return predicate, literal(told, datatype="gYear")
    else:
        return None
    try:
        return predicate, literal(date(year, month, number).isoformat(), datatype="date")
    except ValueError:
        return None
