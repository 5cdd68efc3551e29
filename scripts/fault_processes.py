"""What the trials of ``scripts/faults`` run in processes of their own, and how they tell what became of it."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dualuse.errors import StoreError
from dualuse.store import claim, open_store

QUADS = 400
MEMORY = 4 << 30
SECONDS = 120


@dataclass(frozen=True)
class End:
    """How a process ended: ``done``, ``message``, ``traceback``, ``killed`` or ``hang``, and what it said."""

    kind: str
    said: str


class Child:
    """A fork of this process that does one thing."""

    def __init__(self, work: Callable[[], str]) -> None:
        sys.stdout.flush()
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._read)
            kind, said = _tell(work)
            os.write(write, f"{kind}\n{said}".encode()[:4096])
            os._exit(0)
        os.close(write)

    def kill(self) -> None:
        """End it, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)

    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return not select.select([self._read], [], [], 0)[0]

    def end(self) -> End:
        """Wait for it."""
        in_time = select.select([self._read], [], [], SECONDS)[0]
        if not in_time:
            self.kill()
        kind, _, said = os.read(self._read, 4096).decode().partition("\n")
        os.close(self._read)
        os.waitpid(self.pid, 0)
        return End("hang", f"over {SECONDS} s") if not in_time else End(kind or "killed", said)


def _tell(work: Callable[[], str]) -> tuple[str, str]:
    try:
        return "done", work()
    except StoreError as error:
        return "message", str(error)
    except BaseException:  # whatever it is, it is what the trial looks for
        return "traceback", traceback.format_exc()[-3000:]


def run(work: Callable[[], str]) -> End:
    """Do one thing in a process of its own."""
    return Child(work).end()


def graph(number: int) -> bytes:
    """A graph that shows whether it is whole: so many quads, and all say one number."""
    place = "<https://w3id.org/dualuse/graph/curated>"
    lines = [f'<https://example.org/{n}> <https://example.org/says> "{number}" {place} .\n' for n in range(QUADS)]
    return "".join(lines).encode()


def builder(store: Path, number: int, *, wait: bool = False) -> Callable[[], str]:
    """Work that puts a graph in a store."""

    def work() -> str:
        with claim(str(store), wait=(lambda who: None) if wait else None) as place:
            place.replace(graph(number))
        return str(number)

    return work


def looker(store: Path) -> Callable[[], str]:
    """Work that reads all of a store and tells the number its graph says, or what is wrong with it."""

    def work() -> str:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        return _number(store)

    return work


def reader(store: Path, until: float, *, first: bool = False) -> Callable[[], str]:
    """Work that opens a store again and again until a time; no store yet is no fault.

    Args:
        store: Where it is.
        until: When to end, as the monotonic clock has it.
        first: Whether nothing was there before: a first build that is killed between the last two of its steps leaves
            one that is whole and that nothing names, which is told as damage.
    """
    fine = ("no store here", *(["names the build in use, is missing"] if first else []))

    def work() -> str:
        count = 0
        while time.monotonic() < until:
            try:
                said = _number(store)
            except StoreError as error:
                said = "0" if any(words in str(error) for words in fine) else str(error)
            if not said.isdecimal():
                raise ValueError(f"a reader met {said}")
            count += 1
        return str(count)

    return work


def _number(store: Path) -> str:
    rows = open_store(str(store)).select("SELECT ?s ?o WHERE { ?s ?p ?o }")
    said = {row["o"].value for row in rows}
    return said.pop() if len(said) == 1 and len(rows) == QUADS else f"{len(rows)} quads of {len(said)} graphs"
