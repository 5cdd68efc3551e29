"""A process that answers: it opens the graph, then does one piece of work at a time for the server.

Messages are pickles with their length in front. Whatever a piece of work does to its process, the server lives: it
waits for bytes, and kills the process when its time is over.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from dualuse.card import Version
from dualuse.errors import DualuseError, StoreError
from dualuse.knowledge import Knowledge
from dualuse.serve import held
from dualuse.store import open_store
from dualuse.store.embedded import MemoryStore

LENGTH = struct.Struct("!Q")
_STACK_BYTES = 256 * 2**20
"""Room for a query of many parts: only what is used is taken."""
_GRACE = 5
"""Seconds after its time at which a process ends itself, should nobody be there to kill it."""


@dataclass
class Reply:
    """What came of a piece of work.

    Args:
        value: What it gave.
        error: What it raised instead.
        spent: Seconds of computing that the process has used since it began.
    """

    value: Any = None
    error: BaseException | None = None
    spent: float = field(default_factory=time.process_time)


class Fault(DualuseError):  # noqa: N818 - names what it is, as the others do
    """Work failed in a way that nobody meant."""


def packed(message: Any) -> bytes:
    """A message as it is sent."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


@dataclass(frozen=True)
class Opened:
    """What a process says when it has opened the graph.

    Args:
        dataset: The dataset.
        digest: Digest of the dataset and of what feeds brought beside it: the same graph has the same.
        build: Build of the folder that it was read from; empty if it was none.
        held: Whether it is answered from memory.
    """

    dataset: Version
    digest: str
    build: str
    held: bool = False


def open_graph(location: str, checked: str = "") -> tuple[Knowledge, Opened]:
    """Open the graph, and say what was opened.

    Args:
        location: Where it is.
        checked: Build whose files were checked already.

    Raises:
        StoreError: there is none.
    """
    store = open_store(location, checked)
    knowledge = Knowledge(store)
    build = store.build if isinstance(store, MemoryStore) else ""
    return knowledge, Opened(knowledge.version, _digest(knowledge), build, held.use(store))


def _digest(knowledge: Knowledge) -> str:
    """Digest of all that is there: feeds are no part of that of the dataset, but say what was loaded of them."""
    rows = knowledge.store.select("SELECT ?feed ?says ?what WHERE { ?feed a du:FeedSnapshot ; ?says ?what }")
    lines = sorted(" ".join(map(str, row.values())) for row in rows)
    return hashlib.sha256("\n".join((knowledge.version.sha256, *lines)).encode("utf-8")).hexdigest()


def run(connection: socket.socket, location: str, checked: str, timeout: float, memory: int) -> None:
    """Answer until the server goes away: the life of the process.

    Args:
        connection: To the server.
        location: Where the graph is.
        checked: Build whose files were checked already.
        timeout: Seconds that a piece of work may take.
        memory: Million bytes that the process may take besides what it was forked with.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # so that its priority is lowered for all its threads at once
    _bound(memory)
    threading.stack_size(_STACK_BYTES)
    thread = threading.Thread(target=_live, args=(connection, location, checked, timeout), daemon=True)
    thread.start()
    thread.join()


def _bound(memory: int) -> None:
    """Let the process take no more memory than it may, its stack and what it was forked with aside."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as told:
            shared = int(told.read().split()[5]) * resource.getpagesize()
        most = memory * 10**6 + _STACK_BYTES + shared
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _live(connection: socket.socket, location: str, checked: str, timeout: float) -> None:
    with connection, connection.makefile("rwb") as stream, suppress(OSError):
        with _Replying(stream) as first:
            knowledge, first.value = open_graph(location, checked)
        if first.error is not None:
            return
        while (request := _read(stream)) is not None:
            _alarm(timeout + _GRACE)
            with _Replying(stream) as reply:
                reply.value = _done(knowledge, request)
            _alarm(0)


def _done(knowledge: Knowledge, request: bytes) -> Any:
    work: Callable[..., Any]
    work, arguments = pickle.loads(request)  # noqa: S301 - from the server, through a pair of sockets of its own
    return work(knowledge, *arguments)


def _read(stream: io.BufferedRWPair[Any, Any]) -> bytes | None:
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _alarm(seconds: float) -> None:
    """Have the kernel end this process after a time, whatever it does then; never for 0."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


class _Replying:
    """Sends what came of a block, an error of any kind too."""

    def __init__(self, stream: io.BufferedRWPair[Any, Any]) -> None:
        self._stream = stream
        self._reply = Reply()

    def __enter__(self) -> Reply:
        """Begin."""
        return self._reply

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        """Send the reply."""
        self._reply.error = None if error is None else _told(error)
        self._reply.spent = time.process_time()
        self._stream.write(packed(self._reply))
        self._stream.flush()
        return True


def _told(error: BaseException) -> BaseException:
    """An error as it can be sent: one that nobody meant is only named, since its text may hold anything."""
    from starlette.exceptions import HTTPException

    if isinstance(error, DualuseError | HTTPException):
        return error
    if isinstance(error, MemoryError):
        return StoreError("there is not enough memory for this; ask for less")
    return Fault(type(error).__name__)
