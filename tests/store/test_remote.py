"""A SPARQL 1.1 server in the place of the folder: the same answers, the same export, clear failures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from tests.running import Opened, Run
from tests.store.servers import CARDS, OURS, UPLOAD, WALKS, as_uploaded, free_port, oxigraph, serve

from dualuse.build import Built, save
from dualuse.errors import QueryError, StoreError
from dualuse.knowledge import Knowledge
from dualuse.model.derived import TierAssignment
from dualuse.model.law import Instrument, Membership
from dualuse.model.parties import Organisation
from dualuse.model.read import read
from dualuse.model.rules import DecisionRule
from dualuse.namespaces import GRAPH
from dualuse.query.library import load, names
from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS
from dualuse.store.embedded import MemoryStore
from dualuse.store.http import Address
from dualuse.store.remote import RemoteStore, _siblings
from dualuse.store.text import undeclared

ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="session")
def endpoint(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Query address of a real Oxigraph server that holds the built graph."""
    for server in oxigraph(tmp_path_factory.mktemp("oxigraph"), "" if UPLOAD else as_uploaded(built)):
        if UPLOAD:
            save(built, f"{server}/query")
        yield f"{server}/query"


@pytest.fixture(scope="session")
def remote(endpoint: str) -> RemoteStore:
    return RemoteStore(endpoint)


def test_holds_what_was_built(built: Built, remote: RemoteStore) -> None:
    assert remote.quads() == built.store.quads()


@pytest.mark.parametrize("kind", [Membership, Instrument, Organisation, DecisionRule, TierAssignment])
def test_records_are_read_from_an_endpoint_as_from_here(built: Built, remote: RemoteStore, kind: type[Any]) -> None:
    assert read(remote, kind) == read(built.store, kind) != []


def test_default_graph_is_the_union(built: Built, remote: RemoteStore) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert remote.select(query) == built.store.select(query)
    assert remote.ask("ASK { ?a a du:TierAssignment ; du:concernsPlace/skos:notation 'CH' }")


def test_from_is_honoured(built: Built, remote: RemoteStore) -> None:
    for query in (
        "SELECT (COUNT(*) AS ?n) FROM graph:inferred WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM NAMED graph:meta WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a du:Destination } } # FROM nowhere",
    ):
        assert remote.select(query) == built.store.select(query)


@pytest.mark.parametrize("form", sorted(RDF_FORMATS))
def test_triples_in_every_format(built: Built, remote: RemoteStore, form: str) -> None:
    query = "CONSTRUCT { ?m du:member ?place } WHERE { ?m du:member ?place ; du:group group:us-d5 }"
    assert remote.construct(query) == built.store.construct(query) != []
    assert remote.write(query, form) == built.store.write(query, form) != b""


@pytest.mark.parametrize("form", sorted(RESULT_FORMATS))
def test_rows_in_every_format(built: Built, remote: RemoteStore, form: str) -> None:
    query = "SELECT ?code WHERE { ?place a du:Destination ; skos:notation ?code } ORDER BY ?code"
    assert remote.write(query, form).strip() == built.store.write(query, form).strip()


def test_describe(remote: RemoteStore) -> None:
    assert any("Switzerland" in str(triple) for triple in remote.construct("DESCRIBE place:CH"))


def test_own_prefixes_win(remote: RemoteStore) -> None:
    assert not remote.ask("PREFIX du: <https://example.org/other#> ASK { ?s a du:Destination }")
    assert remote.ask("PREFIX x: <https://w3id.org/dualuse/ns#> ASK { ?s a x:Destination ; skos:notation 'CH' }")


def test_wrong_queries(remote: RemoteStore) -> None:
    with pytest.raises(QueryError, match="cannot read the query"):
        remote.select("SELECT * WHERE {")
    with pytest.raises(QueryError, match="a SELECT query is needed here"):
        remote.select("ASK {}")
    with pytest.raises(QueryError, match="an ASK query is needed here"):
        remote.ask(ALL)
    with pytest.raises(QueryError, match="rows cannot be written as 'turtle'"):
        remote.write(ALL, "turtle")
    with pytest.raises(QueryError, match="triples cannot be written as 'csv'"):
        remote.write("DESCRIBE place:CH", "csv")


