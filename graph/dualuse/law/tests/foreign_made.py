"""It is stated that the item is made outside the United States."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words

FOREIGN_MADE = Fact[bool](
    "foreign_made", "foreign-made", YesNo("us-made"), "Whether the item is made outside the United States."
)

KIND = Kind(
    name="foreign_made",
    order=151,
    form=Words(("yes",)),
    meaning="The item is made outside the United States; not so unless stated.",
    check=lambda test, transaction, world: bool(FOREIGN_MADE.of(transaction)),
    say=lambda test, transaction, world, truth: "stated" if truth else "it was not stated",
    holds="it is stated that the item is made outside the United States",
    unknown="never: unless stated it fails",
    facts=(FOREIGN_MADE,),
)
