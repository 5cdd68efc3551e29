"""What changed between two days, and which months in it were searched in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dualuse.model.enforcement import Search
from dualuse.model.read import read
from dualuse.namespaces import split_thing
from dualuse.registry import Registry, read_registry
from dualuse.said import Phrase, phrase
from dualuse.store.base import Row, Store, value

KINDS = ("event", "membership", "measure", "statement", "case", "search")
"""Kinds of change, in the order they are told on one day; a search is one that found nothing of a month."""

_MEMBERSHIPS = """# Memberships that %(verb)s in a period.
SELECT ?thing ?earliest ?latest ?written ?who ?name ?verb ?citation ?confidence ?member ?group ?ends
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:GroupMembership ; %(bound)s ?written ; %(bound)sEarliest ?earliest ; %(bound)sLatest ?latest ;
         du:member ?member ; du:group ?group ; du:standing ?standing ; dct:source ?s ;
         du:confidence ?confidence .
  ?member skos:prefLabel ?who . ?group skos:prefLabel ?name .
  FILTER(LANG(?who) = "en" && LANG(?name) = "en" && ?standing IN (standing:member, standing:contested))
  OPTIONAL { ?group du:basedOn/eli:id_local ?citation }
  BIND(%(ends)s AS ?ends)
  BIND(%(verb_of)s AS ?verb)
} GROUP BY ?thing ?earliest ?latest ?written ?who ?name ?verb ?citation ?confidence ?member ?group ?ends"""
_ENTERS = 'IF(?standing = standing:member, "enters", "doubt")'

QUERIES: tuple[tuple[str, str], ...] = (
    (
        "event",
        """# Events dated in a period.
SELECT ?thing ?earliest ?latest ?written ?name ?kind ?told ?citation ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:LegalEvent ; du:occurredOn ?written ; du:earliest ?earliest ; du:latest ?latest ; du:onInstrument ?on ;
         du:eventKind/skos:prefLabel ?kind ; dct:description ?told ; dct:source ?s ;
         du:confidence ?confidence .
  ?on rdfs:label ?name . FILTER(LANG(?kind) = "en" && LANG(?name) = "en")
  OPTIONAL { ?thing du:basedOn/eli:id_local ?citation }
} GROUP BY ?thing ?earliest ?latest ?written ?name ?kind ?told ?citation ?confidence""",
    ),
    ("membership", _MEMBERSHIPS % {"verb": "start", "bound": "du:validFrom", "ends": "false", "verb_of": _ENTERS}),
    ("membership", _MEMBERSHIPS % {"verb": "end", "bound": "du:validTo", "ends": "true", "verb_of": '"leaves"'}),
    (
        "measure",
        """# Measures that begin or end in a period.
SELECT ?thing ?earliest ?latest ?written ?name ?verb ?citation ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing du:measureKind ?kind ; rdfs:label ?name ; du:basedOn/eli:id_local ?citation ; dct:source ?s ;
         du:confidence ?confidence .
  FILTER(LANG(?name) = "en")
  { ?thing du:validFrom ?written ; du:validFromEarliest ?earliest ; du:validFromLatest ?latest BIND("begins" AS ?verb) }
  UNION
  { ?thing du:validTo ?written ; du:validToEarliest ?earliest ; du:validToLatest ?latest BIND("ends" AS ?verb) }
} GROUP BY ?thing ?earliest ?latest ?written ?name ?verb ?citation ?confidence""",
    ),
    (
        "statement",
        """# Statements made in a period.
SELECT ?thing ?earliest ?latest ?written ?name ?told ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:Statement ; du:saidOn ?written ; du:earliest ?earliest ; du:latest ?latest ; rdfs:label ?name ;
         dct:description ?told ; dct:source ?s ;
         du:confidence ?confidence .
  FILTER(LANG(?name) = "en")
} GROUP BY ?thing ?earliest ?latest ?written ?name ?told ?confidence""",
    ),
    (
        "case",
        """# Steps of cases of enforcement in a period.
SELECT ?thing ?earliest ?latest ?written ?name ?kind ?told ?confidence
       (GROUP_CONCAT(DISTINCT STR(?s); SEPARATOR=" ") AS ?sources)
WHERE {
  ?thing a du:EnforcementStep ; du:occurredOn ?written ; du:earliest ?earliest ; du:latest ?latest ; du:stepOf ?case ;
         du:caseStage/skos:prefLabel ?kind ; dct:description ?told ; dct:source ?s ;
         du:confidence ?confidence .
  ?case rdfs:label ?name . FILTER(LANG(?kind) = "en" && LANG(?name) = "en")
} GROUP BY ?thing ?earliest ?latest ?written ?name ?kind ?told ?confidence""",
    ),
)
"""Kind of change and the query for it; memberships that start are read before those that end."""


@dataclass(frozen=True)
class Change:
    """One change; ``certain`` is False when its date may also lie outside the period."""

    kind: str
    iri: str
    written: str
    earliest: date
    certain: bool
    text: Phrase
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
    begun: set[tuple[str, ...]] = set()
    for kind, query in QUERIES:
        for row in store.select(query):
            held = tuple(value(row, name) for name in ("member", "group", "written"))
            if value(row, "ends") == "false":
                begun.add(held)
            elif value(row, "ends") == "true" and held in begun:
                continue  # the next membership of the place in the group begins that day
            change = _change(kind, row, registry, start, end)
            if change is not None:
                found.append(change)
    found += _in_vain(store, start, end)
    return sorted(found, key=lambda change: (change.earliest, KINDS.index(change.kind), change.iri))


def _in_vain(store: Store, start: date, end: date) -> Iterator[Change]:
    """Searches for events of the months of a period that found nothing, where no other search of the month did."""
    searches = read(store, Search)
    fruitful = {search.month for search in searches if search.found == "yes"}
    for search in searches:
        month = search.month
        if month in fruitful or month.latest <= start or month.earliest > end:
            continue
        reach, day = phrase(f"changes.{search.reach}"), str(search.searched_on)
        text = phrase("changes.in_vain", day=day, reach=reach, where=search.where)
        iri = search.node.iri
        yield Change("search", iri, str(month), month.earliest, True, text, "", iri, "low")


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
        text=_told(kind, row),
        provision=value(row, "citation"),
        source=registry.address(value(row, "sources").split()),
        confidence=split_thing(value(row, "confidence"))[1],
    )


def _told(kind: str, row: Row) -> Phrase:
    """A change in words: what it is a change of, and what happened to it."""
    name = value(row, "name")
    if kind == "membership":
        return phrase(f"changes.{value(row, 'verb')}", name=value(row, "who"), group=name)
    if kind == "measure":
        return phrase(f"changes.{value(row, 'verb')}", name=name)
    return phrase(f"changes.{kind}", name=name, kind=value(row, "kind"), told=value(row, "told"))
