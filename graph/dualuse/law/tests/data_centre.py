"""The chip is designed or marketed for data centres, or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words
from dualuse.said import phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition

DATA_CENTRE = Fact[bool](
    "data_centre",
    "data-centre",
    YesNo("not-data-centre"),
    "Whether an item named by its paragraph is designed or marketed for data centres.",
)


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    found = _found(transaction, world)
    return None if found is None else found == ("yes" in test.expects)


def _found(transaction: Transaction, world: World) -> Truth:
    """What is on record of the chip; what was stated, where only a paragraph was named."""
    chip = world.chip(transaction)
    return DATA_CENTRE.of(transaction) if chip is None else chip.data_centre == "yes"


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    found = _found(transaction, world)
    if found is None:
        return phrase("found.data_centre_unknown")
    return phrase("found.for_data_centres" if found else "found.not_data_centre")


KIND = Kind(
    name="data_centre",
    order=100,
    form=Words(("yes", "no")),
    meaning="Whether the item is designed or marketed for data centres.",
    check=_check,
    say=_say,
    holds="the chip is designed or marketed for data centres, or is not",
    unknown="only a paragraph was named, and it was not stated",
    facts=(DATA_CENTRE,),
)
