"""Claims: what passages of documents assert, who said it, and what settles it. No document's text is kept."""

from __future__ import annotations

from datetime import date as day
from typing import TYPE_CHECKING, Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import (
    Around,
    Digest,
    Key,
    Keys,
    Language,
    PlaceKey,
    PlaceKeys,
    Position,
    Size,
    Sourced,
    Text,
    Texts,
    YesNo,
)
from dualuse.model.fields import Alias, Count, Edge, Form, Lit, Num, Partial, Ref, Several, Truth, Val, record
from dualuse.model.values import (
    ClaimAttribute,
    EventKind,
    InstrumentKind,
    LegalForce,
    Modality,
    OrganisationType,
    PassageKind,
)
from dualuse.node import Node

if TYPE_CHECKING:
    from dualuse.model.triples import Triples

Unit = Literal["country", "level", "day", "month", "year", "gpu"]
Calculation = Literal[
    "number-of-tiers",
    "listed-in-groups",
    "tier-in-universe",
    "universe",
    "allocation",
    "days-to-date",
    "delays",
    "event-date",
    "later-event",
    "tier-of-place",
    "treatment-of-place",
    "recorded",
]
"""How the value that the law gives is computed; each is one function in ``dualuse.claims.settle``."""

Whole = Annotated[str, Form("whole number above 0", "whole numbers above 0", pattern=r"^[1-9]\d{0,14}$")]

_MAX_HAN = 40
_MAX_GLOSS = 120


@record("document", "du:Document", table="documents", form="yaml")
class Document(Sourced):
    """A text that claims point into; the text itself is not kept."""

    title: Annotated[Text, Lit("dct:title", "en"), Lit("rdfs:label", "en")]
    """Title in English, our own where it has none."""
    publisher: Annotated[Key | None, Ref("prov:wasAttributedTo", "organisation")] = None
    """Organisation that published it; blank: not known."""
    language: Annotated[Language, Lit("dct:language")]
    """Language and script of most of it."""
    date: Annotated[PartialDate, Partial("dct:issued")]
    """Day it was published."""
    sha256: Annotated[Digest, Lit("du:textSha256")]
    """SHA-256 of its bytes."""
    length: Annotated[Size, Count("du:textLength")]
    """Length in code points."""
    file_names: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Names under which copies of it are known."""


@record("passage", "du:Passage", table="claims/passages", form="csv")
class Passage(Sourced):
    """One line of a document that is not blank, counted from 1."""

    key: Key
    """Document and number."""
    document: Annotated[Key, Ref("dct:isPartOf", "document")]
    """Document it stands in."""
    number: Annotated[Size, Count("du:lineNumber")]
    """Its place among the lines of the document that are not blank."""
    length: Annotated[Size, Count("du:textLength")]
    """Length in code points."""
    sha256: Annotated[Digest, Lit("du:textSha256")]
    """SHA-256 of its text in UTF-8."""
    folded_sha256: Annotated[Digest, Lit("du:foldedSha256")]
    """SHA-256 of its folded text: width, punctuation, case and script evened out."""
    kind: Annotated[PassageKind, Lit("du:passageKind")]
    """What sort of text it is."""
    outlet: Annotated[Key | None, Ref("prov:wasAttributedTo", "organisation")] = None
    """Outlet it comes from; blank: not one in the graph."""
    outlet_label: Annotated[Text | None, Lit("du:outletLabel", "en")] = None
    """What is known of an outlet that is not in the graph."""
    date_from: Annotated[PartialDate, Edge("du:earliest", "earliest")]
    """First day on which it can have been written."""
    date_to: Annotated[PartialDate, Edge("du:latest", "latest")]
    """Last day on which it can have been written."""
    same_report: Annotated[Key | None, Ref("du:sameReportAs", "passage")] = None
    """First passage that carries the same report, so that reprints count once; blank: this is the first."""
    truncated: Annotated[YesNo, Truth("du:truncated")] = "no"
    """Whether it is cut off."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        if self.date_to.latest < self.date_from.earliest:
            raise ValueError(f"date_to {self.date_to} is before date_from {self.date_from}")
        if self.same_report == self.key:
            raise ValueError("a passage cannot repeat itself; leave same_report blank in the first of a report")

    @property
    def report(self) -> str:
        """Key of the first passage that carries its report."""
        return self.same_report or self.key

    @property
    def days(self) -> tuple[day, day]:
        """First and last day on which it can have been written."""
        return self.date_from.earliest, self.date_to.latest

    def caption(self, around: Around) -> str:
        """Document and number."""
        return f"{self.document}, passage {self.number}"


