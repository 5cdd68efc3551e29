"""The chip is of the design of one of some organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.said import Named, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    chip = world.chip(transaction)
    return chip is not None and not test.expects.isdisjoint(chip.designers)


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    chip = world.chip(transaction)
    if chip is None:
        return phrase("found.no_chip")
    who = Named.of({("organisation", key): key for key in chip.designers}) or phrase("found.nobody")
    return phrase("found.designed_by", who=who)


KIND = Kind(
    name="designed_by",
    order=25,
    form=Things("organisation"),
    meaning="The chip is of the design of one of these organisations; not so where no chip is named.",
    check=_check,
    say=_say,
    holds="the chip that is named is of the design of one of these organisations",
    of_goods=True,
)
