"""An equal made abroad, outside the regulations, is to be had."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

FOREIGN_EQUAL = Fact[bool](
    "foreign_equal",
    "foreign-equal",
    YesNo("no-foreign-equal"),
    "Whether something made abroad, and not subject to the regulations, does the same (15 CFR 744.23(d)).",
)

KIND = says_so(
    FOREIGN_EQUAL,
    name="foreign_equal",
    order=148,
    meaning="Something made abroad that is not subject to the regulations does the same",
    holds="it is stated that something made abroad, and not subject to the regulations, does the same",
)
