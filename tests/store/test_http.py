"""What goes to a server and comes back: in time, to that server alone, with its password and without telling it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, unquote, urlsplit

import pytest
from tests.running import Run
from tests.store.gate import Gate
from tests.store.servers import OURS, oxigraph, serve

from dualuse.errors import StoreError, UsageError
from dualuse.namespaces import GRAPH, NS
from dualuse.store.addresses import hidden
from dualuse.store.http import Address, send
from dualuse.store.remote import RemoteStore

USER = "user:pa%3Ass%40word%2F%C3%A9@"
SMALL = "".join(
    sorted([*(f'<a:s> <a:p> "{name}" <{GRAPH}{name}> .\n' for name in ("curated/one", "curated/two", "meta")), *OURS])
).encode()


class Elsewhere(BaseHTTPRequestHandler):
    """Sends everybody to the address in the path, or drips."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        how, _, place = self.path.strip("/").partition("/")
        if how.isdecimal():
            self.send_response(int(how))
            self.send_header("Location", place.replace("query", "") + "?key=of-theirs")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if how == "body":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(60):
            time.sleep(0.1)
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from oxigraph(tmp_path_factory.mktemp("oxigraph"))


@pytest.fixture
def gate(server: str) -> Iterator[str]:
    Gate.reset(server)
    for address in serve(Gate):
        RemoteStore(f"{server}/query").replace(SMALL)
        yield address


@pytest.fixture
def elsewhere() -> Iterator[str]:
    yield from serve(Elsewhere)


def test_user_and_password_of_the_address_are_used(gate: str) -> None:
    store = RemoteStore(gate.replace("http://", f"http://{USER}") + "/query")
    assert store.location == f"{gate}/query"
    assert store.quads() == SMALL.decode().splitlines(keepends=True)
    store.replace(SMALL.replace(b'"meta"', b'"new"'))
    assert store.ask("ASK { <a:s> <a:p> 'new' }")


def test_a_key_of_the_address_is_used(gate: str) -> None:
    store = RemoteStore(f"{gate}/query?key=k3y-of-mine")
    assert store.location == f"{gate}/query?…"
    store.replace(SMALL)
    assert store.quads() == SMALL.decode().splitlines(keepends=True)
    assert all("key=k3y-of-mine" in line for line in Gate.seen)


@pytest.mark.parametrize("command", [("groups", "CH"), ("export", "--format", "nquads")])
def test_no_message_tells_a_secret(run: Run, gate: str, command: tuple[str, ...]) -> None:
    wrong = gate.replace("http://", "http://someone:bad-k3y@") + "/query?key=bad-k3y"
    answer = run(*command, "--store", wrong)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"Error: {gate}/query?… answered 401 Unauthorized: not for ")
    assert answer.stderr.endswith("; check user and password\n")
    told = base64.b64encode(b"someone:bad-k3y").decode()
    for secret in ("bad-k3y", "someone", told, "\x1b", "\u202e"):
        assert secret not in answer.stderr
    plain = run(*command, "--store", f"{gate}/query")
    assert "it may want https://USER:PASSWORD@…" in plain.stderr


def test_nobody_listens_and_no_password_is_told(run: Run) -> None:
    answer = run("groups", "CH", "--store", f"http://{USER}127.0.0.1:1/query?token=of-mine")
    assert answer.returncode == 3
    assert answer.stderr.startswith("Error: http://127.0.0.1:1/query?… cannot be reached (")
    assert "pa" not in answer.stderr.replace("cannot", "")
    assert "of-mine" not in answer.stderr


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(run: Run, gate: str, elsewhere: str, code: int) -> None:
    address = f"{elsewhere}/{code}/{gate}/query"
    answer = run("groups", "CH", "--store", address)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"Error: {address} answered {code} ")
    assert answer.stderr.endswith(f"and points to {gate}/?…; if you trust it, give that address\n")
    assert Gate.seen == []


@pytest.mark.parametrize("how", ["head", "body"])
def test_a_server_that_drips_is_left(elsewhere: str, how: str) -> None:
    start = time.monotonic()
    with pytest.raises(StoreError, match=r"did not answer within 0\.5 s"):
        RemoteStore(f"{elsewhere}/{how}/query", seconds=0.5).ask("ASK {}")
    assert time.monotonic() - start < 4, "not the 6 s that the server drips"


def staging(server: str) -> list[str]:
    return RemoteStore(f"{server}/query").graphs("https://w3id.org/dualuse/staging/")


@pytest.mark.parametrize("at", range(1, 7))
def test_a_failed_upload_leaves_nothing_behind(gate: str, server: str, at: int) -> None:
    Gate.fails = {at}
    store = RemoteStore(f"{gate}/query?key=k3y-of-mine")
    wanted = SMALL.replace(b'"meta"', b'"new"')
    with pytest.raises(StoreError, match="answered 503 Service Unavailable: out of order"):
        store.replace(wanted)
    assert len(Gate.seen) == (1 if at == 1 else at + 2), (
        "graphs, three uploads, abandoned ones, the move; then the drop, and a look at what is left"
    )
    assert staging(server) == []
    assert RemoteStore(f"{server}/query").quads() == SMALL.decode().splitlines(keepends=True)


