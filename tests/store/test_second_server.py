"""The same graph behind a server that shares nothing with Oxigraph: rdflib-endpoint, over rdflib's own engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.running import Opened, Run
from tests.slowness import slow
from tests.store.gate import Gate
from tests.store.servers import CARDS, OURS, WALKS, free_port, started
from tests.store.servers import serve as serve_gate

from dualuse.build import Built, save
from dualuse.errors import StoreError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import GRAPH
from dualuse.query.library import load, names
from dualuse.store.remote import RemoteStore

SMALL = "".join(
    sorted([*(f'<a:s> <a:p> "{name}" <{GRAPH}{name}> .\n' for name in ("curated/one", "meta")), *OURS])
).encode()
BEHIND = slow("what asks the whole graph takes this server minutes")
LONG = SMALL + "".join(f'<a:d> <a:p> "{number}" <{GRAPH}meta> .\n' for number in range(150)).encode()
"""A graph that says more of itself than this server reads in one question."""


def serve(folder: Path, *options: str) -> Iterator[str]:
    """Query address of a server with an empty graph; skipped where it is not installed, but never on a build server."""
    if not all(find_spec(name) for name in ("rdflib_endpoint", "uvicorn")):
        reason = "rdflib-endpoint is not installed: ./scripts/setup dev, to test a second server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    port = free_port()
    command: list[str | Path] = [sys.executable, Path(__file__).with_name("rdflib_server.py"), str(port), *options]
    for base in started(command, f"http://127.0.0.1:{port}", folder / "log"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DUALUSE_UPDATE_URL", f"{base}/sparql")
            yield f"{base}/sparql"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Iterator[str]:
    for address in serve(tmp_path_factory.mktemp("rdflib")):
        save(built, address)
        yield address


@BEHIND
def test_holds_what_was_built(built: Built, endpoint: str) -> None:
    assert RemoteStore(endpoint).quads() == built.store.quads()


def test_a_server_without_graph_store_takes_updates(tmp_path: Path) -> None:
    for address in serve(tmp_path, "--updates-only"):
        store = RemoteStore(address)
        store.replace(SMALL)
        assert store.quads() == SMALL.decode().splitlines(keepends=True)
        store.replace(SMALL.replace(b"curated/one", b"curated/two"))
        assert store.graphs() == [f"{GRAPH}curated/two", f"{GRAPH}meta"], "no old graph"
        assert store.graphs("") == [*store.graphs(), "https://w3id.org/dualuse/whole"], "no staging graph"


def serving(address: str) -> RemoteStore:
    """The server behind a gate."""
    return RemoteStore(f"{address}/sparql?key=k3y-of-mine")


@pytest.mark.parametrize("option", ["", "--updates-only"])
def test_a_failed_upload_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    """Its updates are no transactions, and what follows the one that fails is not done."""
    for address in serve(tmp_path, *([option] if option else [])):
        RemoteStore(address).replace(SMALL if option else LONG)
        RemoteStore(address).replace(SMALL)
        # what is set here is undone here: the address of the server is taken away when it ends
        for gate in serve_gate(Gate):
            with monkeypatch.context() as patch:
                Gate.reset(address.removesuffix("/sparql"))
                patch.setenv("DUALUSE_UPDATE_URL", f"{gate}/sparql?key=k3y-of-mine")
                patch.setenv("DUALUSE_GRAPH_STORE_URL", f"{gate}/data?key=k3y-of-mine")
                Gate.refuses = b"MOVE"
                with pytest.raises(StoreError, match=r"out of order$"):
                    serving(gate).replace(SMALL)
                assert RemoteStore(address).graphs("https://w3id.org/dualuse/staging/") == []
                Gate.reset(Gate.behind)
                Gate.refuses = b"DROP"
                with pytest.raises(StoreError, match="2 staging graphs are left there"):
                    serving(gate).replace(SMALL)
                assert len(RemoteStore(address).graphs("https://w3id.org/dualuse/staging/")) == 2
        assert RemoteStore(address).quads() == SMALL.decode().splitlines(keepends=True)


@BEHIND
@pytest.mark.parametrize("name", names())
def test_named_query(knowledge: Knowledge, endpoint: str, name: str) -> None:
    query = load(name).bind({}, knowledge.names)
    rows = knowledge.store.select(query)
    assert RemoteStore(endpoint, seconds=600).select(query) == rows != []


@BEHIND
@pytest.mark.parametrize("command", [*CARDS, *WALKS], ids=" ".join)
def test_card(run: Run, opened: Opened, store_dir: Path, endpoint: str, command: tuple[str, ...]) -> None:
    opened.keep(endpoint)
    local = run(*command, "--format", "json", "--store", store_dir)
    far = run(*command, "--format", "json", "--store", endpoint)
    assert (local.returncode, far.returncode, far.stderr) == (0, 0, local.stderr)
    assert far.stdout == local.stdout
