"""What a part of the law changes: the difference of two decisions, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from dualuse.analyse.effects import GOODS, Goods, patterns, transaction
from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.decide import decide
from dualuse.law.effect import KINDS, Comparison, Outcome, Step, effect, kind_of, ladder, sums
from dualuse.law.transaction import Transaction, World
from dualuse.law.without import Part, without
from dualuse.lens import Lens
from dualuse.namespaces import NS, thing
from dualuse.questions.check import check
from dualuse.questions.whatif import whatif
from dualuse.store import MemoryStore

DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
CHIPS = [goods.name for goods in GOODS if goods.product or goods.item == "4a090.a"]
FREE = Outcome("no-licence-required")
LPP = Outcome("licence-exception", "LPP", duties=("notice",))
APPROVAL, DENIAL, OPEN = (
    Outcome("licence-required", review_policy=policy)
    for policy in ("presumption-of-approval", "presumption-of-denial", "")
)
UNKNOWN = Outcome("indeterminate")


def read(knowledge: Knowledge) -> World:
    """All the law needs."""
    return knowledge.law


@pytest.fixture(scope="module")
def law(knowledge: Knowledge) -> World:
    """The law as it stands."""
    return read(knowledge)


@pytest.fixture(scope="module")
def january(knowledge: Knowledge) -> Card[Any]:
    """What the rule of January 2025 changes."""
    return whatif(knowledge, parts=(RULE,), as_of=DAY)


def rows(card: Card[Any], goods: str, seat: str, place: str) -> list[dict[str, Any]]:
    """Differences that hold for some goods, a seat and a place."""
    return [
        row
        for row in card.plain["differences"]
        if goods in row["goods"] and seat in row["headquarters"] and place in row["places"]
    ]


@pytest.mark.parametrize("place", ["CH", "PL", "IN"])
def test_tier_2_goes_from_free_to_lpp_and_a_licence(january: Card[Any], place: str) -> None:
    (row,) = rows(january, GOODS[0].name, "home", place)
    assert row["effect"] == "capped"
    assert [step["outcome"] for step in row["without"]] == ["no-licence-required"]
    told = [(step["units"], step["exception"] or step["review_policy"]) for step in row["with"]]
    assert (1, "LPP") in told
    assert (1_700, "presumption-of-approval") in told
    assert (49_899, "policy-of-denial") in told


def test_the_emirates_are_capped_where_a_licence_was_needed_before(january: Card[Any]) -> None:
    (row,) = rows(january, GOODS[0].name, "home", "AE")
    assert row["effect"] == "capped"
    assert row["without"][0]["review_policy"] == row["with"][0]["review_policy"] == "presumption-of-approval"


def test_the_united_kingdom_is_excepted_with_a_certificate(january: Card[Any]) -> None:
    (row,) = rows(january, GOODS[0].name, "home", "GB")
    assert row["effect"] == "excepted"
    assert {step["exception"] for step in row["with"]} == {"AIA"}
    assert any("certificate" in duty for duty in row["with"][0]["duties"])


@pytest.mark.parametrize("place", ["AF", "US", "AS"])
def test_where_chips_fare_as_before_nothing_is_told(january: Card[Any], place: str) -> None:
    """A denial that stood before, and what never left the United States, is no effect."""
    assert not [row for goods in CHIPS[:1] for row in rows(january, goods, "home", place)]


def test_weights_are_new_everywhere_but_in_tier_1(january: Card[Any]) -> None:
    assert {row["effect"] for row in rows(january, "model weights (4E091)", "home", "CH")} == {"barred"}
    assert {row["effect"] for row in rows(january, "model weights (4E091)", "home", "GB")} == {"excepted"}


def test_no_row_is_the_same_before_and_after(january: Card[Any]) -> None:
    found = january.plain["differences"]
    assert found
    assert all(row["without"] != row["with"] and row["effect"] != "none" for row in found)
    assert {row["effect"] for row in found} <= set(KINDS)
    home = ["home" in row["headquarters"] for row in found]
    assert home == sorted(home, reverse=True), "buyers at home come first"
    assert january.because


def cases() -> Iterator[Transaction]:
    """Transactions of many kinds on the day."""
    for goods, to, seat in product(GOODS, ("CH", "GB", "AE", "CN", "AF", "IR"), ("", "CN")):
        yield transaction(goods, to, seat or to, DAY, "codified")


@pytest.mark.parametrize("instrument", [RULE, "us-acs-ifr-2023-10", "us-fdp-hbm-ifr-2024-12", "us-h200-rule-2026-01"])
def test_the_law_without_an_instrument_is_the_graph_without_its_rules(
    knowledge: Knowledge, law: World, instrument: str
) -> None:
    """The effect is the difference of two checks: one in the graph, one in a copy that never had the instrument's text.

    What it put on a list, and thresholds, are left to the tests below.
    """
    copy = MemoryStore()
    copy.replace("".join(knowledge.store.quads()).encode())
    named = f"<{thing('instrument', instrument)}>"
    for gone, where in (
        ("?rule a du:DecisionRule", f"?rule a du:DecisionRule ; du:onInstrument {named}"),
        ("?text ?end ?day", f"?text du:endedBy {named} ; ?end ?day"),
    ):
        ends = "VALUES ?end { du:validTo du:validToEarliest du:validToLatest du:endedBy }"
        copy.store.update(
            f"PREFIX du: <{NS}> DELETE {{ GRAPH ?g {{ {gone} }} }} WHERE {{ GRAPH ?g {{ {where} }} {ends} }}"
        )
    other, less = read(Knowledge(copy)), without(law, Part(instrument))
    put = {item for item, by in law.control_list.begun_by.items() if by == instrument}
    tried = 0
    for case in cases():
        if case.item in put or (case.product and instrument == "us-acs-ifr-2023-10"):
            continue
        tried += 1
        assert Outcome.of(decide(case, less)) == Outcome.of(decide(case, other)), case
    assert tried > 10
    assert {rule.node for rule in less.rules.rules} == {rule.node for rule in other.rules.rules}


def test_what_changes_nothing_leaves_every_decision(law: World) -> None:
    """A definition binds nobody: without it, every transaction comes out as with it."""
    less = without(law, Part(RULE, f"{RULE}.740.29-h-1", stays=False))
    assert patterns(Comparison(law, less, DAY, "codified"), ["CH", "GB", "CN"]) == []
    assert all(decide(case, law).outcome == decide(case, less).outcome for case in cases())


def test_what_an_instrument_ended_goes_on_without_it(law: World) -> None:
    """NAC of 2023 served destinations outside D:5 until ACA was split off in April 2024."""
    day, part = date(2024, 6, 3), Part("us-acs-sme-corrections-2024-04")
    case = transaction(GOODS[1], "VN", "VN", day, "codified")
    assert decide(case, law).exception == "ACA"
    assert decide(case, without(law, part)).exception == "NAC"


def test_what_an_instrument_put_on_the_list_is_free_without_it(law: World) -> None:
    case = transaction(Goods("weights", item="4e091"), "CH", "CH", DAY, "codified")
    assert decide(case, without(law, Part(RULE))).outcome == "no-licence-required"


def test_groups_go_back_to_what_they_were(law: World) -> None:
    day = date(2026, 8, 2)
    less = without(law, Part("us-uae-rule-2026-07"))
    assert law.groups("AE", day).get("us-a5") is True
    assert less.groups("AE", day).get("us-a5") is None
    assert less.groups("AE", day).get("us-d4") is True


def test_a_letter_reaches_the_chips_and_the_exporter_it_names(knowledge: Knowledge) -> None:
    card = whatif(knowledge, parts=("us-h20-is-informed-2025-04",), as_of=DAY)
    assert rows(card, "h20, nvidia", "home", "CN")
    assert {goods for row in card.plain["differences"] for goods in row["goods"]} == {"h20, nvidia"}


def test_a_stay_is_seen_under_the_lens_that_heeds_it(knowledge: Knowledge) -> None:
    """The announced end of the rule of January 2025 frees Swiss buyers where what is enforced counts."""
    stay = ("us-ai-diffusion-rescission-2025-05",)
    assert not whatif(knowledge, parts=stay, as_of=DAY, lens=Lens.CODIFIED).plain["differences"]
    (row,) = rows(whatif(knowledge, parts=stay, as_of=DAY, lens=Lens.ENFORCED), GOODS[0].name, "home", "CH")
    assert row["effect"] == "relieved"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (FREE, DENIAL, "barred"),
        (FREE, APPROVAL, "licence-needed"),
        (FREE, OPEN, "licence-needed"),
        (FREE, LPP, "excepted"),
        (LPP, LPP._replace(duties=("notice", "report")), "duty"),
        (LPP._replace(duties=("notice", "report")), LPP, "relieved"),
        (DENIAL, APPROVAL, "relieved"),
        (LPP, FREE, "relieved"),
        (FREE, UNKNOWN, "uncertain"),
        (OPEN, APPROVAL, "uncertain"),
        (FREE, FREE, "none"),
    ],
)
def test_kinds_of_effect(before: Outcome, after: Outcome, kind: str) -> None:
    assert kind_of((Step(1, before),), (Step(1, after),)) == kind


def test_more_units_that_fare_better_are_a_relief() -> None:
    aia = Outcome("licence-exception", "AIA", duties=("certificate",))
    assert kind_of((Step(1, LPP), Step(1_700, APPROVAL)), (Step(1, aia),)) == "relieved"


def test_more_units_that_fare_worse_are_a_cap(law: World) -> None:
    assert kind_of((Step(1, APPROVAL),), (Step(1, APPROVAL), Step(9, DENIAL))) == "capped"
    case = transaction(GOODS[0], "CH", "CH", DAY, "codified")
    assert [step.units for step in ladder(case, law)] == sorted({step.units for step in ladder(case, law)})
    assert effect(case, law, law).kind == "none"


@pytest.mark.parametrize("instrument", [RULE, "us-h200-rule-2026-01"])
def test_no_turn_is_missed(law: World, instrument: str) -> None:
    """Nothing changes between the quantities tried: asked beside every bound of every rule of the day."""
    less = without(law, Part(instrument))
    places, chips = ("CH", "AE", "CN"), ("h100-sxm", "rtx4090", "h20")
    tried = 0
    for world, place, chip in product((law, less), places, chips):
        case = transaction(Goods(chip, product=chip), place, place, date(2026, 2, 1), "codified")
        tpp = law.control_list.chips[chip].tpp or 0
        docket = world.docket(case.as_of, case.lens)
        bounds = {b.tpp for rules in docket.rules.values() for rule, _ in rules for b in sums(rule.when)}
        steps = ladder(case, world)
        for units in sorted({max(1, int(bound // tpp) + beside) for bound in bounds for beside in (-1, 0, 1)}):
            expected = next(step.outcome for step in reversed(steps) if step.units <= units)
            assert Outcome.of(decide(replace(case, quantity=units), world)) == expected, (place, chip, units)
            tried += 1
    assert tried > 100


def test_remove_stands_alone(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="by itself"):
        whatif(knowledge, parts=(RULE,), moves=("PL:supp5a",))
    with pytest.raises(UsageError, match="by itself"):
        whatif(knowledge, parts=(RULE, "us-h20-is-informed-2025-04"))


def test_an_instrument_without_rules_says_so(knowledge: Knowledge) -> None:
    card = whatif(knowledge, parts=("cn-cac-micron-2023-05",), as_of=DAY)
    assert card.plain["differences"] == []
    assert "no rule of decision rests on it" in card.unknown[0].why_it_matters


def parties(card: Card[Any], role: str) -> list[str]:
    """Keys of the parties in a role, in their order."""
    return [row["id"].partition(":")[2] for row in card.plain["parties"] if row["role"] == role]


def test_who_sells_comes_first_and_makers_only_through_them(january: Card[Any]) -> None:
    assert parties(january, "seller")[:2] == ["nvidia", "amd"]
    own = [row for row in january.plain["parties"] if row["id"] == "organisation:tsmc"]
    assert [(row["role"], row["through"]) for row in own] == [("supplier", "organisation:nvidia")]
    assert {"oracle", "microsoft"} <= set(parties(january, "site"))
    assert all(row["without"] != row["with"] for row in january.plain["parties"])


def test_a_letter_to_one_seller_hits_it_its_customers_and_its_suppliers(knowledge: Knowledge) -> None:
    card = whatif(knowledge, parts=("us-h20-is-informed-2025-04",), as_of=DAY)
    assert parties(card, "seller") == ["nvidia"]
    assert {"alibaba", "tencent"} <= set(parties(card, "buyer"))
    assert "skhynix" in parties(card, "supplier")
    assert {row["through"] for row in card.plain["parties"] if row["role"] == "supplier"} == {"organisation:nvidia"}


def test_who_is_listed_fares_otherwise_for_it(knowledge: Knowledge) -> None:
    """Chips off the list go to Huawei only with a licence; the rule of January 2025 lists nobody."""
    card = whatif(knowledge, parts=("us-huawei-entity-list-2019-05",), as_of=DAY)
    (row,) = (row for row in card.plain["parties"] if row["id"] == "organisation:huawei")
    assert row["role"] == "listed"
    assert "chips off the list (H20)" in row["goods"]
    assert card.plain["differences"] == []
    assert card.because
    assert not card.unknown


def test_a_list_that_no_rule_asks_for_is_left_out(knowledge: Knowledge) -> None:
    card = whatif(knowledge, parts=("cn-uel-2025-04-04",), as_of=DAY)
    assert card.plain["parties"] == []
    assert card.unknown


def test_a_share_is_bounded_by_what_is_on_record(january: Card[Any]) -> None:
    sizes = [row["magnitude"] for row in january.plain["parties"] if row["magnitude"]]
    assert sizes
    assert all(size["min"] == 0 and 0 < size["max"] <= 100 for size in sizes)


def test_an_effect_on_a_tie_is_the_difference_of_two_checks(knowledge: Knowledge, law: World) -> None:
    """NVIDIA's strongest chip to Swiss buyers, asked of `check` with the rule and in a graph without it."""
    repealed = Knowledge(knowledge.store)
    repealed.law = other = without(law, Part(RULE))
    for place in ("CH", "GB", "AE"):
        with_it = check(knowledge, item="GB300", to=place, hq=place, exporter="AMD", as_of=DAY).answer
        case = transaction(Goods("gb300", product="gb300"), place, place, DAY, "codified")
        found = effect(case, law, other)
        assert found.after[0].outcome.outcome == with_it.outcome
        assert found.after[0].outcome.code == (with_it.exception or "")
        without_it = check(repealed, item="GB300", to=place, hq=place, exporter="AMD", as_of=DAY).answer
        assert found.before[0].outcome.outcome == without_it.outcome
