"""A party to the transaction stands on a list of part 744."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

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

KIND = says_which(
    LISTED,
    name="listed",
    order=95,
    what="list",
    absent="no list was stated",
    meaning="A party to the transaction stands on one of these lists",
    holds="a party is stated to be on one of these lists",
)
