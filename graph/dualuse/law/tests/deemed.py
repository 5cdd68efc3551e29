"""It is stated that technology or source code is released to a foreign person."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words

DEEMED = Fact[bool](
    "deemed",
    "deemed",
    YesNo("not-deemed"),
    "Whether technology or source code is released to a foreign person and nothing is shipped.",
)

KIND = Kind(
    name="deemed",
    order=153,
    form=Words(("yes",)),
    meaning="It is a deemed export or reexport; not so unless stated.",
    check=lambda test, transaction, world: bool(DEEMED.of(transaction)),
    say=lambda test, transaction, world, truth: "stated" if truth else "it was not stated",
    holds="it is stated that technology or source code is released to a foreign person",
    unknown="never: unless stated it fails",
    facts=(DEEMED,),
)
