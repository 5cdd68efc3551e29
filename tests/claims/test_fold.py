"""Folding: what it evens out, what it leaves alone, and that it knows where everything came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.claims.fold import fold, sha256

MIXED = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("泛化國家安全概念、濫用出口管制１２ＡＢ，。「」臺裡")),
    max_size=60,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泛化國家安全概念、濫用出口管制", "泛化国家安全概念,滥用出口管制"),
        ("ＡＩ晶片１２０", "ai晶片 120"),
        ("「臺灣」", "台湾"),
        ("裡面 / 裏面", "里面里面"),
        ("NVIDIA", "nvidia"),
        ("a\u00a0b\u200bc", "abc"),
    ],
)
def test_what_is_evened_out(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"), [("晶片", "芯片"), ("人工智慧", "人工智能"), ("120", "130"), ("日韓", "日本")]
)
def test_what_is_left_alone(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_nothing_is_left_of_punctuation() -> None:
    assert fold(" ,。、「」!?…—\n").text == ""


@given(MIXED)
def test_every_folded_character_knows_its_origin(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text)
    assert list(folded.origin) == sorted(folded.origin)
    for index, origin in enumerate(folded.origin):
        assert folded.text[index] in fold(text[origin]).text


@given(MIXED)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(alphabet="泛化國家安全概念、濫用出口管制", min_size=3, max_size=30), st.data())
def test_a_span_of_folded_text_covers_its_original(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert fold(text[first:last]).text == folded.text[start:end]


def test_a_lone_surrogate_is_no_crash() -> None:
    assert len(sha256("\ud800")) == 64
