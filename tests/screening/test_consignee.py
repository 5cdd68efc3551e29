"""``check --consignee``: the name is held against the lists, and the listing enters the decision."""

from __future__ import annotations

from typing import Any

from dualuse.card import Card
from dualuse.knowledge import Knowledge


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
