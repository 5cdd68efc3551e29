"""Claims: what passages of documents assert, who said it, and what settles it. No document's text is kept."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dualuse.dates import PartialDate
from dualuse.records.base import Key, Keys, PlaceKey, PlaceKeys, Sourced, Text, Texts
from dualuse.records.law import EventKind, InstrumentKind
from dualuse.records.parties import OrganisationType

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Position = Annotated[int, Field(ge=0)]
Size = Annotated[int, Field(ge=1)]

PassageKind = Literal["body", "headline", "caption", "keyword-line", "boilerplate"]
Modality = Literal["asserted", "hedged", "forecast", "denied", "reserved", "demanded"]
"""How a claim is put; a forecast is settled by what happened and is never called a contradiction."""
Attribute = Literal[
    "tier-count",
    "tier1-count",
    "tier2-count",
    "tier3-count",
    "scheme-count",
    "tier-membership",
    "treated-as",
    "tier1-treatment",
    "tier2-treatment",
    "tier3-treatment",
    "weights-control",
    "licence-scope",
    "restricted-act",
    "item-scope",
    "country-cap",
    "cap-relief",
    "small-volume-exemption",
    "scope-exclusion",
    "announced-on",
    "applies-after",
    "comment-period",
    "last-of-term",
    "purpose",
    "consequence",
    "process",
    "position",
    "criticism",
    "demand",
    "action",
    "description",
    "attributed-to",
    "reported-by",
    "dated-on",
    "office",
    "earlier-controls",
    "background",
]
"""What a claim is about; only the attributes that ``data/claims/settlements.csv`` compares can conflict."""
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
Result = Literal["agrees", "agrees-in-part", "differs", "not-decidable"]
"""How a claim stands when it is held against the law or against what happened."""
LegalForce = Literal["binding", "binding-on-addressee", "guidance", "not-yet", "none"]
"""What an act or a word does in law."""

_MAX_HAN = 40
_MAX_GLOSS = 120


class Document(Sourced):
    """``data/documents/<key>.yml``: a text that claims point into; the text itself is not kept."""

    title: Text
    """Title in English, our own where it has none."""
    publisher: Key | None = None
    """Organisation that published it; blank: not known."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-Han[st])?$")]
    """Language and script of most of it."""
    date: PartialDate
    """Day it was published."""
    sha256: Digest
    """SHA-256 of its bytes."""
    length: Size
    """Length in code points."""
    file_names: Texts = ()
    """Names under which copies of it are known."""


