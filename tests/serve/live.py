"""A server that tests ask, and how they ask it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

JSON = "application/sparql-results+json"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""A query without end."""


@dataclass(frozen=True)
class Live:
    """A server that runs.

    Args:
        address: Its address, with ``/`` at the end.
        process: Its process.
        log: File that has what it says on standard error.
        timeout: Seconds that a request may take.
    """

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    timeout: float

    def get(self, path: str, headers: Mapping[str, str] | None = None, **parameters: str) -> httpx.Response:
        """Answer to a GET."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return httpx.get(f"{self.address}{path}{query}", headers=headers, timeout=60)

    def ask(self, query: str, accept: str = JSON, **parameters: str) -> httpx.Response:
        """Answer to a query."""
        return self.get("sparql", {"Accept": accept}, query=query, **parameters)

    def rows(self, query: str, **parameters: str) -> list[dict[str, str]]:
        """Rows that answer a query."""
        answer = self.ask(query, **parameters)
        assert answer.status_code == 200, answer.text
        return [{name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]]

    def lines(self) -> list[dict[str, object]]:
        """What it has logged so far, without what it says to people."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]

    def workers(self) -> dict[int, str]:
        """Its processes that answer, each with its state as the system has it: R, S, Z for a zombie …"""
        found = states()
        return {pid: state for pid, (parent, state) in found.items() if self._is_above(parent, found)}

    def _is_above(self, parent: int, found: dict[int, tuple[int, str]]) -> bool:
        """Whether a process is the one that the server forks from, which is a child of the server."""
        return found.get(parent, (0, ""))[0] == self.process.pid


def states() -> dict[int, tuple[int, str]]:
    """Processes of this machine, each with its parent and its state."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent, *_ = Path("/proc", name, "stat").read_text("utf-8").rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(name)] = int(parent), state
    return found


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


@contextmanager
def running(folder: Path, *options: str | Path) -> Iterator[Live]:
    """Run a server on a port that is free; it makes nothing before it is asked, unless told to."""
    log = folder / "log"
    if "--prepare" not in options:
        options = ("--no-prepare", *options)
    with log.open("wb") as out:
        command = [sys.executable, "-m", "dualuse", "serve", "--port", "0", *map(str, options)]
        process = subprocess.Popen(command, stderr=out, stdout=out)
    try:
        told = None
        while told is None:
            assert process.poll() is None, log.read_text("utf-8")
            time.sleep(0.05)
            told = re.search(r"at (http://\S+) ", log.read_text("utf-8"))
        timeout = str(options[options.index("--timeout") + 1]) if "--timeout" in options else "30"
        live = Live(told[1], process, log, float(timeout))
        until(lambda: _is_up(live), 120)
        yield live
        workers = live.workers()
        process.terminate()
        assert (process.wait(timeout=30), "Traceback" in log.read_text("utf-8")) == (0, False), "it ends cleanly"
        until(lambda: workers.keys().isdisjoint(states()))
    finally:
        process.kill()
        process.wait(timeout=30)


def _is_up(live: Live) -> bool:
    assert live.process.poll() is None, live.log.read_text("utf-8")
    try:
        return live.get("health").status_code == 200
    except httpx.TransportError:
        return False