@pytest.mark.parametrize(
    "arguments",
    [
        ("groups", "PL", "CH", "TW", "HK", "--as-of", "2025-01-13", "--format", "json"),
        ("groups", "--count", "--as-of", "2025-01-13", "--format", "json"),
        ("status", "us-ai-diffusion-ifr-2025-01", "--as-of", "2025-06-01", "--lens", "enforced", "--format", "json"),
        ("sparql", "SELECT ?p WHERE { ?a du:assignsTier tier:3 ; du:concernsPlace ?p } ORDER BY ?p", "--format", "csv"),
        ("sparql", "DESCRIBE place:CH", "--format", "ntriples"),
        ("query", "members-of-group", "--format", "csv"),
        ("export", "--format", "nquads"),
    ],
)
def test_same_answer_as_the_folder(run: Run, endpoint: str, store_dir: Path, arguments: tuple[str, ...]) -> None:
    local = run(*arguments, "--store", store_dir)
    far = run(*arguments, "--store", endpoint)
    assert (local.returncode, far.returncode, far.stderr) == (0, 0, local.stderr)
    assert far.stdout.replace("\r\n", "\n") == local.stdout.replace("\r\n", "\n") != ""


@pytest.mark.parametrize("command", [*CARDS, *WALKS], ids=" ".join)
def test_every_card_is_that_of_the_folder(
    run: Run, opened: Opened, endpoint: str, store_dir: Path, command: tuple[str, ...]
) -> None:
    opened.keep(endpoint)
    local = run(*command, "--format", "json", "--store", store_dir)
    far = run(*command, "--format", "json", "--store", endpoint)
    assert (far.returncode, far.stderr) == (local.returncode, local.stderr)
    assert local.returncode == 0, local.stderr
    assert far.stdout == local.stdout != ""


@pytest.mark.parametrize("name", names())
def test_every_named_query(knowledge: Knowledge, endpoint: str, name: str) -> None:
    query = load(name).bind({}, knowledge.names)
    patient = RemoteStore(endpoint, seconds=600)
    assert patient.select(query) == knowledge.store.select(query) != []


