"""The stated end use is one of some."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact
from dualuse.model.values import SCHEMES

USES = SCHEMES["end-use"]
END_USE = Fact[str]("end_use", "end-use", Choice(USES), "Stated end use.")

KIND = Kind(
    name="end_use",
    order=90,
    form=Words(USES, several=True),
    meaning="The stated end use is one of these; an end use that was not stated fails the test.",
    check=is_stated(END_USE),
    say=say_fact(END_USE, "end use", "no end use was stated"),
    holds="the stated end use is one of these",
    unknown="never: one that was not stated fails",
    facts=(END_USE,),
)
