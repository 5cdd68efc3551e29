"""Scenarios: what they change is what changes, and nothing else does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.slowness import slow

from dualuse.analyse.connected import reach
from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked
from dualuse.law.groups import read_places
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.affected import Affected, affected
from dualuse.questions.check import check
from dualuse.questions.whatif import WhatIf, whatif
from dualuse.scenario import read_edits

DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
SWISS = ("swiss", Asked("H100 SXM", 1_699, "CH", hq="CH"))
POLISH = ("polish", Asked("H100 SXM", 2_000, "PL", hq="PL"))


pytestmark = pytest.mark.usefixtures("project_once")


def by_hand(network: Network) -> set[tuple[Any, ...]]:
    """Party, channel, place and group of every path by which the rule reaches a party."""
    found = set()
    for (party, channel), paths in reach(network, Node.parse(f"instrument:{RULE}")).items():
        for path in paths:
            groups = [(step.target, step.source) for step in path if step.kind in ("comprises", "puts-in-tier")]
            found.add((party, channel, *(groups[0] if groups else (None, None))))
    return found


@pytest.fixture(scope="module")
def after(knowledge: Knowledge) -> Knowledge:
    """The graph with Poland in Supplement No. 5."""
    return knowledge.with_edits(read_edits(knowledge, ["PL:supp5a"], [], []), DAY)


@pytest.fixture(scope="module")
def to_supplement_5(knowledge: Knowledge) -> Card[Any]:
    edits = read_edits(knowledge, ["PL:supp5a"], [], [])
    return whatif(knowledge, edits=edits, transactions=[POLISH, SWISS], as_of=DAY)


def test_poland_joins_supplement_5(knowledge: Knowledge, after: Knowledge, to_supplement_5: Card[Any]) -> None:
    """The exposures told are the difference of what reaches whom before and after, counted anew."""
    card = to_supplement_5
    (place,) = card.plain["places"]
    assert place == {
        "place": "PL",
        "name": "Poland",
        "tier_before": 2,
        "tier_after": 1,
        "left": [],
        "joined": ["us-supp5a"],
    }
    was, will = (by_hand(each.network(as_of=DAY, lens="codified")) for each in (knowledge, after))
    expected = {(party, channel, place) for party, channel, place, _ in was ^ will}
    told = {(row["id"], row["channel"], row["through"] or "") for row in card.plain["exposures"]}
    assert told == expected
    assert {place for *_, place in told} == {"place:PL"}
    for row in card.plain["exposures"]:
        key = (row["id"], row["channel"], row["through"] or "")
        lost = {group.removeprefix("group:") for *of, group in was - will if tuple(of) == key and group}
        gained = {group.removeprefix("group:") for *of, group in will - was if tuple(of) == key and group}
        assert (set(row["before"]), set(row["after"])) == (lost, gained)
    assert card.plain["transactions"] == [
        {
            "transaction": "polish",
            "before": "licence-required presumption-of-approval",
            "after": "licence-exception AIA",
        }
    ]


def test_a_scenario_tells_what_decisions_it_changes(
    knowledge: Knowledge, after: Knowledge, to_supplement_5: Card[Any]
) -> None:
    """Nothing changes but what goes to Poland, and as two checks say; who has sites there is told."""
    rows = to_supplement_5.plain["differences"]
    assert {place for row in rows for place in row["places"]} == {"PL"}
    (chips,) = [row for row in rows if "data-centre chips (H100)" in row["goods"] and "home" in row["headquarters"]]
    assert (chips["effect"], chips["with"][0]["exception"]) == ("relieved", "AIA")
    was, will = (check(k, "H100 SXM", 1, "PL", hq="PL", as_of=DAY).answer for k in (knowledge, after))
    assert (chips["without"][0]["outcome"], chips["with"][0]["outcome"]) == (was.outcome, will.outcome)
    assert (chips["without"][0]["exception"], chips["with"][0]["exception"]) == (was.exception, will.exception)
    assert "organisation:google" in {row["id"] for row in to_supplement_5.plain["parties"]}


def test_without_lpp(knowledge: Knowledge) -> None:
    edits = read_edits(knowledge, [], ["LPP"], [])
    card = whatif(knowledge, edits=edits, transactions=[SWISS, POLISH], as_of=DAY)
    assert card.plain["places"] == card.plain["exposures"] == []
    assert card.plain["transactions"] == [
        {
            "transaction": "swiss",
            "before": "licence-exception LPP",
            "after": "licence-required presumption-of-approval",
        }
    ]


def test_a_higher_threshold(knowledge: Knowledge) -> None:
    """With the limb on TPP alone out of reach, an H100 falls to the lower band's neighbours or out of the list."""
    edits = read_edits(knowledge, [], [], ["3a090.a-1/tpp-min=100000", "3a090.a-2/density-min=1000"])
    card = whatif(knowledge, edits=edits, transactions=[SWISS], as_of=DAY)
    assert [row["after"] for row in card.plain["transactions"]] == ["no-licence-required"]
    assert all(row["channel"] in ("item", "supply") for row in card.plain["exposures"])
    assert {row["change"] for row in card.plain["exposures"]} <= {"lost", "changed"}
    assert card.plain["exposures"]


