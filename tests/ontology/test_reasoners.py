"""HermiT and Pellet find the graph consistent with PROV-O, ORG, SKOS, ELI, FOAF and Dublin Core, and see a fault."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.ontology.reasoning import Triples, asked, vocabularies

from dualuse import resources
from dualuse.build import Built
from dualuse.namespaces import expand

BOTH = {"HermiT": "consistent", "Pellet": "consistent"}
NEITHER = dict.fromkeys(BOTH, "inconsistent")


@pytest.fixture(scope="module")
def ontology() -> Triples:
    """The terms, and the vocabularies that they build on."""
    text = (resources.root("ontology") / "dualuse.ttl").read_bytes()
    return [*vocabularies(), *(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))]


def spelt(*triples: tuple[str, str, str]) -> Triples:
    return [ox.Triple(*(ox.NamedNode(expand(name)) for name in triple)) for triple in triples]


def test_the_whole_graph_is_consistent(ontology: Triples, built: Built, tmp_path: Path) -> None:
    facts = {quad.triple for quad in built.store.store}
    assert len(facts) > 50_000
    assert asked(tmp_path, [*{*ontology, *facts}]) == BOTH


@pytest.mark.parametrize(
    "said",
    [
        [("event:one", "rdf:type", "du:LegalEvent"), ("event:one", "prov:wasDerivedFrom", "source:one")],
        [("supply:one", "du:supplier", "place:NL"), ("membership:one", "du:member", "place:NL")],
    ],
    ids=["an event derived from a source", "a place that supplies"],
)
def test_what_cannot_be_is_found(ontology: Triples, said: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert asked(tmp_path, ontology + spelt(*said)) == NEITHER
