"""From and to mean a way or a span of time everywhere, and an old and a new stance only where stances changed."""

import pytest

from dualuse.knowledge import Knowledge
from dualuse.show.html import answer_page

RULE = "us-ai-diffusion-ifr-2025-01"


@pytest.mark.parametrize(("old", "new"), [("原立場", "新立場"), ("原立场", "新立场")])
def test_only_a_change_of_stance_is_told_as_one(knowledge: Knowledge, old: str, new: str) -> None:
    changed = answer_page(knowledge.said(about=RULE, changes=True, as_of="2026-06-01"), language="zh-Hant")
    assert old in changed
    assert new in changed
    for card in (
        knowledge.chokepoints(item="3A090.a", to="products", as_of="2025-06-01"),
        knowledge.changes("2025-05-01", "2025-06-01"),
    ):
        page = answer_page(card, language="zh-Hant")
        assert old not in page
        assert new not in page
