"""Every term is there for something, and the page that says for what is the one that would be written now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.termbook import TermUse, term_uses, terms_page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "terms.md"
AXIOMS = ROOT / "ontology" / "axioms.ttl"


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


def test_every_name_in_code_and_documents_is_that_of_a_term(uses: list[TermUse]) -> None:
    declared = {use.name for use in uses} | set(
        re.findall(r"^(du:\w+) a rdfs:Datatype", AXIOMS.read_text("utf-8"), re.M)
    )
    files = [*(ROOT / "graph").rglob("*.py"), *(ROOT / "graph").rglob("*.rq"), *(ROOT / "docs").glob("*.md")]
    # a name that goes on in braces is put together where it stands
    named = {name for file in files for name in re.findall(r"\bdu:\w+\b(?!\{)", file.read_text("utf-8"))}
    assert len(named) > 250
    assert named - declared == {"du:scope"}  # how the scopes of a measure begin, in network/describe


def test_the_page_is_current(built: Built) -> None:
    assert PAGE.read_text("utf-8") == terms_page(built.store), "run scripts/regenerate"
