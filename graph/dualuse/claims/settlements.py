"""What calculations of the law read: settlements, places, events, measures and products, as the graph holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dualuse.claims.ledger import linked, one, read_nodes, several
from dualuse.law.events import read_all_events
from dualuse.law.groups import Places, read_places
from dualuse.model.law import Event
from dualuse.namespaces import ID, split_thing
from dualuse.registry import read_registry
from dualuse.store.base import Store, value

MEASURES_QUERY = """# Quantities and dates of measures.
SELECT ?measure ?quantity ?value ?unit WHERE {
  ?measure du:measureKind ?kind .
  OPTIONAL { ?measure du:quantity ?quantity }
  OPTIONAL { ?measure du:value ?value }
  OPTIONAL { ?measure du:unit ?unit }
}"""
PRODUCTS_QUERY = "SELECT ?product ?name ?tpp WHERE { ?product a du:Product ; rdfs:label ?name ; du:tpp ?tpp }"
CITATIONS_QUERY = """SELECT ?part ?citation WHERE {
  { ?part a du:Provision ; eli:id_local ?citation } UNION { ?part a du:Instrument ; du:citation ?citation }
}"""


@dataclass(frozen=True)
class Settlement:
    """How an attribute of an instrument is settled; see the record of the same name."""

    key: str
    attribute: str
    instrument: str
    calculation: str
    day: date
    number: int
    groups: tuple[str, ...]
    less: tuple[str, ...]
    measures: tuple[str, ...]
    products: tuple[str, ...]
    divisors: tuple[float, ...]
    event_kind: str
    events_of: str
    holds: frozenset[str]
    part: frozenset[str]
    fails: frozenset[str]
    provisions: tuple[str, ...]
    summary: str
    note: str
    sources: tuple[str, ...]
    confidence: str

    @property
    def iri(self) -> str:
        """Its IRI."""
        return f"{ID}settlement/{self.key}"


@dataclass(frozen=True)
class Law:
    """What calculations read: places, events by instrument, measures, products, citations and names of groups."""

    places: Places
    events: Mapping[str, list[Event]]
    measures: Mapping[str, tuple[float | None, str, str]]
    products: Mapping[str, tuple[str, float]]
    citations: Mapping[str, str]
    names: Mapping[str, str]


def read_settlements(store: Store) -> dict[tuple[str, str], Settlement]:
    """Settlements by (instrument, attribute)."""
    found = {}
    for key, node in read_nodes(store, "Settlement").items():
        inputs: dict[str, list[str]] = {}
        for link in linked(node, "input"):
            kind, _, name = link.partition(":")
            inputs.setdefault(kind, []).append(name)
        settlement = Settlement(
            key=key,
            attribute=one(node, "attribute"),
            instrument=one(node, "onInstrument"),
            calculation=one(node, "calculation"),
            day=date.fromisoformat(one(node, "dayOfLaw")),
            number=int(one(node, "number") or 0),
            groups=tuple(inputs.get("group", ())),
            less=tuple(inputs.get("place", ())),
            measures=tuple(inputs.get("measure", ())),
            products=tuple(inputs.get("product", ())),
            divisors=tuple(sorted(float(text) for text in several(node, "divisor"))),
            event_kind=one(node, "readsEventKind"),
            events_of="".join(inputs.get("instrument", ())),
            holds=frozenset(several(node, "holds")),
            part=frozenset(several(node, "holdsInPart")),
            fails=frozenset(several(node, "fails")),
            provisions=several(node, "basedOn"),
            summary=one(node, "description"),
            note=one(node, "comment"),
            sources=several(node, "wasDerivedFrom"),
            confidence=one(node, "confidence"),
        )
        found[settlement.instrument, settlement.attribute] = settlement
    return found


def read_law(store: Store) -> Law:
    """Read what calculations need."""
    registry = read_registry(store)
    places = read_places(store, registry)
    measures = {
        split_thing(value(row, "measure"))[1]: (
            float(value(row, "quantity")) if "quantity" in row else None,
            value(row, "value"),
            value(row, "unit"),
        )
        for row in store.select(MEASURES_QUERY)
    }
    products = {
        split_thing(value(row, "product"))[1]: (value(row, "name"), float(value(row, "tpp")))
        for row in store.select(PRODUCTS_QUERY)
    }
    citations = {split_thing(value(r, "part"))[1]: value(r, "citation") for r in store.select(CITATIONS_QUERY)}
    names = {key: group.name_en for key, group in places.named.items()}
    return Law(places, read_all_events(store), measures, products, citations, names)
