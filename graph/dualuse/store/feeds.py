"""How graphs go from one build of a store folder to the next: those of feeds stay when the rest is built anew."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pyoxigraph as ox

_KEPT = ".json"
"""Ending of what is kept beside the files of RocksDB."""
_CARRIED = "carried.part"
_BLOCK = 1 << 26
"""Characters of lines that are loaded at a time: some 400,000 quads, for which Oxigraph takes five times as much."""
_AT_ONCE = 2
"""Blocks that are loaded while the next one is made."""


def carry(old: Path, fresh: Path, wanted: Callable[[str], bool]) -> None:
    """Bring graphs of one build into another, in bounded memory.

    Args:
        old: Folder of the build that has them; it is not touched.
        fresh: Folder of the other.
        wanted: Whether a graph is to be brought, by its name.
    """
    source, target, place = ox.Store.read_only(str(old)), ox.Store(str(fresh)), fresh / _CARRIED
    for graph in sorted(source.named_graphs(), key=str):
        if isinstance(graph, ox.NamedNode) and wanted(graph.value):
            source.dump(str(place), format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            target.bulk_load(path=str(place), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    target.flush()
    place.unlink(missing_ok=True)


def put_graph(old: Path, fresh: Path, graph: str, lines: Iterable[str]) -> None:
    """Make a build that is another one but for one graph.

    Args:
        old: Folder of the build to start from; it is not touched.
        fresh: An empty folder for the new one.
        graph: The graph to replace.
        lines: Lines of N-Triples, all that is to be in the graph; they are loaded while they are made.
    """
    carry(old, fresh, lambda name: name != graph)
    store = ox.Store(str(fresh))
    _load(store, graph, lines)
    store.flush()
    for file in old.glob(f"*{_KEPT}"):
        shutil.copyfile(file, fresh / file.name)


def _load(store: ox.Store, graph: str, lines: Iterable[str]) -> None:
    """Load lines in blocks, some at once: as fast as the whole file in one, in memory that does not grow with it."""
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for block in _blocks(lines):
            while len(waiting) == _AT_ONCE:
                waiting.popleft().result()
            load = partial(store.bulk_load, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
            waiting.append(threads.submit(load, block))
        for loaded in waiting:
            loaded.result()


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield "".join(held).encode("utf-8")
            held, size = [], 0
    yield "".join(held).encode("utf-8")
