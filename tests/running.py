"""What the fixtures that run the command line hand to a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import CompletedProcess
from typing import cast

import pyoxigraph as ox

from dualuse.knowledge import Knowledge, open_knowledge, store_location
from dualuse.store.embedded import MemoryStore

Run = Callable[..., CompletedProcess[str]]
"""Takes the arguments, as text or paths, and perhaps ``stdin``."""


class Opened:
    """Opens graphs as commands do, but those of some places once for all: most of a command's time is reading them."""

    def __init__(self) -> None:
        self._kept: dict[str, Knowledge] = {}

    def keep(self, location: str, graph: ox.Store | None = None) -> None:
        """Open the graph of a place now, unless it is kept already; answered by the same graph in memory, if given."""
        if location not in self._kept:
            self._kept[location] = open_knowledge(location)
            if graph is not None:
                cast("MemoryStore", self._kept[location].store).store = graph

    @contextmanager
    def besides(self, location: str, knowledge: Knowledge) -> Iterator[None]:
        """For a while there is a graph at another place, without the files of a store."""
        place = store_location(location)
        self._kept[place] = knowledge
        try:
            yield
        finally:
            del self._kept[place]

    def __call__(self, location: str | None = None) -> Knowledge:
        """The graph of a place, kept or opened now."""
        return self._kept.get(store_location(location)) or open_knowledge(location)
