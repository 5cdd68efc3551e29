"""How graphs go from one build of a store folder to the next: those of feeds stay when the rest is built anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

_KEPT = ".json"
"""Ending of what is kept beside the files of RocksDB."""
_CARRIED = "carried.part"


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


def put_graph(old: Path, fresh: Path, graph: str, triples: Path) -> None:
    """Make a build that is another one but for one graph.

    Args:
        old: Folder of the build to start from; it is not touched.
        fresh: An empty folder for the new one.
        graph: The graph to replace.
        triples: A file of N-Triples: all that is to be in the graph.
    """
    carry(old, fresh, lambda name: name != graph)
    store = ox.Store(str(fresh))
    store.bulk_load(path=str(triples), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
    store.flush()
    for file in old.glob(f"*{_KEPT}"):
        shutil.copyfile(file, fresh / file.name)
