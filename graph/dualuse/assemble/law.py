"""Records of places, groups, instruments, provisions, items and chips as triples."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.assemble.node import Node
from dualuse.records.base import Dated, Sourced
from dualuse.records.law import (
    Event,
    Group,
    Instrument,
    Item,
    Measure,
    Membership,
    Place,
    Product,
    Provision,
    Threshold,
    Treatment,
)

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
    "definition": "Definition",
    "date": "DateRule",
}
"""Kind of measure -> its class."""


def receipt(node: Node, record: Sourced) -> None:
    """Add sources, confidence and note."""
    node.links("prov:wasDerivedFrom", "source", record.sources)
    node.link("du:confidence", "confidence", record.confidence)
    node.text("rdfs:comment", record.note, "en")


def interval(node: Node, record: Dated) -> None:
    """Add the days between which a record holds."""
    node.bound("du:validFrom", record.valid_from)
    node.bound("du:validTo", record.valid_to)


def place(key: str, record: Place) -> Iterator[Node]:
    """A destination."""
    node = Node("place", key, "du:Destination")
    node.names("skos:prefLabel", en=record.name_en, zh_hant=record.name_zh_hant, zh_hans=record.name_zh_hans)
    node.texts("skos:altLabel", record.aliases)
    node.text("skos:notation", key)
    node.text("skos:notation", record.iso3)
    node.link("skos:inScheme", "scheme", "places")
    receipt(node, record)
    yield node


def group(key: str, record: Group) -> Iterator[Node]:
    """A country group, a supplement, or a universe to count in."""
    node = Node("group", key, "du:CountryGroup")
    node.names("skos:prefLabel", en=record.name_en, zh_hant=record.name_zh_hant, zh_hans=record.name_zh_hans)
    node.text("skos:definition", record.definition, "en")
    node.text("du:role", record.role)
    node.link("du:basedOn", "provision", record.provision)
    receipt(node, record)
    yield node


def membership(key: str, record: Membership) -> Iterator[Node]:
    """A place in a group, with its dates."""
    node = Node("membership", key, "du:GroupMembership")
    node.text("rdfs:label", f"{record.place} in {record.group}", "en")
    node.link("du:member", "place", record.place)
    node.link("du:group", "group", record.group)
    node.link("du:standing", "standing", record.standing)
    node.text("du:listedAs", record.listed_as, "en")
    node.partial("du:observedFrom", record.observed_from)
    node.partial("du:observedTo", record.observed_to)
    interval(node, record)
    receipt(node, record)
    yield node


def treatment(key: str, record: Treatment) -> Iterator[Node]:
    """A place treated as another."""
    node = Node("treatment", key, "du:Treatment")
    node.text("rdfs:label", f"{record.place} treated as {record.treated_as}", "en")
    node.link("du:place", "place", record.place)
    node.link("du:parent", "place", record.treated_as)
    node.link("du:treatmentRule", "treatment-rule", record.rule)
    node.link("du:basedOn", "provision", record.provision)
    node.text("du:alternativeReading", record.alternative, "en")
    interval(node, record)
    receipt(node, record)
    yield node


def instrument(key: str, record: Instrument) -> Iterator[Node]:
    """An instrument and its events."""
    node = Node("instrument", key, "du:Instrument")
    node.names("dct:title", en=record.title.en, zh_hant=record.title.zh_hant, zh_hans=record.title.zh_hans)
    node.text("dct:title", record.original_title)
    node.text("rdfs:label", record.title.en, "en")
    node.texts("skos:altLabel", record.aliases)
    node.link("du:instrumentKind", "instrument-kind", record.kind)
    node.links("eli:passed_by", "organisation", record.issued_by)
    for jurisdiction in record.jurisdiction:
        node.text("du:jurisdiction", jurisdiction)
    node.text("du:citation", record.citation)
    node.text("du:documentNumber", record.document_number)
    node.text("du:rin", record.rin)
    node.text("dct:description", record.summary, "en")
    node.text("du:statusNote", record.status_note, "en")
    for predicate, keys in (
        ("eli:amends", record.amends),
        ("du:supersedes", record.supersedes),
        ("eli:based_on", record.based_on),
        ("du:answers", record.answers),
        ("dct:relation", record.related),
    ):
        node.links(predicate, "instrument", keys)
    receipt(node, record)
    yield node
    for number, event in enumerate(record.events, start=1):
        yield _event(key, number, event)


def _event(instrument_key: str, number: int, event: Event) -> Node:
    node = Node("event", f"{instrument_key}.{number}", "du:LegalEvent")
    node.text("rdfs:label", f"{event.kind.replace('-', ' ')}, {event.date}", "en")
    node.link("du:onInstrument", "instrument", instrument_key)
    if event.scope:
        node.links("du:affects", "provision", event.scope)
    else:
        node.link("du:affects", "instrument", instrument_key)
    node.link("du:eventKind", "event-kind", event.kind)
    node.dated("du:date", event.date)
    node.partial("du:until", event.until)
    node.day("du:untilLatest", None if event.until is None else event.until.latest)
    node.link("du:effect", "effect", event.effect)
    node.link("du:enactedBy", "instrument", event.by)
    node.links("prov:wasAssociatedWith", "organisation", event.agent)
    node.link("du:announces", "status", event.announces)
    node.link("du:basedOn", "provision", event.provision)
    node.text("dct:description", event.text, "en")
    node.links("prov:wasDerivedFrom", "source", event.sources)
    node.link("du:confidence", "confidence", event.confidence)
    return node


def provision(key: str, record: Provision) -> Iterator[Node]:
    """A part of an instrument."""
    node = Node("provision", key, "du:Provision")
    node.text("rdfs:label", record.citation, "en")
    node.text("eli:id_local", record.citation)
    node.link("eli:is_part_of", "instrument", record.instrument)
    receipt(node, record)
    yield node


def measure(key: str, record: Measure) -> Iterator[Node]:
    """What a provision does."""
    node = Node("measure", key, f"du:{MEASURE_CLASSES[record.kind]}")
    node.names("rdfs:label", en=record.name_en, zh_hant=record.name_zh_hant, zh_hans=record.name_zh_hans)
    node.link("du:measureKind", "measure-kind", record.kind)
    node.link("du:basedOn", "provision", record.provision)
    node.links("du:scopeItem", "item", record.items)
    node.links("du:scopeDestination", "group", record.places)
    node.links("du:scopeHeadquarters", "group", record.headquarters)
    node.links("du:bearer", "bearer", record.bearers)
    node.link("du:reviewPolicy", "review-policy", record.review_policy)
    node.number("du:quantity", record.quantity)
    node.text("du:value", record.value)
    node.text("du:unit", record.unit)
    node.text("dct:description", record.summary, "en")
    interval(node, record)
    receipt(node, record)
    yield node


def item(key: str, record: Item) -> Iterator[Node]:
    """A paragraph of a control list."""
    node = Node("item", key, "du:Item")
    node.names("skos:prefLabel", en=record.name_en, zh_hant=record.name_zh_hant, zh_hans=record.name_zh_hans)
    node.text("skos:notation", record.code)
    node.link("skos:broader", "item", record.within)
    node.link("skos:inScheme", "scheme", "control-list")
    receipt(node, record)
    yield node


def threshold(key: str, record: Threshold) -> Iterator[Node]:
    """One limb of an item's technical test."""
    node = Node("threshold", key, "du:ItemThreshold")
    node.text("rdfs:label", key.replace("-", " "), "en")
    node.link("du:item", "item", record.item)
    node.link("du:basedOn", "provision", record.provision)
    node.number("du:tppMin", record.tpp_min)
    node.number("du:tppBelow", record.tpp_below)
    node.number("du:densityMin", record.density_min)
    node.number("du:densityBelow", record.density_below)
    node.number("du:interconnectMin", record.interconnect_min)
    node.truth("du:dataCentre", record.data_centre)
    interval(node, record)
    receipt(node, record)
    yield node


