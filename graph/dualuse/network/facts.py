"""Everything the record says of things, as pairs of words for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from dualuse.namespaces import shorten
from dualuse.node import Node
from dualuse.store.base import Store, value

_BATCH = 400
"""Things asked for at once, so that a query stays one that any endpoint reads."""
_QUERY = """# Facts of some things: the property's name, and the value or the value's name.
SELECT ?thing ?property ?label ?object ?name WHERE {
  VALUES ?thing { %s }
  ?thing ?property ?object .
  FILTER(?property NOT IN (rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, skos:notation, skos:inScheme, foaf:name,
                           dct:title, dct:source, prov:wasDerivedFrom, du:confidence, skos:topConceptOf))
  FILTER(!STRENDS(STR(?property), "Earliest") && !STRENDS(STR(?property), "Latest"))
  FILTER(?property NOT IN (du:earliest, du:latest))
  OPTIONAL { ?property rdfs:label ?label FILTER(LANG(?label) = "en") }
  OPTIONAL { ?object rdfs:label ?name FILTER(ISIRI(?object) && LANG(?name) = "en") }
}"""


def read_facts(store: Store, things: Iterable[Node]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Facts of things: IRI -> sorted pairs of (property, value) in English."""
    facts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    left = iter(things)
    while some := [*islice(left, _BATCH)]:
        for row in store.select(_QUERY % " ".join(f"<{each.iri}>" for each in some)):
            label = value(row, "label") or shorten(value(row, "property")).partition(":")[2].replace("_", " ")
            shown = value(row, "name") or shorten(value(row, "object"))
            facts[value(row, "thing")].add((label, shown))
    return {iri: tuple(sorted(pairs)) for iri, pairs in facts.items()}
