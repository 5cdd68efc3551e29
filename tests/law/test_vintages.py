"""Edges of the rules that show in more than an outcome; the outcomes are cases beside the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dualuse.card import Card
from dualuse.law.decide import Decision
from dualuse.law.transaction import World

Ask = Callable[..., Card[Any]]
Judge = Callable[..., Decision]

DUE = "2025-05-15"


def test_beyond_the_allocation(judge: Judge) -> None:
    over = judge("H100 SXM", 49_899, "CH", DUE, hq="CH")
    assert over.quantities.allocation_share is not None
    assert over.quantities.allocation_share > 1


def test_a_place_in_d5_with_a_friendly_seat_gets_no_exception(judge: Judge) -> None:
    decision = judge("H100 SXM", 10, "CN", DUE, hq="US")
    assert [each.rule.code for each in decision.exceptions if each.truth is not False] == []


class TestWhereUnknownMatters:
    def test_for_britain(self, ask: Ask) -> None:
        card = ask("H100 SXM", 2_000, "GB", DUE)
        assert card.plain["outcome"] == "indeterminate"
        assert any("headquartered in ?" in gap.what for gap in card.unknown)

    def test_an_estimated_chip(self, world: World, judge: Judge) -> None:
        chips = [chip for chip in world.control_list.chips.values() if chip.tpp is None and chip.tpp_estimate]
        assert chips
        outcomes = {judge(chip.node.key, 10, "CH", DUE, hq="CH").outcome for chip in chips}
        assert outcomes == {"indeterminate"}

    def test_after_the_record_ends(self, ask: Ask) -> None:
        card = ask("H100 SXM", 10, "CH", "2026-11-23", hq="CH")
        assert card.plain["outcome"] == "indeterminate"
        assert any("is in force" in gap.what for gap in card.unknown)


def test_no_duty_and_no_exception_for_what_is_no_export(judge: Judge) -> None:
    decision = judge("H100 SXM", 10, "US", DUE, origin="CN")
    assert (decision.outcome, decision.duties, decision.exceptions) == ("not-subject", (), ())


def test_supplement_5_has_no_members_before_the_rule(world: World) -> None:
    assert "us-supp5a" not in world.groups("GB", date(2025, 1, 12))
    assert world.groups("GB", date(2025, 1, 13))["us-supp5a"] is True
