"""The exporter is stated to be the one to whom a letter was sent."""

from dualuse.law.kinds import Kind, Things, is_stated, say_fact
from dualuse.law.tests.exporter import EXPORTER

KIND = Kind(
    name="addressee",
    order=75,
    form=Things("organisation"),
    meaning="The exporter is stated to be one of these organisations; not so unless stated.",
    check=is_stated(EXPORTER),
    say=say_fact(EXPORTER, "addressee"),
    holds="the exporter is stated to be one of these organisations, to whom a letter was sent",
    unknown="never: unless stated it fails, and the answer warns of the letter",
    facts=(EXPORTER,),
)
