"""What the item is for stands, or is to stand, in one of some groups of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.law.tests.end_use_place import END_USE_IN, SAY
from dualuse.law.tests.headquarters import sits

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    return sits(END_USE_IN.of(transaction), test, transaction, world)


KIND = Kind(
    name="end_use_group",
    order=92,
    form=Things("group"),
    meaning="What the item is for stands, or is to stand, in one of these groups of places.",
    check=_check,
    say=SAY,
    holds="what the item is for stands, or is to stand, in one of these groups of places",
    unknown="it was not stated",
    facts=(END_USE_IN,),
)
