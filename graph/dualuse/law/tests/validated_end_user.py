"""The consignee holds an authorisation as a validated end user."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

_HELD = ("universal", "national")
HOLDER = Fact[str]("validated_end_user", "veu", Choice(_HELD), "The consignee is this validated end user.")

KIND = says_which(
    HOLDER,
    name="validated_end_user",
    order=130,
    meaning="The consignee holds this authorisation",
    holds="the consignee holds this authorisation",
    several=False,
)
