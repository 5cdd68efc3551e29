"""The consignee itself has its headquarters in one of some places."""

from dualuse.law.kinds import Kind, Things, is_given, say_fact
from dualuse.law.tests.headquarters import CONSIGNEE

KIND = Kind(
    name="consignee",
    order=52,
    form=Things("place"),
    meaning="The consignee itself, whoever owns it, is headquartered in one of these places.",
    check=is_given(CONSIGNEE),
    say=say_fact(CONSIGNEE, "consignee"),
    holds="the consignee itself sits in one of these places",
    unknown="it was not stated",
    facts=(CONSIGNEE,),
)
