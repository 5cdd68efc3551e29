"""Who packages an advanced logic circuit and attests its transistors."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

PACKAGERS = ("fabricator-outside-d5", "approved-osat", "other")
PACKAGER = Fact[str](
    "packager", "packager", Choice(PACKAGERS), "Who packages an advanced logic circuit and attests its transistors."
)

KIND = Kind(
    name="packager",
    order=155,
    form=Words(PACKAGERS, several=True),
    meaning="The circuit is packaged, and its transistors attested, by one of these; not so unless stated.",
    check=is_stated(PACKAGER),
    say=say_fact(PACKAGER, "packager", "who packages it was not stated"),
    holds="one of these is stated to package the circuit and attest its transistors",
    unknown="never: one that was not stated fails",
    facts=(PACKAGER,),
)
