"""How high-bandwidth memory is bought and packaged, as the exporter states it."""

from dualuse.law.facts import Choice, Fact
from dualuse.law.kinds import Kind, Words, is_stated, say_fact

WAYS = ("eligible-site", "returned-packages", "other")
PACKAGING = Fact[str](
    "packaging", "packaging", Choice(WAYS), "Which conditions of 15 CFR 740.25 the buying and packaging of memory meet."
)

KIND = Kind(
    name="packaging",
    order=146,
    form=Words(WAYS, several=True),
    meaning="Memory is bought and packaged under these conditions of 15 CFR 740.25; not so unless stated.",
    check=is_stated(PACKAGING),
    say=say_fact(PACKAGING, "packaging", "nothing was stated of how it is bought and packaged"),
    holds="memory is stated to be bought and packaged under these conditions",
    unknown="never: what was not stated fails",
    facts=(PACKAGING,),
)
