"""Who packages an advanced logic circuit and attests its transistors."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

PACKAGERS = ("fabricator-outside-d5", "approved-osat", "other")
PACKAGER = Fact[str](
    "packager", "packager", Choice(PACKAGERS), "Who packages an advanced logic circuit and attests its transistors."
)

KIND = says_which(
    PACKAGER,
    name="packager",
    order=155,
    meaning="The circuit is packaged, and its transistors attested, by one of these",
    holds="one of these is stated to package the circuit and attest its transistors",
)
