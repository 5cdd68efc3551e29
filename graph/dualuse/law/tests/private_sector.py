"""The consignee is no government and controlled by none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words
from dualuse.said import phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


PRIVATE = Fact[bool](
    "private_sector", "private-sector", YesNo("government"), "Whether the consignee is a private-sector end user."
)


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    return PRIVATE.of(transaction)


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    return phrase("found.unknown" if truth is None else "found.yes" if truth else "found.no")


KIND = Kind(
    name="private_sector",
    order=140,
    form=Words(("yes",)),
    meaning="The consignee is a private-sector end user; unknown unless stated.",
    check=_check,
    say=_say,
    holds="the consignee is no government and controlled by none",
    unknown="it was not stated",
    facts=(PRIVATE,),
)
