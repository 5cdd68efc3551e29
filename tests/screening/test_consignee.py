"""``check --consignee``: the name is held against the lists, and the listing enters the decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.test_csl import EL, SDN, table

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.screening.parties import Parties


def check(knowledge: Knowledge, consignee: str, **more: Any) -> Card[Any]:
    return knowledge.check("rtx4090", 1, "SG", hq="SG", consignee=consignee, as_of="2025-06-02", **more)


def test_check_takes_the_listing_of_its_consignee(knowledge: Knowledge) -> None:
    card = check(knowledge, "SMIC")
    assert (card.answer.outcome, card.question["listed"]) == ("licence-required", "footnote-5")
    assert card.because[0].text.startswith("Semiconductor Manufacturing International Corporation on US Entity List")
    assert "consignee 'SMIC' is Semiconductor Manufacturing" in card.answer.notes[0].note
    assert check(knowledge, "SMIC Beijing").question["entry_policy"] == "presumption-of-denial"


def test_check_is_open_where_the_consignee_may_be_listed_and_it_matters(knowledge: Knowledge) -> None:
    assert check(knowledge, "Fine Flowers Zurich").answer.outcome == "licence-exception"
    card = check(knowledge, "Huawei Zzyzx Ltd")
    assert card.answer.outcome == "indeterminate"
    told = {gap.what: gap.why_it_matters for gap in card.unknown}
    assert told["whether Huawei Zzyzx Ltd is entity-list"].endswith("licence-required if it is")
    assert check(knowledge, "Huawei Zzyzx Ltd", listed="unverified-list").question["listed"] == "unverified-list"
    none = {gap.what: gap.why_it_matters for gap in check(knowledge, "Fine Flowers Zurich").unknown}
    assert "does not mean that it is on none" in none["whether Fine Flowers Zurich is a listed party"]


def test_every_footnote_of_an_entry_counts(knowledge: Knowledge) -> None:
    """HiSilicon stands under footnotes 1 and 2: a product made abroad with the technology is reached."""
    made: dict[str, Any] = {
        "hq": "SG",
        "foreign_made": True,
        "direct_product": True,
        "us_content": 0.0,
        "as_of": "2024-06-01",
    }
    card = knowledge.check("3A090.a", 1, "SG", consignee="HiSilicon", **made)
    assert (card.answer.outcome, card.question["listed"]) == ("licence-required", "footnote-1")


def test_a_list_that_no_rule_looks_at_is_told(knowledge: Knowledge) -> None:
    card = knowledge.check("rtx4090", 1, "SG", hq="SG", consignee="AeroVironment", as_of="2025-10-20")
    told = {gap.what: gap.why_it_matters for gap in card.unknown}
    why = told["whether AeroVironment is a listed party"]
    assert why.startswith("it is on cn-unreliable-entity-list, which no rule here looks at")


def test_another_law_looks_at_its_own_lists(knowledge: Knowledge) -> None:
    how: dict[str, Any] = {"under": "CN", "as_of": "2025-10-20", "consignee": "AeroVironment", "hq": "US"}
    card = knowledge.check("h20", 1, "US", **how)
    assert (card.answer.outcome, card.question["listed"]) == ("licence-required", "cn-unreliable-entity-list")
    told = {gap.what: gap.why_it_matters for gap in knowledge.check("h20", 1, "US", **how | {"under": "NL"}).unknown}
    assert "are not searched" in told["whether AeroVironment is a listed party"]


@pytest.mark.parametrize(
    ("day", "lens", "listed", "open_"),
    [
        ("2025-05-01", "codified", "cn-unreliable-entity-list", False),
        ("2026-09-01", "codified", None, False),
        ("2026-11-20", "codified", None, True),
        ("2026-11-20", "announced", None, False),
    ],
)
def test_a_listing_whose_notice_is_stopped_does_not_count(
    knowledge: Knowledge, day: str, lens: str, listed: str | None, open_: bool
) -> None:
    card = knowledge.check("h20", 1, "US", hq="US", under="CN", consignee="Skydio", as_of=day, lens=lens)
    assert card.question.get("listed") == listed
    gaps = {gap.what for gap in card.unknown}
    assert ("whether Skydio is cn-unreliable-entity-list" in gaps) is open_
    assert ("whether Skydio is a listed party" in gaps) is (listed is None)


def test_a_doubt_about_the_consignee_is_one_under_every_lens(knowledge: Knowledge) -> None:
    """A lens that was not asked says nothing better of whom a name means."""
    card = check(knowledge, "Huawei Zzyzx Ltd")
    assert (card.answer.outcome, card.answer.under) == ("indeterminate", None)


@pytest.fixture
def two_lists(knowledge: Knowledge, tmp_path: Path) -> Iterator[Knowledge]:
    """The graph with a list on which one name stands as two kinds of party."""
    file = tmp_path / "list.csv"
    unverified = "Unverified List (UVL) - Bureau of Industry and Security"
    rows = [(EL, "Zzyqopt Works"), (SDN, "Zzyqopt Works"), (unverified, "Plimforth Works"), (SDN, "Plimforth Works")]
    file.write_text(table(*({"source": source, "name": name} for source, name in rows)), "utf-8")
    kept = knowledge.parties
    knowledge.parties = Parties.read(knowledge, [str(file)])
    yield knowledge
    knowledge.parties = kept


def test_who_is_on_two_lists_is_judged_by_both(two_lists: Knowledge) -> None:
    card = check(two_lists, "Zzyqopt Works")
    assert (card.answer.outcome, card.question["listed"]) == ("licence-required", "entity-list")
    assert "what follows from Zzyqopt Works being blocked too" in {gap.what for gap in card.unknown}
    assert check(two_lists, "Plimforth Works").answer.outcome == "indeterminate"
