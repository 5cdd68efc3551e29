"""What the builder derives: tiers of places, classifications of products, assessments of claims."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from dualuse.dates import PartialDate
from dualuse.law.truth import Truth
from dualuse.model.base import Around, Key, Keys, PlaceKey, Record, Text, YesNo
from dualuse.model.fields import Bound, Edge, Lit, Partial, Ref, Val, record
from dualuse.model.fields import Truth as TruthOf
from dualuse.model.values import AssessmentResult, Confidence, Rule
from dualuse.model.values import Tier as TierKey
from dualuse.span import Span


@record("assessment", "du:Assessment", form="derived", made_by="the claim or the settlement it rests on")
class Assessment(Record):
    """How a claim stands when it is held against the law or against what happened."""

    claim: Annotated[Key, Ref("du:assesses", "claim"), Ref("prov:wasDerivedFrom", "claim")]
    """The claim."""
    settlement: Annotated[Key, Ref("du:settledBy", "settlement"), Ref("prov:wasDerivedFrom", "settlement")]
    """What settles it."""
    result: Annotated[AssessmentResult, Val("du:assessmentResult", "assessment-result")]
    """How it stands."""
    law: Annotated[Text, Lit("du:lawValue")]
    """Value of the law."""
    arithmetic: Annotated[Text | None, Lit("du:arithmetic")] = None
    """How the value was computed."""
    why: Annotated[Text, Lit("dct:description", "en")]
    """The result in a sentence."""

    def caption(self, around: Around) -> str:
        """The claim and its result."""
        return f"{self.claim} {self.result.replace('-', ' ')}"


@record(
    "tier-assignment",
    "du:TierAssignment",
    form="derived",
    made_by="ontology/rules/20-tier-assignment.rq",
    by_hand=("prov:wasDerivedFrom",),
    kept=True,
)
class TierAssignment(Record):
    """The tier of a destination from one day to another."""

    place: Annotated[PlaceKey, Ref("du:concernsPlace", "place")]
    """The destination."""
    tier: Annotated[TierKey, Ref("du:assignsTier", "tier")]
    """The tier."""
    valid_from: Annotated[PartialDate, Partial("du:validFrom")]
    """First day of it."""
    since: Annotated[PartialDate, Edge("du:validFromEarliest", "earliest")]
    """First day on which it can be the tier: never before the rule that tiers follow from took effect."""
    begun: Annotated[PartialDate, Edge("du:validFromLatest", "latest")]
    """First day on which it surely is the tier, unless it has ended."""
    valid_to: Annotated[PartialDate | None, Bound("du:validTo")] = None
    """First day on which it is over; blank: no end follows."""
    rule: Annotated[Rule, Val("du:derivationRule", "rule")]
    """Rule that derives it."""
    memberships: Annotated[Keys, Ref("prov:wasDerivedFrom", "membership")] = ()
    """Memberships it rests on."""
    treatments: Annotated[Keys, Ref("prov:wasDerivedFrom", "treatment")] = ()
    """Treatments it rests on."""
    provisions: Annotated[Keys, Ref("prov:wasDerivedFrom", "provision")] = ()
    """Provisions it rests on."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """That of the weakest of them."""

    @property
    def level(self) -> int:
        """Its number."""
        return int(self.tier)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Keys of all that it rests on."""
        return *self.memberships, *self.provisions, *self.treatments

    @property
    def span(self) -> Span:
        """When the place is in it."""
        return Span(self.valid_from, self.valid_to)

    def on(self, day: date) -> Truth:
        """Whether it is the tier on a day."""
        return False if day < self.since.earliest else self.span.on(day)


@record(
    "classification",
    "du:Classification",
    form="derived",
    made_by="ontology/rules/30-item-classification.rq",
)
class Classification(Record):
    """An item that a product falls under, by one limb of its technical test."""

    product: Annotated[Key, Ref("du:concernsProduct", "product"), Ref("prov:wasDerivedFrom", "product")]
    """The product."""
    item: Annotated[Key, Ref("du:concernsItem", "item")]
    """The item."""
    threshold: Annotated[Key, Ref("du:threshold", "threshold"), Ref("prov:wasDerivedFrom", "threshold")]
    """The limb it meets."""
    on_estimate: Annotated[YesNo, TruthOf("du:onEstimate")]
    """Whether a figure it rests on is an estimate."""
    rule: Annotated[Rule, Val("du:derivationRule", "rule")]
    """Rule that derives it."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """How far it can be trusted."""


@record("tier", "du:Tier", form="derived", made_by="ontology/concepts.csv", scheme="ai-diffusion-tier")
class Tier(Record):
    """A class into which readers sort destinations."""

    name_en: Annotated[Text, Lit("skos:prefLabel", "en"), Lit("rdfs:label", "en")]
    """English name."""
    name_zh_hant: Annotated[Text, Lit("skos:prefLabel", "zh-hant"), Lit("rdfs:label", "zh-hant")]
    """Name in Traditional Chinese."""
    name_zh_hans: Annotated[Text, Lit("skos:prefLabel", "zh-hans"), Lit("rdfs:label", "zh-hans")]
    """Name in Simplified Chinese."""
    group: Annotated[Key, Ref("du:definedByGroup", "group")]
    """Group that it follows from."""
