"""What is shipped is one of some chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.said import Named, phrase

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    if transaction.product is not None:
        return transaction.product in test.expects
    return None if any(world.may_be(product, transaction) for product in test.expects) else False


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    if transaction.product is not None:
        return phrase("found.product_is", product=Named.of({("product", transaction.product): transaction.product}))
    return (
        phrase("found.product_unnamed") if truth is None else phrase("found.product_none", item=str(transaction.item))
    )


KIND = Kind(
    name="product",
    order=20,
    form=Things("product"),
    meaning="The item is one of these products.",
    check=_check,
    say=_say,
    holds="the item is one of these chips",
    unknown="only a paragraph was named, and such a chip may be in it",
    of_goods=True,
)
