"""The graph in Python: an rdflib ``Dataset``, named networkx projections, named and ad-hoc queries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dualuse.card import Card, Version, read_version
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.names import Names
from dualuse.query import load
from dualuse.registry import Registry, read_registry
from dualuse.store import MemoryStore, Store, is_remote, open_store
from dualuse.store.base import Row

if TYPE_CHECKING:
    from rdflib import Dataset

    from dualuse.network import Network

DEFAULT_STORE = ".dualuse/store"


def store_location(location: str | None) -> str:
    """Where the store is: as given, or ``DUALUSE_STORE``, or ``.dualuse/store``."""
    return location or os.environ.get("DUALUSE_STORE") or DEFAULT_STORE


class Knowledge:
    """An open graph.

    Args:
        store: The store to read.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.store)

    @cached_property
    def registry(self) -> Registry:
        """The registry of sources, read once."""
        return read_registry(self.store)

    @cached_property
    def version(self) -> Version:
        """Version, digest and last day of the record."""
        return read_version(self.store)

    @cached_property
    def dataset(self) -> Dataset:
        """The graph as an rdflib ``Dataset`` over the same store; its default graph is the union of all graphs.

        A query string handed to ``Dataset.query`` whole runs in Oxigraph, or on the endpoint.
        """
        from rdflib import Dataset

        if isinstance(self.store, MemoryStore):
            from oxrdflib import OxigraphStore

            dataset = Dataset(store=OxigraphStore(store=self.store.store), default_union=True)
        else:
            from rdflib.plugins.stores.sparqlstore import SPARQLStore

            from dualuse.store.remote import RemoteStore, UnionParameters

            graphs = self.store.graphs() if isinstance(self.store, RemoteStore) else []
            remote = SPARQLStore(self.store.location, method="POST_FORM", params=UnionParameters(graphs))
            dataset = Dataset(store=remote, default_union=True)
        from dualuse.namespaces import PREFIXES

        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri, replace=True)
        return dataset

    def day(self, given: date | str | None) -> date:
        """The day a question is asked of: as given, or today.

        Raises:
            UsageError: no day of the calendar.
        """
        if given is None:
            return date.today()
        return given if isinstance(given, date) else parse_day(given)

    def card(self, **parts: Any) -> Card[Any]:
        """A card drawn from this graph; see :class:`~dualuse.card.Card`."""
        return Card(dataset=self.version, source=self.store, **parts)

    def network(
        self,
        name: str = "all",
        *,
        as_of: date | str | None = None,
        lens: Lens | str = Lens.CODIFIED,
        facts: bool = False,
    ) -> Network:
        """A projection as a networkx ``MultiDiGraph``.

        Args:
            name: One of ``dualuse.network.PROJECTIONS``.
            as_of: Day of law, or its ISO text; today if not given.
            lens: ``codified``, ``enforced`` or ``announced``.
            facts: Whether nodes carry every recorded fact.

        Raises:
            UsageError: no such projection or lens.
        """
        from dualuse.network import PROJECTIONS, project

        if name not in PROJECTIONS:
            raise UsageError(f"no projection {name!r}; known: {', '.join(PROJECTIONS)}")
        return project(self.store, self.day(as_of), Lens.parse(lens), name=name, facts=facts, registry=self.registry)

    def query(self, name: str, parameters: Mapping[str, str] | None = None) -> list[Row]:
        """Answer a named query."""
        return self.store.select(load(name).bind(parameters or {}, self.names))

    def sparql(self, query: str) -> list[Row]:
        """Answer a SELECT query; prefixes need not be declared."""
        return self.store.select(query)


def open_knowledge(location: str | None = None) -> Knowledge:
    """Open a graph.

    Args:
        location: A store folder or the URL of a SPARQL 1.1 endpoint. If not given: ``DUALUSE_STORE``, else the folder
            ``.dualuse/store`` if there is one, else the shipped data built in memory.

    Raises:
        StoreError: the place named has no store, or cannot be reached.
    """
    named = location or os.environ.get("DUALUSE_STORE")
    if named is None and not (Path(DEFAULT_STORE) / "CURRENT").is_file():
        from dualuse.build import build

        return Knowledge(build().store)
    return Knowledge(open_store(store_location(named)))


__all__ = ["DEFAULT_STORE", "Knowledge", "is_remote", "open_knowledge", "store_location"]
