"""The item stays inside one destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Words
from dualuse.law.tests.origin import ORIGIN
from dualuse.said import phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    origin = ORIGIN.of(transaction)
    if origin is None:
        return None
    ends = [world.resolve(place, transaction.as_of) for place in (origin, transaction.to)]
    return ends[0] == ends[1] if all(len(places) == 1 for places in ends) else None


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    if truth is None:
        return phrase("found.origin_unknown")
    return phrase("found.stays" if truth else "found.crosses")


KIND = Kind(
    name="transfer",
    order=110,
    form=Words(("in-country",)),
    meaning="The item stays inside one destination.",
    check=_check,
    say=_say,
    holds="the item stays inside one destination",
    unknown="the place it leaves from was not stated",
    facts=(ORIGIN,),
)
