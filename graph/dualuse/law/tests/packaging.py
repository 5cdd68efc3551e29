"""How high-bandwidth memory is bought and packaged, as the exporter states it."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import says_which

WAYS = ("eligible-site", "returned-packages", "other")
PACKAGING = Fact[str](
    "packaging", "packaging", Choice(WAYS), "Which conditions of 15 CFR 740.25 the buying and packaging of memory meet."
)

KIND = says_which(
    PACKAGING,
    name="packaging",
    order=146,
    meaning="Memory is bought and packaged under these conditions of 15 CFR 740.25",
    holds="memory is stated to be bought and packaged under these conditions",
)
