"""The item leaves from one of some places."""

from dualuse.law.facts import Fact, Named
from dualuse.law.kinds import Kind, Things, is_given, say_fact

ORIGIN = Fact(
    "origin", "from", Named("place", "PLACE"), "Where it leaves from; the place whose law it is if not given."
)

KIND = Kind(
    name="origin",
    order=80,
    form=Things("place"),
    meaning="The item leaves from one of these places.",
    check=is_given(ORIGIN),
    say=say_fact(ORIGIN, "origin"),
    holds="the item leaves from one of these places",
    unknown="it was not stated (the command takes the place whose law it is)",
    facts=(ORIGIN,),
)
