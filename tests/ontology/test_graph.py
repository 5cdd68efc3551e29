"""The built graph as others meet it: every node has a name, a thing is of all its classes, schemes have their tops."""

from __future__ import annotations

import pyoxigraph as ox

from dualuse.build import Built
from dualuse.knowledge import Knowledge
from dualuse.namespaces import expand

ELSEWHERE = {
    # classes of W3C ORG and FOAF, which axioms.ttl names only to say what is above them; their vocabularies name them
    expand(name)
    for name in ("foaf:Person", "org:FormalOrganization", "org:Organization")
}


def test_every_node_has_a_label(built: Built) -> None:
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    quads = built.store.store.quads_for_pattern
    named = {quad.subject for quad in quads(None, label, None)}
    unnamed = {quad.subject for quad in quads(None, None, None)} - named
    assert {subject.value for subject in unnamed if isinstance(subject, ox.NamedNode)} == ELSEWHERE


def test_superclasses_count_all(built: Built, knowledge: Knowledge) -> None:
    for kind in ("du:Organisation", "org:FormalOrganization", "org:Organization"):
        (row,) = knowledge.store.select(f"SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE {{ ?o a {kind} }}")
        assert int(row["n"].value) == built.curated.counts()["organisations"]


def test_a_browser_of_skos_reaches_destinations(built: Built, knowledge: Knowledge) -> None:
    (row,) = knowledge.store.select(
        "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE {"
        " ?scheme a skos:ConceptScheme ; skos:hasTopConcept ?p . ?p a skos:Concept, du:Destination }"
    )
    assert int(row["n"].value) == built.curated.counts()["places"]
