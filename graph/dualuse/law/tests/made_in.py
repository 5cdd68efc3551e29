"""The item was made in one of some places."""

from dualuse.law.facts import Fact, Named
from dualuse.law.kinds import Kind, Things, is_given, say_fact

MADE_IN = Fact[str]("made_in", "made-in", Named("place", "PLACE"), "Where the item was made.")

KIND = Kind(
    name="made_in",
    order=85,
    form=Things("place"),
    meaning="The item was made in one of these places.",
    check=is_given(MADE_IN),
    say=say_fact(MADE_IN, "made_in"),
    holds="the item was made in one of these places",
    unknown="it was not stated",
    facts=(MADE_IN,),
)
