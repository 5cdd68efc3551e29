"""Graphs read by the Graph Store Protocol; what the endpoint and the dataset say of themselves."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox
from rdflib import Graph, URIRef
from tests.serve.live import Live

from dualuse.knowledge import Knowledge
from dualuse.namespaces import GRAPH
from dualuse.store.remote import RemoteStore

META = f"{GRAPH}meta"
NTRIPLES = {"Accept": "application/n-triples"}
SD = "http://www.w3.org/ns/sparql-service-description#"


def lines(knowledge: Knowledge, graph: str) -> list[str]:
    quads = knowledge.store.quads()
    return [f"{line.rpartition(' <')[0]} ." for line in quads if line.endswith(f"<{graph}> .\n")]


def test_a_graph_by_its_name(live: Live, knowledge: Knowledge) -> None:
    held = lines(knowledge, META)
    asked, named = live.get("data", NTRIPLES, graph=META), live.get("graph/meta", NTRIPLES)
    assert asked.text.splitlines() == named.text.splitlines() == held != []
    head = httpx.head(f"{live.address}graph/meta", headers=NTRIPLES)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", named.headers["etag"])
    assert head.headers["content-length"] == named.headers["content-length"]
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        content = live.get("graph/meta", {"Accept": accept}).content
        assert len(list(ox.parse(content, format=ox.RdfFormat.from_media_type(accept)))) == len(held)


def test_a_graph_that_is_not_there(live: Live) -> None:
    for answer in (live.get("data", graph=f"{GRAPH}none"), live.get("graph/none"), live.get("data", graph="urn:x")):
        assert answer.status_code == 404
    assert live.get("data", graph="no IRI").status_code == 400
    assert live.get("data?default&graph=urn:x").status_code == 400
    assert live.get("data", {"Accept": "image/png"}, graph=META).status_code == 406
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert httpx.request(method, f"{live.address}data?graph={META}").status_code == 405


def test_all_graphs_are_more_than_this_server_gives(live: Live) -> None:
    default, whole = live.get("data?default", NTRIPLES), live.get("data", {"Accept": "application/n-quads"})
    assert (default.status_code, whole.status_code) == (422, 422)
    assert default.text == "the answer has more than 20,000 triples; ask for it in parts, with LIMIT and OFFSET\n"
    assert whole.text == "the dataset has more than 20,000 quads; ask for one graph: ?graph=IRI\n"


def test_the_service_describes_itself(live: Live, knowledge: Knowledge) -> None:
    told = Graph().parse(data=live.get("sparql", {"Accept": "text/turtle"}).text, format="turtle")
    names = {str(name) for name in told.objects(predicate=sd("name"))}
    assert names == {row["g"].value for row in knowledge.store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert [str(each) for each in told.objects(predicate=sd("endpoint"))] == [f"{live.address}sparql"]
    assert {str(each) for each in told.objects(predicate=sd("feature"))} == {f"{SD}UnionDefaultGraph"}
    page = live.get("sparql", {"Accept": "text/html,*/*;q=0.1"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def sd(name: str) -> URIRef:
    return URIRef(f"{SD}{name}")


def test_the_dataset_describes_itself(patient: Live) -> None:
    told = patient.get("void")
    assert told.headers["content-type"] == "text/turtle; charset=utf-8"
    held = list(ox.parse(told.content, format=ox.RdfFormat.TURTLE))
    assert ox.NamedNode("http://rdfs.org/ns/void#Dataset") in {quad.object for quad in held}
    other = patient.get(".well-known/void", {"Accept": "application/ld+json"})
    assert set(ox.parse(other.content, format=ox.RdfFormat.JSON_LD)) == set(held)
    known = {"If-None-Match": told.headers["etag"], "Accept": "text/turtle"}
    assert patient.get("void", known).status_code == 304
    assert patient.get("void", {"Accept": "text/csv"}).status_code == 406


def test_all_graphs_at_once(patient: Live, knowledge: Knowledge) -> None:
    assert patient.get("data").text == "".join(knowledge.store.quads())


def test_a_server_of_ours_is_a_store(live: Live, knowledge: Knowledge) -> None:
    """What ``--store URL`` asks of any endpoint, asked of this one."""
    far = RemoteStore(f"{live.address}sparql")
    query = "SELECT ?place WHERE { ?place a du:Destination } ORDER BY ?place LIMIT 20"
    assert far.select(query) == knowledge.store.select(query)


def test_another_endpoint_is_served_as_a_folder_is(live: Live, tmp_path: Path) -> None:
    from tests.serve.live import running

    query = "SELECT ?place WHERE { ?place a du:Destination } ORDER BY ?place LIMIT 5"
    with running(tmp_path, "--store", f"{live.address}sparql", "--workers", "2") as before:
        assert before.rows(query) == live.rows(query) != []
        told = before.ask(query, **{"default-graph-uri": META})
        assert (told.status_code, "use FROM" in told.text) == (400, True)
