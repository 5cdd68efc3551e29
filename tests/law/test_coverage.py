"""The page on what the licence check covers is current and complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.knowledge import Knowledge
from dualuse.law.coverage import coverage_page, other_laws_page
from dualuse.model.rules import Condition

ROOT = Path(__file__).resolve().parents[2]
PAGE, OTHERS = (ROOT / "docs" / name for name in ("licence-check.md", "other-laws.md"))


@pytest.fixture(scope="module")
def page(knowledge: Knowledge) -> str:
    return coverage_page(knowledge)


@pytest.fixture(scope="module")
def others(knowledge: Knowledge) -> str:
    return other_laws_page(knowledge)


def test_the_committed_pages_are_current(page: str, others: str) -> None:
    assert PAGE.read_text("utf-8") == page, "run .venv/bin/python scripts/regenerate"
    assert OTHERS.read_text("utf-8") == others, "run .venv/bin/python scripts/regenerate"


def test_every_rule_is_on_one_of_them(page: str, others: str, knowledge: Knowledge, built: Built) -> None:
    rules = built.curated.tables["rules"]
    assert len(rules) >= 62
    for key, rule in rules.items():
        here, there = (page, others) if key in knowledge.law.rules.by_key else (others, page)
        assert (here.count(f"(`{key}`; "), there.count(f"(`{key}`; ")) == (1, 0), key
        assert rule.title in here or str(rule.duty) in here


def test_every_condition_is_on_it(page: str, others: str, knowledge: Knowledge) -> None:
    def leaves(test: Condition) -> list[Condition]:
        return [leaf for operand in test.operands for leaf in leaves(operand)] if test.operands else [test]

    for rule in knowledge.laws.rules.rules:
        for leaf in leaves(rule.when):
            if rule.kind != "duty" or leaf.operator != "item":
                assert str(leaf.says) in page + others, (rule.node, leaf.says)


def test_everything_left_out_is_on_it(page: str, others: str, built: Built) -> None:
    rows = built.curated.tables["not-modelled"]
    assert len(rows) >= 20
    for row in rows.values():
        assert f"| {row.what} | {row.citation} | {row.consequence} |" in (page if row.jurisdiction == "US" else others)


def test_every_vintage_is_on_it(page: str, knowledge: Knowledge) -> None:
    headings = re.findall(r"^`([a-z0-9-]+)`, in effect since ([0-9-]+)\.$", page, re.MULTILINE)
    assert {key for key, _ in headings} == {rule.instrument for rule in knowledge.law.rules.rules}
    days = [day for _, day in headings]
    assert days == sorted(days)
    assert ("us-mi308-is-informed-2025-04", "2025-04") in headings


def test_it_reads_as_a_page(page: str) -> None:
    assert page.startswith("# The licence check\n")
    assert len(page.splitlines()) <= 1_400
    assert "(#what-is-not-modelled)" in page
    assert "## What is not modelled" in page
    assert not re.search(r"\bNone\b|\bFalse\b|  $", page, re.MULTILINE)
    for first, second in zip(page.splitlines(), page.splitlines()[1:], strict=False):
        assert not (first.startswith("|") and second and not second.startswith("|")), "a table ends with a blank line"