def test_hong_kong_follows_china_and_the_store_is_untouched(knowledge: Knowledge) -> None:
    before = knowledge.store.quads()
    edits = read_edits(knowledge, ["CN:residual", "PL:residual"], ["LPP"], ["3a090.a-1/tpp-min=6000"])
    card = whatif(knowledge, edits=edits, transactions=[SWISS], as_of=DAY)
    tiers = {row["place"]: (row["tier_before"], row["tier_after"]) for row in card.plain["places"]}
    assert tiers == {"CN": (3, 2), "HK": (3, 2)}
    assert knowledge.store.quads() == before


def test_under_a_lens_in_which_nothing_is_touched(knowledge: Knowledge) -> None:
    card = whatif(knowledge, moves=["PL:supp5a"], as_of=DAY, lens="enforced")
    assert card.plain["exposures"] == []
    assert "not-enforced" in card.unknown[0].why_it_matters


@pytest.fixture(scope="module")
def swept(knowledge: Knowledge) -> WhatIf:
    """Every single change, ranked."""
    told: list[float] = []
    card = whatif(knowledge, sweep=True, progress=lambda part, _: told.append(part), as_of=DAY)
    assert told == sorted(told)
    assert told[-1] == 1
    return card.answer


def counts(told: WhatIf | Affected) -> tuple[int, int]:
    """How many parties and destinations fare otherwise."""
    places = {place for row in told.differences or () for place in row.places}
    return len({row.id for row in told.parties or ()}), len(places)


def ranks_fall_and_those_alike_share_one(swept: WhatIf) -> None:
    for rows in (swept.moves or (), swept.measures or ()):
        sizes = [(row.parties, row.destinations) for row in rows]
        assert sizes == sorted(sizes, reverse=True)
        assert [row.rank for row in rows] == [sizes.index(size) + 1 for size in sizes]
        assert all(sum(row.party_effects.values()) == row.parties for row in rows)
        assert all(sum(row.place_effects.values()) == row.destinations for row in rows)
        assert len({row.change for row in rows}) == len(rows) > 5


def a_move_is_counted_as_its_scenario_tells(knowledge: Knowledge, swept: WhatIf, move: str) -> None:
    row = next(row for row in swept.moves or () if row.change == move)
    assert (row.parties, row.destinations) == counts(whatif(knowledge, moves=[move], as_of=DAY).answer)


def an_instrument_is_counted_as_affected_tells(knowledge: Knowledge, swept: WhatIf, measure: str) -> None:
    row = next(row for row in swept.measures or () if row.change == measure)
    told = affected(knowledge, by=[measure], as_of=DAY).answer
    assert (row.parties, row.destinations) == counts(told)
    assert {*row.party_effects} <= {each.effect for each in told.parties or ()}


def no_move_leaves_a_place_where_it_is(knowledge: Knowledge, swept: WhatIf) -> None:
    places = read_places(knowledge.store)
    targets = {1: {"residual", "d5"}, 2: {"supp5a", "d5"}, 3: {"residual", "supp5a"}}
    for row in swept.moves or ():
        place, target = row.change.split(":")
        tier = places.tier(place, DAY)
        assert tier is not None
        assert target in targets[tier.level]


@slow("every move of every place is decided")
def test_a_sweep_tells_what_single_questions_tell(knowledge: Knowledge, swept: WhatIf) -> None:
    """In one test, or each process would sweep again."""
    ranks_fall_and_those_alike_share_one(swept)
    for move in ("PL:supp5a", "CN:residual", "AE:d5"):
        a_move_is_counted_as_its_scenario_tells(knowledge, swept, move)
    for measure in (RULE, "us-h20-is-informed-2025-04"):
        an_instrument_is_counted_as_affected_tells(knowledge, swept, measure)
    no_move_leaves_a_place_where_it_is(knowledge, swept)


@pytest.mark.parametrize(
    ("moves", "removed", "thresholds", "said"),
    [
        ((), (), (), "say what to change"),
        (("PL",), (), (), "must be PLACE:GROUP"),
        (("PL:nato",), (), (), "no group 'nato' that decides a tier; known: supp5a, d5, macau-d5, residual"),
        (("Atlantis:d5",), (), (), "no place 'Atlantis'"),
        ((), ("XYZ",), (), "no licence exception 'XYZ'; known: ACA, ACM, AIA, HBM, LPP, NAC"),
        ((), (), ("3a090.a-1=6000",), "must be THRESHOLD/BOUND=NUMBER; thresholds: 3a090.a-1"),
        ((), (), ("3a090.a-1/colour=6",), "must be THRESHOLD/BOUND=NUMBER"),
        ((), (), ("3a090.z-9/tpp-min=6",), "must be THRESHOLD/BOUND=NUMBER"),
    ],
)
def test_edits_that_cannot_be(
    knowledge: Knowledge, moves: tuple[str, ...], removed: tuple[str, ...], thresholds: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_edits(knowledge, moves, removed, thresholds)
    assert said in str(caught.value)


def test_claims_turn(to_supplement_5: Card[Any]) -> None:
    """Claims of eighteen partners turn false when a nineteenth joins; counts of the rest are held against one less."""
    turned = {row["claim"]: row["turns"] for row in to_supplement_5.plain["claims"]}
    assert turned["sc-08-05"] == "differs"
    assert turned["sc-06-02"] is None
    (count,) = (row for row in to_supplement_5.plain["claims"] if row["claim"] == "sc-06-02")
    assert count["before"].startswith("differs: 152 of 193")
    assert count["after"].startswith("differs: 151 of 193")
    assert "sc-22-01" not in turned
