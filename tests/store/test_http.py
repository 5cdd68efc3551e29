"""What goes to a server and comes back: in time, to that server alone, with its password and without telling it."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from tests.running import Run
from tests.store.servers import oxigraph, serve

from dualuse.errors import StoreError, UsageError
from dualuse.namespaces import GRAPH
from dualuse.store.http import Address, hidden
from dualuse.store.remote import RemoteStore

PASSWORD = "pa:ss@word/é"  # noqa: S105 - of a server made up here
USER = "user:pa%3Ass%40word%2F%C3%A9@"
SMALL = "".join(f'<a:s> <a:p> "{name}" <{GRAPH}{name}> .\n' for name in ("curated/one", "curated/two", "meta")).encode()


class Gate(BaseHTTPRequestHandler):
    """Stands before a server: lets who knows the password or the key through, unless it is told to fail."""

    behind: ClassVar[str] = ""
    fails: ClassVar[set[int]] = set()
    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(f"{self.command} {self.path}")
        where = urlsplit(self.path)
        known = f"Basic {base64.b64encode(f'user:{PASSWORD}'.encode()).decode()}"
        if len(self.seen) in self.fails:
            self.answer(503, b"out of order")
        elif self.headers.get("Authorization") != known and parse_qs(where.query).get("key") != ["k3y-of-mine"]:
            self.answer(401, f"not for {PASSWORD} or bad-k3y at {self.path}\x1b[2J\u202e".encode())
        else:
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
            try:
                request = Request(self.behind + self.path, body, headers, method=self.command)  # noqa: S310 - ours
                with urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
                    self.answer(answer.status, answer.read())
            except HTTPError as error:
                with error:
                    self.answer(error.code, error.read())

    def do_PUT(self) -> None:
        self.do_POST()

    def answer(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


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
    Gate.behind, Gate.fails, Gate.seen = server, set(), []
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
    for secret in ("bad-k3y", "someone", "\x1b", "\u202e"):
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
    assert len(Gate.seen) == (1 if at == 1 else at + 1), (
        "graphs, three uploads, abandoned ones, the move; then the drop"
    )
    assert staging(server) == []
    assert RemoteStore(f"{server}/query").quads() == SMALL.decode().splitlines(keepends=True)


def test_abandoned_uploads_go_with_the_next(server: str) -> None:
    old, now = (f"https://w3id.org/dualuse/staging/{int(time.time()) - age}-00/meta" for age in (100_000, 60))
    store = RemoteStore(f"{server}/query")
    for graph in (old, now):
        store._upload({graph: ["<a:s> <a:p> <a:o> .\n"]})
    store.replace(SMALL)
    assert staging(server) == [now]
    store._change([f"DROP GRAPH <{now}>"])


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
        ("https://u:p@h:80/a@b?key=k#f", "https://h:80/a@b?…"),
        ("https://u:p/w@h", "https://u:p/w@h"),
        ("https://h/query", "https://h/query"),
        ("store/of@mine?", "store/of@mine?"),
    ],
)
def test_what_is_shown_of_an_address(text: str, shown: str) -> None:
    assert hidden(text) == shown


@pytest.mark.parametrize(
    "text", ["https://u:p/w@h/query", "http://h/a b", "http://h\n/", "http:///query", "http://h:0/"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UsageError, match="is not an address"):
        Address.parse(text)
