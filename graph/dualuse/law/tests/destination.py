"""The destination is in one of some groups of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.law.tests.place import say_place
from dualuse.law.truth import one_of
from dualuse.said import Named, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    return one_of(world.groups(transaction.to, transaction.as_of), test.expects)


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    groups = world.groups(transaction.to, transaction.as_of)
    inside = sorted(group for group in test.expects if groups.get(group))
    where = "is_in" if inside else "is_not_in"
    if truth is None:
        where, inside = world.doubt(transaction.to, transaction.as_of), []
    told = Named.of({("group", group): group for group in inside or sorted(test.expects)})
    return phrase(f"found.{where}", place=say_place(test, transaction, world, truth), groups=told)


KIND = Kind(
    name="destination",
    order=40,
    form=Things("group"),
    meaning="The destination is in one of these groups.",
    check=_check,
    say=_say,
    holds="the destination is in one of these groups on the day",
    unknown="its membership is contested",
)