def test_staging_graphs_that_are_left_are_told(gate: str, server: str) -> None:
    store = RemoteStore(f"{gate}/query?key=k3y-of-mine")
    Gate.refuses = b"DROP"
    with pytest.raises(
        StoreError, match=r"out of order\. 3 staging graphs are left there; .* this update: (?=DROP)"
    ) as told:
        store.replace(SMALL)
    left = staging(server)
    assert len(left) == 3
    RemoteStore(f"{server}/query")._change([str(told.value).partition("this update: ")[2]])
    assert staging(server) == []
    assert RemoteStore(f"{server}/query").quads() == SMALL.decode().splitlines(keepends=True)


def test_staging_graphs_of_a_server_that_is_gone_may_be_left(gate: str, server: str) -> None:
    Gate.fails = set(range(4, 20))
    with pytest.raises(
        StoreError, match=r"out of order\. 3 staging graphs may be left there; .*/curated/one> ; DROP"
    ) as told:
        RemoteStore(f"{gate}/query?key=k3y-of-mine").replace(SMALL)
    RemoteStore(f"{server}/query")._change([str(told.value).partition("this update: ")[2]])
    assert staging(server) == []


def test_abandoned_uploads_go_with_the_next(server: str) -> None:
    old, now = (f"https://w3id.org/dualuse/staging/{int(time.time()) - age}-00/meta" for age in (100_000, 60))
    store = RemoteStore(f"{server}/query")
    for graph in (old, now):
        store._upload({graph: ["<a:s> <a:p> <a:o> .\n"]})
    store.replace(SMALL)
    assert staging(server) == [now]
    store._change([f"DROP GRAPH <{now}>"])


def test_questions_are_asked_of_the_whole_in_one_graph(server: str) -> None:
    """As long as it is of the same build; what is in it alone is no part of what the server holds."""
    whole, count = "https://w3id.org/dualuse/whole", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    store = RemoteStore(f"{server}/query")
    store.replace(SMALL)
    expected = store.select(count)
    assert whole in store.graphs("")
    assert whole not in store.graphs()
    store._change([f"INSERT DATA {{ GRAPH <{whole}> {{ <a:only> <a:in> <a:it> }} }}"])
    assert store.ask("ASK { <a:only> ?p ?o }")
    assert store.select("SELECT ?g WHERE { GRAPH ?g { <a:only> ?p ?o } }") == []
    assert store.quads() == SMALL.decode().splitlines(keepends=True)
    for change in (f"DELETE WHERE {{ GRAPH <{whole}> {{ ?s <{NS}contentSha256> ?sum }} }}", f"DROP GRAPH <{whole}>"):
        store._change([change])
        later = RemoteStore(f"{server}/query")
        assert (later.ask("ASK { <a:only> ?p ?o }"), later.select(count)) == (False, expected)
    store.replace(SMALL)
    assert store.graphs("") == [*store.graphs(), whole]


def test_a_server_without_our_graph(run: Run, tmp_path: Path) -> None:
    for empty in oxigraph(tmp_path):
        for command in (("groups", "CH"), ("export", "--format", "nquads"), ("sparql", "SELECT * { ?s ?p ?o }")):
            answer = run(*command, "--store", f"{empty}/query")
            assert (answer.returncode, answer.stdout) == (3, "")
            place = f"{empty}/query"
            assert answer.stderr == (
                f"Error: no dualuse graph at {place}. Put one there: dualuse build --store {place}\n"
            )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://u:p@h:80/a?key=k#f", "https://h:80/a?…"),
        ("https://u:p@h:80/a@b?key=k#f", "https://b?…"),
        ("https://u:s3/cret@h/q", "https://h/q"),
        ("http://u:s3?cret@h/q", "http://h/q"),
        ("http://u:s3#cret@h/q#x", "http://h/q"),
        ("http://u:s3@cr/e@t@h/q", "http://h/q"),
        ("http:/u:s3cret@h/q?a=s3cret", "http:/h/q?…"),
        ("http//u:s3cret@h/q", "http//h/q"),
        ("http:u:s3cret@h/q", "http:h/q"),
        ("//u:s3cret@h/q", "//h/q"),
        (" http://u:s3cret@h/q", " http://h/q"),
        ("ftp://u:s3cret@h/q", "ftp://h/q"),
        ("C:\\a@b", "C:\\a@b"),
        ("//host/share", "//host/share"),
        ("https://h/query", "https://h/query"),
        ("store/of@mine?", "store/of@mine?"),
    ],
)
def test_what_is_shown_of_an_address(text: str, shown: str) -> None:
    assert hidden(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("https://u:s3/cret@h/query", "http://h/a b", "http://h\n/", "http:///query", "http://h:0/"),
        *("http://u:1/s3cret@h/q", "http://u:p@s3/cret@h/q", "http://u:s3?cret@h/q", "http://u:s3@cret@h/"),
        *("file://localhost/etc/hostname", "ftp://u:s3cret@h/", "data:,x", "//h/", "h/query"),
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UsageError, match="is not an address") as caught:
        Address.parse(text)
    assert "s3" not in str(caught.value)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *("http:/u:s3cret@h/q", "//u:s3cret@h/q", "http//u:s3cret@h/q", " http://u:s3cret@h/q", "ftp://u:s3cret@h/q"),
        *("http://u:s3/cret@h/q", "http://u:s3?cret@h/q", "HTTP://u:s3cret@h:x/q", "http:u:s3cret@h/q"),
    ],
)
@pytest.mark.parametrize("command", [("groups", "CH"), ("build",)])
def test_no_message_tells_a_password_of_what_is_no_address(run: Run, text: str, command: tuple[str, ...]) -> None:
    answer = run(*command, "--store", text)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "address" in answer.stderr
    assert "s3" not in answer.stderr
    assert "cret" not in answer.stderr


