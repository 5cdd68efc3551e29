"""The store in this process: whole or not at all, read by many, never over something else."""

from __future__ import annotations

import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.running import Run

from dualuse.build import Built, save
from dualuse.errors import QueryError, StoreError
from dualuse.store import MemoryStore, is_remote, open_store
from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS
from dualuse.store.embedded import open_folder

ONE = b'<https://example.org/s> <https://example.org/p> "1" <https://w3id.org/dualuse/graph/one> .\n'
TWO = b'<https://example.org/s> <https://example.org/p> "2" <https://w3id.org/dualuse/graph/two> .\n'
ALL = "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"


def objects(store: MemoryStore, query: str = ALL) -> list[str]:
    return [row["o"].value for row in store.select(query)]


@pytest.fixture
def both() -> MemoryStore:
    store = MemoryStore()
    store.replace(ONE + TWO)
    return store


def test_folder_holds_what_was_built(built: Built, store_dir: Path) -> None:
    assert open_folder(store_dir).quads() == built.store.quads()
    current, lock, build = sorted(path.name for path in store_dir.iterdir())
    assert (current, lock, build[:6]) == ("CURRENT", "LOCK", "build-")


def test_opening_writes_nothing(store_dir: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in store_dir.rglob("*")}
    open_folder(store_dir).ask("ASK { ?s ?p ?o }")
    assert {path: path.stat().st_mtime_ns for path in store_dir.rglob("*")} == before


def test_opened_read_only(store_dir: Path) -> None:
    store = open_folder(store_dir)
    with pytest.raises((OSError, RuntimeError)):
        store.store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.NamedNode("a:c")))


def test_two_readers_at_once(store_dir: Path) -> None:
    first, second = open_folder(store_dir), open_folder(store_dir)
    query = "SELECT (COUNT(*) AS ?o) WHERE { ?s ?p ?o }"
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda s=store: found.append(objects(s, query))) for store in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [objects(first, query)] * 2


def test_reader_in_another_process(store_dir: Path, script: Run) -> None:
    reader = open_folder(store_dir)
    answer = script("sparql", "SELECT (COUNT(*) AS ?n) WHERE { ?s a du:Destination }", "--format", "csv")
    assert answer.stdout.split() == ["n", objects(reader, "SELECT (COUNT(*) AS ?o) WHERE { ?s a du:Destination }")[0]]


def test_union_is_the_default_graph(both: MemoryStore) -> None:
    assert objects(both) == ["1", "2"]
    assert objects(both, "SELECT ?o WHERE { GRAPH graph:one { ?s ?p ?o } }") == ["1"]


def test_from_is_honoured(both: MemoryStore) -> None:
    assert objects(both, "SELECT ?o FROM graph:one WHERE { ?s ?p ?o }") == ["1"]
    assert objects(both, "SELECT ?o FROM <https://w3id.org/dualuse/graph/two> WHERE { ?s ?p ?o }") == ["2"]
    assert objects(both, "SELECT ?o FROM graph:one FROM graph:two WHERE { ?s ?p ?o } ORDER BY ?o") == ["1", "2"]
    assert objects(both, "SELECT ?o FROM NAMED graph:two WHERE { GRAPH ?g { ?s ?p ?o } }") == ["2"]
    assert objects(both, "SELECT ?o FROM NAMED graph:two WHERE { ?s ?p ?o }") == []
    assert objects(both, "SELECT ?o WHERE { ?s ?p ?o FILTER(?o != 'FROM') } ORDER BY ?o") == ["1", "2"]


@pytest.mark.parametrize("form", sorted(RESULT_FORMATS))
def test_rows_parse_back(both: MemoryStore, form: str) -> None:
    content = both.write(ALL, form)
    if form == "csv":
        assert content.decode().split() == ["o", "1", "2"]
        return
    solutions = ox.parse_query_results(content, format=RESULT_FORMATS[form])
    assert isinstance(solutions, ox.QuerySolutions)
    assert [str(solution["o"]) for solution in solutions] == ['"1"', '"2"']


@pytest.mark.parametrize("form", ["json", "xml"])
def test_yes_or_no_parses_back(both: MemoryStore, form: str) -> None:
    answer = ox.parse_query_results(both.write("ASK { ?s ?p '1' }", form), format=RESULT_FORMATS[form])
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer)


@pytest.mark.parametrize("form", sorted(RDF_FORMATS))
def test_triples_parse_back(both: MemoryStore, form: str) -> None:
    content = both.write("CONSTRUCT WHERE { ?s ?p ?o }", form)
    assert {str(quad.triple) for quad in ox.parse(content, format=RDF_FORMATS[form])} == {
        '<https://example.org/s> <https://example.org/p> "1"',
        '<https://example.org/s> <https://example.org/p> "2"',
    }


def test_triples_are_sorted_and_once(built: Built) -> None:
    query = "CONSTRUCT { ?group skos:member ?place } WHERE { ?m du:group ?group ; du:member ?place }"
    triples = [str(triple) for triple in built.store.construct(query)]
    assert len(triples) > 100
    assert triples == sorted(triples)
    lines = built.store.write(query, "ntriples").decode().splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    ("query", "form", "message"),
    [
        (ALL, "turtle", "rows cannot be written as 'turtle'; choose from json, csv, tsv, xml"),
        ("DESCRIBE <a:a>", "csv", "triples cannot be written as 'csv'; choose from turtle, ntriples, "),
    ],
)
def test_form_that_does_not_fit(both: MemoryStore, query: str, form: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        both.write(query, form)


@pytest.mark.parametrize(
    ("method", "query", "message"),
    [
        ("select", "ASK {}", "a SELECT query is needed here"),
        ("ask", ALL, "an ASK query is needed here"),
        ("construct", ALL, "a CONSTRUCT or DESCRIBE query is needed here"),
        ("select", "SELECT * WHERE {", "the query cannot be read: error at 1:17"),
        ("select", "DELETE WHERE { ?s ?p ?o }", "the query cannot be read"),
        ("select", "", "the query cannot be read"),
    ],
)
def test_wrong_query(both: MemoryStore, method: str, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        getattr(both, method)(query)


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("select", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
        ("ask", "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
        ("construct", "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    ],
)
def test_service_out_of_reach(both: MemoryStore, method: str, query: str) -> None:
    with pytest.raises(StoreError, match="the store could not answer"):
        getattr(both, method)(query)
    with pytest.raises(StoreError, match="the store could not answer"):
        both.write(query, "json" if method != "construct" else "turtle")


def test_memory_store_is_replaced(both: MemoryStore) -> None:
    both.replace(ONE)
    assert objects(both) == ["1"]


@pytest.mark.parametrize(
    ("location", "remote"),
    [("http://example.org/query", True), ("https://example.org/query", True), ("store", False), ("http", False)],
)
def test_place_or_address(location: str, remote: bool) -> None:
    assert is_remote(location) is remote


def test_save_to_a_folder_keeps_every_quad(built: Built, tmp_path: Path) -> None:
    save(built, str(tmp_path / "again"))
    assert open_store(str(tmp_path / "again")).quads() == built.store.quads()
