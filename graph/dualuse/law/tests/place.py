"""The destination is one of some places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.said import Named, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    if transaction.to in test.expects:
        return True
    resolved = world.resolve(transaction.to, transaction.as_of)
    if len(resolved) == 1:
        return resolved[0] in test.expects
    named = {place in test.expects for place in resolved}
    return None if len(named) > 1 else True in named


def say_place(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    """The destination, and the place it is treated as."""
    resolved = world.resolve(transaction.to, transaction.as_of)
    place, other = (Named.of({("place", key): key}) for key in (transaction.to, resolved[-1]))
    if resolved == (transaction.to,):
        return place
    return phrase("found.treated" if len(resolved) == 1 else "found.perhaps_treated", place=place, other=other)


KIND = Kind(
    name="place",
    order=30,
    form=Things("place"),
    meaning="The destination is one of these places, by itself or as what it is treated as (Hong Kong as China).",
    check=_check,
    say=say_place,
    holds="the destination is one of these places; Hong Kong counts as China",
)
