"""Places, groups, instruments, and what their provisions do."""

from __future__ import annotations

from datetime import date, timedelta
from datetime import date as date_
from typing import TYPE_CHECKING, Annotated

from dualuse.dates import PartialDate
from dualuse.law.truth import Truth, both
from dualuse.model.base import (
    Amended,
    Amount,
    Around,
    Dated,
    Key,
    Keys,
    Name,
    PlaceKey,
    PlaceKeys,
    Record,
    SomeKeys,
    Sourced,
    Text,
    Texts,
)
from dualuse.model.fields import Alias, Edge, Form, Lit, Moment, Names, Num, Partial, Ref, Several, Val, record
from dualuse.model.values import (
    Bearer,
    Confidence,
    Effect,
    EventKind,
    GroupRole,
    InstrumentKind,
    MeasureKind,
    ReviewPolicy,
    Standing,
    Status,
    TreatmentRule,
)
from dualuse.span import Span

if TYPE_CHECKING:
    from dualuse.model.triples import Triples

MEASURE_CLASSES = {
    "licence-requirement": "LicenceRequirement",
    "licence-exception": "LicenceException",
    "exclusion": "Exclusion",
    "review-policy": "ReviewPolicy",
    "allocation": "Allocation",
    "threshold": "TechnicalParameter",
    "duty": "Duty",
    "prohibition": "Prohibition",
    "condition": "Condition",
    "definition": "DefiningMeasure",
    "date": "DateRule",
    "listing": "ListingMeasure",
    "stay": "Stay",
}
"""Kind of measure -> its class."""


@record("place", "du:Destination", table="places", form="csv", noun="destination", scheme="places")
class Place(Sourced):
    """A destination, which need not be a state."""

    key: Annotated[PlaceKey, Lit("skos:notation")]
    """ISO 3166-1 alpha-2; Kosovo is XK, occupied regions of Ukraine XM, XO and XH."""
    iso3: Annotated[str, Form("code", pattern=r"^[A-Z]{3}$"), Lit("skos:notation")]
    """ISO 3166-1 alpha-3; of user-assigned codes XKX and the like."""
    name_en: Annotated[Text, Lit("skos:prefLabel", "en"), Lit("rdfs:label", "en")]
    """Common English name."""
    name_zh_hant: Annotated[Text, Lit("skos:prefLabel", "zh-hant"), Lit("rdfs:label", "zh-hant")]
    """Common name in Traditional Chinese."""
    name_zh_hans: Annotated[Text, Lit("skos:prefLabel", "zh-hans"), Lit("rdfs:label", "zh-hans")]
    """Common name in Simplified Chinese."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Other names and spellings by which it is found, in any script."""


@record("group", "du:CountryGroup", table="groups", form="csv", noun="country group", kept=True)
class Group(Sourced):
    """A list of places that a law or a treaty keeps, or that follows from such lists."""

    key: Key
    """Short name; groups of US law begin with ``us-``."""
    name_en: Annotated[Text, Lit("skos:prefLabel", "en"), Lit("rdfs:label", "en")]
    """English name."""
    name_zh_hant: Annotated[Text, Lit("skos:prefLabel", "zh-hant"), Lit("rdfs:label", "zh-hant")]
    """Name in Traditional Chinese."""
    name_zh_hans: Annotated[Text, Lit("skos:prefLabel", "zh-hans"), Lit("rdfs:label", "zh-hans")]
    """Name in Simplified Chinese."""
    role: Annotated[GroupRole, Lit("du:groupRole")]
    """A list in the law, a set that follows from such lists, or a universe to count in."""
    definition: Annotated[Text, Lit("skos:definition", "en")]
    """Which destinations belong to it, in our own words."""
    provision: Annotated[Key | None, Ref("du:basedOn", "provision")] = None
    """Text that keeps or describes the group; blank: no law does."""


@record("membership", "du:GroupMembership", table="memberships", form="csv", noun="group membership", kept=True)
class Membership(Amended):
    """A place in a group; with no start, in it since before the first day observed."""

    key: Key
    """``{group}.{place}``, in lower case."""
    place: Annotated[PlaceKey, Ref("du:member", "place")]
    """The destination."""
    group: Annotated[Key, Ref("du:group", "group")]
    """The group."""
    standing: Annotated[Standing, Val("du:standing", "standing")]
    """Whether the place is in the group, out of it, or read both ways."""
    listed_as: Annotated[Text | None, Lit("du:listedAs", "en")] = None
    """Name under which the list has the place; blank: not recorded."""
    observed_from: Annotated[PartialDate | None, Partial("du:observedFrom")] = None
    """Earliest date for which the list is known to read like this row."""
    observed_to: Annotated[PartialDate | None, Partial("du:observedTo")] = None
    """Latest date for which it is known to; blank: no later reading is recorded."""

    def member(self, day: date) -> Truth:
        """Whether the place is in the group on a day; unknown where that is contested or turns on a partial date."""
        if self.standing == "not-a-member":
            return False
        return both((self.span.on(day), True if self.standing == "member" else None))

    def caption(self, around: Around) -> str:
        """Place and group."""
        return f"{self.place} in {self.group}"


