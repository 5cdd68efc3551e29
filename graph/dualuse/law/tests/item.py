"""What is shipped is, on the day, in one of some paragraphs of the control list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Things
from dualuse.law.truth import one_of
from dualuse.said import Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    return one_of(world.classification(transaction), test.expects)


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    classified = world.classification(transaction)
    if truth is None:
        chip = world.chip(transaction)
        open_items = sorted(item for item, is_it in classified.items() if is_it is None)
        why = "item_no_paragraph" if chip is None else "item_no_number"
        if world.undated(open_items, transaction.as_of):
            why = "item_no_day"
        return phrase(f"found.{why}", items=Phrase.listed(map(same, open_items)))
    caught = sorted(item for item, is_it in classified.items() if is_it)
    return phrase("found.item_is", items=Phrase.listed(map(same, caught))) if caught else phrase("found.item_none")


def _codes(test: Condition) -> str:
    """The codes of the paragraphs, unless the words of the test name them."""
    split = (item.partition(".") for item in sorted(test.expects))
    codes = [f"{stem.upper()}{dot}{paragraph}" for stem, dot, paragraph in split]
    return "" if all(code in (test.says or "") for code in codes) else f" ({', '.join(codes)})"


KIND = Kind(
    name="item",
    order=10,
    form=Things("item"),
    meaning="The item is classified as one of these on the day.",
    check=_check,
    say=_say,
    holds="the item is, on the day, in one of these paragraphs of the control list",
    unknown="its numbers are not sourced",
    detail=_codes,
    of_goods=True,
)
