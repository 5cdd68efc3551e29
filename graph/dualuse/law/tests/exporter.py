"""The exporter is one of some organisations."""

from dualuse.law.facts import Fact, Named
from dualuse.law.kinds import Kind, Things, is_given, say_fact

EXPORTER = Fact[str]("exporter", "exporter", Named("organisation", "ORG"), "Who ships.")

KIND = Kind(
    name="exporter",
    order=70,
    form=Things("organisation"),
    meaning="The exporter is one of these organisations.",
    check=is_given(EXPORTER),
    say=say_fact(EXPORTER, "exporter"),
    holds="the exporter is one of these organisations",
    unknown="it was not stated",
    facts=(EXPORTER,),
)
