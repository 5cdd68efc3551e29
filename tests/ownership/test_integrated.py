"""Integrated ownership and control: worked examples, the matrix they stand for, and every choice of shares."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.ownership.control import controlled, controllers
from dualuse.ownership.integrated import Stakes, integrated, stakes_above
from dualuse.ownership.outcome import holdings
from dualuse.ownership.spelling import UNNAMED

Rows = list[tuple[str, str, float, float]]
PARTIES = "ABCD"


def above(rows: Sequence[tuple[str, str, float, float]], party: str) -> Stakes:
    return stakes_above(holdings(rows), party)


def share(rows: Sequence[tuple[str, str, float, float]], owner: str, party: str) -> tuple[Fraction, Fraction]:
    graph = above(rows, party)
    none = Fraction(0), Fraction(0)
    return integrated(graph, owner).get(party, none) if owner in graph else none


def exact(*percent: float) -> Rows:
    """X holds of A and of B, A of B, B of A."""
    pairs = (("X", "A"), ("X", "B"), ("A", "B"), ("B", "A"))
    return [(*pair, each, each) for pair, each in zip(pairs, percent, strict=True) if each]


def test_shares_are_multiplied_along_a_chain_and_chains_are_added() -> None:
    rows: Rows = [("X", "A", 80, 80), ("X", "B", 50, 50), ("A", "C", 50, 50), ("B", "C", 20, 20)]
    assert share(rows, "X", "C") == (Fraction("0.5"), Fraction("0.5"))


def test_cross_holdings_flow_back_to_the_outside() -> None:
    # X holds 60 % of A, A half of B, B 40 % of A: x = 0.6 + 0.4 y and y = 0.5 x
    assert share(exact(60, 0, 50, 40), "X", "A") == (Fraction(3, 4), Fraction(3, 4))
    assert share(exact(60, 0, 50, 40), "X", "B") == (Fraction(3, 8), Fraction(3, 8))


def test_chains_that_lead_back_to_the_owner_are_left_out() -> None:
    assert share(exact(60, 0, 50, 40), "A", "B") == (Fraction(1, 2), Fraction(1, 2))


def test_a_circle_that_nobody_outside_holds_is_held_by_nobody_outside() -> None:
    rows: Rows = [("A", "B", 100, 100), ("B", "A", 100, 100), ("X", "A", 0, 100)]
    assert share(rows, "X", "B") == (Fraction(0), Fraction(0))


def test_what_is_left_bounds_a_share_that_is_not_known() -> None:
    rows: Rows = [("X", "A", 0, 100), ("Y", "A", 60, 60), ("A", "B", 50, 80)]
    assert share(rows, "X", "B") == (Fraction(0), Fraction("0.32"))
    assert share(rows, "Y", "B") == (Fraction("0.3"), Fraction("0.48"))


def test_owners_who_hold_more_than_all_surely_hold_nothing() -> None:
    rows: Rows = [("X", "A", 80, 80), ("Y", "A", 70, 70)]
    assert share(rows, "X", "A") == (Fraction(0), Fraction("0.8"))


def test_an_owner_without_a_name_may_be_the_owner() -> None:
    graph = above([("X", "A", 30, 30), (UNNAMED, "A", 20, 20)], "A")
    assert integrated(graph, "X", [UNNAMED])["A"] == (Fraction("0.3"), Fraction("0.5"))


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_equal_to_the_inverse_of_the_matrix(tenths: list[int]) -> None:
    """X is held by nobody; then the share is the entry of (I - W)^-1 W."""
    np = pytest.importorskip("numpy")
    names = ["X", "A", "B", "C"]
    weights = np.array(tenths, dtype=float).reshape(4, 3)
    np.fill_diagonal(weights[1:], 0)
    weights *= 0.099 / np.maximum(weights.sum(axis=0), 1) * 10
    matrix = np.hstack([np.zeros((4, 1)), np.round(weights, 4)])
    rows: Rows = [
        (a, b, round(100 * matrix[i, j], 2), round(100 * matrix[i, j], 2))
        for (i, a), (j, b) in product(enumerate(names), repeat=2)
        if matrix[i, j]
    ]
    expected = np.linalg.inv(np.eye(4) - matrix) @ matrix
    for at, party in enumerate("ABC", start=1):
        low, high = share([*rows, ("Z", party, 0, 0)], "X", party)
        assert low == high
        assert float(low) == pytest.approx(expected[0, at], abs=1e-9)


BOUNDS = st.sampled_from([(0, 0), (0, 0), (0, 100), (50, 50), (25, 75), (50, 100), (25, 25)])


@given(st.lists(BOUNDS, min_size=6, max_size=6))
def test_bounds_are_met_by_some_shares_and_passed_by_none(bounds: list[tuple[int, int]]) -> None:
    pairs = [pair for pair in product("XAB", "AB") if pair[0] != pair[1]] + [("A", "C"), ("B", "C")]
    rows = [(*pair, low, high) for pair, (low, high) in zip(pairs, bounds, strict=True) if high]
    if any(sum(low for _, owned, low, _ in rows if owned == party) > 100 for party in "ABC"):
        return
    low, high = share([*rows, ("X", "C", 0, 0)], "X", "C")
    seen = []
    for chosen in product(*([*range(low, high + 1, 25)] for _, _, low, high in rows)):
        picked: Rows = [(*row[:2], each, each) for row, each in zip(rows, chosen, strict=True)]
        if all(sum(row[2] for row in picked if row[1] == party) <= 100 for party in "ABC"):
            seen.append(share([*picked, ("X", "C", 0, 0)], "X", "C")[0])
    assert min(seen) == low
    assert max(seen) == high


def test_control_adds_up_what_those_it_controls_hold() -> None:
    rows: Rows = [("X", "A", 51, 51), ("X", "B", 30, 30), ("A", "B", 21, 21), ("B", "C", 50, 50)]
    outcome = controlled(holdings(rows), "X")
    assert [outcome.result(party) for party in "ABC"] == ["captured", "captured", "clear"]
    assert share(rows, "X", "B")[0] < Fraction(1, 2)


def told(rows: Rows, party: str) -> list[tuple[Any, ...]]:
    return [tuple(each) for each in controllers(above(rows, party), party)]


def test_the_ultimate_controller_stands_at_the_top() -> None:
    rows: Rows = [("X", "A", 60, 60), ("A", "B", 60, 60), ("B", "C", 60, 60), ("Y", "C", 40, 40)]
    assert told(rows, "C") == [("X", "captured", "yes"), ("A", "captured", "no"), ("B", "captured", "no")]


def test_nobody_controls_by_half() -> None:
    assert told([("X", "A", 50, 50), ("Y", "A", 50, 50)], "A") == []


def test_a_circle_has_nobody_at_the_top() -> None:
    rows: Rows = [("A", "B", 60, 60), ("B", "A", 60, 60), ("B", "C", 70, 70), ("X", "A", 40, 40)]
    assert told(rows, "C") == [("A", "captured", "circle"), ("B", "captured", "circle")]
    held: Rows = [("A", "B", 60, 60), ("B", "A", 30, 30), ("B", "C", 70, 70), ("X", "A", 70, 70)]
    assert told(held, "C") == [("X", "captured", "yes"), ("A", "captured", "no"), ("B", "captured", "no")]


def test_what_is_not_known_leaves_it_open() -> None:
    rows: Rows = [("X", "A", 40, 60), ("A", "B", 70, 70)]
    assert told(rows, "B") == [("A", "captured", "possible"), ("X", "possible", "possible")]
    unnamed: Rows = [(UNNAMED, "A", 30, 30), ("X", "A", 30, 30)]
    assert told(unnamed, "A") == [("X", "possible", "possible")]
