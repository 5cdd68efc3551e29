"""Servers that tests start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from dualuse.build import Built
from dualuse.namespaces import BASE, GRAPH

UPLOAD = bool(os.environ.get("DUALUSE_SLOW"))
"""Whether servers are given the whole graph by upload, and not before they start: changing so much takes them long."""
RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-06-01")
CARDS = [
    ("groups", "PL", "CH", "TW", "HK", "--as-of", "2025-01-13"),
    ("groups", "--count", "--as-of", "2025-01-13"),
    ("status", RULE, "--as-of", "2025-06-01", "--lens", "enforced"),
    ("changes", "--from", "2025-01-01", "--to", "2025-06-01"),
    ("check", "--item", "H100 NVL", "--quantity", "2000", "--to", "CH", "--hq", "CH", "--as-of", "2025-05-15"),
    ("said", "--about", RULE, "--within", "72h", "--of", "publication"),
    ("claims",),
    ("conflicts",),
]
"""Questions that do not walk the graph; ``verify`` and ``news`` read documents, which are no part of it."""
WALKS = [
    # a move copies the graph, which takes long from afar
    ("whatif", *(("--move", "PL:supp5a") if UPLOAD else ("--remove", "us-h20-is-informed-2025-04")), *DAY),
    ("affected", "--by", "us-h20-is-informed-2025-04", "--as-of", "2025-06-01"),
    ("connected", "--by", RULE, "--as-of", "2025-06-01", "--channel", "supply"),
    ("why", "TSMC", RULE, "--as-of", "2025-06-01"),
    ("exposure", "nvidia", "--by", RULE, "--as-of", "2025-06-01"),
    ("owned", "tsmc", "--as-of", "2025-10-01"),
    *(("structure", name, "--as-of", "2025-06-01") for name in ("bridges", "chokepoints", "concentration", "risk")),
    ("structure", "centrality", "--runs", "2", "--as-of", "2025-06-01"),
    ("structure", "communities", "--runs", "2", "--as-of", "2025-06-01"),
    ("structure", "discourse", "--as-of", "2025-06-01"),
]
"""Questions that do."""

OURS = [
    f"<a:d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> <{GRAPH}meta> .\n",
    f'<a:d> <https://w3id.org/dualuse/ns#contentSha256> "0" <{GRAPH}meta> .\n',
]
"""Quads by which a graph is known for ours."""


def as_uploaded(built: Built) -> str:
    """The quads that a server has after an upload: those of the graph, and all of them in the whole."""
    quads = built.store.quads()
    return "".join([*quads, *sorted({f"{line.rpartition(' <')[0]} <{BASE}whole> .\n" for line in quads})])


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(command: list[str | Path], base: str, log: Path) -> Iterator[str]:
    """Run a server until the tests are done with it; yields its address once it answers."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 240
        while not answers(base):
            assert process.poll() is None, log.read_text("utf-8", errors="replace")
            if time.monotonic() > until:
                pytest.fail(f"the server did not start: {log.read_text('utf-8', errors='replace')}")
            time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(base: str) -> bool:
    """Whether a server answers, be it with an error."""
    try:
        urlopen(base, timeout=5).close()  # noqa: S310 - http, on this machine
    except HTTPError as error:
        error.close()
    except (URLError, OSError):
        return False
    return True


def serve(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer requests as a handler does until the tests are done with it; yields the address."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    httpd.daemon_threads, httpd.block_on_close = True, False
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))  # how soon it sees that it is over
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def oxigraph(folder: Path, content: str = "") -> Iterator[str]:
    """Oxigraph's own server, with some quads or none."""
    port = free_port()
    if content:
        filled = ox.Store(str(folder / "db"))
        filled.bulk_load(content.encode(), format=ox.RdfFormat.N_QUADS)
        filled.flush()
        del filled
    program = Path(sys.executable).with_name("oxigraph")
    command: list[str | Path] = [program, "serve", "--location", folder / "db", "--bind", f"127.0.0.1:{port}"]
    yield from started(command, f"http://127.0.0.1:{port}", folder / "log")
