"""Characters in the other script, as the reading of names and news relies on them."""

from __future__ import annotations

import pytest

from dualuse.han import simplified, traditional


@pytest.mark.parametrize(
    "pair", ["國国", "對对", "濫滥", "體体", "臺台", "舖铺", "擡抬", "遶绕", "幷并", "谿溪", "逕径", "𠁞𠀾"]
)
def test_traditional_to_simplified(pair: str) -> None:
    assert (simplified(pair[0]), simplified(pair[1])) == (pair[1], pair[1])


@pytest.mark.parametrize("same", ["甯", "京", "A", "限", "・"])
def test_what_has_no_other_form_stays(same: str) -> None:
    """甯 is a surname that the table of standard characters of 2013 keeps beside 宁."""
    assert (simplified(same), traditional(same)) == (same, same)


def test_simplified_to_traditional() -> None:
    assert [traditional(character) for character in "国体滥"] == ["國", "體", "濫"]


def test_a_character_of_both_scripts_is_no_mark_of_one() -> None:
    assert [traditional(character) for character in "托栗"] == ["托", "栗"]
