"""A party to the transaction stands on a list of part 744."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

LISTS = (
    "entity-list",
    "footnote-1",
    "footnote-3",
    "footnote-4",
    "footnote-5",
    "military-end-user-list",
    "unverified-list",
    "blocked",
)
LISTED = Fact[str]("listed", "listed", Choice(LISTS), "List, or footnote of the Entity List, on which a party stands.")

KIND = Kind(
    name="listed",
    order=95,
    form=Words(LISTS, several=True),
    meaning="A party to the transaction stands on one of these lists; one that was not stated fails the test.",
    check=is_stated(LISTED),
    say=say_fact(LISTED, "list", "no list was stated"),
    holds="a party is stated to be on one of these lists",
    unknown="never: one that was not stated fails",
    facts=(LISTED,),
)
