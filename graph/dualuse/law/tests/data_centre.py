"""The chip is designed or marketed for data centres, or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Words

if TYPE_CHECKING:
    from dualuse.law.rules import Test
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth


def _check(test: Test, transaction: Transaction, world: World) -> Truth:
    chip = world.chip(transaction)
    return None if chip is None else chip.data_centre == ("yes" in test.expects)


def _say(test: Test, transaction: Transaction, world: World, truth: Truth) -> str:
    chip = world.chip(transaction)
    if chip is None:
        return "whether it is designed for data centres is not known"
    return "it is designed or marketed for data centres" if chip.data_centre else "it is not a data-centre item"


KIND = Kind(
    name="data_centre",
    order=100,
    form=Words(("yes", "no")),
    meaning="Whether the item is designed or marketed for data centres.",
    check=_check,
    say=_say,
    holds="the chip is designed or marketed for data centres, or is not",
    unknown="only a paragraph was named",
)
