"""JSON-LD with its context: short names, and the same quads by another reader; Oxigraph's is in test_exports."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from dualuse.build import Built
from dualuse.export import to_context, to_rdf
from dualuse.export.jsonld import to_jsonld


@pytest.fixture(scope="module")
def document(built: Built) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_rdf(built.store, "jsonld"))
    return found


def test_names_are_short(document: dict[str, Any]) -> None:
    graphs = {graph["@id"]: {node["@id"]: node for node in graph["@graph"]} for graph in document["@graph"]}
    listing = graphs["graph:curated/relations/listings"]["listing:rl-234"]
    assert (listing["@type"], listing["du:listedParty"], listing["du:programme"]) == (
        "du:PartyListing",
        "organisation:zhipu",
        "programme:us-entity-list",
    )
    assert listing["du:listedOn"] == {"@value": "2025-01-16", "@type": "xsd:date"}
    assert listing["du:earliest"] == "2025-01-16"


def test_the_context_alone_is_that_of_the_document(document: dict[str, Any]) -> None:
    assert json.loads(to_context()) == {"@context": document["@context"]}
    assert document["@context"]["du:listedBy"] == {"@id": "du:listedBy", "@type": "@id"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib 7.6 warns of its own use of what it gives up
def test_rdflib_reads_the_same_quads(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the graphs, that with every property and datatype: the rest is of the same form."""
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)
    chosen: dict[tuple[str, str, bool], ox.Quad] = {}
    for quad in built.store.store:
        literal = isinstance(quad.object, ox.Literal)
        kind = quad.object.datatype.value + str(quad.object.language) if isinstance(quad.object, ox.Literal) else ""
        chosen.setdefault((quad.predicate.value, kind, literal), quad)
    quads = set(chosen.values())
    assert len(quads) > 250
    found = rdflib.Dataset().parse(data=to_jsonld(quads), format="json-ld")
    lines = found.serialize(format="nquads")
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == quads
