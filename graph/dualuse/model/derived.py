"""What the builder derives: tiers of places, classifications of products, assessments of claims."""

from __future__ import annotations

from typing import Annotated

from dualuse.dates import PartialDate
from dualuse.model.base import Around, Key, PlaceKey, Record, SomeKeys, Text, YesNo
from dualuse.model.fields import Bound, Lit, Ref, Truth, Val, record
from dualuse.model.values import AssessmentResult, Confidence, Rule
from dualuse.model.values import Tier as TierKey


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
)
class TierAssignment(Record):
    """The tier of a destination from one day to another."""

    place: Annotated[PlaceKey, Ref("du:place", "place")]
    """The destination."""
    tier: Annotated[TierKey, Ref("du:tier", "tier")]
    """The tier."""
    valid_from: Annotated[PartialDate, Bound("du:validFrom")]
    """First day of it."""
    valid_to: Annotated[PartialDate | None, Bound("du:validTo")] = None
    """First day on which it is over; blank: no end follows."""
    rule: Annotated[Rule, Val("du:derivationRule", "rule")]
    """Rule that derives it."""
    rests_on: Annotated[SomeKeys, Ref("prov:wasDerivedFrom", "membership")]
    """Memberships and treatments it rests on."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """That of the weakest of them."""


@record(
    "classification",
    "du:Classification",
    form="derived",
    made_by="ontology/rules/30-item-classification.rq",
)
class Classification(Record):
    """An item that a product falls under, by one limb of its technical test."""

    product: Annotated[Key, Ref("du:product", "product"), Ref("prov:wasDerivedFrom", "product")]
    """The product."""
    item: Annotated[Key, Ref("du:item", "item")]
    """The item."""
    threshold: Annotated[Key, Ref("du:threshold", "threshold"), Ref("prov:wasDerivedFrom", "threshold")]
    """The limb it meets."""
    on_estimate: Annotated[YesNo, Truth("du:onEstimate")]
    """Whether a figure it rests on is an estimate."""
    rule: Annotated[Rule, Val("du:derivationRule", "rule")]
    """Rule that derives it."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """How far it can be trusted."""


@record("tier", "du:Tier", form="derived", made_by="ontology/concepts.csv", scheme="ai-diffusion-tier")
class Tier(Record):
    """A class into which readers sort destinations."""

    name_en: Annotated[Text, Lit("skos:prefLabel", "en")]
    """English name."""
    name_zh_hant: Annotated[Text, Lit("skos:prefLabel", "zh-Hant")]
    """Name in Traditional Chinese."""
    name_zh_hans: Annotated[Text, Lit("skos:prefLabel", "zh-Hans")]
    """Name in Simplified Chinese."""
    group: Annotated[Key, Ref("du:definedByGroup", "group")]
    """Group that it follows from."""
