"""The graph as an rdflib ``Dataset``: whole queries run in Oxigraph, not in rdflib's own engine."""

from __future__ import annotations

from typing import NoReturn

import pytest
import rdflib.plugins.sparql.evaluate
import rdflib.plugins.sparql.processor
from rdflib import Dataset, URIRef
from rdflib.namespace import RDF

import dualuse
from dualuse.build import Built
from dualuse.knowledge import Knowledge
from dualuse.namespaces import NS, thing


@pytest.fixture
def no_rdflib_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make rdflib's own evaluator fail."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("rdflib evaluated the query itself")

    monkeypatch.setattr(rdflib.plugins.sparql.evaluate, "evalQuery", refuse)
    monkeypatch.setattr(rdflib.plugins.sparql.processor, "evalQuery", refuse)


def rows(dataset: Dataset, query: str) -> list[tuple[str, ...]]:
    return [tuple(str(term) for term in row) for row in dataset.query(query) if isinstance(row, tuple)]


@pytest.mark.usefixtures("no_rdflib_engine")
def test_whole_queries_run_in_oxigraph(knowledge: Knowledge) -> None:
    query = "SELECT ?p WHERE { ?p a du:Destination ; skos:notation 'CH' }"
    assert rows(knowledge.dataset, query) == [(thing("place", "CH"),)]
    assert knowledge.dataset.query("ASK { GRAPH graph:inferred { ?s a du:TierAssignment } }").askAnswer
    described = knowledge.dataset.query("CONSTRUCT { ?p skos:notation 'CH' } WHERE { ?p skos:notation 'CH' }").graph
    assert described is not None
    assert len(described) == 1


@pytest.mark.usefixtures("no_rdflib_engine")
def test_the_trap_works() -> None:
    with pytest.raises(AssertionError, match="rdflib evaluated the query itself"):
        rdflib.Graph().query("ASK {}")


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib 7.6 warns of its own use
def test_default_graph_is_the_union(knowledge: Knowledge, built: Built) -> None:
    dataset = knowledge.dataset
    assert (URIRef(thing("place", "CH")), RDF.type, URIRef(f"{NS}Destination")) in dataset
    assert "CHE" in {str(value) for value in dataset.objects(URIRef(thing("place", "CH")))}
    assert rows(dataset, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }") == [(str(built.quads),)]


def test_prefixes_are_bound(knowledge: Knowledge) -> None:
    bound = {prefix: str(iri) for prefix, iri in knowledge.dataset.namespaces()}
    assert bound["du"] == NS
    assert bound["event-kind"] == "https://w3id.org/dualuse/id/event-kind/"


def test_open_a_folder(store_dir: object, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dualuse.open(str(store_dir)).version.sha256 == built.sha256
    monkeypatch.setenv("DUALUSE_STORE", str(store_dir))
    assert dualuse.open().sparql("SELECT ?p WHERE { ?p skos:notation 'CH' }")
