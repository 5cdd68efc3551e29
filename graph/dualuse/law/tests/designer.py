"""Who designed an advanced logic circuit, as the fabricator knows it."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

DESIGNERS = ("approved", "authorised", "other")
DESIGNER = Fact[str](
    "designer",
    "designer",
    Choice(DESIGNERS),
    "Standing of the designer who attests an advanced logic circuit (3A090, Note 1).",
)

KIND = Kind(
    name="designer",
    order=154,
    form=Words(DESIGNERS, several=True),
    meaning="The designer that attests the circuit is one of these; one that was not stated fails the test.",
    check=is_stated(DESIGNER),
    say=say_fact(DESIGNER, "designer", "no designer was stated"),
    holds="a designer of this standing is stated to attest the circuit",
    unknown="never: one that was not stated fails",
    facts=(DESIGNER,),
)
