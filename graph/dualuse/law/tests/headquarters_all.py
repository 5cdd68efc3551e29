"""The consignee and its ultimate parent both have their headquarters in some groups of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.law.tests.headquarters import CONSIGNEE, PARENT, say_seats, sits
from dualuse.law.truth import both

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    consignee = sits(CONSIGNEE.of(transaction), test, transaction, world)
    return False if consignee is False else both((consignee, sits(PARENT.of(transaction), test, transaction, world)))


KIND = Kind(
    name="headquarters_all",
    order=60,
    form=Things("group"),
    meaning="The consignee and its ultimate parent are both headquartered in these groups.",
    check=_check,
    say=say_seats,
    holds="the consignee and its ultimate parent both do",
    unknown="a seat is not stated",
    facts=(PARENT, CONSIGNEE),
)
