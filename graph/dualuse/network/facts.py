"""Everything the record says of a thing, as pairs of words for people."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pyoxigraph as ox

from dualuse.namespaces import shorten
from dualuse.store.base import Store, value

_QUERY = """# Facts of every thing: the property and the value.
SELECT ?thing ?property ?object WHERE {
  ?thing ?property ?object .
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/dualuse/id/"))
  FILTER(?property NOT IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:notation, skos:inScheme, foaf:name,
                           dct:title, dct:source, prov:wasDerivedFrom, du:confidence, skos:topConceptOf))
  FILTER(!STRENDS(STR(?property), "Earliest") && !STRENDS(STR(?property), "Latest"))
  FILTER(?property NOT IN (du:earliest, du:latest))
}"""
_NAMES = """# What properties and things are called; asked once, which is faster than for every fact.
SELECT ?thing ?name WHERE { ?thing rdfs:label ?name FILTER(LANG(?name) = "en") }"""


def read_facts(store: Store) -> dict[str, tuple[tuple[str, str], ...]]:
    """Facts of every thing: IRI -> sorted pairs of (property, value) in English."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_NAMES):
        names[value(row, "thing")].append(value(row, "name"))

    @cache
    def called(iri: str) -> list[str]:
        return names.get(iri) or [shorten(iri).partition(":")[2].replace("_", " ")]

    facts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in store.select(_QUERY):
        thing, said = value(row, "thing"), row["object"]
        shown = names.get(said.value) if isinstance(said, ox.NamedNode) else None
        for label in called(value(row, "property")):
            facts[thing].update((label, each) for each in shown or [shorten(said.value)])
    return {iri: tuple(sorted(pairs)) for iri, pairs in facts.items()}