class Passage(Sourced):
    """``data/claims/passages.csv``: one line of a document that is not blank, counted from 1."""

    key: Key
    """Document and number."""
    document: Key
    """Document it stands in."""
    number: Size
    """Its place among the lines of the document that are not blank."""
    length: Size
    """Length in code points."""
    sha256: Digest
    """SHA-256 of its text in UTF-8."""
    folded_sha256: Digest
    """SHA-256 of its folded text: width, punctuation, case and script evened out."""
    kind: PassageKind
    """What sort of text it is."""
    outlet: Key | None = None
    """Outlet it comes from; blank: not one in the graph."""
    outlet_label: Text | None = None
    """What is known of an outlet that is not in the graph."""
    date_from: PartialDate
    """First day on which it can have been written."""
    date_to: PartialDate
    """Last day on which it can have been written."""
    same_report: Key | None = None
    """First passage that carries the same report, so that reprints count once; blank: this is the first."""
    truncated: Literal["yes", "no"] = "no"
    """Whether it is cut off."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.date_to.latest < self.date_from.earliest:
            raise ValueError(f"date_to {self.date_to} is before date_from {self.date_from}")
        if self.same_report == self.key:
            raise ValueError("a passage cannot repeat itself; leave same_report blank in the first of a report")
        return self


class Claim(Sourced):
    """``data/claims/claims.csv``: what one span of a passage asserts, in our own words, and who said it."""

    key: Key
    """Names the claim; never renamed."""
    passage: Key
    """Passage that makes it."""
    start: Position
    """First code point of the span, counted from 0 in the passage."""
    end: Size
    """Code point after the last one of the span."""
    span_sha256: Digest
    """SHA-256 of the span in UTF-8."""
    folded_sha256: Digest
    """SHA-256 of the folded span."""
    folded_length: Size
    """Length of the folded span in code points."""
    quotation: Text | None = None
    """Exact words, kept only where the words are the fact."""
    gloss: Text
    """What is claimed, in our own words."""
    attribute: Attribute
    """What the claim says something about."""
    instrument: Key | None = None
    """Instrument it is about; blank: none."""
    party: Key | None = None
    """Organisation it is about; blank: none."""
    places: PlaceKeys = ()
    """Places it is about; blank: none."""
    group: Key | None = None
    """Country group it is about; blank: none."""
    subject_label: Text | None = None
    """What it is about where that is not in the graph, or a part of it."""
    value: Text
    """Value claimed, in normal form: a number in words, an EDTF date, a key, or a phrase."""
    value_min: float | None = None
    """Least number it can mean."""
    value_max: float | None = None
    """Greatest number it can mean."""
    unit: Unit | None = None
    """Unit of the numbers."""
    qualifier: Text | None = None
    """What narrows or loosens the value."""
    valid_on: PartialDate | None = None
    """Time the claim speaks of; blank: the time of the passage."""
    modality: Modality
    """How the claim is put."""
    polarity: Literal["affirmed", "negated"] = "affirmed"
    """Whether the value is said to hold or not to hold."""
    quoted: Literal["yes", "no"] = "no"
    """Whether the passage gives it as direct speech."""
    claimant: Key | None = None
    """Organisation that claims it; blank: see ``claimant_label``, or the passage says it in its own voice."""
    speaker: Key | None = None
    """Person who claims it; blank: not named."""
    claimant_label: Text | None = None
    """What a claimant that is not in the graph is called."""
    reporter: Key | None = None
    """Organisation whose report the passage passes on; blank: the passage reports it first-hand."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
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
        return self


class Settlement(Sourced):
    """``data/claims/settlements.csv``: which value the law gives to an attribute, and how it is computed."""

    key: Key
    """Names the settlement."""
    attribute: Attribute
    """Attribute it settles."""
    instrument: Key
    """Instrument for which it does."""
    calculation: Calculation
    """How the value of the law is computed."""
    day: PartialDate
    """Day of law."""
    number: Size | None = None
    """Tier that is counted."""
    groups: Keys = ()
    """Groups that are counted, or the universe to count in."""
    less: PlaceKeys = ()
    """Places of the groups that may be left out of the count."""
    measures: Keys = ()
    """Measures whose quantity or date is used."""
    products: Keys = ()
    """Products whose processing performance divides the quantity."""
    divisors: Texts = ()
    """Numbers that divide the quantity, the one the press used first."""
    event_kind: EventKind | None = None
    """Kind of event that is read."""
    events_of: Key | None = None
    """Instrument whose events are read, where it is not the same one."""
    holds: Texts = ()
    """Values that hold under the law, for a category."""
    part: Texts = ()
    """Values that are true as far as they go and leave out what the law adds."""
    fails: Texts = ()
    """Values that the law does not bear out."""
    provisions: Keys = ()
    """Provisions that settle it; blank: the instrument as a whole."""
    summary: Text
    """What the law says, in our own words; ``note`` is what stays open."""

    @model_validator(mode="after")
    def _exact(self) -> Self:
        if not self.day.exact:
            raise ValueError(f"day {self.day} must be a whole day, YYYY-MM-DD")
        wrong = [divisor for divisor in self.divisors if not divisor.isdecimal() or int(divisor) == 0]
        if wrong:
            raise ValueError(f"divisors {wrong} must be whole numbers above 0")
        return self


class LegalEffect(Sourced):
    """``data/claims/legal-effects.csv``: what a kind of act, or a kind of voice, does in law."""

    key: Key
    """Names the row."""
    place: PlaceKey | None = None
    """Legal order it is about; blank: any."""
    instrument_kind: InstrumentKind | None = None
    """Kind of instrument it is about; blank: it is about a voice."""
    organisation_type: OrganisationType | None = None
    """Kind of organisation whose voice it is about; blank: any."""
    words: Texts = ()
    """Words of a speaker's label or venue that mark the voice; blank: any."""
    force: LegalForce
    """What it does in law."""
    summary: Text
    """The same in a sentence."""
