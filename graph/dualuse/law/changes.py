"""What changed between two days: events, memberships, measures, statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dualuse.namespaces import split_thing
from dualuse.registry import Registry, read_registry
from dualuse.store.base import Row, Store, value

KINDS = ("event", "membership", "measure", "statement")
"""Kinds of change, in the order they are told on one day."""

QUERIES: dict[str, str] = {
    "event": """# Events dated in a period.
SELECT ?thing ?earliest ?latest ?written ?text ?citation ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:LegalEvent ; du:date ?written ; du:earliest ?earliest ; du:latest ?latest ; du:onInstrument ?on ;
         du:eventKind/skos:prefLabel ?kind ; dct:description ?told ; prov:wasDerivedFrom ?s ;
         du:confidence ?confidence .
  ?on rdfs:label ?name . FILTER(LANG(?kind) = "en")
  OPTIONAL { ?thing du:basedOn/eli:id_local ?citation }
  BIND(CONCAT(?name, ": ", ?kind, ". ", ?told) AS ?text)
} GROUP BY ?thing ?earliest ?latest ?written ?text ?citation ?confidence""",
    "membership": """# Memberships that start or end in a period.
SELECT ?thing ?earliest ?latest ?written ?text ?citation ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  { SELECT ?thing ?written ?earliest ?latest ?ends WHERE {
    { ?thing a du:GroupMembership ; du:validFrom ?written ;
             du:validFromEarliest ?earliest ; du:validFromLatest ?latest }
    UNION
    { ?thing a du:GroupMembership ; du:validTo ?written ; du:validToEarliest ?earliest ; du:validToLatest ?latest ;
             du:member ?member ; du:group ?group .
      OPTIONAL { ?next du:validFrom ?written ; du:member ?member ; du:group ?group }
      FILTER(!BOUND(?next)) BIND("leaves" AS ?ends) } } }
  ?thing du:member ?member ; du:group ?group ; du:standing ?standing ;
         prov:wasDerivedFrom ?s ; du:confidence ?confidence .
  VALUES (?standing ?begins) { (standing:member "enters") (standing:contested "is in doubt in") }
  ?member skos:prefLabel ?who . ?group skos:prefLabel ?name . FILTER(LANG(?who) = "en" && LANG(?name) = "en")
  OPTIONAL { ?group du:basedOn/eli:id_local ?citation }
  BIND(CONCAT(STR(?who), " ", COALESCE(?ends, ?begins), " ", STR(?name)) AS ?text)
} GROUP BY ?thing ?earliest ?latest ?written ?text ?citation ?confidence""",
    "measure": """# Measures that begin or end in a period.
SELECT ?thing ?earliest ?latest ?written ?text ?citation ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing du:measureKind ?kind ; rdfs:label ?name ; du:basedOn/eli:id_local ?citation ; prov:wasDerivedFrom ?s ;
         du:confidence ?confidence .
  FILTER(LANG(?name) = "en")
  { ?thing du:validFrom ?written ; du:validFromEarliest ?earliest ; du:validFromLatest ?latest BIND("begins" AS ?verb) }
  UNION
  { ?thing du:validTo ?written ; du:validToEarliest ?earliest ; du:validToLatest ?latest BIND("ends" AS ?verb) }
  BIND(CONCAT(STR(?name), " ", ?verb) AS ?text)
} GROUP BY ?thing ?earliest ?latest ?written ?text ?citation ?confidence""",
    "statement": """# Statements made in a period.
SELECT ?thing ?earliest ?latest ?written ?text ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:Statement ; du:saidOn ?written ; du:earliest ?earliest ; du:latest ?latest ; rdfs:label ?label ;
         dct:description ?told ; prov:wasDerivedFrom ?s ;
         du:confidence ?confidence .
  BIND(CONCAT(STR(?label), ". ", ?told) AS ?text)
} GROUP BY ?thing ?earliest ?latest ?written ?text ?confidence""",
}


@dataclass(frozen=True)
class Change:
    """One change; ``certain`` is False when its date may also lie outside the period."""

    kind: str
    iri: str
    written: str
    earliest: date
    certain: bool
    text: str
    provision: str
    source: str
    confidence: str

    @property
    def key(self) -> str:
        """Kind and key of the thing behind it."""
        kind, key = split_thing(self.iri)
        return f"{kind}:{key}"


def read_changes(store: Store, start: date, end: date, registry: Registry | None = None) -> list[Change]:
    """Changes after *start* up to and including *end*, by day and kind."""
    registry = read_registry(store) if registry is None else registry
    found = []
    for kind, query in QUERIES.items():
        for row in store.select(query):
            change = _change(kind, row, registry, start, end)
            if change is not None:
                found.append(change)
    return sorted(found, key=lambda change: (change.earliest, KINDS.index(change.kind), change.iri))


def _change(kind: str, row: Row, registry: Registry, start: date, end: date) -> Change | None:
    if "thing" not in row:
        return None
    earliest, latest = (date.fromisoformat(value(row, name)) for name in ("earliest", "latest"))
    if latest <= start or earliest > end:
        return None
    return Change(
        kind=kind,
        iri=value(row, "thing"),
        written=value(row, "written"),
        earliest=earliest,
        certain=start < earliest and latest <= end,
        text=value(row, "text"),
        provision=value(row, "citation"),
        source=registry.address(value(row, "sources").split()),
        confidence=split_thing(value(row, "confidence"))[1],
    )
