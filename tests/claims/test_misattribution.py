"""The same words given to two speakers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.claims.ledger import Ledger
from dualuse.claims.misattribution import Words, longest_run, misattributions, sentence, telling
from dualuse.node import Node

DAY = date(2025, 1, 13)
SAID, TOLD = Node("statement", "a"), Node("claim", "b")
MINISTRY = Words(SAID, "mofcom", "泛化国家安全概念、滥用出口管制", "quotation", DAY, DAY, 10, ("x", "y"), "a")
PAGE = Words(
    Node("claim", "b"),
    "mfa-cn",
    "這是泛化國家安全概念、濫用出口管制",
    "reported",
    DAY,
    date(2025, 1, 14),
    10,
    ("z",),
    "b",
)


def test_the_same_words_in_two_scripts_are_found_with_the_likely_original() -> None:
    (found,) = misattributions([PAGE, MINISTRY])
    assert (found.original.organisation, found.other.organisation) == ("mofcom", "mfa-cn")
    assert found.shared == "泛化国家安全概念滥用出口管制"
    assert "2 sources have it against 1" in found.why


def test_a_stronger_source_outweighs_an_earlier_date() -> None:
    law = replace(PAGE, rank=1, earliest=date(2025, 2, 1), latest=date(2025, 2, 1))
    (found,) = misattributions([law, MINISTRY])
    assert found.original.organisation == "mfa-cn"
    assert "stronger class" in found.why


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, organisation="mofcom"),  # the same speaker
        replace(PAGE, act="a"),  # one letter, two signers
        replace(PAGE, text="中方對此堅決反對"),  # a stock phrase
        replace(PAGE, text="反對泛化國家安全概念"),  # too short a run
        replace(PAGE, text=""),
        replace(PAGE, text="、、、、、、、、、、、、"),
    ],
)
def test_these_are_not_misattributed(other: Words) -> None:
    assert misattributions([MINISTRY, other]) == []


def test_a_run_that_is_a_small_part_of_both_does_not_count() -> None:
    one = replace(MINISTRY, text=MINISTRY.text + "甲" * 20)
    other = replace(PAGE, text=PAGE.text + "乙" * 20)
    assert misattributions([one, other]) == []


def test_english_needs_a_longer_run() -> None:
    one = replace(MINISTRY, text="We look forward to it")
    other = replace(PAGE, text="we look forward to it!")
    assert misattributions([one, other]) == []
    long = "the administration risks alienating key partners abroad"
    assert len(misattributions([replace(one, text=long), replace(other, text=long.upper())])) == 1


def test_a_tie_says_so() -> None:
    one, other = (
        replace(MINISTRY, key=Node("claim", "a"), wording="reported", sources=("x",)),
        replace(PAGE, latest=DAY),
    )
    (found,) = misattributions([one, other])
    assert found.why == "nothing tells them apart; the order is by key"
    assert not found.told


def test_a_sentence_is_what_one_passage_lays_to_one_speaker_without_a_gap(ledger: Ledger) -> None:
    known = ledger.claims.values()
    three = tuple(ledger.claims[key] for key in ("sc-06-05", "sc-06-06", "sc-06-07"))
    assert {sentence(claim, known) for claim in three} == {three}
    middle = three[1]
    for apart in (
        replace(middle, start=middle.start + 1),  # something stands between
        replace(middle, passage="digest-88iv-2025-01.p07"),
        replace(middle, claimant="mofcom"),
        replace(middle, attribute="attributed-to"),
    ):
        assert sentence(three[0], (three[0], apart, three[2])) == (three[0],)


@given(st.text(alphabet="甲乙丙", max_size=12), st.text(alphabet="甲乙丙", max_size=12))
def test_the_longest_run_is_in_both_and_none_is_longer(one: str, other: str) -> None:
    run = longest_run(one, other)
    assert run in one
    assert run in other
    longer = [one[i : i + len(run) + 1] for i in range(len(one) - len(run))]
    assert not [piece for piece in longer if piece in other]


def test_what_is_telling() -> None:
    assert telling("泛化国家安全概念滥用")
    assert not telling("泛化国家安全概念")
    assert not telling("a" * 29)
    assert telling("a" * 30)
