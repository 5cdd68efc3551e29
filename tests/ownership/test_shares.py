"""Shares as whole numbers, and days as spans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.ownership.intervals import DOUBTFUL, OUT, SURE, DateError, overlaps, read_span
from dualuse.ownership.shares import WHOLE, ShareError, percent, read_bounds, read_share, units


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
    assert read_bounds("", "") == (0, WHOLE, False)
    assert read_bounds("20", " ") == (200_000, WHOLE, False)
    assert read_bounds("", "30") == (0, 300_000, False)
    with pytest.raises(ShareError, match="share_max 10 is below share_min 20"):
        read_bounds("20", "10")


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
    ],
)
def test_standing_on_a_day(start: str, end: str, standing: int) -> None:
    assert read_span(start, end).on(date(2025, 3, 10)) == standing


@pytest.mark.parametrize(
    ("start", "end"), [("2025-13", ""), ("", "soon"), ("2025", "2024"), ("2025-01-02", "2025-01-02")]
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
