"""Who is connected: the channels on a small network, and what must hold on the real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import click.testing
import pytest

from dualuse.analyse.connected import CHANNELS, instrument_of, place_of, reach, routes
from dualuse.analyse.connected import connected as connected_by
from dualuse.analyse.missing import missing
from dualuse.card import Card
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.connected import connected
from dualuse.questions.whatif import whatif
from dualuse.questions.why import why
from dualuse.scenario import Edits
from dualuse.show.labels import name_of, read_labels

from .conftest import DAY, RULE, join, tiny

Ask = Callable[..., click.testing.Result]
NODE = Node("instrument", RULE)


@pytest.fixture
def small() -> Network:
    """A rule with an allocation to a group and a duty; a place in the group, a firm with a seat and a site there."""
    made = tiny(
        instrument__rule={"status": "in-force"},
        measure__alloc={"types": ("allocation",)},
        measure__duty={"types": ("duty",)},
        group__g={},
        place__A={"tier": "2"},
        place__B={"tier": "1"},
        organisation__firm={"types": ("company-cloud",)},
        organisation__ministry={"types": ("government",)},
        bearer__provider={},
    )
    for measure in ("alloc", "duty"):
        join(made, "instrument:rule", "does", f"measure:{measure}")
        join(made, f"measure:{measure}", "scopes-headquarters", "group:g")
    join(made, "measure:alloc", "scopes", "group:g")
    join(made, "measure:duty", "binds", "bearer:provider")
    join(made, "group:g", "comprises", "place:A")
    for party in ("firm", "ministry"):
        join(made, "place:A", "seats", f"organisation:{party}")
    join(made, "place:A", "hosts", "organisation:firm")
    join(made, "bearer:provider", "borne-by", "organisation:firm")
    join(made, "instrument:rule", "lists", "organisation:firm")
    return made


def test_channels_of_a_rule_and_of_one_measure(small: Network) -> None:
    found = [
        (effect.party, effect.channel, effect.depth, effect.more_paths)
        for effect in connected_by(small, Node("instrument", "rule"))
    ]
    assert found == [
        ("place:A", "destination", 3, 0),
        ("organisation:firm", "headquarters", 4, 1),
        ("organisation:firm", "duty", 3, 0),
        ("organisation:firm", "site", 4, 0),
        ("organisation:firm", "listing", 1, 0),
    ]
    assert {channel for _, channel in reach(small, Node("measure", "duty"))} == {"headquarters", "duty"}
    assert instrument_of(small, Node("measure", "duty")) == Node("instrument", "rule")
    assert connected_by(small, Node("instrument", "absent")) == []


def test_tier_keeps_paths_through_it(small: Network) -> None:
    channels = {effect.channel for effect in connected_by(small, Node("instrument", "rule"), tier="2")}
    assert channels == {"destination", "headquarters", "site"}
    assert connected_by(small, Node("instrument", "rule"), tier="1") == []


def test_an_addressee_is_connected_by_duty(small: Network) -> None:
    join(small, "measure:alloc", "addresses", "organisation:ministry")
    assert (Node("organisation", "ministry"), "duty") in reach(small, Node("measure", "alloc"))


def test_a_place_named_by_a_measure_is_reached_without_a_group(small: Network) -> None:
    join(small, "measure:duty", "names-place", "place:B")
    join(small, "place:B", "hosts", "organisation:ministry")
    found = reach(small, Node("measure", "duty"))
    assert place_of(found[Node("place", "B"), "destination"][0]) == ("place:B", "measure:duty")
    assert (Node("organisation", "ministry"), "site") in found
    (entry,) = [each for each in missing(small, Node("measure", "duty"), Node("place", "A")) if each.recorded]
    assert entry.recorded.endswith("the measure scopes place:B")
    sites = next(
        e for e in missing(small, Node("measure", "duty"), Node("organisation", "firm")) if e.channel == "site"
    )
    assert sites.needed == "an operating site in place:B"


def test_routes_put_measures_together(small: Network) -> None:
    paths = reach(small, Node("instrument", "rule"))[Node("organisation", "firm"), "headquarters"]
    assert [len(route) for route in routes(paths)] == [2]
    assert place_of(paths[0]) == ("place:A", "group:g")
    assert place_of(reach(small, Node("instrument", "rule"))[Node("organisation", "firm"), "listing"][0]) is None


def test_what_is_missing(small: Network) -> None:
    found = {
        entry.channel: entry for entry in missing(small, Node("instrument", "rule"), Node("organisation", "ministry"))
    }
    assert list(found) == ["headquarters", "duty", "item", "market", "supply", "site", "listing"]
    assert found["headquarters"].recorded == "its seat is in scope, but it neither buys nor sells"
    assert found["duty"].needed == "that it acts in one of these roles"
    assert found["site"].recorded == "no site is recorded"
    (place,) = missing(small, Node("instrument", "rule"), Node("place", "B"))
    assert (place.channel, place.needed) == ("destination", "membership in one of: group:g")
    absent = {
        entry.channel: entry.recorded
        for entry in missing(small, Node("measure", "duty"), Node("organisation", "absent"))
    }
    assert absent["headquarters"] == "no seat is recorded"
    assert "headquarters" not in {
        entry.channel for entry in missing(small, Node("instrument", "rule"), Node("organisation", "firm"))
    }


def keys(card: Card[Any]) -> set[tuple[str, str]]:
    return {(row["id"], row["channel"]) for row in card.plain["connected"]}


def test_the_enforced_lens_is_empty_and_says_why(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=DAY, lens="enforced", by=[RULE])
    assert card.plain["connected"] == []
    assert "is not-enforced on 2025-06-01" in card.unknown[0].what
    assert connected(knowledge, as_of=DAY, by=[RULE]).plain["connected"] != []


@pytest.mark.parametrize(
    ("party", "channels"),
    [
        ("micron", {"headquarters", "supply"}),
        ("asml", {"headquarters", "market", "supply"}),
        ("ytl-power", {"headquarters", "duty", "supply", "site"}),
        ("ETH Zurich", {"headquarters", "site"}),
        ("cscs", {"headquarters", "supply", "site"}),
    ],
)
def test_why_opens_every_edge_to_a_source(knowledge: Knowledge, party: str, channels: set[str]) -> None:
    card = why(knowledge, party, RULE, as_of=DAY)
    assert {row["channel"] for row in card.plain["paths"]} == channels
    steps = {sentence.partition(" [")[0] for row in card.plain["paths"] for sentence in row["path"]}
    sources = {receipt.text: receipt.source for receipt in card.because}
    assert steps <= set(sources)
    assert all(source.startswith("http") for source in sources.values())
    told = ("routes by market are not shown", "what changes for")
    assert [gap.what for gap in card.unknown if not any(each in gap.what for each in told)] == []


def test_why_nobody_is_connected_is_told(knowledge: Knowledge) -> None:
    earths = connected(knowledge, by=["cn-mofcom-18-2025-04"], as_of="2025-10-20")
    assert earths.plain["connected"] == []
    assert "for: Every destination abroad; Samarium, gadolinium" in earths.unknown[1].what
    bill = connected(knowledge, by=["us-bill-match-act"], as_of="2026-09-01")
    assert bill.unknown[-1].why_it_matters == "A bill: it does nothing before it is enacted."
    letter = connected(knowledge, by=["us-h20-is-informed-2025-04"], as_of="2025-05-01", channels=["duty"])
    assert [row["party"] for row in letter.plain["connected"]] == ["NVIDIA Corporation"]


def test_a_party_with_no_path_is_told_so(knowledge: Knowledge) -> None:
    card = why(knowledge, "mofcom", RULE, as_of=DAY)
    assert card.plain["paths"] == []
    assert card.unknown[1].what.startswith(f"no sourced path leads from {RULE} to organisation:mofcom")
    needed = {row["channel"]: row["needed"] for row in card.plain["would_take"]}
    assert needed["headquarters"] == "that it trades in goods"
    assert needed["listing"] == "an entry for it on a list of this instrument"
    early = why(knowledge, "asml", RULE, as_of=DAY, lens="enforced")
    assert (
        early.plain["would_take"][0]["needed"]
        == "a day and a lens on which it is in force, or effective and not yet due"
    )


def test_all_paths_are_bounded_and_the_cut_is_told(knowledge: Knowledge) -> None:
    card = why(knowledge, "asml", RULE, as_of=DAY, every=True)
    counts = {channel: sum(row["channel"] == channel for row in card.plain["paths"]) for channel in CHANNELS}
    assert counts["market"] == 50
    more = next(row["more_paths"] for row in card.plain["paths"] if row["channel"] == "market")
    assert f"{more + 1 - 50} more paths by market are not shown" in {gap.what for gap in card.unknown}
    short = why(knowledge, "tsmc", RULE, as_of=DAY)
    assert sum(row["channel"] == "supply" for row in short.plain["paths"]) == 8
    assert any("more routes by supply are not shown" in gap.what for gap in short.unknown)


def test_several_measures_are_one_sorted_list(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=DAY, by=[RULE, "us-foundry-dd-ifr-2025-01", "alloc-country"], kind="company")
    rows = card.plain["connected"]
    assert {row["by"] for row in rows} == {RULE, "us-foundry-dd-ifr-2025-01", "alloc-country"}
    assert [CHANNELS.index(row["channel"]) for row in rows] == sorted(CHANNELS.index(row["channel"]) for row in rows)
    items = [row["magnitude"]["max"] for row in rows if row["channel"] == "item"]
    assert items == sorted(items, reverse=True)


@pytest.mark.parametrize("group_by", ["kind", "channel", "place"])
def test_groups_count_what_the_list_has(knowledge: Knowledge, group_by: str) -> None:
    listed = connected(knowledge, as_of=DAY, by=[RULE])
    groups = connected(knowledge, as_of=DAY, by=[RULE], group_by=group_by).plain["groups"]
    assert {member for row in groups for member in row["members"]} == {party for party, _ in keys(listed)}
    assert all(
        row["parties"] == len(row["members"]) and row["effects"] == sum(row["channels"].values()) for row in groups
    )
    if group_by == "channel":
        assert sum(row["effects"] for row in groups) == len(listed.plain["connected"])
    if group_by == "place":
        assert next(row for row in groups if row["place"] == "CH")["members"][0] == "organisation:cscs"


def test_tier_two_by_kind(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=DAY, by=[RULE], tier=2, group_by="kind")
    found = {row["kind"]: row for row in card.plain["groups"]}
    assert found["place"]["parties"] == 159
    assert found["university"]["members"] == ["organisation:cscs", "organisation:eth-zurich"]


def test_kinds_have_names_in_every_language(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=DAY, by=[RULE], group_by="kind")
    labels = read_labels(knowledge.store, card)
    names = {row["kind"]: name_of(labels, "kind", row["kind"]) for row in card.plain["groups"]}
    assert {"company", "place", "university"} <= set(names)
    assert [kind for kind, name in names.items() if name.one] == []


def test_unknown_grouping(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="no way to count 'mood'; known: kind, channel, place"):
        connected(knowledge, as_of=DAY, by=[RULE], group_by="mood")


def test_listed_parties_point_to_the_ownership_rule(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=DAY, by=["us-entity-list-2024-12"])
    assert "organisation:wingtech" in {row["id"] for row in card.plain["connected"]}
    assert any("dualuse owned" in gap.why_it_matters for gap in card.unknown)


def test_whatif_and_connected_agree(knowledge: Knowledge) -> None:
    """What a move is said to change is exactly what changes in who is connected, and nothing else changes."""
    edits = Edits(moves=(("PL", "us-supp5a"),))
    other = knowledge.with_edits(edits, DAY)
    before, after = (connected(k, as_of=DAY, by=[RULE]) for k in (knowledge, other))
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in whatif(knowledge, edits=edits, as_of=DAY).plain["exposures"]:
        told.setdefault((row["id"], row["channel"]), []).append(row)
    was, will = (reach(k.network(as_of=DAY, lens="codified"), NODE) for k in (knowledge, other))
    places = [{key: {place_of(path) for path in paths} for key, paths in found.items()} for found in (was, will)]
    assert set(told) == {key for key in was | will if places[0].get(key) != places[1].get(key)}
    gained, lost = keys(after) - keys(before), keys(before) - keys(after)
    assert gained | lost <= set(told)
    assert all({row["change"] for row in told[key]} == {"gained"} for key in gained)
    assert all({row["change"] for row in told[key]} == {"lost"} for key in lost)
    same = [
        [row for row in card.plain["connected"] if (row["id"], row["channel"]) not in told] for card in (before, after)
    ]
    assert same[0] == same[1] != []
    assert ("place:PL", "destination") in told


def test_command(ask: Ask) -> None:
    arguments = ("--by", f"{RULE},alloc-country", "--as-of", "2025-06-01", "--tier", "2", "--group-by", "kind")
    shown = ask("connected", *arguments)
    assert shown.exit_code == 0
    assert "university" in shown.output
    document = json.loads(ask("connected", *arguments, "--format", "json").output)
    assert document["question"]["group_by"] == "kind"
    assert document["question"]["tier"] == 2
    assert ask("connected", "--by", RULE, "--tier", "4").exit_code == 2
    plain = json.loads(ask("connected", "--by", RULE, "--as-of", "2025-06-01", "--format", "json").output)
    assert set(plain["question"]) == {"command", "by", "party", "channels", "kind", "supply_hops"}
    assert list(plain["answer"]) == ["connected"]


def test_before_the_rule_nobody_is_connected(knowledge: Knowledge) -> None:
    card = connected(knowledge, as_of=date(2025, 1, 12), by=[RULE])
    assert card.plain["connected"] == []
    assert card.unknown
