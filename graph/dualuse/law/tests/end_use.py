"""The stated end use is one of some."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which
from dualuse.model.values import SCHEMES

USES = SCHEMES["end-use"]
END_USE = Fact[str]("end_use", "end-use", Choice(USES), "Stated end use.")

KIND = says_which(
    END_USE,
    name="end_use",
    order=90,
    meaning="The stated end use is one of these",
    holds="the stated end use is one of these",
)
