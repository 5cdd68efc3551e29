"""Who ``connected`` and ``why`` say is caught through ownership: what the cascade captures while a rule holds."""

from datetime import date
from typing import Any

import pytest

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.questions.connected import connected
from dualuse.questions.why import why

WINGTECH = "us-entity-list-2024-12"
IN_FORCE = date(2025, 10, 15)


def ask(knowledge: Knowledge, by: str, day: date = IN_FORCE, lens: str = "codified", **more: str) -> Card[Any]:
    return connected(knowledge, as_of=day, lens=lens, by=[by], channels=more.get("channels", "ownership").split())


def told(card: Card[Any]) -> list[tuple[str, str]]:
    return [(row["party"], row["channel"]) for row in card.plain["connected"]]


def test_a_captured_party_is_connected_with_its_path_and_share(knowledge: Knowledge) -> None:
    card = ask(knowledge, WINGTECH, channels="listing ownership")
    listed = [party for party, channel in told(card) if channel == "listing"]
    assert len(listed) == 140
    assert "Wingtech Technology" in listed
    (row,) = (row for row in card.plain["connected"] if row["channel"] == "ownership")
    assert row["party"] == "Nexperia B.V."
    assert row["magnitude"] == {"min": 100, "max": 100, "unit": "percent held in sum"}
    assert [step["edge"] for step in row["path"]] == ["lists", "owns"]
    assert any("Affiliates Rule" in one.text and "47201" in one.provision for one in card.because)
    assert card.unknown == ()


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2025, 9, 28), "not-yet"), (date(2026, 3, 1), "is suspended"), (date(2026, 11, 22), "may or may not")],
)
def test_nobody_is_captured_while_no_rule_is_in_force(knowledge: Knowledge, day: date, says: str) -> None:
    card = ask(knowledge, WINGTECH, day)
    assert told(card) == []
    assert any(says in gap.why_it_matters and "dualuse owned" in gap.why_it_matters for gap in card.unknown)


def test_who_is_on_the_list_itself_is_not_captured(knowledge: Knowledge) -> None:
    card = ask(knowledge, "us-huawei-entity-list-2019-05")
    assert told(card) == []
    assert not any("HiSilicon is captured" in gap.what for gap in card.unknown)


def test_the_rule_alone_points_to_the_listings(knowledge: Knowledge) -> None:
    card = ask(knowledge, "us-affiliates-rule-2025-09")
    assert told(card) == []
    assert any("dualuse owned --rule bis-affiliates" in gap.why_it_matters for gap in card.unknown)


def test_why_tells_the_stakes_and_the_rule(knowledge: Knowledge) -> None:
    card = why(knowledge, "Nexperia", WINGTECH, as_of=IN_FORCE)
    assert [row["channel"] for row in card.plain["paths"]] == ["ownership"]
    assert any("Affiliates Rule" in one.text for one in card.because)
    assert why(knowledge, "TSMC", WINGTECH, as_of=IN_FORCE).plain["paths"] == []
