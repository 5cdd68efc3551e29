"""Items of control lists, the technical tests of their paragraphs, and chips."""

from __future__ import annotations

from typing import Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.model.base import Amended, Amount, Around, Key, Keys, Record, SomeKeys, Sourced, Text, Texts, YesNo
from dualuse.model.fields import Alias, Lit, Num, Partial, Ref, Several, Truth, Val, record
from dualuse.model.values import OrganisationType


@record("item", "du:Item", table="items", form="csv", scheme="control-list", kept=True)
class Item(Sourced):
    """A paragraph of a control list."""

    key: Key
    """Its code in lower case."""
    code: Annotated[Text, Lit("skos:notation")]
    """Export Control Classification Number with its paragraph; for other lists the place and a short name."""
    name_en: Annotated[Text, Lit("skos:prefLabel", "en"), Lit("rdfs:label", "en")]
    """What it covers, in English."""
    name_zh_hant: Annotated[Text, Lit("skos:prefLabel", "zh-hant"), Lit("rdfs:label", "zh-hant")]
    """What it covers, in Traditional Chinese."""
    name_zh_hans: Annotated[Text, Lit("skos:prefLabel", "zh-hans"), Lit("rdfs:label", "zh-hans")]
    """What it covers, in Simplified Chinese."""
    within: Annotated[Key | None, Ref("skos:broader", "item")] = None
    """Item that it is a paragraph of; blank: it is an entry of its own."""
    begun_by: Annotated[Key | None, Ref("du:begunBy", "instrument")] = None
    """Instrument that put it on the list; blank: not recorded."""
    makers: Annotated[tuple[OrganisationType, ...], Several(), Val("du:makerType", "organisation-type")] = ()
    """Types of organisation that make it, where no product of theirs is on record; blank: none is taken to."""


@record("threshold", "du:ItemThreshold", table="thresholds", form="csv", noun="item threshold", kept=True)
class Threshold(Amended):
    """One limb of an item's technical test; every bound given must be met."""

    key: Key
    """``{item}-{limb}``."""
    item: Annotated[Key, Ref("du:concernsItem", "item")]
    """Item that a product meeting the limb falls under."""
    provision: Annotated[Key, Ref("du:basedOn", "provision")]
    """Text that sets the limb."""
    tpp_min: Annotated[Amount | None, Num("du:tppMin")] = None
    """Least total processing performance (TPP): 2 x MacTOPS x bit length, as in ECCN 3A090; blank: not asked."""
    tpp_below: Annotated[Amount | None, Num("du:tppBelow")] = None
    """TPP that must not be reached; blank: not asked."""
    density_min: Annotated[Amount | None, Num("du:densityMin")] = None
    """Least performance density, in TPP per mm2 of applicable die area; blank: not asked."""
    density_below: Annotated[Amount | None, Num("du:densityBelow")] = None
    """Performance density that must not be reached; blank: not asked."""
    interconnect_min: Annotated[Amount | None, Num("du:interconnectMin")] = None
    """Least bandwidth to other chips, in GB/s, both directions together; blank: not asked."""
    data_centre: Annotated[YesNo | None, Truth("du:dataCentre")] = None
    """Whether the product must be designed or marketed for data centres, or must not be; blank: not asked."""

    def caption(self, around: Around) -> str:
        """Its key in words."""
        return around.key.replace("-", " ")


@record(
    "reading",
    "du:ClassificationReading",
    noun="classification reading",
    holder="du:concernsProduct",
    inherits=("sources", "confidence"),
    named_by="vintage",
)
class Reading(Record):
    """What a source table says of a chip under one vintage of the law; kept to hold derived results against."""

    vintage: Annotated[
        Literal["2022-10", "2023-10", "2025-01", "2025-other", "2026-01-china", "2026-tariff"], Lit("du:vintage")
    ]
    """Law under which it was read: month of the rule, or the letters of 2025, or the tariff of 2026."""
    text: Annotated[Text, Lit("dct:description", "en")]
    """Result that the table gives."""
    exceptions: Annotated[Text | None, Lit("du:exceptionsReading", "en")] = None
    """Licence exceptions the table names; blank: none is named."""

    def caption(self, around: Around) -> str:
        """The chip and the law under which it was read."""
        return f"{around.holder_label}, {self.vintage}"


@record("product", "du:Product", table="products", form="yaml", kept=True)
class Product(Sourced):
    """An accelerator. ``tpp`` is sourced; ``tpp_estimate`` is inference: never merged."""

    name: Annotated[Text, Lit("rdfs:label", "en")]
    """Designer and model."""
    aliases: Annotated[Texts, Alias("skos:altLabel")] = ()
    """Other names by which it is found, in any script."""
    designers: Annotated[SomeKeys, Ref("du:designer", "organisation")]
    """Organisations that designed it."""
    foundries: Annotated[Keys, Ref("du:foundry", "organisation")] = ()
    """Organisations that make the die; blank: not recorded."""
    process_node: Annotated[Text | None, Lit("du:processNode")] = None
    """Manufacturing process, as named by the foundry."""
    released: Annotated[PartialDate | None, Partial("du:released")] = None
    """When it was released; blank: it was not, or the date is not recorded."""
    release_note: Annotated[Text | None, Lit("du:releaseNote", "en")] = None
    """What the release date stands for, or why there is none."""
    tpp: Annotated[Amount | None, Num("du:tpp")] = None
    """Total processing performance, worked out from sourced figures; blank: none were found."""
    tpp_basis: Annotated[Text | None, Lit("du:tppBasis")] = None
    """Figures and bit length behind ``tpp``."""
    tpp_estimate: Annotated[Amount | None, Num("du:tppEstimate")] = None
    """Total processing performance by inference, or by another reading of the rule; blank: none was made."""
    tpp_estimate_basis: Annotated[Text | None, Lit("du:tppEstimateBasis")] = None
    """How the estimate was made."""
    die_area_mm2: Annotated[Amount | None, Num("du:dieArea")] = None
    """Die area in mm2; blank: not recorded."""
    die_area_note: Annotated[Text | None, Lit("du:dieAreaNote")] = None
    """Whether the area is an estimate, and which dies it counts."""
    performance_density: Annotated[Amount | None, Num("du:performanceDensity")] = None
    """``tpp`` per mm2 of die area; blank: one of the two is missing."""
    performance_density_estimate: Annotated[Amount | None, Num("du:performanceDensityEstimate")] = None
    """Performance density where TPP is an estimate."""
    memory: Annotated[Text | None, Lit("du:memory")] = None
    """Type of memory."""
    memory_gb: Annotated[Amount | None, Num("du:memoryGb")] = None
    """Memory in GB."""
    memory_bandwidth_gb_s: Annotated[Amount | None, Num("du:memoryBandwidth")] = None
    """Memory bandwidth in GB/s."""
    interconnect_gb_s: Annotated[Amount | None, Num("du:interconnect")] = None
    """Bandwidth to other chips in GB/s, both directions together; blank: not recorded."""
    data_centre: Annotated[YesNo, Truth("du:dataCentre")]
    """Whether it is designed or marketed for data centres."""
    readings: tuple[Reading, ...] = ()
    """How a source table classifies it, text by text."""

    def __post_init__(self) -> None:
        """Reject two readings under one vintage."""
        vintages = [reading.vintage for reading in self.readings]
        if len(set(vintages)) < len(vintages):
            raise ValueError(f"two readings of one vintage; each of {', '.join(sorted(set(vintages)))} once")
