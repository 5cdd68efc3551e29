"""The consignee holds an authorisation as a validated end user."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

_HELD = ("universal", "national")
HOLDER = Fact[str]("validated_end_user", "veu", Choice(_HELD), "The consignee is this validated end user.")

KIND = Kind(
    name="validated_end_user",
    order=130,
    form=Words(_HELD),
    meaning="The consignee holds this authorisation; one that was not stated fails the test.",
    check=is_stated(HOLDER),
    say=say_fact(HOLDER, "validated end-user authorisation", "no validated end-user authorisation was stated"),
    holds="the consignee holds this authorisation",
    unknown="never: one that was not stated fails",
    facts=(HOLDER,),
)
