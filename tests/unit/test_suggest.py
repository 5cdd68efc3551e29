"""The nearest known words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dualuse.suggest import nearest

WORDS = ["Switzerland", "Swaziland", "Sweden", "NVIDIA"]


def test_best_first() -> None:
    assert nearest("Switzerlnd", WORDS, 3) == ["Switzerland", "Swaziland"]
    assert nearest("switzerland", WORDS, 1) == ["Switzerland"]
    assert nearest("nvidea", WORDS, 3) == ["NVIDIA"]


def test_capitals_break_ties() -> None:
    assert nearest("du:tierr", ["du:Tier", "du:tier"], 2) == ["du:tier", "du:Tier"]
    assert nearest("du:Tierr", ["du:tier", "du:Tier"], 1) == ["du:Tier"]


def test_nothing_like_it() -> None:
    assert nearest("輝達", WORDS, 3) == []
    assert nearest("", WORDS, 3) == []
    assert nearest("Sweden", [], 3) == []


def test_order_of_the_known_words_does_not_matter() -> None:
    assert nearest("abc", ["abd", "abe"], 2) == nearest("abc", ["abe", "abd"], 2)


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8), st.integers(1, 5))
def test_only_known_words_and_not_too_many(word: str, known: list[str], most: int) -> None:
    found = nearest(word, known, most)
    assert len(found) <= most
    assert set(found) <= set(known)
    assert nearest(word, reversed(known), most) == found
