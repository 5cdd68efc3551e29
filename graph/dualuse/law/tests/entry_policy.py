"""The review policy that the entry of a listed party names."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

POLICIES = ("presumption-of-denial", "policy-of-denial", "case-by-case")
POLICY = Fact[str](
    "entry_policy", "entry-policy", Choice(POLICIES), "Review policy that the Entity List names for the listed party."
)

KIND = says_which(
    POLICY,
    name="entry_policy",
    order=96,
    meaning="The entry of the listed party names one of these review policies",
    holds="the entry of the listed party is stated to name one of these review policies",
)
