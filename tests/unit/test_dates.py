"""Partial dates: what they mean, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.dates import PartialDate, parse_day
from dualuse.errors import UsageError

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "datatype"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "gYear"),
        ("2025-04", date(2025, 4, 1), date(2025, 4, 30), "gYearMonth"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "gYearMonth"),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28), "gYearMonth"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "gYearMonth"),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "gYearMonth"),
        ("2025-01-13", date(2025, 1, 13), date(2025, 1, 13), "date"),
    ],
)
def test_bounds(edtf: str, earliest: date, latest: date, datatype: str) -> None:
    partial = PartialDate(edtf)
    assert (partial.earliest, partial.latest, partial.datatype, str(partial)) == (earliest, latest, datatype, edtf)
    assert partial.exact is (datatype == "date")


@pytest.mark.parametrize(
    "text",
    [
        *("2025-13-40", "2025-02-30", "2025-02-29", "2025-00", "2025-13", "2025-04-31", "2025-01-00"),
        *("", "25", "0999", "3000", "2025-1-3", "2025/01/13", "13.1.2025", "2025-01-13T00:00", "2025-01-13 ", "2025?"),
        *("\n2025", "2025\n", "２０２５", "2٠25", "2025-٠1", "-2025", "2025-04-01/2025-05-01"),
    ],
)
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (date|day)") as caught:
        PartialDate(text)
    assert repr(text) in str(caught.value)


def test_says_how_to_write_it() -> None:
    with pytest.raises(ValueError, match="write YYYY, YYYY-MM or YYYY-MM-DD"):
        PartialDate("January 2025")
    with pytest.raises(ValueError, match="month must be in"):
        PartialDate("2025-13-40")


@given(DAYS)
def test_day_round_trip(day: date) -> None:
    partial = PartialDate(day.isoformat())
    assert partial.earliest == partial.latest == day == parse_day(str(partial))


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_means_the_days_that_start_with_it(day: date, precision: int) -> None:
    partial = PartialDate(day.isoformat()[:precision])
    assert partial.earliest <= day <= partial.latest
    assert partial.earliest.isoformat().startswith(partial.edtf)
    assert partial.latest.isoformat().startswith(partial.edtf)
    assert PartialDate(str(partial)) == partial


@given(st.text(alphabet="0123456789-", min_size=1, max_size=11))
def test_reads_or_refuses(text: str) -> None:
    try:
        partial = PartialDate(text)
    except ValueError:
        return
    assert partial.earliest <= partial.latest


@pytest.mark.parametrize("text", ["2025", "2025-04"])
def test_parse_day_needs_a_day(text: str) -> None:
    with pytest.raises(UsageError, match=r"a day is needed here; write YYYY-MM-DD, for example 2025-\d\d-01"):
        parse_day(text)


@pytest.mark.parametrize("text", ["yesterday", "2025-02-30", "2025-13-40", ""])
def test_parse_day_names_what_it_was_given(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text)
    assert str(caught.value).startswith(f"date {text!r}: ")
