"""Shares as whole numbers, and days as spans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.ownership.bands import may_be_fraction, read_bounds
from dualuse.ownership.intervals import DOUBTFUL, OUT, SURE, DateError, overlaps, read_dates, read_span
from dualuse.ownership.shares import WHOLE, ShareError, percent, read_share, units


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50", 500_000, 500_000),
        (" 50 % ", 500_000, 500_000),
        ("0", 0, 0),
        ("100.0000", WHOLE, WHOLE),
        (".5", 5_000, 5_000),
        ("1e1", 100_000, 100_000),
        ("33.33335", 333_333, 333_334),
        ("49.99999999999", 499_999, 500_000),
        ("0.00001", 0, 1),
    ],
)
def test_shares_are_widened_outwards(text: str, low: int, high: int) -> None:
    assert read_share(text, up=False) == (low, low != high)
    assert read_share(text, up=True) == (high, low != high)


@pytest.mark.parametrize("text", ["-1", "100.0001", "half", "1,5", "", "%", "nan", "1e3", "٥٠", "5 0", "0x10"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(ShareError, match="is not a share"):
        read_share(text, up=False)


def test_bounds() -> None:
    assert read_bounds("", "") == (0, WHOLE, False, False)
    assert read_bounds("20", " ") == (200_000, WHOLE, False, False)
    assert read_bounds("", "30 %") == (0, 300_000, False, True)
    with pytest.raises(ShareError, match="share_max 10 is below share_min 20"):
        read_bounds("20", "10")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 25, less than 50", 250_001, 499_999),
        ("more than 25% but not more than 50%", 250_001, 500_000),
        (">25 <50", 250_001, 499_999),
        (">= 25 and <= 50", 250_000, 500_000),
        ("(25, 50]", 250_001, 500_000),
        ("[25%; 50%)", 250_000, 499_999),
        ("25-50", 250_000, 500_000),
        ("25% – 50%", 250_000, 500_000),
        ("between 25 and 50 percent", 250_000, 500_000),
        ("from 25 to 50", 250_000, 500_000),
        ("ownership-of-shares-75-to-100-percent", 750_000, WHOLE),
        ("75 or more", 750_000, WHOLE),
        ("50+", 500_000, WHOLE),
        ("up to 10", 0, 100_000),
        ("no more than 10", 0, 100_000),
        ("not less than 10", 100_000, WHOLE),
        ("超過25％", 250_001, WHOLE),
        ("不低于25%且不足50%", 250_000, 499_999),
        ("50%以上", 500_000, WHOLE),
        ("less than 33.3333", 0, 333_333),
    ],
)
def test_bounds_in_words(text: str, low: int, high: int) -> None:
    for cells in ((text, text), (text, ""), ("", text)):
        assert read_bounds(*cells)[:2] == (low, high)


def test_a_number_with_a_unit_bounds_on_its_own_side() -> None:
    assert read_bounds("25 percent", "")[:2] == (250_000, WHOLE)
    assert read_bounds("", "25 pct")[:2] == (0, 250_000)
    assert read_bounds("25 percent", "25 percent")[:2] == (250_000, 250_000)


@pytest.mark.parametrize(
    "text",
    ["about 25", "25 and 50", "25 50", "33,3", "-5", "<0", ">100", "50-25", "more than 50, less than 50", "25-50-75"],
)
def test_words_that_are_no_bounds(text: str) -> None:
    with pytest.raises(ShareError):
        read_bounds(text, text)


@pytest.mark.parametrize(
    ("low", "high", "maybe"),
    [
        ("0.6", "0.6", True),
        ("1", "1", True),
        ("", "0.5", True),
        ("0.6", "", False),
        ("0", "0", False),
        ("0.6%", "0.6", False),
        ("1.0001", "1.0001", False),
        ("0.5", "40", False),
    ],
)
def test_which_shares_may_be_fractions(low: str, high: str, maybe: bool) -> None:
    assert may_be_fraction(read_bounds(low, high)) == maybe


@given(st.integers(0, WHOLE))
def test_percent_and_units_are_inverse(share: int) -> None:
    assert units(percent(share)) == units(percent(share), up=True) == share
    assert units(Decimal(share) / 10_000) == share


@pytest.mark.parametrize(
    ("start", "end", "standing"),
    [
        ("", "", SURE),
        ("2025-03-10", "", SURE),
        ("2025-03-11", "", OUT),
        ("2025-03", "", DOUBTFUL),
        ("2025-02", "", SURE),
        ("2025", "", DOUBTFUL),
        ("", "2025-03-10", OUT),
        ("", "2025-03-11", SURE),
        ("", "2025-03", DOUBTFUL),
        ("", "2026", SURE),
        ("2024", "2025-03-01", OUT),
        ("2020-01-01", "9999-12-31", SURE),
        ("2020-01-01", "9999", SURE),
        ("2020-01-01", "9999-12-31T23:59:59Z", SURE),
        ("2020-01-01T00:00:00Z", "2025-03-10T00:00:00.000+01:00", OUT),
        ("2025-03-11 12:00", "", OUT),
    ],
)
def test_standing_on_a_day(start: str, end: str, standing: int) -> None:
    assert read_span(start, end).on(date(2025, 3, 10)) == standing


@pytest.mark.parametrize(
    ("start", "end", "standing"),
    [
        ("unknown", "2025-03-10", OUT),
        ("2030", "2025-03-01", DOUBTFUL),
        ("2025-03-05", "2024", OUT),
        ("2025-03-10", "2025-03-10", DOUBTFUL),
        ("unknown", "2025-03-11", DOUBTFUL),
        ("2025-03-11", "soon", OUT),
        ("2025-01-01", "soon", DOUBTFUL),
        ("2025-01-01", "1970-01-01", DOUBTFUL),
        ("2025-01-01", "0001-01-01", DOUBTFUL),
        ("9999-12-31", "", DOUBTFUL),
    ],
)
def test_dates_that_are_odd_count_for_what_can_be_read(start: str, end: str, standing: int) -> None:
    span, fault = read_dates(start, end)
    assert fault
    assert span.on(date(2025, 3, 10)) == standing


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-13", ""), ("", "soon"), ("2025", "2024"), ("2025-01-02", "2025-01-02"), ("2025-02-30T00:00:00Z", "")],
)
def test_what_is_no_span(start: str, end: str) -> None:
    with pytest.raises(DateError):
        read_span(start, end)


def test_overlaps() -> None:
    always = read_span("", "")
    rows = [
        (0, 1, read_span("2020", "2022").begins_by, read_span("2020", "2022").ends),
        (0, 1, read_span("2021-06-01", "").begins_by, read_span("2021-06-01", "").ends),
        (0, 2, read_span("2020-01-01", "2021-01-01").begins_by, read_span("2020-01-01", "2021-01-01").ends),
        (0, 2, read_span("2021-01-01", "").begins_by, read_span("2021-01-01", "").ends),
        (1, 2, always.begins_by, always.ends),
        (1, 2, always.begins_by, always.ends),
        (2, 1, always.begins_by, always.ends),
        (2, 1, read_span("2021", "").begins_by, always.ends),
    ]
    assert overlaps(rows) == [(0, 1), (2, 1)]
