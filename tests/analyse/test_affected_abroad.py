"""What instruments of other authorities change: differences of decisions under their own law."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dualuse.analyse.effects import goods_for, transaction
from dualuse.knowledge import Knowledge
from dualuse.law.decide import decide
from dualuse.law.effect import Outcome
from dualuse.law.without import Part, without
from dualuse.lens import Lens
from dualuse.node import Node
from dualuse.questions.affected import affected
from dualuse.questions.parts.differences import Differences
from dualuse.questions.whatif import whatif

MEASURES = [
    ("cn-mofcom-46-2024-12", "2025-06-01"),
    ("cn-mofcom-23-2023-07", "2024-06-03"),
    ("cn-mofcom-70-2025-11", "2025-12-02"),
    ("nl-extension-2024-09", "2024-10-01"),
    ("eu-2025-2003", "2026-02-02"),
    ("jp-23-items-2023", "2024-06-03"),
    ("kr-strategic-items-2025-02", "2025-06-02"),
]


def rows(knowledge: Knowledge, measure: str, day: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = affected(knowledge, by=[measure], as_of=day).plain["differences"]
    return found


def test_the_announcement_on_the_united_states_bars_it_alone(knowledge: Knowledge) -> None:
    found = {row["effect"]: row for row in rows(knowledge, "cn-mofcom-46-2024-12", "2025-06-01")}
    assert found.keys() == {"barred", "duty"}
    assert {place for row in found.values() for place in row["places"]} == {"US"}
    goods = " ".join(found["barred"]["goods"])
    assert all(word in goods for word in ("Gallium", "Germanium", "Antimony", "superhard", "military"))
    assert found["barred"]["with"][0]["review_policy"] == "policy-of-denial"
    assert ["graphite" in each for each in found["duty"]["goods"]] == [True]


def test_while_its_second_paragraph_is_stayed_military_use_alone_is_barred(knowledge: Knowledge) -> None:
    (row,) = rows(knowledge, "cn-mofcom-46-2024-12", "2025-11-20")
    assert row["effect"] == "barred"
    assert all("military" in each for each in row["goods"])


_IN_THE_CUSTOMS_TERRITORY = {"AX", "GF", "GP", "MC", "MF", "MQ", "RE", "YT"}
"""Places that are no member of the Union and belong to its customs territory."""


def test_the_dutch_extension_reaches_who_makes_the_tools_and_who_buys_them(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=["nl-extension-2024-09"], as_of="2024-10-01").plain
    row, sanctioned = card["differences"]
    outside = len(Differences(knowledge, date(2024, 10, 1), Lens.CODIFIED).places) - 27
    assert (row["effect"], row["count"]) == ("licence-needed", outside - len(_IN_THE_CUSTOMS_TERRITORY) - 5)
    assert (sanctioned["effect"], set(sanctioned["places"])) == ("uncertain", {"BY", "IR", "KP", "RU", "SY"})
    assert _IN_THE_CUSTOMS_TERRITORY.isdisjoint(row["places"])
    assert {"DE", "NL"}.isdisjoint(row["places"])
    assert {"CN", "US", "HK"} <= set(row["places"])
    told = {(each["role"], each["id"]) for each in card["parties"]}
    assert ("seller", "organisation:asml") in told
    assert ("buyer", "organisation:tsmc") in told
    assert [each["id"] for each in card["parties"] if each["role"] == "seller"] == ["organisation:asml"]


def test_a_listing_bars_the_listed_and_a_stayed_one_nobody(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=["cn-mofcom-23-2026-06"], as_of="2026-07-01").plain
    assert len(card["parties"]) == 10
    assert {(row["role"], row["effect"], row["places"][0]) for row in card["parties"]} == {("listed", "barred", "US")}
    before, stayed = (
        affected(knowledge, by=["cn-uel-2025-04-04"], as_of=day).plain for day in ("2025-05-01", "2025-06-01")
    )
    assert before["parties"]
    assert not stayed["parties"]


@pytest.mark.parametrize(("measure", "day"), MEASURES)
def test_an_effect_is_the_difference_of_two_decisions(knowledge: Knowledge, measure: str, day: str) -> None:
    on = date.fromisoformat(day)
    differences = Differences(knowledge, on, Lens.CODIFIED)
    law = differences.law_for(Node("instrument", measure))
    other = without(law, Part(measure))
    compared = differences.compared(Node("instrument", measure))
    found = {
        (goods, place) for row in rows(knowledge, measure, day) for goods in row["goods"] for place in row["places"]
    }
    assert found
    for goods in goods_for(compared):
        for place in ("US", "CN", "JP", "DE", "KR"):
            case = transaction(goods, place, place, on, Lens.CODIFIED, **{"from": law.home})
            apart = Outcome.of(decide(case, law)) != Outcome.of(decide(case, other))
            assert apart is ((goods.name, place) in found), (goods.name, place)


@pytest.mark.parametrize(("measure", "day"), MEASURES[::3])
def test_what_is_taken_away_tells_the_same(knowledge: Knowledge, measure: str, day: str) -> None:
    assert whatif(knowledge, parts=(measure,), as_of=day).plain["differences"] == rows(knowledge, measure, day)


def test_a_party_is_changed_by_the_law_of_its_seat_too(knowledge: Knowledge) -> None:
    card = affected(knowledge, party="ASML", as_of="2025-06-01").plain
    by = {row["by"] for row in card["parties"]}
    assert {
        f"instrument:{key}" for key in ("nl-regulation-sme-2023", "nl-extension-2024-09", "nl-extension-2025-04")
    } <= by