def product(key: str, record: Product) -> Iterator[Node]:
    """A chip and what its source table says of it."""
    node = Node("product", key, "du:Product")
    node.text("rdfs:label", record.name, "en")
    node.texts("skos:altLabel", record.aliases)
    node.links("du:designer", "organisation", record.designers)
    node.links("du:foundry", "organisation", record.foundries)
    node.partial("du:released", record.released)
    node.text("du:releaseNote", record.release_note, "en")
    for name, words in (
        ("processNode", record.process_node),
        ("tppBasis", record.tpp_basis),
        ("tppEstimateBasis", record.tpp_estimate_basis),
        ("dieAreaNote", record.die_area_note),
        ("memory", record.memory),
    ):
        node.text(f"du:{name}", words)
    for name, value in (
        ("tpp", record.tpp),
        ("tppEstimate", record.tpp_estimate),
        ("dieArea", record.die_area_mm2),
        ("performanceDensity", record.performance_density),
        ("performanceDensityEstimate", record.performance_density_estimate),
        ("memoryGb", record.memory_gb),
        ("memoryBandwidth", record.memory_bandwidth_gb_s),
        ("interconnect", record.interconnect_gb_s),
    ):
        node.number(f"du:{name}", value)
    node.truth("du:dataCentre", record.data_centre)
    receipt(node, record)
    yield node
    for reading in record.readings:
        side = Node("reading", f"{key}.{reading.vintage}", "du:ClassificationReading")
        side.text("rdfs:label", f"{record.name}, {reading.vintage}", "en")
        side.link("du:product", "product", key)
        side.text("du:vintage", reading.vintage)
        side.text("dct:description", reading.text, "en")
        side.text("du:exceptionsReading", reading.exceptions, "en")
        side.links("prov:wasDerivedFrom", "source", record.sources)
        side.link("du:confidence", "confidence", record.confidence)
        yield side