def test_build_replaces_what_is_ours_and_only_that(
    run: Run, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a small graph: a server takes long to change a large one."""
    lines = "".join([*(line for line in built.store.quads() if f"<{GRAPH}curated/groups>" in line), *OURS])
    some = ox.Store()
    some.load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    small = MemoryStore(some)
    made = replace(built, store=small, quads=len(small.quads()))
    # reading and checking have tests of their own, and take long
    monkeypatch.setattr("dualuse.build.build", lambda data, progress: made)
    monkeypatch.setattr("dualuse.validate.validate", lambda built, generated: [])
    for server in oxigraph(tmp_path):
        remote = RemoteStore(f"{server}/query")
        theirs = Address.parse(f"{server}/store?graph=https://example.org/theirs")
        remote._send(theirs, b"<a:s> <a:p> <a:o> .\n", {"Content-Type": "application/n-triples"}, method="PUT")
        stale = "".join(sorted([f'<a:s> <a:p> "old" <{GRAPH}{name}> .\n' for name in ("curated/gone", "meta")] + OURS))
        remote.replace(stale.encode())
        assert remote.quads() == stale.splitlines(keepends=True)
        answer = run("build", "--store", f"{server}/query")
        assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr
        assert answer.stderr.startswith(f"Built {server}/query: {made.quads:,} quads, sha256 {made.sha256[:12]}, ")
        assert remote.quads() == small.quads() != OURS
        assert staging(remote) == []
        assert not remote.ask("ASK { <a:s> <a:p> ?o }")
        assert remote.ask("ASK FROM <https://example.org/theirs> { <a:s> <a:p> <a:o> }")


def staging(remote: RemoteStore) -> list[str]:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'staging')) }"
    return [row["g"].value for row in remote._solutions(query, union=False)[1]]


def test_rdflib_dataset_over_the_server(endpoint: str) -> None:
    dataset = Knowledge(RemoteStore(endpoint)).dataset
    rows = list(dataset.query("SELECT ?place WHERE { ?place a du:Destination ; skos:notation 'CH' }"))
    assert [str(row[0]) for row in rows if isinstance(row, tuple)] == ["https://w3id.org/dualuse/id/place/CH"]


@pytest.mark.parametrize(
    "arguments", [("groups", "CH"), ("export", "--format", "nquads"), ("sparql", "ASK { ?s ?p ?o }")]
)
def test_nobody_listens(run: Run, arguments: tuple[str, ...]) -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    answer = run(*arguments, "--store", address)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"Error: {address} cannot be reached (")
    assert "Connection refused" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


class Failing(BaseHTTPRequestHandler):
    """Fails as the first part of the path says."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        how = self.path.split("/")[1]
        if how == "drop":
            self.connection.close()
            return
        self.send_response(500 if how == "500" else 200)
        self.send_header("Content-Length", "400" if how == "short" else "20")
        self.end_headers()
        self.wfile.write(b"<html>gone away</htm")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def failing() -> Iterator[str]:
    yield from serve(Failing)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("500", "answered 500 Internal Server Error: <html>gone away</htm"),
        ("drop", "cannot be reached ("),
        ("short", "cannot be reached (IncompleteRead("),
        ("html", "it did not answer as a SPARQL 1.1 endpoint does ("),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_server_that_fails(run: Run, failing: str, how: str, message: str) -> None:
    address = f"{failing}/{how}/query"
    answer = run("groups", "CH", "--store", address)
    assert (answer.returncode, answer.stdout) == (3, "")
    head = f"no dualuse graph at {address}: " if how == "html" else f"{address} "
    assert answer.stderr.startswith(f"Error: {head}{message}")
    assert "Traceback" not in answer.stderr
    with pytest.raises(StoreError):
        RemoteStore(address).replace(b"")


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://exa mple.org/query",
        "http://[::1/query",
        "http://127.0.0.1:nan/query",
        "https://u:secret@/query",
    ],
)
def test_no_address(run: Run, address: str) -> None:
    answer = run("groups", "CH", "--store", address)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"Error: {address.replace('u:secret@', '')!r} is not an address (")
    assert "Traceback" not in answer.stderr


def test_where_update_and_graphs_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DUALUSE_UPDATE_URL", "DUALUSE_GRAPH_STORE_URL"):
        monkeypatch.delenv(name, raising=False)

    def siblings(endpoint: str) -> tuple[str, str]:
        update, graphs = _siblings(Address.parse(endpoint))
        assert update.user == Address.parse(endpoint).user
        return update.url, graphs.url

    assert siblings("http://h:7878/query") == ("http://h:7878/update", "http://h:7878/store")
    assert siblings("http://h/ds/sparql") == ("http://h/ds/update", "http://h/ds/data")
    assert siblings("http://u:p@h/query?key=k") == ("http://h/update?key=k", "http://h/store?key=k")
    monkeypatch.setenv("DUALUSE_UPDATE_URL", "http://u/")
    monkeypatch.setenv("DUALUSE_GRAPH_STORE_URL", "http://g/")
    told = _siblings(Address.parse("http://u:p@h/query"))
    assert told == (Address("http://u/"), Address("http://g/")), "a password is for its own server"


@pytest.mark.parametrize(
    ("query", "declared"),
    [
        ("ASK { ?s du:assignsTier/skos:notation 'rdfs:label' }", ["du", "skos"]),
        ("PREFIX du: <a:b#> ASK { ?s du:assignsTier tier:3 } # foaf:name", ["tier"]),
        ("ASK { <https://example.org/du:x#owl:y> ?p nope:z }", []),
        ("ASK { ?s event-kind:suspension _:b }", ["event-kind"]),
    ],
)
def test_prefixes_are_declared_where_used(query: str, declared: list[str]) -> None:
    assert [line.split()[1].rstrip(":") for line in undeclared(query).splitlines()] == declared
