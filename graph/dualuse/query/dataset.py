"""The graph as an rdflib ``Dataset``: what is asked through it may do no more than ``dualuse sparql``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.plugins.sparql.sparql import Query
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from dualuse.errors import QueryError, UsageError
from dualuse.namespaces import PREFIXES
from dualuse.query.check import check
from dualuse.store import MemoryStore, Store


class _Checked:
    """A store of rdflib that looks at a query before anybody reads it, and takes no update."""

    def query(self, query: Query | str, initNs: Mapping[str, Any] | None = None, *more: Any, **named: Any) -> Result:  # noqa: N803 - rdflib passes the prefixes under this name
        """Answer a query that is a plain question to this graph.

        Raises:
            QueryError: it is none.
        """
        text, bound = (query, initNs or {}) if isinstance(query, str) else _parsed(query)
        check(text, prefixes=PREFIXES | {prefix: str(iri) for prefix, iri in bound.items()})
        if not isinstance(query, str):
            # rdflib's way for a store to leave a query to its own engine, which reads triples of this store
            raise NotImplementedError
        found: Result = super().query(query, initNs, *more, **named)  # type: ignore[misc]  # the store it is mixed with
        return found

    def update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse to change the graph.

        Raises:
            QueryError: always.
        """
        raise QueryError("an update is refused: the graph is read-only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _parsed(query: Query) -> tuple[str, Mapping[str, Any]]:
    """The text and the prefixes that rdflib made a query from."""
    made = getattr(query, "_original_args", None)
    if made is None:
        raise QueryError("the query does not say what it was made from: give its text, or prepareQuery(text)")
    return made[0], made[1]


class _Union(dict[str, str]):
    """Request parameters of a query whose default graph is the union of several; a name may come more than once."""

    def __init__(self, graphs: list[str]) -> None:
        super().__init__()
        self._graphs = graphs

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]  # what urlencode takes: pairs, names repeated
        """The query and its format, and each graph as default and as named graph."""
        union = [(name, graph) for graph in self._graphs for name in ("default-graph-uri", "named-graph-uri")]
        return [*super().items(), *union]


class _Embedded(_Checked, OxigraphStore):
    pass


class _Remote(_Checked, SPARQLStore):  # type: ignore[misc]  # rdflib's own two forms of query differ as well
    pass


def as_dataset(store: Store) -> Dataset:
    """A store as an rdflib ``Dataset``; its default graph is the union of all graphs.

    Raises:
        UsageError: it is neither embedded nor a server.
    """
    if isinstance(store, MemoryStore):
        held: Any = _Embedded(store=store.store)
    else:
        from dualuse.store.remote import RemoteStore

        if not isinstance(store, RemoteStore):
            raise UsageError(f"no rdflib Dataset over {store.location}")
        address, union = store.address, _Union(store.graphs())
        user, _, password = address.user.partition(":")
        held = _Remote(address.url, method="POST_FORM", params=union, auth=(user, password) if user else None)
    dataset = Dataset(store=held, default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset
