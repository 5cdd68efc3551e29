"""Places, groups, instruments, what their provisions do, items and chips."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dualuse.dates import PartialDate
from dualuse.records.base import Confidence, Dated, Key, Keys, Name, PlaceKey, Record, Sourced, Text, Texts

"""What the text says, what the regulator says it applies, what officials said would happen."""
Status = Literal["not-yet", "effective-not-due", "in-force", "suspended", "not-enforced", "ended", "unknown"]
EventKind = Literal[
    "announcement",
    "publication",
    "effectiveness",
    "compliance-due",  # from this day it must be complied with
    "amendment",
    "suspension",  # a binding act stays it for a time
    "resumption",
    "expiry",  # by its own terms
    "non-enforcement",  # the regulator says it does not apply a text that stands
    "removal",
    "supersession",
    "opinion",
]
Effect = Literal["binding", "announced", "opinion"]
"""Whether an event changes rights or duties, only says that something is or will be, or states a view of the law."""
InstrumentKind = Literal[
    "statute",
    "regulation",
    "rule",
    "interim-final-rule",
    "correcting-amendment",
    "executive-order",
    "proclamation",
    "order",
    "notice",
    "letter",  # to one company, such as an is-informed letter
    "licence",
    "guidance",
    "announcement",
    "fact-sheet",
    "press-statement",
    "policy",
    "decision",
    "investigation",
    "list",  # parties added to, or taken off, a list
    "draft",
    "bill",
    "political-statement",
    "unpublished-instruction",  # known only from reports
]
MeasureKind = Literal[
    "licence-requirement",
    "licence-exception",
    "exclusion",  # takes something out of the control
    "review-policy",
    "allocation",  # how much may go to a place or party
    "threshold",
    "duty",
    "prohibition",
    "condition",  # must be met for another measure to be available
    "definition",
    "date",
]
ReviewPolicy = Literal["presumption-of-approval", "presumption-of-denial", "policy-of-denial", "case-by-case"]
Standing = Literal["member", "contested", "not-a-member"]
"""``not-a-member`` is recorded only where one might think otherwise."""
Bearer = Literal[
    "exporter",
    "reexporter",
    "transferor",
    "ultimate-consignee",
    "veu-holder",  # validated end user
    "iaas-provider",  # infrastructure as a service
    "foundry",
    "applicant",
    "bis",
]


class Place(Sourced):
    """``data/places.csv``: a destination, which need not be a state."""

    key: PlaceKey
    """ISO 3166-1 alpha-2; Kosovo is XK."""
    iso3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """ISO 3166-1 alpha-3; Kosovo is XKX."""
    name_en: Text
    """Common English name."""
    name_zh_hant: Text
    """Common name in Traditional Chinese."""
    name_zh_hans: Text
    """Common name in Simplified Chinese."""
    aliases: Texts = ()
    """Other names and spellings by which it is found, in any script."""


class Group(Sourced):
    """``data/groups.csv``: a list of places that a law or a treaty keeps, or that follows from such lists."""

    key: Key
    """Short name; groups of US law begin with ``us-``."""
    name_en: Text
    """English name."""
    name_zh_hant: Text
    """Name in Traditional Chinese."""
    name_zh_hans: Text
    """Name in Simplified Chinese."""
    role: Literal["country-group", "supplement", "derived", "universe"]
    """A list in the law, a set that follows from such lists, or a universe to count in."""
    definition: Text
    """Which destinations belong to it, in our own words."""
    provision: Key | None = None
    """Text that keeps or describes the group; blank: no law does."""


class Membership(Dated):
    """``data/memberships.csv``: a place in a group; with no start, in it since before the first day observed."""

    key: Key
    """``{group}.{place}``, in lower case."""
    place: PlaceKey
    """The destination."""
    group: Key
    """The group."""
    standing: Standing
    """Whether the place is in the group, out of it, or read both ways."""
    listed_as: Text | None = None
    """Name under which the list has the place; blank: not recorded."""
    observed_from: PartialDate | None = None
    """Earliest date for which the list is known to read like this row."""
    observed_to: PartialDate | None = None
    """Latest date for which it is known to; blank: no later reading is recorded."""


class Treatment(Dated):
    """``data/treatments.csv``: a place a regime treats as another one (territories; Hong Kong as China)."""

    key: Key
    """``{regime}.{place}``, in lower case."""
    place: PlaceKey
    """Place that the regime gives no standing of its own."""
    treated_as: PlaceKey
    """Place whose standing it takes."""
    rule: Literal["parent-territory", "treated-as-china", "part-of-united-states"]
    """Why: its parent's entry covers it, China's does, or the definition of the United States."""
    provision: Key
    """Text from which the treatment follows."""
    alternative: Text | None = None
    """Another tenable reading and its ground; blank: none is recorded."""


class Event(Record):
    """One dated act on an instrument, inside its file."""

    kind: EventKind
    """What sort of act it is."""
    date: PartialDate
    """Day of the act, as exactly as the sources tell."""
    effect: Effect
    """Whether it changes rights or duties, only says so, or states a view of the law."""
    text: Text
    """What happened, in our own words."""
    until: PartialDate | None = None
    """Last day of a stay on its face; blank: it has no term."""
    by: Key | None = None
    """Other instrument that did it; blank: none."""
    agent: Keys = ()
    """Bodies that acted."""
    scope: Keys = ()
    """Provisions touched; blank: the whole instrument."""
    announces: Status | None = None
    """Status that an announcement says will follow."""
    provision: Key | None = None
    """Text in which the act stands."""
    sources: Annotated[Keys, Field(min_length=1)]
    """Sources that the event rests on."""
    confidence: Confidence
    """How far the event can be trusted, on the scale in ``data/dataset.yml``."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until is not None and self.until.latest < self.date.earliest:
            raise ValueError(f"until {self.until} is before date {self.date}")
        return self


class Instrument(Sourced):
    """``data/instruments/<key>.yml``: a statute, rule, notice, letter, announcement or bill, with its events."""

    title: Name
    """Title in each language, official or commonly used; the English one is ours where none was issued."""
    original_title: Text | None = None
    """Title as issued, where that is not English."""
    aliases: Texts = ()
    """Short names and nicknames by which it is found, in any script."""
    kind: InstrumentKind
    """Form in which it was issued; the effect of its events tells its legal force."""
    issued_by: Annotated[Keys, Field(min_length=1)]
    """Bodies that issued it."""
    jurisdiction: Annotated[Texts, Field(min_length=1)]
    """Legal order it belongs to: ISO 3166-1 alpha-2, or EU."""
    citation: Text | None = None
    """Where it is published, as lawyers cite it."""
    document_number: Text | None = None
    """Number under which its publisher keeps it, such as a Federal Register document number or a CELEX number."""
    rin: Text | None = None
    """US Regulation Identifier Number."""
    summary: Text
    """What it does, in our own words."""
    status_note: Text
    """Where it stood when the record closed, in words; answers are read from the events, not from this."""
    amends: Keys = ()
    """Instruments whose text it changes."""
    supersedes: Keys = ()
    """Instruments whose place it takes."""
    based_on: Keys = ()
    """Instruments that give the power to issue it."""
    answers: Keys = ()
    """Instruments of another authority that it responds to."""
    related: Keys = ()
    """Instruments tied to it in some other way."""
    events: tuple[Event, ...]
    """Acts in order; the n-th is event ``{instrument}.{n}``, so one found late goes to the end, whatever its date."""


class Provision(Sourced):
    """``data/provisions.csv``: a part of an instrument that can be cited."""

    key: Key
    """``{instrument}.{part}``, in lower case."""
    instrument: Key
    """Instrument that holds the text; one that amends a code has the paragraphs it wrote."""
    citation: Text
    """How the part is cited."""


class Measure(Dated):
    """``data/measures.csv``: what a provision does, to which items, places, headquarters and bearers."""

    key: Key
    """Short name of what the provision does."""
    provision: Key
    """Text that it states."""
    kind: MeasureKind
    """What sort of thing it does."""
    name_en: Text
    """What it is, as a short noun phrase."""
    name_zh_hant: Text
    """The same in traditional script."""
    name_zh_hans: Text
    """The same in simplified script."""
    items: Keys = ()
    """Items it covers; blank: it does not turn on an item."""
    places: Keys = ()
    """Groups of destinations it reaches; blank: it does not turn on a destination."""
    headquarters: Keys = ()
    """Groups it reaches through a headquarters or ultimate parent, wherever the site; blank: it asks for neither."""
    bearers: Annotated[Texts, Field()] = ()
    """Roles that it binds; blank: it names none."""
    review_policy: ReviewPolicy | None = None
    """How applications are decided; blank: it says nothing on that."""
    quantity: float | None = None
    """Figure it sets, in ``unit``; blank: it sets none."""
    value: Text | None = None
    """What it sets where a bare figure does not say it: a date, a paragraph, several figures."""
    unit: Text | None = None
    """Unit of ``quantity``, or what ``value`` is."""
    summary: Text
    """What it does, in our own words."""

    @model_validator(mode="after")
    def _bearers_known(self) -> Self:
        known = Bearer.__args__  # type: ignore[attr-defined]  # typing gives no typed access to Literal values
        unknown = [bearer for bearer in self.bearers if bearer not in known]
        if unknown:
            raise ValueError(f"bearers {unknown} unknown; known: {', '.join(known)}")
        return self


class Item(Sourced):
    """``data/items.csv``: a paragraph of a control list."""

    key: Key
    """Its code in lower case."""
    code: Text
    """Export Control Classification Number, with the paragraph if it is one."""
    name_en: Text
    """What it covers, in English."""
    name_zh_hant: Text
    """What it covers, in Traditional Chinese."""
    name_zh_hans: Text
    """What it covers, in Simplified Chinese."""
    within: Key | None = None
    """Item that it is a paragraph of; blank: it is an entry of its own."""


class Threshold(Dated):
    """``data/thresholds.csv``: one limb of an item's technical test; every bound given must be met."""

    key: Key
    """``{item}-{limb}``."""
    item: Key
    """Item that a product meeting the limb falls under."""
    provision: Key
    """Text that sets the limb."""
    tpp_min: float | None = None
    """Least total processing performance (TPP): 2 x MacTOPS x bit length, as in ECCN 3A090; blank: not asked."""
    tpp_below: float | None = None
    """TPP that must not be reached; blank: not asked."""
    density_min: float | None = None
    """Least performance density, in TPP per mm2 of applicable die area; blank: not asked."""
    density_below: float | None = None
    """Performance density that must not be reached; blank: not asked."""
    interconnect_min: float | None = None
    """Least bandwidth to other chips, in GB/s, both directions together; blank: not asked."""
    data_centre: Literal["yes", "no"] | None = None
    """Whether the product must be designed or marketed for data centres, or must not be; blank: not asked."""


class Reading(Record):
    """What a source table says of a chip under one vintage of the law; kept to hold derived results against."""

    vintage: Literal["2022-10", "2023-10", "2025-01", "2025-other", "2026-01-china", "2026-tariff"]
    """Law under which it was read: month of the rule, or the letters of 2025, or the tariff of 2026."""
    text: Text
    """Result that the table gives."""
    exceptions: Text | None = None
    """Licence exceptions the table names; blank: none is named."""


class Product(Sourced):
    """``data/products/<key>.yml``: an accelerator. ``tpp`` is sourced; ``tpp_estimate`` is inference: never merged."""

    name: Text
    """Designer and model."""
    aliases: Texts = ()
    """Other names by which it is found, in any script."""
    designers: Annotated[Keys, Field(min_length=1)]
    """Organisations that designed it."""
    foundries: Keys = ()
    """Organisations that make the die; blank: not recorded."""
    process_node: Text | None = None
    """Manufacturing process, as named by the foundry."""
    released: PartialDate | None = None
    """When it was released; blank: it was not, or the date is not recorded."""
    release_note: Text | None = None
    """What the release date stands for, or why there is none."""
    tpp: float | None = None
    """Total processing performance, worked out from sourced figures; blank: none were found."""
    tpp_basis: Text | None = None
    """Figures and bit length behind ``tpp``."""
    tpp_estimate: float | None = None
    """Total processing performance by inference, or by another reading of the rule; blank: none was made."""
    tpp_estimate_basis: Text | None = None
    """How the estimate was made."""
    die_area_mm2: float | None = None
    """Die area in mm2; blank: not recorded."""
    die_area_note: Text | None = None
    """Whether the area is an estimate, and which dies it counts."""
    performance_density: float | None = None
    """``tpp`` per mm2 of die area; blank: one of the two is missing."""
    performance_density_estimate: float | None = None
    """Performance density where TPP is an estimate."""
    memory: Text | None = None
    """Type of memory."""
    memory_gb: float | None = None
    """Memory in GB."""
    memory_bandwidth_gb_s: float | None = None
    """Memory bandwidth in GB/s."""
    interconnect_gb_s: float | None = None
    """Bandwidth to other chips in GB/s, both directions together; blank: not recorded."""
    data_centre: Literal["yes", "no"]
    """Whether it is designed or marketed for data centres."""
    readings: tuple[Reading, ...] = ()
    """How a source table classifies it, text by text."""
