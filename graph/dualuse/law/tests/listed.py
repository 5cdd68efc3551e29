"""A party to the transaction stands on a list of restricted parties."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

LISTS = {
    "entity-list": "US",
    "footnote-1": "US",
    "footnote-3": "US",
    "footnote-4": "US",
    "footnote-5": "US",
    "military-end-user-list": "US",
    "unverified-list": "US",
    "blocked": "US",
    "cn-control-list": "CN",
    "cn-watch-list": "CN",
    "cn-unreliable-entity-list": "CN",
    "tw-shtc-entity-list": "TW",
}
"""A list, or a footnote of the Entity List -> the legal order whose list it is."""
LISTED = Fact[str]("listed", "listed", Choice(tuple(LISTS)), "List of restricted parties on which a party stands.")

KIND = says_which(
    LISTED,
    name="listed",
    order=95,
    meaning="A party to the transaction stands on one of these lists",
    holds="a party is stated to be on one of these lists",
)
