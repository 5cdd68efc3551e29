"""Cases: how authorities enforce controls, step by step; and where a month was searched for events."""

from __future__ import annotations

from typing import Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import Amount, Around, Key, Keys, Name, PlaceKeys, Record, SomeKeys, Sourced, Text, Texts, YesNo
from dualuse.model.fields import Alias, Lit, Moment, Names, Num, Partial, Ref, Several, Truth, Val, record
from dualuse.model.values import CaseStage, Confidence


@record("enforcement-step", "du:EnforcementStep", noun="step of a case", holder="du:stepOf")
class Step(Record):
    """One dated act in a case, inside its file."""

    stage: Annotated[CaseStage, Val("du:caseStage", "case-stage")]
    """What the act makes of the case; a charge is no finding."""
    date: Annotated[PartialDate, Moment("du:occurredOn")]
    """Day of the act, or of the report where that is all there is."""
    text: Annotated[Text, Lit("dct:description", "en")]
    """What happened, in our own words, and to whom."""
    sources: Annotated[SomeKeys, Ref("dct:source", "source")]
    """Sources that the step rests on."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """How far the step can be trusted, on the scale in ``data/dataset.yml``."""

    @property
    def order(self) -> tuple[PartialDate, int]:
        """Sort key: by day, then as filed."""
        return self.date, int(self.node.key.rpartition(".")[2])

    def caption(self, around: Around) -> str:
        """What sort of step, and when."""
        return f"{self.stage.replace('-', ' ')}, {self.date}"


@record("enforcement", "du:Enforcement", table="enforcement", form="yaml", noun="case")
class Enforcement(Sourced):
    """A case in which an authority enforces controls, or looks into whether to; what is alleged is not found."""

    title: Annotated[Name, Names("dct:title"), Names("rdfs:label")]
    """What the case is called here, in each language; a charge is called one."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Other names by which it is found, in any script."""
    authorities: Annotated[SomeKeys, Ref("du:broughtBy", "organisation")]
    """Bodies that bring it or look into it."""
    jurisdiction: Annotated[tuple[Text, ...], Several(1), Lit("du:jurisdiction")]
    """Legal order in which it is brought: ISO 3166-1 alpha-2, or EU."""
    court: Annotated[Text | None, Lit("du:court", "en")] = None
    """Court it is before; blank: none, or not named."""
    parties: Annotated[Keys, Ref("du:caseParty", "organisation")] = ()
    """Organisations that it is about: charged, settling, under inquiry, or said to be what the conduct ran through."""
    persons: Annotated[Texts, Lit("du:personCharged")] = ()
    """Persons whom the authority names as charged; they are presumed innocent unless a step says otherwise."""
    involved: Annotated[Keys, Ref("du:involves", "organisation")] = ()
    """Other organisations that it names and that are not charged, such as makers of the goods or consignees."""
    charges: Annotated[Texts, Lit("du:charge", "en")] = ()
    """What is alleged, each in our own words; blank: nothing was charged, or the charge was not read."""
    under: Annotated[Text | None, Lit("du:allegedUnder", "en")] = None
    """Law that the authority names, as far as it was read; blank: not read."""
    instruments: Annotated[Keys, Ref("du:onInstrument", "instrument")] = ()
    """Instruments on record that the case is, or may be, about."""
    provision: Annotated[Key | None, Ref("du:basedOn", "provision")] = None
    """Provision on record that the authority relies on; blank: none was read."""
    products: Annotated[Keys, Ref("du:caseProduct", "product")] = ()
    """Chips on record that go by the names which the sources use."""
    goods: Annotated[Text | None, Lit("du:goods", "en")] = None
    """Goods and how many, as the sources say; blank: they do not."""
    places: Annotated[PlaceKeys, Ref("du:casePlace", "place")] = ()
    """Places that the alleged conduct touches."""
    value_usd: Annotated[Amount | None, Num("du:goodsValue")] = None
    """Worth of what the case is about, in millions of US dollars; blank: none is told."""
    value_note: Annotated[Text | None, Lit("du:goodsValueNote", "en")] = None
    """What that worth is of, and what else is told."""
    penalty_usd: Annotated[Amount | None, Num("du:penaltyAmount")] = None
    """Penalty set or agreed, in millions of US dollars; blank: none."""
    conduct_from: Annotated[PartialDate | None, Partial("du:conductFrom")] = None
    """When the alleged conduct began; blank: not told."""
    conduct_to: Annotated[PartialDate | None, Partial("du:conductTo")] = None
    """When the alleged conduct ended, itself included; blank: not told."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """What it is about, in our own words; what is alleged is told as alleged."""
    related: Annotated[Keys, Ref("dct:relation", "enforcement")] = ()
    """Cases tied to it."""
    steps: tuple[Step, ...]
    """Acts in order; the n-th is step ``{case}.{n}``, so one found late goes to the end, whatever its date."""

    def __post_init__(self) -> None:
        """Reject a case without a step, and conduct that ends before it begins."""
        if not self.steps:
            raise ValueError("a case has at least one step")
        start, end = self.conduct_from, self.conduct_to
        if start is not None and end is not None and end.latest < start.earliest:
            raise ValueError(f"conduct_to {end} is before conduct_from {start}")


@record("search", "du:Search", table="searched", form="csv")
class Search(Record):
    """A search for what happened in a month, so that silence of the record can be told from not having looked."""

    key: Key
    """The month, with a running number: ``2026-10.1``."""
    month: Annotated[PartialDate, Partial("du:searchedMonth")]
    """Month that was searched for events."""
    searched_on: Annotated[PartialDate, Partial("du:searchedOn")]
    """Day of the search."""
    where: Annotated[Text, Lit("du:searchedIn", "en")]
    """Where it was made, and for what."""
    found: Annotated[YesNo, Truth("du:foundAny")]
    """Whether it found an event of that month."""
    reach: Annotated[Literal["whole", "part", "none"], Lit("du:searchReach")]
    """How much of the month the texts searched reach: of one that they do not reach, nothing found says nothing."""
    note: Annotated[Text | None, Lit("rdfs:comment", "en")] = None
    """What a reader should know that no other field holds."""

    def caption(self, around: Around) -> str:
        """Which month was searched, and when."""
        return f"search for events of {self.month}, {self.searched_on}"
