"""Values as ranges, and how they are shown."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.claims.ledger import Ledger
from dualuse.claims.values import Range, exactly, plain, range_of, shown
from dualuse.model.claims import Claim


@pytest.fixture
def claim(ledger: Ledger) -> Claim:
    return ledger.claims["sc-06-02"]


def days(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def test_a_number_is_itself(claim: Claim) -> None:
    assert range_of(claim) == exactly("country", 120)
    assert shown(claim) == "120"


def test_a_hedged_number_is_five_percent_either_way(ledger: Ledger) -> None:
    assert range_of(ledger.claims["sc-18-05"]) == Range("gpu", 47_500, 52_500)
    assert shown(ledger.claims["sc-18-05"]) == "about 50,000"
    assert shown(ledger.claims["sc-25-08"]) == "about 22"


def test_twenty_odd_is_twenty_to_twenty_nine(ledger: Ledger) -> None:
    assert range_of(ledger.claims["sc-07-16"]) == Range("country", 20, 29)
    assert shown(ledger.claims["sc-07-16"]) == "about 20-29"


def test_most_countries_has_no_upper_bound(ledger: Ledger) -> None:
    assert range_of(ledger.claims["sc-07-13"]) == Range("country", 97, math.inf)


def test_years_and_days_are_of_one_kind(ledger: Ledger) -> None:
    year, weeks = range_of(ledger.claims["sc-19-04"]), range_of(ledger.claims["sc-26-04"])
    assert (year, weeks) == (Range("day", 365, 366), Range("day", 120, 120))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-13", Range("date", days(2025, 1, 13), days(2025, 1, 13))),
        ("2024-12", Range("date", days(2024, 12, 1), days(2024, 12, 31))),
        ("2025-01-10/..", Range("date", days(2025, 1, 10), math.inf)),
        ("2025-01-10/2025-02", Range("date", days(2025, 1, 10), days(2025, 2, 28))),
        ("no restriction", None),
        ("2025-02-30", None),
        ("/..", None),
        ("", None),
    ],
)
def test_dates_are_days(claim: Claim, text: str, expected: Range | None) -> None:
    assert range_of(replace(claim, value_min=None, value_max=None, value=text)) == expected


numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers, numbers)
def test_meeting_is_mutual_and_means_a_common_value(a: float, b: float, c: float, d: float) -> None:
    one, other = Range("gpu", min(a, b), max(a, b)), Range("gpu", min(c, d), max(c, d))
    assert one.meets(other) == other.meets(one) == (max(one.low, other.low) <= min(one.high, other.high))


def test_different_kinds_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="country cannot be held against day"):
        exactly("country", 120).meets(exactly("day", 120))


@pytest.mark.parametrize(("number", "text"), [(790_000_000.0, "790,000,000"), (49_924.17, "49,924.17"), (0.0, "0")])
def test_plain_numbers(number: float, text: str) -> None:
    assert plain(number) == text
