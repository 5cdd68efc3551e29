"""The index of concentration: exact where shares are, and never outside its interval."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.concentration import Concentration, Part, concentration, level, region_parts
from dualuse.analyse.revenue import Region


@pytest.mark.parametrize(
    ("parts", "low", "high"),
    [
        ([Part("a", 100, 100)], 10_000, 10_000),
        ([Part("a", 50, 50), Part("b", 50, 50)], 5_000, 5_000),
        ([Part("a", 25, 25)], 625, 6_250),
        ([Part("a", 40, 60)], 1_600, 7_200),
        ([Part("a", 60, 60, 2), Part("b", 40, 40)], 3_400, 5_200),
        ([Part("a", 60, 60), Part("others", 40, 40, None)], 3_600, 5_200),
        ([], 0, 10_000),
    ],
)
def test_exact(parts: list[Part], low: float, high: float) -> None:
    found = concentration(parts)
    assert (found.low, found.high) == (low, high)


def test_regions_become_parts() -> None:
    regions = [
        Region("China", frozenset({"CN", "HK"}), False, 30, 31, (), True),
        Region("Others", frozenset(), True, 10, 10, (), False),
    ]
    assert region_parts(regions) == [Part("China", 30, 31, 2), Part("Others", 10, 10, None)]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(500, 900, "low"), (900, 1500, "low to moderate"), (2000, 9000, "high"), (1001, 1800, "moderate")],
)
def test_level(low: float, high: float, words: str) -> None:
    assert level(Concentration(low, high, 100, ())) == words


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.data())
def test_the_truth_is_never_outside(parts: list[int], data: st.DataObject) -> None:
    shares = [100 * part / sum(parts) for part in parts]
    truth = sum(share**2 for share in shares)
    known = data.draw(st.integers(0, len(shares)))
    together = data.draw(st.integers(known, len(shares)))
    rows = [Part(str(number), share, share) for number, share in enumerate(shares[:known])]
    if together > known:
        share = sum(shares[known:together])
        rows.append(Part("others", share, share, data.draw(st.sampled_from([None, together - known]))))
    found = concentration(rows)
    assert found.low - 0.1 <= truth <= found.high + 0.1