@record("treatment", "du:Treatment", table="treatments", form="csv", kept=True)
class Treatment(Dated):
    """A place a regime treats as another one (territories; Hong Kong as China)."""

    key: Key
    """``{regime}.{place}``, in lower case."""
    place: Annotated[PlaceKey, Ref("du:concernsPlace", "place")]
    """Place that the regime gives no standing of its own."""
    treated_as: Annotated[PlaceKey, Ref("du:parent", "place")]
    """Place whose standing it takes."""
    rule: Annotated[TreatmentRule, Val("du:treatmentRule", "treatment-rule")]
    """Why: its parent's entry covers it, China's does, or the definition of the United States."""
    provision: Annotated[Key, Ref("du:basedOn", "provision")]
    """Text from which the treatment follows."""
    alternative: Annotated[Text | None, Lit("du:alternativeReading", "en")] = None
    """Another tenable reading and its ground; blank: none is recorded."""

    def caption(self, around: Around) -> str:
        """The place, and as which one it counts."""
        return f"{self.place} treated as {self.treated_as}"


@record("event", "du:LegalEvent", noun="legal event", holder="du:onInstrument", by_hand=("du:affects",), kept=True)
class Event(Record):
    """One dated act on an instrument, inside its file."""

    kind: Annotated[EventKind, Val("du:eventKind", "event-kind")]
    """What sort of act it is."""
    date: Annotated[PartialDate, Moment("du:occurredOn")]
    """Day of the act, as exactly as the sources tell."""
    effect: Annotated[Effect, Val("du:eventEffect", "effect")]
    """Whether it changes rights or duties, only says so, or states a view of the law."""
    text: Annotated[Text, Lit("dct:description", "en")]
    """What happened, in our own words."""
    until: Annotated[PartialDate | None, Partial("du:stayedUntil"), Edge("du:stayedUntilLatest", "latest")] = None
    """Last day of a stay on its face; blank: it has no term."""
    by: Annotated[Key | None, Ref("du:enactedBy", "instrument")] = None
    """Other instrument that did it; blank: none."""
    agent: Annotated[Keys, Ref("prov:wasAssociatedWith", "organisation")] = ()
    """Bodies that acted."""
    scope: Annotated[Keys, Ref("du:affects", "provision")] = ()
    """Provisions touched; blank: the whole instrument."""
    announces: Annotated[Status | None, Val("du:announces", "status")] = None
    """Status that an announcement says will follow."""
    provision: Annotated[Key | None, Ref("du:basedOn", "provision")] = None
    """Text in which the act stands."""
    sources: Annotated[SomeKeys, Ref("dct:source", "source")]
    """Sources that the event rests on."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """How far the event can be trusted, on the scale in ``data/dataset.yml``."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        if self.until is not None and self.until.latest < self.date.earliest:
            raise ValueError(f"until {self.until} is before date {self.date}")

    @property
    def number(self) -> int:
        """Its place in the file of its instrument, which breaks ties between events of one day."""
        return int(self.node.key.rpartition(".")[2])

    @property
    def order(self) -> tuple[date_, int]:
        """Sort key: by day, then as filed."""
        return self.date.earliest, self.number

    def runs(self, day: date_) -> Truth:
        """Whether a stay or a promise still holds on a day; unknown where that turns on the day it ends."""
        return Span(end=self.until).on(day - timedelta(days=1))

    def caption(self, around: Around) -> str:
        """What sort of act, and when."""
        return f"{self.kind.replace('-', ' ')}, {self.date}"

    def more(self, node: Triples, around: Around) -> None:
        """An event that names no provision touches the whole instrument."""
        if not self.scope:
            node.link("du:affects", "instrument", around.holder_key)


