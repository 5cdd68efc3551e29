"""Every term is there for something, and the page that says for what is the one that would be written now."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.termbook import TermUse, term_uses, terms_page

PAGE = Path(__file__).parents[2] / "docs" / "terms.md"


@pytest.fixture(scope="module")
def uses(built: Built) -> list[TermUse]:
    return term_uses(built.store)


def test_every_term_is_used_and_read_or_says_why_it_is_kept(uses: list[TermUse]) -> None:
    assert len(uses) > 300
    assert [use.name for use in uses if not (use.used and use.readers) and not use.kept] == []


def test_no_property_gives_a_reason_where_none_is_needed(uses: list[TermUse]) -> None:
    assert [use.name for use in uses if use.kept and use.used and use.readers and not use.is_class] == []


def test_what_reads_a_term_is_found_by_its_name_and_by_the_fields_that_give_it(uses: list[TermUse]) -> None:
    readers = {use.name: use.readers for use in uses}
    assert "`tier-of-place`" in readers["du:assignsTier"]
    assert "rule 40" in readers["du:supplier"]
    assert "law" in readers["du:DecisionRule"]
    assert readers["du:dieAreaNote"] == ()


def test_the_page_is_current(built: Built) -> None:
    assert PAGE.read_text("utf-8") == terms_page(built.store), "run scripts/regenerate"
