"""Dates as the record gives them: a day, a month or a year, never a guess.

A :class:`PartialDate` keeps its EDTF form (``2025-04``) and says the earliest and the latest day it can mean.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dualuse.errors import UsageError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_FORM = re.compile(r"(?P<year>[12]\d{3})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year (EDTF level 0).

    Example:
        >>> PartialDate("2025-02").latest
        datetime.date(2025, 2, 28)
    """

    edtf: str

    def __post_init__(self) -> None:
        """Reject what is not a calendar date."""
        match = _FORM.fullmatch(self.edtf)
        if match is None:
            raise ValueError(f"{self.edtf!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        try:
            date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        except ValueError as error:
            raise ValueError(f"{self.edtf!r} is not a day of the calendar ({error})") from None

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return len(self.edtf) == len("2025-01-13")

    @cached_property
    def earliest(self) -> date:
        """First day it can mean."""
        return date.fromisoformat(self.edtf + "-01-01"[len(self.edtf) - 4 :])

    @cached_property
    def latest(self) -> date:
        """Last day it can mean."""
        first = self.earliest
        if self.exact:
            return first
        month = 12 if len(self.edtf) == len("2025") else first.month
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    @property
    def datatype(self) -> str:
        """Local name of the XSD datatype that carries this precision."""
        return {4: "gYear", 7: "gYearMonth", 10: "date"}[len(self.edtf)]

    def __str__(self) -> str:
        """Give the EDTF form."""
        return self.edtf

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let records take the EDTF string."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


def parse_day(text: str) -> date:
    """Read an ISO day given by a person.

    Raises:
        UsageError: not of the form YYYY-MM-DD, or no day of the calendar.
    """
    try:
        day = PartialDate(text)
    except ValueError as error:
        raise UsageError(f"date {text!r}: {error}") from None
    if not day.exact:
        raise UsageError(f"date {text!r}: a day is needed here; write YYYY-MM-DD, for example {day.earliest}")
    return day.earliest
