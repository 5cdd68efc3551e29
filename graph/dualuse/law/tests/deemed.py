"""It is stated that technology or source code is released to a foreign person."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

DEEMED = Fact[bool](
    "deemed",
    "deemed",
    YesNo("not-deemed"),
    "Whether technology or source code is released to a foreign person and nothing is shipped.",
)

KIND = says_so(
    DEEMED,
    name="deemed",
    order=153,
    meaning="It is a deemed export or reexport",
    holds="it is stated that technology or source code is released to a foreign person",
)
