"""Which groups, sites and supply links a measure touches."""

from __future__ import annotations

from typing import Any

import pytest

from dualuse.analyse.connected import Magnitude
from dualuse.analyse.touched import burdened_groups, members, sites_in, supply_touched
from dualuse.knowledge import Knowledge
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.exposure import read_policies

from .conftest import RULE, join, tiny


@pytest.fixture
def small() -> Network:
    kinds = {
        "alloc": ("allocation",),
        "deny": ("review-policy",),
        "approve": ("review-policy",),
        "need": ("prohibition",),
    }
    measures = {f"measure__{key}": {"types": types} for key, types in kinds.items()}
    groups: dict[str, dict[str, Any]] = {f"group__{key}": {} for key in ("one", "two", "three", "us_world")}
    places: dict[str, dict[str, Any]] = {f"place__{key}": {} for key in ("A", "B", "C")}
    made = tiny(instrument__rule={"status": "in-force"}, **measures, **groups, **places)
    for key in kinds:
        join(made, "instrument:rule", "does", f"measure:{key}")
    join(made, "measure:alloc", "scopes", "group:one")
    join(made, "measure:alloc", "scopes", "group:two")
    join(made, "measure:alloc", "scopes", "group:us-world")
    join(made, "measure:deny", "scopes", "group:three")
    join(made, "measure:approve", "scopes", "group:one")
    join(made, "measure:need", "scopes", "group:one")
    join(made, "group:two", "comprises", "place:B")
    join(made, "group:three", "puts-in-tier", "place:C")
    return made


POLICIES = {Node("measure", "deny"): "policy-of-denial", Node("measure", "approve"): "presumption-of-approval"}


def test_burdened_are_denied_or_allocated_and_not_only_approved(small: Network) -> None:
    assert burdened_groups(small, Node("instrument", "rule"), POLICIES) == (
        Node("group", "three"),
        Node("group", "two"),
    )
    assert burdened_groups(small, Node("measure", "deny"), POLICIES) == (Node("group", "three"),)


def test_a_named_place_is_burdened_as_a_group_of_one(small: Network) -> None:
    join(small, "measure:deny", "names-place", "place:A")
    burdened = burdened_groups(small, Node("measure", "deny"), POLICIES)
    assert burdened == (Node("group", "three"), Node("place", "A"))
    assert members(small, burdened) == {Node("place", "A"), Node("place", "C")}


def test_without_denial_and_allocation_requirements_count(small: Network) -> None:
    assert burdened_groups(small, Node("measure", "need"), POLICIES) == (Node("group", "one"),)
    assert burdened_groups(small, Node("measure", "approve"), POLICIES) == (Node("group", "one"),)
    assert burdened_groups(small, Node("instrument", "absent"), POLICIES) == ()


def test_members(small: Network) -> None:
    assert members(small, [Node("group", "two"), Node("group", "three"), Node("group", "absent")]) == {
        Node("place", "B"),
        Node("place", "C"),
    }


def test_the_rule_burdens_tiers_two_and_three(network: Network, knowledge: Knowledge) -> None:
    groups = burdened_groups(network, Node.parse(f"instrument:{RULE}"), read_policies(knowledge))
    assert groups == ("group:us-ai-residual", "group:us-macau-d5", "group:us-supp5b")
    tiers = {network.nodes[place]["tier"] for place in members(network, groups)}
    assert tiers == {"2", "3"}


@pytest.fixture
def trade() -> Network:
    parties: dict[str, dict[str, Any]] = {
        f"organisation__{key}": {} for key in ("maker", "here", "there", "chips", "tools")
    }
    made = tiny(place__A={}, place__B={}, **parties)
    for seat, party in (("A", "here"), ("B", "there"), ("A", "chips"), ("A", "tools")):
        join(made, f"place:{seat}", "seats", f"organisation:{party}")
    join(made, "place:A", "hosts", "organisation:maker")
    join(made, "place:B", "hosts", "organisation:maker")
    sale = {"unit": "supplier-revenue"}
    join(made, "organisation:maker", "supplies", "organisation:here", min=20.0, max=25.0, **sale)
    join(made, "organisation:maker", "supplies", "organisation:there", min=30.0, max=30.0, **sale)
    join(made, "organisation:maker", "supplies", "organisation:chips")
    join(made, "organisation:tools", "supplies", "organisation:maker")
    return made


def test_sites(trade: Network) -> None:
    assert sites_in(trade, Node("organisation", "maker"), {Node("place", "B")}) == ((Node("place", "B"),), (), 2)
    assert sites_in(trade, Node("organisation", "absent"), {Node("place", "B")}) == ((), (), 0)


def test_supply_touched(trade: Network) -> None:
    customers, suppliers = supply_touched(
        trade, Node("organisation", "maker"), {Node("place", "B")}, {Node("organisation", "chips")}
    )
    assert customers.partners == ("organisation:chips", "organisation:here", "organisation:there")
    assert customers.touched == ("organisation:chips", "organisation:there")
    assert customers.share == Magnitude(30, 80, "percent of its revenue")
    assert (suppliers.direction, suppliers.touched, suppliers.share) == ("suppliers", (), None)
    assert supply_touched(trade, Node("organisation", "here"), {Node("place", "B")}, ())[0].direction == "suppliers"
    assert supply_touched(trade, Node("organisation", "absent"), (), ()) == []


def test_no_sourced_share_is_no_share(trade: Network) -> None:
    (customers,) = supply_touched(
        trade, Node("organisation", "tools"), {Node("place", "B")}, {Node("organisation", "maker")}
    )
    assert (customers.touched, customers.share) == (("organisation:maker",), None)
