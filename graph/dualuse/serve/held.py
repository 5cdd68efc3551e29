"""The graph in memory, for the processes that answer: Oxigraph is some three times as fast there as on its own files.

They are forked from the fork server, which reads the graph before it forks; so it is read once, and its memory is
shared. The fork server must not open the files themselves, whose threads would not live on in a fork: the graph is laid
out for it as N-Quads. A process that finds another build than was laid out answers from the files.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from dualuse.store.embedded import MemoryStore

MOST_BYTES = 100 * 2**20
"""Size of a store in files that is held in memory, where it takes about twice as much."""
_LAID_OUT = "DUALUSE_LAID_OUT"
"""Variable of the environment by which the fork server knows where the graph lies, in a file named like its build."""
_HELD: dict[str, ox.Store] = {}
"""Build -> its graph, in the fork server and in what is forked from it."""


@contextmanager
def laid_out(store: object) -> Iterator[None]:
    """Have a graph ready for a fork server that starts meanwhile, if it is in files and not too large."""
    if not isinstance(store, MemoryStore) or not store.build or store.size > MOST_BYTES:
        yield
        return
    with ExitStack() as stack:
        with suppress(OSError):  # no room for it, or nowhere to write: then it stays in its files
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dualuse-")), store.build)
            path.write_bytes(store.dump())
            os.environ[_LAID_OUT] = str(path)
            stack.callback(os.environ.pop, _LAID_OUT)
        yield


def hold() -> None:
    """Read what is laid out, if anything is."""
    place = os.environ.get(_LAID_OUT)
    if place:
        graph = ox.Store()
        graph.bulk_load(path=place, format=ox.RdfFormat.N_QUADS)
        _HELD[Path(place).name] = graph


def use(store: object) -> bool:
    """Let a store answer from memory, if its build is held; whether it does."""
    if not isinstance(store, MemoryStore) or store.build not in _HELD:
        return False
    store.store = _HELD[store.build]
    return True
