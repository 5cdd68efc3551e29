"""Who is affected: decisions with a part of the law beside those without it, and nothing whose two ends are equal."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.effects import GOODS, transaction
from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.decide import decide
from dualuse.law.effect import KINDS, Comparison, Effect, Outcome, kind_of, ladder
from dualuse.law.transaction import World
from dualuse.law.without import Part, without
from dualuse.questions.affected import affected
from dualuse.questions.whatif import whatif
from dualuse.questions.why import why
from dualuse.show.terminal import to_table

DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
H20, MI308 = "us-h20-is-informed-2025-04", "us-mi308-is-informed-2025-04"
ACS = "us-acs-ifr-2023-10"
HBM = "us-fdp-hbm-ifr-2024-12"
H100 = GOODS[0].name


@pytest.fixture(scope="module")
def january(knowledge: Knowledge) -> Card[Any]:
    """Whom the rule of January 2025 changes."""
    return affected(knowledge, by=[RULE], as_of=DAY)


@pytest.fixture(scope="module")
def law(knowledge: Knowledge) -> World:
    """The law as it stands."""
    return knowledge.law


def kinds(card: Card[Any], place: str, goods: str = H100, seat: str = "home") -> list[str]:
    """Kinds of effect on some goods to a place for a buyer with a seat."""
    rows = card.plain["differences"]
    found = (row for row in rows if place in row["places"] and goods in row["goods"] and seat in row["headquarters"])
    return [row["effect"] for row in found]


def test_the_rule_of_january_changes_what_it_should(january: Card[Any]) -> None:
    for place in ("CH", "PL", "IN", "AE"):
        assert kinds(january, place) == ["capped"], place
    for chip in (H100, "chips for other uses (RTX 4090)", "lower-band chips (L40)"):
        assert kinds(january, "AF", chip) == [], chip
    assert kinds(january, "GB") == ["excepted"]
    (row,) = [row for row in january.plain["differences"] if "GB" in row["places"] and H100 in row["goods"]][:1]
    assert row["with"][0]["exception"] == "AIA"
    assert any("certificate of the ultimate consignee" in duty for duty in row["with"][0]["duties"])
    assert all(row["without"] != row["with"] for row in january.plain["differences"] + january.plain["parties"])


def test_a_notice_to_an_addressee_changes_what_it_ships(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=["us-nvidia-is-informed-2023-10"], as_of=date(2023, 11, 1))
    rows = [row for row in card.plain["differences"] if "CN" in row["places"]]
    assert ("licence-needed", ["h800-sxm and 5 like it, nvidia"]) in [(row["effect"], row["goods"]) for row in rows]
    assert all(goods.endswith(", nvidia") for row in card.plain["differences"] for goods in row["goods"])


def test_a_letter_on_paragraphs_is_tried_on_them(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=["us-eda-is-informed-2025-05"], as_of=DAY)
    goods = {goods for row in card.plain["differences"] if "CN" in row["places"] for goods in row["goods"]}
    assert {"3D991, cadence", "3E991, synopsys"} <= goods


def test_a_row_holds_for_each_of_its_goods_and_seats(january: Card[Any]) -> None:
    cells = [
        (goods, seat, place)
        for row in january.plain["differences"]
        for goods in row["goods"]
        for seat in row["headquarters"]
        for place in row["places"]
    ]
    assert len(cells) == len(set(cells))


def test_firms_of_the_rule_of_january(january: Card[Any]) -> None:
    sellers = [row["id"] for row in january.plain["parties"] if row["role"] == "seller"]
    assert sellers[:2] == ["organisation:nvidia", "organisation:amd"]
    assert january.plain["parties"][0]["id"] == "organisation:nvidia"
    own = [row for row in january.plain["parties"] if row["id"] == "organisation:tsmc"]
    assert [(row["role"], row["through"]) for row in own] == [("supplier", "organisation:nvidia")]


def test_every_row_rests_on_rules_of_the_part(january: Card[Any]) -> None:
    for row in january.plain["differences"] + january.plain["parties"]:
        assert row["rules"], row
        cited = [january.because[number - 1].fact for number in row["receipts"]]
        assert {fact.rpartition("/")[2] for fact in cited} >= {rule.partition(":")[2] for rule in row["rules"]}


def test_what_it_cost_most_comes_first(knowledge: Knowledge) -> None:
    card = affected(knowledge, party="NVIDIA", as_of=DAY)
    rows = card.plain["parties"]
    assert rows[0]["by"] == f"instrument:{H20}"
    assert rows[0]["goods"] == ["h20"]
    assert {row["id"] for row in rows} == {"organisation:nvidia"}
    assert f"instrument:{RULE}" in {row["by"] for row in rows}
    assert f"instrument:{MI308}" not in {row["by"] for row in rows}
    costs = [(cost["kind"], cost["min"], cost["max"], cost["period"]) for cost in rows[0]["costs"]]
    assert ("charge", 4500, 4500, "2026-Q1") in costs
    assert ("charge", None, 5500, "2026-Q1") in costs
    assert all(row["costs"] == [] for row in rows[1:])
    assert affected(knowledge, party="AMD", as_of=DAY).plain["parties"][0]["by"] == f"instrument:{MI308}"


def test_a_cost_counts_from_the_day_it_was_stated(knowledge: Knowledge) -> None:
    """On 2025-05-01 only the charge foreseen in April had been said."""
    (row,) = affected(knowledge, by=[H20], party="NVIDIA", as_of="2025-05-01").plain["parties"]
    assert [(cost["kind"], cost["min"], cost["max"]) for cost in row["costs"]] == [("charge", None, 5500)]


def test_tools_are_tried_for_the_end_uses_that_a_rule_names(knowledge: Knowledge) -> None:
    (row, *_) = affected(knowledge, party="Applied Materials", as_of="2023-06-01").plain["parties"]
    assert row["by"] == "instrument:us-acs-sme-ifr-2022-10"
    assert "3B001 for advanced node fabrication" in row["goods"]
    assert row["with"][0]["outcome"] == "licence-required"


@pytest.mark.parametrize("party", ["NVIDIA", "TSMC", "Oracle", "Huawei"])
def test_the_two_directions_agree(knowledge: Knowledge, january: Card[Any], party: str) -> None:
    """What a measure is said to change for a party is what the party is said to be changed by it."""
    node = knowledge.names.find_any(("organisation",), party)
    one = affected(knowledge, party=party, as_of=DAY).plain["parties"]
    other = affected(knowledge, by=[RULE], party=party, as_of=DAY).plain["parties"]
    every = [row for row in january.plain["parties"] if row["id"] == f"organisation:{node[1]}"]
    told = ("role", "effect", "ties", "goods", "places", "without", "with", "rules")
    seen = [[{key: row[key] for key in told} for row in rows] for rows in (other, every)]
    seen.append([{key: row[key] for key in told} for row in one if row["by"] == f"instrument:{RULE}"])
    assert seen[0] == seen[2]
    assert seen[0] == seen[1]


def test_a_place_is_changed_by_what_changes_it(knowledge: Knowledge, january: Card[Any]) -> None:
    rows = affected(knowledge, party="Switzerland", as_of=DAY).plain["differences"]
    assert {row["by"] for row in rows} >= {f"instrument:{RULE}"}
    assert all(row["places"] == ["CH"] for row in rows)
    own = [row for row in rows if row["by"] == f"instrument:{RULE}"]
    assert {(row["effect"], goods) for row in own for goods in row["goods"]} == {
        (row["effect"], goods)
        for row in january.plain["differences"]
        if "CH" in row["places"]
        for goods in row["goods"]
    }


@pytest.mark.parametrize("measure", [RULE, H20, HBM, "us-huawei-entity-list-2019-05", "cn-mofcom-46-2024-12"])
def test_whatif_and_affected_tell_the_same(knowledge: Knowledge, measure: str) -> None:
    one = affected(knowledge, by=[measure], as_of=DAY).plain
    other = whatif(knowledge, parts=(measure,), as_of=DAY).plain
    assert (one["differences"], one["parties"]) == (other["differences"], other["parties"])


def test_effects_and_roles_are_kept(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=[RULE], effects=["capped"], roles=["seller"], as_of=DAY)
    assert {row["effect"] for row in card.plain["differences"]} == {"capped"}
    assert {row["role"] for row in card.plain["parties"]} == {"seller"}
    with pytest.raises(UsageError, match="no kind of effect 'hurt'"):
        affected(knowledge, by=[RULE], effects=["hurt"], as_of=DAY)
    with pytest.raises(UsageError, match="say which measure"):
        affected(knowledge, as_of=DAY)


def test_chips_that_a_review_policy_names_are_tried(knowledge: Knowledge) -> None:
    """The January 2026 rule frees no chip by itself: it reviews the H200 and the MI325X case by case."""
    rows = affected(knowledge, by=["us-h200-rule-2026-01"], as_of="2026-02-02").plain["differences"]
    (row,) = [row for row in rows if row["effect"] == "relieved"]
    assert row["goods"] == ["mi325x / h200-sxm / h200-nvl"]
    assert row["places"] == ["CN", "HK", "MO"]
    assert row["with"][0]["review_policy"] == "case-by-case"


def test_two_measures_are_told_apart(knowledge: Knowledge) -> None:
    card = affected(knowledge, by=[H20, MI308], as_of=DAY)
    assert {row["by"] for row in card.plain["parties"]} == {f"instrument:{H20}", f"instrument:{MI308}"}


def test_side_by_side_the_second_adds_frees_or_changes(knowledge: Knowledge, january: Card[Any]) -> None:
    """Each side of a comparison is what the measure changes alone."""
    card = affected(knowledge, compare=(ACS, RULE), as_of=DAY)
    rows = card.plain["compared"]
    swiss = [row for row in rows if "CH" in row["places"] and H100 in row["goods"] and "home" in row["headquarters"]]
    assert [(row["first"], row["second"]) for row in swiss] == [("none", "capped")]
    first = affected(knowledge, by=[ACS], as_of=DAY).plain
    for side, alone in (("first", first), ("second", january.plain)):
        told = [
            sorted((goods, seat, place, row[key]) for row in found for goods in row["goods"]
                   for seat in row["headquarters"] for place in row["places"] if row[key] != "none")
            for found, key in ((rows, side), (alone["differences"], "effect"))
        ]  # fmt: skip
        assert told[0] == told[1]
    parties = {(row["id"], row["role"]): row for row in card.plain["parties_compared"]}
    assert parties["organisation:nvidia", "seller"]["second"] == "capped"
    assert all(row["first"] != "none" or row["second"] != "none" for row in parties.values())
    assert [row["first"] != "none" for row in rows] == sorted(row["first"] != "none" for row in rows)
    with pytest.raises(UsageError, match="stands alone"):
        affected(knowledge, by=[ACS], compare=(ACS, RULE), as_of=DAY)


def test_nothing_changes_before_a_rule_begins(knowledge: Knowledge) -> None:
    """Not even for goods that the rule puts on the list: before, they are what they are without it."""
    states = affected(knowledge, by=[RULE], timeline=True).plain["states"]
    assert states[0]["since"] == "2025-01-13"
    assert [state["since"] for state in states] == sorted({state["since"] for state in states})
    day = next(state for state in states if state["since"] == "2025-05-15")
    rows = affected(knowledge, by=[RULE], as_of="2025-05-15").plain["differences"]
    capped = {place for row in rows if row["effect"] == "capped" for place in row["places"]}
    assert day["kinds"]["capped"] == len(capped)
    assert day["destinations"] == len({place for row in rows for place in row["places"]})
    assert "KH" in next(state for state in states if state["since"] == "2025-11-07")["turned"]
    letter = affected(knowledge, by=[H20], timeline=True, as_of="2025-06-01").plain["states"]
    assert [state["since"] for state in letter] == ["2025-04-09"]
    with pytest.raises(UsageError, match="one measure"):
        affected(knowledge, by=[RULE, H20], timeline=True)


def test_a_table_is_cut_on_the_screen_alone(knowledge: Knowledge, january: Card[Any]) -> None:
    shown = to_table(january, plain=True)
    assert f"Destinations that fare otherwise ({len(january.plain['differences'])})\n" in shown
    assert "each by itself: --all" in shown
    assert "[1] January 2025 worldwide requirement" in shown
    every = to_table(affected(knowledge, by=[RULE], as_of=DAY, every=True), plain=True)
    assert "--all" not in every
    assert json.loads(json.dumps(january.to_dict()))["answer"]["differences"] == january.plain["differences"]


def test_an_uncertain_effect_says_what_would_settle_it(knowledge: Knowledge) -> None:
    card = why(knowledge, "SK hynix", HBM, as_of=DAY)
    assert [(row["role"], row["effect"], row["goods"]) for row in card.plain["ties"]] == [
        ("seller", "uncertain", ["3A090.C"])
    ]
    assert any("--direct-product" in gap.why_it_matters for gap in card.unknown)


def test_why_tells_what_changes_before_the_paths(knowledge: Knowledge) -> None:
    card = why(knowledge, "NVIDIA", H20, as_of=DAY)
    (row,) = card.plain["ties"]
    assert (row["effect"], row["goods"]) == ("licence-needed", ["h20"])
    assert {"Tencent Holdings Limited", "Alibaba Group Holding Limited"} <= set(row["others"])
    assert {path["channel"] for path in card.plain["paths"]} >= {"duty", "market"}
    place = why(knowledge, "CH", RULE, as_of=DAY).plain
    assert place["ties"] == []
    assert any(H100 in row["goods"] for row in place["differences"])


def test_what_no_rule_decides_is_told_as_in_reach(knowledge: Knowledge) -> None:
    """Of instruments without rules of decision whom they can reach is told, with receipts, as not decided."""
    asked = "cn-cac-micron-2023-05"
    card = affected(knowledge, by=[asked], as_of=DAY)
    assert card.plain["differences"] == card.plain["parties"] == []
    assert card.plain["in_reach"] == knowledge.connected(by=[asked], as_of=DAY).plain["connected"]
    assert "organisation:amd" in {row["id"] for row in card.plain["in_reach"]}
    assert card.because
    assert "no rule of decision rests on it" in card.unknown[0].why_it_matters
    assert "in_reach" not in affected(knowledge, by=[H20], as_of=DAY).plain


def test_the_policy_of_an_entry_tells_how_hard_it_hits(knowledge: Knowledge) -> None:
    """A presumption of denial bars; an entry whose policy is several, or was not read, asks for a licence."""
    rows = affected(knowledge, by=["us-entity-list-2024-12"], as_of=DAY, roles=["listed"]).plain["parties"]
    hit = {row["id"]: (row["effect"], row["with"][0]["review_policy"]) for row in rows}
    assert hit["organisation:acm-research-korea"] == ("barred", "presumption-of-denial")
    assert {effect for effect, _ in hit.values()} == {"barred", "licence-needed"}


def test_a_captured_party_is_affected_through_its_owner(knowledge: Knowledge) -> None:
    """While the rule on affiliates was in force, who is owned by a listed party fares as if it were listed."""
    card = affected(knowledge, by=["us-entity-list-2024-12"], as_of=date(2025, 10, 10), roles=["captured"])
    rows = card.plain["parties"]
    assert rows
    assert all(row["through"] and row["effect"] in KINDS for row in rows)
    assert affected(knowledge, by=["us-entity-list-2024-12"], as_of=DAY, roles=["captured"]).plain["parties"] == []
    rule = affected(knowledge, by=["us-affiliates-rule-2025-09"], as_of=date(2025, 10, 10)).plain["parties"]
    assert {row["id"] for row in rows} <= {row["id"] for row in rule}
    assert {row["role"] for row in rule} == {"captured"}
    other = affected(knowledge, by=["cn-mofcom-61-2025-10"], as_of=date(2025, 10, 20)).plain
    assert other["parties"] == [], "the rule of another authority captures nobody for this one"
    suspended = affected(knowledge, by=["us-affiliates-rule-2025-09"], as_of=date(2025, 12, 1))
    assert suspended.plain["parties"] == []


@cache
def less(law: World, instrument: str) -> World:
    """The law without an instrument."""
    return without(law, Part(instrument))


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([RULE, H20, "us-acs-ifr-2023-10", HBM, "us-ear"]),
    st.sampled_from(GOODS),
    st.sampled_from(["CH", "GB", "CN", "AE", "VN", "AF", "KP", "IN", "HK", "RU"]),
    st.sampled_from(["CH", "CN", "GB", None]),
    st.sampled_from([date(2024, 1, 15), DAY, date(2026, 2, 1)]),
    st.sampled_from(["codified", "enforced"]),
)
def test_an_effect_is_the_difference_of_two_decisions(
    law: World, instrument: str, goods: Any, to: str, seat: str | None, day: date, lens: str
) -> None:
    other = less(law, instrument)
    case = transaction(goods, to, seat, day, lens)
    found = Comparison(law, other, day, lens).effect(case)
    before, after = ladder(case, other), ladder(case, law)
    assert (before[0].outcome, after[0].outcome) == tuple(Outcome.of(decide(case, world)) for world in (other, law))
    told = None if kind_of(before, after) == "none" else Effect(kind_of(before, after), before, after)
    assert found == told
