"""Clearance is earned: what no rule covers is never cleared, and the part of the law that stands between is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.law.decide import Decision, decide
from dualuse.law.kinds import stated
from dualuse.law.transaction import Transaction, World
from dualuse.lens import Lens

VINTAGES = (
    "2022-06-01",
    "2022-12-01",
    "2023-12-01",
    "2024-06-03",
    "2024-12-15",
    "2025-06-02",
    "2026-02-02",
    "2026-07-20",
)
EMBARGOED = ("BY", "CU", "IR", "KP", "RU", "SY")
SOFTWARE_AND_TECHNOLOGY = ("3d001", "3e001", "4d001", "4d090", "4e001", "5d002.z", "5d992.z", "5e002", "5e992")
CLEARED = ("no-licence-required", "licence-exception")


def ship(world: World, day: str, to: str, lens: str = "codified", **what: Any) -> Decision:
    thing = {name: what.pop(name, None) for name in ("product", "item")}
    facts = stated({"hq": to, "consignee_hq": to, "origin": "US"} | what)
    return decide(Transaction(date.fromisoformat(day), lens, 1, to, **thing, facts=tuple(facts.items())), world)


@pytest.mark.parametrize("day", VINTAGES)
@pytest.mark.parametrize("lens", Lens)
def test_nothing_is_cleared_to_a_destination_of_part_746(world: World, day: str, lens: str) -> None:
    things = [{"product": chip} for chip in world.control_list.chips]
    things += [{"item": item} for item in {*world.control_list.broader, *world.control_list.broader.values()}]
    assert len(things) > 40
    for what in things:
        for place in EMBARGOED:
            found = ship(world, day, place, lens, **what)
            assert found.outcome in ("licence-required", "not-subject") or found.barred, (what, place)
            assert found.outcome not in CLEARED, (what, place)


REACHED_IN_2022 = ("3d001", "3e001", "4d090", "4e001", "5d992.z")
"""What of it 742.6(a)(6)(i) named from October 2022 on, for China."""


@pytest.mark.parametrize("day", ["2022-06-01", "2022-12-01", "2023-11-16"])
@pytest.mark.parametrize("item", SOFTWARE_AND_TECHNOLOGY)
def test_an_item_that_no_rule_reaches_is_not_cleared(world: World, day: str, item: str) -> None:
    reached = item in REACHED_IN_2022 and day > "2022-10-21"
    for place in ("CN", "CH", "SG"):
        found = ship(world, day, place, item=item)
        assert found.outcome == ("licence-required" if reached and place == "CN" else "indeterminate")
        assert sum(part.behind.node.kind == "not-modelled" for part in found.barred) == int(not reached)


@pytest.mark.parametrize("day", ["2023-11-17", "2024-12-15", "2025-06-02", "2026-07-20"])
@pytest.mark.parametrize("item", SOFTWARE_AND_TECHNOLOGY)
def test_software_and_technology_need_a_licence_for_china(world: World, day: str, item: str) -> None:
    found = ship(world, day, "CN", item=item, data_centre=True, band="upper")
    assert (found.outcome, found.review_policy) == ("licence-required", "presumption-of-denial")
    assert ship(world, day, "CN", item=item).outcome not in CLEARED


def test_aia_covers_software_and_technology_but_for_3e001(world: World) -> None:
    for item in SOFTWARE_AND_TECHNOLOGY:
        found = ship(world, "2025-06-02", "GB", item=item, encryption_conditions=True, band="upper")
        assert (found.outcome, found.exception) == (
            ("licence-required", "") if item == "3e001" else ("licence-exception", "AIA")
        )


@pytest.mark.parametrize("item", ["4d090", "5d002.z", "5d992.z", "5e002", "5e992"])
def test_software_and_technology_for_the_lower_band_do_not_go_free_to_the_emirates(world: World, item: str) -> None:
    """Since July 2026 the list names them; whether the worldwide requirement is enforced changes nothing."""
    for lens in Lens:
        known: dict[str, Any] = {"item": item, "encryption_conditions": True}
        assert ship(world, "2026-08-03", "AE", lens, **known).outcome not in CLEARED
        found = ship(world, "2026-08-03", "AE", lens, band="lower", **known)
        assert (found.outcome, found.exception) in (("licence-required", ""), ("licence-exception", "ACA"))
        assert ship(world, "2026-07-09", "FR", band="lower", **known).outcome == "no-licence-required"


def test_what_is_needed_with_either_band_is_needed(world: World) -> None:
    china, india = (ship(world, "2025-06-02", place, item="5e992") for place in ("CN", "IN"))
    assert (china.outcome, china.review_policy) == ("licence-required", "presumption-of-denial")
    assert india.outcome == "indeterminate"


def test_every_item_on_record_is_reached_or_barred(knowledge: Knowledge, world: World) -> None:
    items = sorted(key for kind, key in knowledge.names.shown if kind == "item")
    assert len(items) >= 24
    reached = world.docket(date(2025, 6, 2), "codified").reached
    for item in items:
        found = ship(world, "2025-06-02", "NZ", item=item)
        mine = {name for name, truth in world.control_list.named(item).items() if truth is not False}
        assert bool(mine & reached) or found.outcome == "indeterminate", item


@pytest.mark.parametrize(
    ("what", "to", "day", "outcome"),
    [
        ({"product": "rtx4090"}, "KP", "2025-06-02", "licence-required"),
        ({"product": "l20"}, "CU", "2025-06-02", "licence-required"),
        ({"product": "mi250x", "exporter": "amd"}, "CN", "2022-09-15", "licence-required"),
        ({"product": "mi250x", "exporter": "intel"}, "CN", "2022-09-15", "indeterminate"),
        ({"product": "h800-sxm"}, "CN", "2023-11-16", "no-licence-required"),
        ({"item": "3a090.c"}, "CN", "2024-12-15", "no-licence-required"),
        ({"item": "3a090.b"}, "FR", "2025-06-02", "no-licence-required"),
        ({"product": "h100-sxm"}, "IL", "2024-06-03", "no-licence-required"),
    ],
)
def test_what_is_covered_stays_cleared_and_what_is_not_does_not(
    world: World, what: dict[str, str], to: str, day: str, outcome: str
) -> None:
    assert ship(world, day, to, **what).outcome == outcome


def test_the_card_names_what_stands_between(ask: Callable[..., Card[Any]]) -> None:
    card = ask("RTX 4090", 1, "CN", "2025-06-02", hq="CN", end_use="military")
    assert card.plain["outcome"] == "indeterminate"
    assert [row["provision"] for row in card.plain["stands_between"]] == ["15 CFR 744.21(a)"]
    assert card.unknown[0].what.startswith("not modelled: Military end uses")
    assert card.because[0].fact.endswith("/decision-rule/gap-744-military")


def test_the_exception_that_asks_least_leads(world: World) -> None:
    found = ship(world, "2025-06-02", "JP", product="rtx4090")
    assert [each.rule.code for each in found.exceptions if each.truth] == ["AIA", "LPP", "ACA"]
    assert (found.exception, found.duties) == ("ACA", ())
    assert ship(world, "2025-06-02", "JP", product="h100-sxm").exception == "AIA"


def test_a_clearance_names_what_was_searched(ask: Callable[..., Card[Any]]) -> None:
    told = ask("3A090.b", 1, "FR", "2025-06-02", hq="FR").plain
    assert {"15 CFR 742.6(a)(6)(iii)(B)", "15 CFR 744.11(a)", "15 CFR 746.2(a)"} <= set(told["no_requirement_in"])
    assert "may_help" not in told


def test_exceptions_that_no_rule_holds_stand_beside_the_outcome(ask: Callable[..., Card[Any]]) -> None:
    told = ask("RTX 4090", 1, "CU", "2025-06-02", hq="CU").plain
    assert told["outcome"] == "licence-required"
    assert "GOV (15 CFR 740.11)" in told["may_help"]
    assert "no_requirement_in" not in told


def test_a_requirement_is_told_by_what_was_stated(ask: Callable[..., Card[Any]]) -> None:
    (row,) = ask("H100 SXM", 1, "CN", "2025-06-02", hq="CN").plain["requirements"]
    assert "upper band" in row["why"]
    assert "deemed" not in row["why"]


def test_what_the_exporter_would_have_to_show_is_told(ask: Callable[..., Card[Any]]) -> None:
    gaps = [gap.what for gap in ask("H100 SXM", 1, "CN", "2026-02-02", hq="CN").unknown]
    assert "on sale in the United States" in gaps[0]
    assert not any("allocation of the country" in gap for gap in gaps)


@pytest.mark.parametrize(
    "listed", ["entity-list", "footnote-4", "military-end-user-list", "unverified-list", "blocked"]
)
@pytest.mark.parametrize(("to", "day"), [("SA", "2024-06-03"), ("JP", "2025-06-02"), ("CN", "2026-02-02")])
def test_no_policy_of_the_place_stands_for_a_listed_party(world: World, listed: str, to: str, day: str) -> None:
    """What is presumed for a destination says nothing of a party whose entry or list decides for itself."""
    found = ship(world, day, to, product="h200-sxm", listed=listed)
    if found.outcome == "licence-required":
        assert found.review_policy == ""
        assert [rule.node.key for rule in found.review_open]
    else:
        assert found.outcome == "indeterminate"


def test_what_leaves_a_policy_open_is_told(ask: Callable[..., Card[Any]]) -> None:
    card = ask("H100 SXM", 1, "SA", "2024-06-03", hq="SA", listed="entity-list")
    assert card.plain["review_policy"] is None
    told = [gap.what for gap in card.unknown]
    assert "how an application under 'A party on the Entity List' is decided" in told
