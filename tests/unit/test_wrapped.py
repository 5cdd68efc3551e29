"""A text that was broken at a width has its paragraphs again; one that was not is left as it is."""

from __future__ import annotations

import pytest

from dualuse.wrapped import unwrap

WIRE = """\
The ministry of an invented country said on Monday that
companies may ask for a licence until the end of the year

and that it would look at each of them."""
SHORT = """\
虛構的通訊社十三日報導，一個虛構國家的主管部會今天表示

廠商在年底以前可以提出申請，每一件都將由主管部會逐案審查並公布結果
主管部會並未說明將在什麼時候公布下一份清單，業者則普遍表示觀望"""


@pytest.mark.parametrize("text", [WIRE.replace("year", "year 2030 or"), WIRE.replace(" may", " may still")])
def test_a_wire_of_sixty_columns_is_joined(text: str) -> None:
    assert "said on Monday that companies may" in unwrap(text)


@pytest.mark.parametrize("text", [WIRE.replace("the end of the year", "May"), SHORT, "", "one line"])
def test_what_is_narrow_is_left_alone(text: str) -> None:
    """Thirty Chinese characters are sixty columns wide, and a paragraph of a digest as often as a line."""
    assert unwrap(text) == text
