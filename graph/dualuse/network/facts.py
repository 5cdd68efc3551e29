"""Everything the record says of a thing, as pairs of words for people."""

from __future__ import annotations

from collections import defaultdict

from dualuse.namespaces import shorten
from dualuse.store.base import Store, value

_QUERY = """# Facts of every thing: the property's name, and the value or the value's name.
SELECT ?thing ?property ?label ?object ?name WHERE {
  ?thing ?property ?object .
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/dualuse/id/"))
  FILTER(?property NOT IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:notation, skos:inScheme, foaf:name,
                           dct:title, dct:source, prov:wasDerivedFrom, du:confidence, skos:topConceptOf))
  FILTER(!STRENDS(STR(?property), "Earliest") && !STRENDS(STR(?property), "Latest"))
  FILTER(?property NOT IN (du:earliest, du:latest))
  OPTIONAL { ?property rdfs:label ?label FILTER(LANG(?label) = "en") }
  OPTIONAL { ?object rdfs:label ?name FILTER(ISIRI(?object) && LANG(?name) = "en") }
}"""


def read_facts(store: Store) -> dict[str, tuple[tuple[str, str], ...]]:
    """Facts of every thing: IRI -> sorted pairs of (property, value) in English."""
    facts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in store.select(_QUERY):
        label = value(row, "label") or shorten(value(row, "property")).partition(":")[2].replace("_", " ")
        shown = value(row, "name") or shorten(value(row, "object"))
        facts[value(row, "thing")].add((label, shown))
    return {iri: tuple(sorted(pairs)) for iri, pairs in facts.items()}