@record("instrument", "du:Instrument", table="instruments", form="yaml")
class Instrument(Sourced):
    """A statute, rule, notice, letter, announcement or bill, with its events."""

    title: Annotated[Name, Names("dct:title"), Names("rdfs:label")]
    """Title in each language, official or commonly used; the English one is ours where none was issued."""
    original_title: Annotated[Text | None, Lit("dct:title")] = None
    """Title as issued, where that is not English."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Short names and nicknames by which it is found, in any script."""
    kind: Annotated[InstrumentKind, Val("du:instrumentKind", "instrument-kind")]
    """Form in which it was issued; the effect of its events tells its legal force."""
    issued_by: Annotated[SomeKeys, Ref("eli:passed_by", "organisation")]
    """Bodies that issued it."""
    jurisdiction: Annotated[tuple[Text, ...], Several(1), Lit("du:jurisdiction")]
    """Legal order it belongs to: ISO 3166-1 alpha-2, or EU."""
    citation: Annotated[Text | None, Lit("du:citation")] = None
    """Where it is published, as lawyers cite it."""
    document_number: Annotated[Text | None, Lit("du:documentNumber")] = None
    """Number under which its publisher keeps it, such as a Federal Register document number or a CELEX number."""
    rin: Annotated[Text | None, Lit("du:rin")] = None
    """US Regulation Identifier Number."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """What it does, in our own words."""
    amends: Annotated[Keys, Ref("eli:amends", "instrument")] = ()
    """Instruments whose text it changes."""
    supersedes: Annotated[Keys, Ref("du:supersedes", "instrument")] = ()
    """Instruments whose place it takes."""
    based_on: Annotated[Keys, Ref("eli:based_on", "instrument")] = ()
    """Instruments that give the power to issue it."""
    answers: Annotated[Keys, Ref("du:answers", "instrument")] = ()
    """Instruments of another authority that it responds to."""
    related: Annotated[Keys, Ref("dct:relation", "instrument")] = ()
    """Instruments tied to it in some other way."""
    without_measures: Annotated[Text | None, Lit("du:withoutMeasures", "en")] = None
    """Why no measure stands for it: it does nothing in law, or what it does was not read; blank: its measures say."""
    events: tuple[Event, ...]
    """Acts in order; the n-th is event ``{instrument}.{n}``, so one found late goes to the end, whatever its date."""


@record("provision", "du:Provision", table="provisions", form="csv", kept=True)
class Provision(Sourced):
    """A part of an instrument that can be cited."""

    key: Key
    """``{instrument}.{part}``, in lower case."""
    instrument: Annotated[Key, Ref("eli:is_part_of", "instrument")]
    """Instrument that holds the text; one that amends a code has the paragraphs it wrote."""
    citation: Annotated[Text, Lit("rdfs:label", "en"), Lit("eli:id_local")]
    """How the part is cited."""


@record("measure", table="measures", form="csv", told_by="du:measureKind")
class Measure(Dated):
    """What a provision does, to which items, places, headquarters and bearers."""

    key: Key
    """Short name of what the provision does."""
    provision: Annotated[Key, Ref("du:basedOn", "provision")]
    """Text that it states."""
    kind: Annotated[MeasureKind, Val("du:measureKind", "measure-kind")]
    """What sort of thing it does."""
    name_en: Annotated[Text, Lit("rdfs:label", "en")]
    """What it is, as a short noun phrase."""
    name_zh_hant: Annotated[Text, Lit("rdfs:label", "zh-hant")]
    """The same in traditional script."""
    name_zh_hans: Annotated[Text, Lit("rdfs:label", "zh-hans")]
    """The same in simplified script."""
    items: Annotated[Keys, Ref("du:scopeItem", "item")] = ()
    """Items it covers; blank: it does not turn on an item."""
    places: Annotated[Keys, Ref("du:scopeDestination", "group")] = ()
    """Groups of destinations it reaches; blank: it does not turn on a destination."""
    named_places: Annotated[PlaceKeys, Ref("du:scopePlace", "place")] = ()
    """Destinations it names by themselves, beside those of its groups; blank: it names none."""
    headquarters: Annotated[Keys, Ref("du:scopeHeadquarters", "group")] = ()
    """Groups it reaches through a headquarters or ultimate parent, wherever the site; blank: it asks for neither."""
    bearers: Annotated[tuple[Bearer, ...], Several(), Val("du:bearer", "bearer")] = ()
    """Roles that it binds; blank: it names none."""
    addressees: Annotated[Keys, Ref("du:addressedTo", "organisation")] = ()
    """Parties that it names as bound or allowed, as a letter does; blank: it is for all who act in its roles."""
    review_policy: Annotated[ReviewPolicy | None, Val("du:hasReviewPolicy", "review-policy")] = None
    """How applications are decided; blank: it says nothing on that."""
    quantity: Annotated[Amount | None, Num("du:quantity")] = None
    """Figure it sets, in ``unit``; blank: it sets none."""
    value: Annotated[Text | None, Lit("du:valueAsStated")] = None
    """What it sets where a bare figure does not say it: a date, a paragraph, several figures."""
    unit: Annotated[Text | None, Lit("du:unit")] = None
    """Unit of ``quantity``, or what ``value`` is."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """What it does, in our own words."""

    def classes(self) -> tuple[str, ...]:
        """Class of its kind."""
        return (f"du:{MEASURE_CLASSES[self.kind]}",)
