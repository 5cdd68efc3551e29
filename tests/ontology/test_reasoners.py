"""HermiT and Pellet find the graph consistent with PROV-O, ORG, SKOS, ELI, FOAF and Dublin Core, and see a fault."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.ontology.reasoning import Triples, asked, vocabularies
from tests.slowness import slow

from dualuse import resources
from dualuse.build import Built
from dualuse.namespaces import expand

NEITHER = {"HermiT": "inconsistent", "Pellet": "inconsistent"}


@pytest.fixture(scope="module")
def ontology() -> Triples:
    """The terms, and the vocabularies that they build on."""
    text = (resources.root("ontology") / "dualuse.ttl").read_bytes()
    return [*vocabularies(), *(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))]


def spelt(*triples: tuple[str, str, str]) -> Triples:
    return [ox.Triple(*(ox.NamedNode(expand(name)) for name in triple)) for triple in triples]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Pellet", 1),
        ("HermiT", 10),
        pytest.param("HermiT", 1, marks=slow("Pellet, which knows dates, is given the whole")),
    ],
)
def test_the_whole_graph_is_consistent(ontology: Triples, built: Built, tmp_path: Path, name: str, part: int) -> None:
    """One is given all that is said of every tenth thing, or of each with DUALUSE_SLOW."""
    facts = {quad.triple for quad in built.store.store}
    things = {*sorted({str(triple.subject) for triple in facts})[::part]}
    chosen = {triple for triple in facts if str(triple.subject) in things}
    assert len(chosen) > 50_000 / part
    assert asked(tmp_path, [*{*ontology, *chosen}], name) == {name: "consistent"}


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
