"""Who designed an advanced logic circuit, as the fabricator knows it."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

DESIGNERS = ("approved", "authorised", "other")
DESIGNER = Fact[str](
    "designer",
    "designer",
    Choice(DESIGNERS),
    "Standing of the designer who attests an advanced logic circuit (3A090, Note 1).",
)

KIND = says_which(
    DESIGNER,
    name="designer",
    order=154,
    meaning="The designer that attests the circuit is one of these",
    holds="a designer of this standing is stated to attest the circuit",
)
