"""The band of the circuits that are in, or for, what is shipped."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_given, say_fact

BANDS = ("upper", "lower")
BAND = Fact[str](
    "band",
    "band",
    Choice(BANDS),
    "Band of the circuits that a .z paragraph, software or technology is for: 3A090.a (upper) or .b (lower).",
)

KIND = Kind(
    name="band",
    order=105,
    form=Words(BANDS),
    meaning="The circuits in it, or that it is for, are of one of these bands of 3A090.",
    check=is_given(BAND),
    say=say_fact(BAND, "band"),
    holds="the circuits in it, or that it is for, are of one of these bands",
    unknown="it was not stated",
    facts=(BAND,),
    cases=True,
)
