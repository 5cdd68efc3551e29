"""What the graph says of a node, as RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dualuse.export.jsonld import to_document
from dualuse.namespaces import GRAPH, NS, PREFIXES
from dualuse.store.base import RDF_FORMATS, sort_triples

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

ONTOLOGY = f"{GRAPH}ontology"
MOST_LINKS = 1_000
"""Links to a node that a document has; of a node to which more lead, SPARQL has the others."""
FORMS = ("turtle", "jsonld", "ntriples")
"""Forms of a document of data."""
_OUT = "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
_IN = (
    "CONSTRUCT {{ ?s ?p <{iri}> }} WHERE "
    "{{ SELECT DISTINCT ?s ?p WHERE {{ ?s ?p <{iri}> FILTER(?s != <{iri}>) }} ORDER BY ?p ?s LIMIT {most} }}"
)
_TERMS = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o FILTER({which}) }} }}"


def document(knowledge: Knowledge, iri: str, form: str) -> bytes | None:
    """What is said of a node and what leads to it, in a form; None where nothing is said of it."""
    out = knowledge.store.construct(_OUT.format(iri=iri))
    if not out:
        return None
    return written([*out, *knowledge.store.construct(_IN.format(iri=iri, most=MOST_LINKS))], form)


def terms(knowledge: Knowledge, form: str) -> bytes:
    """The classes and properties of the ontology, in a form."""
    which = f'STRSTARTS(STR(?s), "{NS}") || ?s = <{NS[:-1]}>'
    return written(knowledge.store.construct(_TERMS.format(graph=ONTOLOGY, which=which)), form)


def written(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Triples in a form, sorted, with no prefix that they do not use."""
    ordered = sort_triples(list(set(triples)))
    if form == "jsonld":
        return (json.dumps(to_document(ordered), ensure_ascii=False, indent=1) + "\n").encode()
    text = "\n".join(map(str, ordered))
    used = {name: base for name, base in PREFIXES.items() if f"<{base}" in text}
    return ox.serialize(ordered, format=RDF_FORMATS[form], prefixes=used) or b""