@record("claim", "du:Claim", table="claims/claims", form="csv", by_hand=("du:claimSubject",))
class Claim(Sourced):
    """What one span of a passage asserts, in our own words, and who said it."""

    key: Key
    """Names the claim; never renamed."""
    passage: Annotated[Key, Ref("du:inPassage", "passage")]
    """Passage that makes it."""
    start: Annotated[Position, Count("du:spanStart")]
    """First code point of the span, counted from 0 in the passage."""
    end: Annotated[Size, Count("du:spanEnd")]
    """Code point after the last one of the span."""
    span_sha256: Annotated[Digest, Lit("du:textSha256")]
    """SHA-256 of the span in UTF-8."""
    folded_sha256: Annotated[Digest, Lit("du:foldedSha256")]
    """SHA-256 of the folded span."""
    folded_length: Annotated[Size, Count("du:foldedLength")]
    """Length of the folded span in code points."""
    quotation: Annotated[Text | None, Lit("du:quotation")] = None
    """Exact words, kept only where the words are the fact."""
    gloss: Annotated[Text, Lit("dct:description", "en")]
    """What is claimed, in our own words."""
    attribute: Annotated[ClaimAttribute, Val("du:attribute", "claim-attribute")]
    """What the claim says something about."""
    instrument: Annotated[Key | None, Ref("du:onInstrument", "instrument")] = None
    """Instrument it is about; blank: none."""
    party: Annotated[Key | None, Ref("du:claimSubject", "organisation")] = None
    """Organisation it is about; blank: none."""
    places: Annotated[PlaceKeys, Ref("du:claimSubject", "place")] = ()
    """Places it is about; blank: none."""
    group: Annotated[Key | None, Ref("du:claimSubject", "group")] = None
    """Country group it is about; blank: none."""
    subject_label: Annotated[Text | None, Lit("du:subjectLabel", "en")] = None
    """What it is about where that is not in the graph, or a part of it."""
    value: Annotated[Text, Lit("du:valueAsStated")]
    """Value claimed, in normal form: a number in words, an EDTF date, a key, or a phrase."""
    value_min: Annotated[float | None, Num("du:valueMin")] = None
    """Least number it can mean."""
    value_max: Annotated[float | None, Num("du:valueMax")] = None
    """Greatest number it can mean."""
    unit: Annotated[Unit | None, Lit("du:unit")] = None
    """Unit of the numbers."""
    qualifier: Annotated[Text | None, Lit("du:qualifier", "en")] = None
    """What narrows or loosens the value."""
    valid_on: Annotated[PartialDate | None, Partial("du:validOn")] = None
    """Time the claim speaks of; blank: the time of the passage."""
    modality: Annotated[Modality, Val("du:modality", "modality")]
    """How the claim is put."""
    polarity: Annotated[Literal["affirmed", "negated"], Truth("du:affirmed", true="affirmed")] = "affirmed"
    """Whether the value is said to hold or not to hold."""
    quoted: Annotated[YesNo, Truth("du:quoted")] = "no"
    """Whether the passage gives it as direct speech."""
    claimant: Annotated[Key | None, Ref("prov:wasAttributedTo", "organisation")] = None
    """Organisation that claims it; blank: see ``claimant_label``, or the passage says it in its own voice."""
    speaker: Annotated[Key | None, Ref("prov:wasAttributedTo", "person")] = None
    """Person who claims it; blank: not named."""
    claimant_label: Annotated[Text | None, Lit("du:claimantLabel", "en")] = None
    """What a claimant that is not in the graph is called."""
    reporter: Annotated[Key | None, Ref("du:reportedBy", "organisation")] = None
    """Organisation whose report the passage passes on; blank: the passage reports it first-hand."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        if self.end <= self.start:
            raise ValueError(f"the span ends at {self.end}, which is not after its start {self.start}")
        if len(self.gloss) > _MAX_GLOSS:
            raise ValueError(f"gloss of {len(self.gloss)} characters; at most {_MAX_GLOSS}")
        if self.quotation is not None and len(self.quotation) > _MAX_HAN:
            raise ValueError(
                f"quotation of {len(self.quotation)} characters; at most {_MAX_HAN} characters may be kept"
            )
        low, high = self.value_min, self.value_max
        if low is not None and high is not None and high < low:
            raise ValueError(f"value_max {high} is below value_min {low}")
        if (low is not None or high is not None) and self.unit is None:
            raise ValueError("a number needs its unit")
        if not (self.instrument or self.party or self.places or self.group or self.subject_label):
            raise ValueError("a claim is about something: give an instrument, party, places, group or label")

    @property
    def affirmed(self) -> bool:
        """Whether the value is said to hold."""
        return self.polarity == "affirmed"

    @property
    def subjects(self) -> tuple[Node, ...]:
        """What it is about; where that is nothing narrower, the instrument itself."""
        group = [Node("group", self.group)] if self.group else []
        party = [Node("organisation", self.party)] if self.party else []
        narrow = (*group, *party, *(Node("place", place) for place in self.places))
        whole = self.instrument if not narrow and not self.subject_label else None
        return narrow if whole is None else (Node("instrument", whole),)

    @property
    def claimants(self) -> tuple[Node, ...]:
        """The organisation and the person that claim it; with neither, a label says who, or its passage does itself."""
        given = (("organisation", self.claimant), ("person", self.speaker))
        return tuple(Node(kind, key) for kind, key in given if key)

    def caption(self, around: Around) -> str:
        """Attribute and value."""
        return f"{self.attribute.replace('-', ' ')}: {self.value}"

    def more(self, node: Triples, around: Around) -> None:
        """A claim about nothing narrower is about the instrument itself."""
        node.links("du:claimSubject", "instrument", [each.key for each in self.subjects if each.kind == "instrument"])


@record("settlement", "du:Settlement", table="claims/settlements", form="csv")
class Settlement(Sourced):
    """Which value the law gives to an attribute, and how it is computed."""

    key: Key
    """Names the settlement."""
    attribute: Annotated[ClaimAttribute, Val("du:attribute", "claim-attribute")]
    """Attribute it settles."""
    instrument: Annotated[Key, Ref("du:onInstrument", "instrument")]
    """Instrument for which it does."""
    calculation: Annotated[Calculation, Lit("du:calculation")]
    """How the value of the law is computed."""
    day: Annotated[PartialDate, Edge("du:dayOfLaw", "earliest")]
    """Day of law."""
    number: Annotated[Size | None, Count("du:tierCounted")] = None
    """Tier that is counted."""
    groups: Annotated[Keys, Ref("du:calculatedFrom", "group")] = ()
    """Groups that are counted, or the universe to count in."""
    less: Annotated[PlaceKeys, Ref("du:calculatedFrom", "place")] = ()
    """Places of the groups that may be left out of the count."""
    measures: Annotated[Keys, Ref("du:calculatedFrom", "measure")] = ()
    """Measures whose quantity or date is used."""
    products: Annotated[Keys, Ref("du:calculatedFrom", "product")] = ()
    """Products whose processing performance divides the quantity."""
    divisors: Annotated[tuple[Whole, ...], Several(), Num("du:divisor", above=0)] = ()
    """Numbers that divide the quantity, such as the one the press used."""
    event_kind: Annotated[EventKind | None, Val("du:readsEventKind", "event-kind")] = None
    """Kind of event that is read."""
    events_of: Annotated[Key | None, Ref("du:calculatedFrom", "instrument")] = None
    """Instrument whose events are read, where it is not the same one."""
    holds: Annotated[Texts, Lit("du:holds")] = ()
    """Values that hold under the law, for a category."""
    part: Annotated[Texts, Lit("du:holdsInPart")] = ()
    """Values that are true as far as they go and leave out what the law adds."""
    fails: Annotated[Texts, Lit("du:fails")] = ()
    """Values that the law does not bear out."""
    provisions: Annotated[Keys, Ref("du:basedOn", "provision")] = ()
    """Provisions that settle it; blank: the instrument as a whole."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """What the law says, in our own words; ``note`` is what stays open."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        if not self.day.exact:
            raise ValueError(f"day {self.day} must be a whole day, YYYY-MM-DD")

    def caption(self, around: Around) -> str:
        """Attribute and instrument."""
        return f"{self.attribute.replace('-', ' ')} of {self.instrument}"


@record("legal-effect", "du:LegalEffect", table="claims/legal-effects", form="csv", kept=True)
class LegalEffect(Sourced):
    """What a kind of act, or a kind of voice, does in law."""

    key: Key
    """Names the row."""
    place: Annotated[PlaceKey | None, Ref("du:inLegalOrder", "place")] = None
    """Legal order it is about; blank: any."""
    instrument_kind: Annotated[InstrumentKind | None, Val("du:ofInstrumentKind", "instrument-kind")] = None
    """Kind of instrument it is about; blank: it is about a voice."""
    organisation_type: Annotated[OrganisationType | None, Val("du:ofOrganisationType", "organisation-type")] = None
    """Kind of organisation whose voice it is about; blank: any."""
    words: Annotated[Texts, Lit("du:voiceWord")] = ()
    """Words of a speaker's label or venue that mark the voice; blank: any."""
    force: Annotated[LegalForce, Lit("du:legalForce")]
    """What it does in law."""
    summary: Annotated[Text, Lit("dct:description", "en")]
    """The same in a sentence."""

    def caption(self, around: Around) -> str:
        """Its key in words."""
        return around.key.replace("-", " ")