@pytest.mark.parametrize("name", ["DUALUSE_UPDATE_URL", "DUALUSE_GRAPH_STORE_URL"])
@pytest.mark.parametrize("place", ["file://localhost{}", "ftp://u:s3cret@127.0.0.1/", "data:,", "{}"])
def test_only_servers_take_a_graph(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    (tmp_path / "file").write_text("whole", "utf-8")
    monkeypatch.setenv(name, place.format(tmp_path / "file"))
    with pytest.raises(UsageError, match="an address of http or https is needed") as caught:
        RemoteStore(f"{server}/query").replace(SMALL)
    assert "s3cret" not in str(caught.value)
    assert (tmp_path / "file").read_text("utf-8") == "whole"


def test_no_file_is_opened_whatever_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("whole", "utf-8")
    for place in (f"file://{tmp_path / 'file'}", "data:,whole", "ftp://127.0.0.1/"):
        with pytest.raises(StoreError, match="cannot be reached"):
            send(Address(place), b"", {})


class Yes(BaseHTTPRequestHandler):
    """Says yes to all that is sent, and to every question what the path says, percent-encoded."""

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_response(200)
        self.end_headers()
        how = unquote(urlsplit(self.path).path.strip("/").removesuffix("/query"))
        if how == "endless":
            with suppress(OSError):
                while True:
                    self.wfile.write(bytes(1 << 20))
        if how == "ours" and sent.startswith("query=ASK"):
            how = '{"head":{},"boolean":true}'
        elif how == "ours":
            how = rows(["g"], GRAPH + "meta") if "DISTINCT" in sent else rows(["x"], "a:b")
        self.wfile.write(how.encode())

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def rows(names: list[str], *iris: str) -> str:
    """An answer whose rows have an IRI in their first column."""
    found = [{names[0]: {"type": "uri", "value": iri}} for iri in iris]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": found}})


STRANGERS = {
    "an empty row": '{"head":{"vars":["g"]},"results":{"bindings":[{}]}}',
    "other columns": rows(["other"], "https://example.org/"),
    "no rows": rows(["g"]),
    "the name of ours": rows(["g"], f"{GRAPH}meta"),
    "a truth": '{"head":{},"boolean":true}',
    "a page": "<html></html>",
    "nothing of ours but its signs": "ours",
}


@pytest.fixture
def yes() -> Iterator[str]:
    yield from serve(Yes)


@pytest.mark.parametrize(
    "command",
    [
        ("groups", "CH"),
        ("sparql", "SELECT ?a { ?a ?b du:c }"),
        ("sparql", "ASK { ?s ?p ?o }", "--format", "json"),
        ("sparql", "SELECT * { ?s ?p ?o }", "--format", "csv"),
        ("export", "--format", "nquads"),
        ("claims",),
    ],
)
@pytest.mark.parametrize("answer", STRANGERS)
def test_a_server_that_is_none_of_ours(run: Run, yes: str, command: tuple[str, ...], answer: str) -> None:
    address = f"{yes}/{quote(STRANGERS[answer], safe='')}/query"
    done = run(*command, "--store", address)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.startswith("Error: no dualuse graph at ")


def test_a_server_that_takes_everything_and_keeps_nothing(
    server: str, yes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RemoteStore(f"{server}/query")
    store.replace(SMALL.replace(b'"meta"', b'"old"'))
    monkeypatch.setenv("DUALUSE_UPDATE_URL", f"{yes}/x")
    with pytest.raises(StoreError, match=r"took the graph, but .*/query has another: check the address"):
        RemoteStore(f"{server}/query").replace(SMALL)
    store._change([f"DROP GRAPH <{graph}>" for graph in staging(server)])


def test_an_answer_without_end(run: Run, yes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualuse.store.http.MOST_BYTES", 3_000_000)
    done = run("sparql", "ASK { ?s ?p ?o }", "--store", f"{yes}/endless/query")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith("answered with more than 3,000,000 bytes; ask for less (LIMIT), or check the address\n")


def test_an_answer_that_memory_does_not_hold(yes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr("dualuse.store.http._Exchange._read", full)
    with pytest.raises(StoreError, match="answered with more than memory holds; ask for less"):
        RemoteStore(f"{yes}/endless/query").ask("ASK {}")
