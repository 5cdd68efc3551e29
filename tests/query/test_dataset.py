"""The graph as an rdflib ``Dataset``: whole queries run in Oxigraph, not in rdflib's own engine."""

from __future__ import annotations

import re
from typing import NoReturn

import pytest
import rdflib.plugins.sparql.evaluate
import rdflib.plugins.sparql.processor
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

import dualuse
from dualuse.build import Built
from dualuse.errors import QueryError
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


REFUSED = {
    "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }": "SERVICE is refused",
    "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }": "FROM <http://127.0.0.1:1/> is refused",
    "INSERT DATA { <a:s> <a:p> <a:o> }": "INSERT is refused: the store is read-only",
    "ASK { FILTER(1<" + "(" * 100_000 + "1>2" + ")" * 100_000 + ") }": "can be read in two ways",
}


@pytest.mark.parametrize("query", REFUSED)
@pytest.mark.parametrize("one", [False, True])
def test_what_sparql_refuses_is_refused(knowledge: Knowledge, query: str, one: bool) -> None:
    dataset = knowledge.dataset
    asked = Graph(dataset.store, URIRef("https://w3id.org/dualuse/graph/meta")) if one else dataset
    with pytest.raises(QueryError, match=re.escape(REFUSED[query])):
        asked.query(query)


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
def test_a_service_is_refused_in_a_prepared_query_too(knowledge: Knowledge) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        knowledge.dataset.query(prepareQuery(next(iter(REFUSED))))
    ready = prepareQuery("ASK { ?p skos:notation 'CH' }", initNs={"skos": "http://www.w3.org/2004/02/skos/core#"})
    assert knowledge.dataset.query(ready).askAnswer
    with pytest.raises(QueryError, match="does not say what it was made from"):
        knowledge.dataset.query(Query(ready.prologue, ready.algebra))


def test_an_update_is_refused(knowledge: Knowledge, built: Built) -> None:
    with pytest.raises(QueryError, match="an update is refused: the graph is read-only"):
        knowledge.dataset.update("DROP ALL")
    assert len(built.store.store) == built.quads


def test_prefixes_of_the_dataset_and_the_query(knowledge: Knowledge) -> None:
    dataset = Knowledge(knowledge.store).dataset
    query = "ASK { ?p here:notation 'CH' }"
    with pytest.raises(QueryError, match="prefix here: is not declared"):
        dataset.query(query)
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert dataset.query(query, initNs={"here": skos}).askAnswer
    dataset.bind("here", skos)
    assert dataset.query(query).askAnswer
