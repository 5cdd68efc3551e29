"""The SPARQL 1.1 Protocol, as the standard has it and as a stock client speaks it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph
from SPARQLWrapper import CSV, JSON, N3, XML, SPARQLWrapper
from tests.javascript import node, node_is
from tests.serve.live import Live

from dualuse.knowledge import Knowledge
from dualuse.namespaces import GRAPH
from dualuse.query.library import load
from dualuse.serve.negotiate import QUADS, ROWS, TRIPLES, choose

TIERS = "SELECT ?tier WHERE { ?tier a du:Tier } ORDER BY ?tier"
ALL_TIERS = [f"https://w3id.org/dualuse/id/tier/{number}" for number in (1, 2, 3)]
ABOUT = "CONSTRUCT { ?tier a du:Tier } WHERE { ?tier a du:Tier }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
META = f"{GRAPH}meta"


def post(live: Live, content: str | bytes, kind: str, parameters: str = "") -> httpx.Response:
    return httpx.post(f"{live.address}sparql{parameters}", content=content, headers={"Content-Type": kind}, timeout=30)


def test_a_query_comes_in_three_ways(live: Live) -> None:
    got = live.ask(TIERS)
    form = httpx.post(f"{live.address}sparql", data={"query": TIERS})
    direct = post(live, TIERS, "application/sparql-query")
    for answer in (got, form, direct):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert [row["tier"]["value"] for row in answer.json()["results"]["bindings"]] == ALL_TIERS


@pytest.mark.parametrize("form", ROWS)
def test_rows_in_every_form(live: Live, form: str) -> None:
    answer = live.ask(TIERS, ROWS[form][0])
    assert answer.headers["content-type"].partition(";")[0] == ROWS[form][0]
    if form == "csv":
        assert [row[0] for row in csv.reader(io.StringIO(answer.text))] == ["tier", *ALL_TIERS]
    else:
        formats = {
            "json": ox.QueryResultsFormat.JSON,
            "xml": ox.QueryResultsFormat.XML,
            "tsv": ox.QueryResultsFormat.TSV,
        }
        rows = ox.parse_query_results(answer.content, format=formats[form])
        assert isinstance(rows, ox.QuerySolutions)
        assert [row["tier"].value for row in rows] == ALL_TIERS


@pytest.mark.parametrize("form", TRIPLES)
def test_triples_in_every_form(live: Live, form: str) -> None:
    answer = live.ask(ABOUT, TRIPLES[form][0])
    assert answer.headers["content-type"].partition(";")[0] == TRIPLES[form][0]
    format_ = ox.RdfFormat.from_media_type(TRIPLES[form][0])
    assert sorted(quad.subject.value for quad in ox.parse(answer.content, format=format_)) == ALL_TIERS


def test_a_truth(live: Live) -> None:
    assert live.ask("ASK { tier:1 a du:Tier }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "offered", "form"),
    [
        ("", ROWS, "json"),
        ("*/*", TRIPLES, "turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ROWS, "xml"),
        ("application/json", ROWS, "json"),
        ("text/csv;q=0.5, text/tab-separated-values", ROWS, "tsv"),
        ("text/csv;q=0, text/*;q=0.2", ROWS, "tsv"),
        ("application/ld+json;profile=x", QUADS, "jsonld"),
        ("text/csv;q=often", ROWS, None),
        ("image/png", TRIPLES, None),
    ],
)
def test_the_most_welcome_form(accept: str, offered: dict[str, tuple[str, ...]], form: str | None) -> None:
    assert choose(accept, offered) == form


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * WHERE { ?s ?p }", "the query cannot be read"),
        ("", "the query is empty"),
        ("INSERT DATA { <a:s> <a:p> 1 }", "INSERT is refused: the store is read-only"),
        ("SELECT * FROM <http://example.org/g> WHERE { ?s ?p ?o }", "FROM <http://example.org/g> is refused"),
        (
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "it would ask 127.0.0.1; this server asks no other",
        ),
        ("SELECT * { SeRvIcE SILENT ?where { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { nowhere:s ?p ?o }", "prefix nowhere: is not declared"),
    ],
)
def test_a_query_that_is_none_is_400_in_words(live: Live, query: str, says: str) -> None:
    answer = live.ask(query)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert says in answer.text
    assert answer.text.count("\n") == answer.text.rstrip("\n").count("\n") + 1


def test_the_word_service_may_be_said(live: Live) -> None:
    query = 'SELECT ?service { # SERVICE <http://example.org/> {}\n BIND("SERVICE <x> { }" AS ?service) }'
    assert live.rows(query) == [{"service": "SERVICE <x> { }"}]


def test_what_is_no_request_for_an_answer(live: Live) -> None:
    twice = live.get(f"sparql?query={TIERS}&query={TIERS}")
    assert (twice.status_code, twice.text) == (400, "exactly one parameter 'query' is needed; there are 2\n")
    assert post(live, "{}", "application/json").status_code == 415
    assert post(live, b"\xff", "application/sparql-query").status_code == 400
    assert post(live, "query=%FF", FORM["Content-Type"]).status_code == 400
    assert post(live, "x=1", FORM["Content-Type"]).status_code == 400
    assert post(live, b"#" * 2_000_001, "application/sparql-query").status_code == 413
    put = httpx.put(f"{live.address}sparql", content="x")
    assert (put.status_code, set(put.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})
    assert live.ask(TIERS, "image/png").status_code == 406
    assert live.ask(ABOUT, "text/csv").status_code == 406
    assert live.get("nowhere").status_code == 404


def test_updates_are_refused(live: Live) -> None:
    change = "INSERT DATA { <a:s> <a:p> 1 }"
    for answer in (
        post(live, change, "application/sparql-update"),
        httpx.post(f"{live.address}sparql", data={"update": change}),
        live.get("sparql", update=change),
    ):
        assert (answer.status_code, "read-only" in answer.text) == (403, True)


def test_graphs_named_beside_the_query(live: Live, knowledge: Knowledge) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    held = knowledge.store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{META}> {{ ?s ?p ?o }} }}")[0]["n"].value
    asked = {"default-graph-uri": META}
    assert (live.rows(count, **asked), live.rows(named, **asked)) == ([{"n": held}], [{"n": "0"}])
    asked = {"named-graph-uri": META}
    assert (live.rows(count, **asked), live.rows(named, **asked)) == ([{"n": "0"}], [{"n": held}])
    assert int(live.rows(count, **{"default-graph-uri": ""})[0]["n"]) > int(held), "an empty name is none"
    refused = live.ask(count, **{"default-graph-uri": "http://example.org/g"})
    assert (refused.status_code, "no graph but its own" in refused.text) == (400, True)


@pytest.mark.parametrize("name", ["members-of-group", "tier-of-place", "chip-figures"])
def test_named_query_by_a_stock_client(live: Live, knowledge: Knowledge, name: str) -> None:
    client = SPARQLWrapper(f"{live.address}sparql")
    client.setQuery(load(name).text)
    client.setReturnFormat(JSON)
    answer: Any = client.queryAndConvert()
    found = answer["results"]["bindings"]
    ours = knowledge.store.select(load(name).text)
    assert (
        [{name: term["value"] for name, term in row.items()} for row in found]
        == [{name: term.value for name, term in row.items()} for row in ours]
        != []
    )


def test_comunica_takes_it_as_a_source(live: Live, knowledge: Knowledge) -> None:
    if not node_is(20):
        pytest.skip("Comunica speaks HTTP by a library that wants Node 20")
    queries = {name: load(name).text for name in ("members-of-group", "chip-figures")}
    answered = node("endpoint.mjs", f"{live.address}sparql", asked=json.dumps(queries))
    told = [json.loads(line) for line in answered.splitlines()]
    assert {row["name"]: sorted(str(sorted(each.items())) for each in row["rows"]) for row in told} == {
        name: sorted(
            str(sorted((key, term.value) for key, term in row.items())) for row in knowledge.store.select(text)
        )
        for name, text in queries.items()
    }


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper makes one
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stock_client_reads_every_form(live: Live, method: str) -> None:
    client = SPARQLWrapper(f"{live.address}sparql")
    client.setMethod(method)
    client.setQuery(TIERS)
    client.setReturnFormat(XML)
    assert ALL_TIERS[0] in client.queryAndConvert().toxml()  # type: ignore[union-attr]  # XML was asked for
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split()[1:] == ALL_TIERS  # type: ignore[union-attr]  # CSV was asked for
    client.setQuery(f"PREFIX du: <https://w3id.org/dualuse/ns#> {ABOUT}")
    client.setReturnFormat(N3)
    assert len(Graph().parse(client.query().convert(), format="turtle")) == 3  # type: ignore[arg-type]  # Turtle was asked for
    client.setQuery(f"PREFIX du: <https://w3id.org/dualuse/ns#> {ABOUT}")
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert()) == 3  # type: ignore[arg-type]  # RDF/XML becomes an rdflib graph
