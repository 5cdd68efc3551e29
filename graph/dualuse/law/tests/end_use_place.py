"""What the item is for stands, or is to stand, in one of some places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.facts import Fact, Named
from dualuse.law.kinds import Kind, Things, say_fact

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition

END_USE_IN = Fact[str](
    "end_use_in",
    "end-use-in",
    Named("place", "PLACE"),
    "Where the supercomputer, plant or tool that the item is for stands, or is to stand.",
)
SAY = say_fact(END_USE_IN, "end_use_in")


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    place = END_USE_IN.of(transaction)
    if place is None:
        return None
    if place in test.expects:
        return True
    named = {each in test.expects for each in world.resolve(place, transaction.as_of)}
    return None if len(named) > 1 else True in named


KIND = Kind(
    name="end_use_place",
    order=91,
    form=Things("place"),
    meaning="What the item is for stands, or is to stand, in one of these places.",
    check=_check,
    say=SAY,
    holds="what the item is for stands, or is to stand, in one of these places; Hong Kong counts as China",
    unknown="it was not stated",
    facts=(END_USE_IN,),
)
