"""It is stated that the item is made outside the United States."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

FOREIGN_MADE = Fact[bool](
    "foreign_made", "foreign-made", YesNo("us-made"), "Whether the item is made outside the United States."
)

KIND = says_so(
    FOREIGN_MADE,
    name="foreign_made",
    order=151,
    meaning="The item is made outside the United States",
    holds="it is stated that the item is made outside the United States",
)
