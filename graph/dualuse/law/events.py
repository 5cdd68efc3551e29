"""Legal events as the graph holds them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dualuse.card import Receipt
from dualuse.namespaces import split_thing, thing
from dualuse.registry import Registry, read_registry
from dualuse.store.base import Row, Store, value

EVENTS_QUERY = """# The dated acts on an instrument and its provisions.
SELECT ?event ?instrument ?kind ?on ?earliest ?latest ?until ?untilLatest ?effect ?by ?announces ?text ?confidence
       (GROUP_CONCAT(DISTINCT STR(?part); SEPARATOR=" ") AS ?scope)
       (SAMPLE(?citation) AS ?provision)
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?receipts)
WHERE {
  %s
  ?event du:onInstrument ?instrument ; a du:LegalEvent ; du:eventKind ?kind ; du:date ?on ; du:earliest ?earliest ;
         du:latest ?latest ; du:effect ?effect ; dct:description ?text ; du:confidence ?confidence ;
         prov:wasDerivedFrom ?source .
  OPTIONAL { ?event du:until ?until ; du:untilLatest ?untilLatest }
  OPTIONAL { ?event du:enactedBy ?by }
  OPTIONAL { ?event du:announces ?announces }
  OPTIONAL { ?event du:affects ?part . ?part a du:Provision }
  OPTIONAL { ?event du:basedOn ?basis . ?basis eli:id_local ?citation }
}
GROUP BY ?event ?instrument ?kind ?on ?earliest ?latest ?until ?untilLatest ?effect ?by ?announces ?text ?confidence
"""


@dataclass(frozen=True)
class Event:
    """A legal event.

    Args:
        iri: Its IRI.
        number: Its place in the instrument's file, which breaks ties between events of one day.
        kind: Value of the event-kind scheme.
        on: Date as recorded (EDTF).
        earliest: First day the date can mean.
        latest: Last day the date can mean.
        until: Last day of a stay on its face, or None.
        effect: ``binding``, ``announced`` or ``opinion``.
        by: Key of the instrument that did it, or an empty string.
        announces: Status it says will follow, or an empty string.
        scope: Keys of the provisions touched; empty for the whole instrument.
        text: What happened, in a sentence.
        provision: Citation it rests on, or an empty string.
        source: Address of its source.
        confidence: ``high``, ``medium`` or ``low``.
    """

    iri: str
    number: int
    kind: str
    on: str
    earliest: date
    latest: date
    until: date | None
    effect: str
    by: str
    announces: str
    scope: frozenset[str]
    text: str
    provision: str
    source: str
    confidence: str

    @property
    def receipt(self) -> Receipt:
        """The event as a line of evidence."""
        return Receipt(self.iri, f"{self.on}: {self.text}", self.provision, self.source, self.confidence)

    @property
    def order(self) -> tuple[date, int]:
        """Sort key: by day, then as filed."""
        return self.earliest, self.number


def read_events(store: Store, instrument: str, registry: Registry | None = None) -> list[Event]:
    """Events of an instrument, by day.

    Args:
        store: Where to read.
        instrument: Key of the instrument.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    found = (event_of(row, registry) for row in store.select(events_query(instrument)))
    return sorted(found, key=lambda event: event.order)


def events_query(instrument: str) -> str:
    """The query that reads the events of one instrument."""
    return EVENTS_QUERY % f"VALUES ?instrument {{ <{thing('instrument', instrument)}> }}"


def read_all_events(store: Store, registry: Registry | None = None) -> dict[str, list[Event]]:
    """Events of every instrument, by key of the instrument, each list by day.

    Args:
        store: Where to read.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    found: dict[str, list[Event]] = defaultdict(list)
    for row in store.select(EVENTS_QUERY % ""):
        found[split_thing(value(row, "instrument"))[1]].append(event_of(row, registry))
    return {key: sorted(events, key=lambda event: event.order) for key, events in sorted(found.items())}


def event_of(row: Row, registry: Registry) -> Event:
    """An event from a row of ``EVENTS_QUERY``."""

    def key(name: str) -> str:
        iri = value(row, name)
        return split_thing(iri)[1] if iri else ""

    iri = value(row, "event")
    until = value(row, "untilLatest")
    return Event(
        iri=iri,
        number=int(iri.rsplit(".", 1)[1]),
        kind=key("kind"),
        on=value(row, "on"),
        earliest=date.fromisoformat(value(row, "earliest")),
        latest=date.fromisoformat(value(row, "latest")),
        until=date.fromisoformat(until) if until else None,
        effect=key("effect"),
        by=key("by"),
        announces=key("announces"),
        scope=frozenset(split_thing(part)[1] for part in value(row, "scope").split()),
        text=value(row, "text"),
        provision=value(row, "provision"),
        source=registry.address(value(row, "receipts").split()),
        confidence=key("confidence"),
    )
