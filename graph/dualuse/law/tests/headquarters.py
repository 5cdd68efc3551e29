"""The consignee, or its ultimate parent, has its headquarters in one of some groups of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.facts import Fact, Named
from dualuse.law.kinds import Kind, Things
from dualuse.law.truth import either, one_of
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


PARENT = Fact[str](
    "parent_hq", "hq", Named("place", "PLACE"), "Headquarters of the ultimate parent (and of the consignee)."
)
CONSIGNEE = Fact(
    "consignee_hq", "consignee-hq", Named("place", "PLACE"), "Headquarters of the consignee itself.", instead=PARENT
)


def sits(seat: str | None, test: Condition, transaction: Transaction, world: World) -> Truth:
    """Whether a seat is in one of the groups; unknown where the seat is."""
    return None if seat is None else one_of(world.groups(seat, transaction.as_of), test.expects)


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    consignee = sits(CONSIGNEE.of(transaction), test, transaction, world)
    return True if consignee else either((consignee, sits(PARENT.of(transaction), test, transaction, world)))


def say_seats(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    """Where both seats are."""
    seats = (("consignee_seat", CONSIGNEE.of(transaction)), ("parent_seat", PARENT.of(transaction)))
    named = ((role, Called.of({("place", seat): seat}) if seat else "?") for role, seat in seats)
    return Phrase.listed(phrase(f"found.{role}", seat=seat) for role, seat in named)


KIND = Kind(
    name="headquarters",
    order=50,
    form=Things("group"),
    meaning="The consignee, or its ultimate parent, is headquartered in one of these groups.",
    check=_check,
    say=say_seats,
    holds="the consignee or its ultimate parent sits in one of these groups",
    unknown="a seat is not stated",
    facts=(PARENT, CONSIGNEE),
)
