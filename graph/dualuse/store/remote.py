"""A SPARQL 1.1 endpoint with update and the Graph Store protocol in the place of the embedded store."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from itertools import pairwise
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

import pyoxigraph as ox

from dualuse.errors import QueryError, StoreError, UsageError
from dualuse.namespaces import BASE, GRAPH, PREFIXES
from dualuse.store.base import NOTHING, RDF_FORMATS, RESULT_FORMATS, Row, bound, lines, names_of, sort_triples
from dualuse.store.text import form as query_form
from dualuse.store.text import has_dataset, words

_TIMEOUT_SECONDS = 120
_STAGING = f"{BASE}staging/"
_QUAD = re.compile(r" <([^<>]*)> \.\n?$")


def _siblings(endpoint: str) -> tuple[str, str]:
    """Update and Graph Store addresses that usually stand beside a query address."""
    update = os.environ.get("DUALUSE_UPDATE_URL")
    graphs = os.environ.get("DUALUSE_GRAPH_STORE_URL")
    # Oxigraph: /query /update /store; Fuseki: /sparql /update /data; others are told by the environment
    store = "store" if endpoint.rstrip("/").endswith("/query") else "data"
    return update or urljoin(endpoint, "update"), graphs or urljoin(endpoint, store)


class RemoteStore:
    """A store behind HTTP.

    Args:
        endpoint: Address of SPARQL queries, for example ``https://example.org/ds/sparql``. Updates and the Graph
            Store are looked for beside it (``update``; ``store`` or ``data``) unless ``DUALUSE_UPDATE_URL`` and
            ``DUALUSE_GRAPH_STORE_URL`` name them.
    """

    def __init__(self, endpoint: str) -> None:
        self.location = endpoint
        try:
            self._update, self._graph_store = _siblings(endpoint)
        except ValueError as error:
            raise UsageError(f"{endpoint!r} is not an address ({error})") from None

    def _send(self, url: str, body: bytes, headers: Mapping[str, str], method: str = "POST") -> bytes:
        request = Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 - http(s) only, checked by is_remote
        try:
            with urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 - as above
                payload: bytes = answer.read()
                return payload
        except HTTPError as error:
            detail = error.read().decode("utf-8", errors="replace").strip()[:500]
            if error.code == 400:
                raise QueryError(f"{url} cannot read the query: {detail}") from None
            raise StoreError(f"{url} answered {error.code} {error.reason}: {detail}") from None
        except (OSError, HTTPException, ValueError) as error:  # ValueError: not an address
            raise StoreError(f"{url} cannot be reached ({getattr(error, 'reason', error)})") from None

    def _ask_server(self, query: str, accept: str, union: bool = True) -> bytes:
        form = [("query", _with_prefixes(query))]
        if union and not has_dataset(query):
            for graph in self.graphs():
                form += [("default-graph-uri", graph), ("named-graph-uri", graph)]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self._send(self.location, urlencode(form).encode(), headers)

    def graphs(self) -> list[str]:
        """Names of the graphs of ours on the server, sorted."""
        query = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPH}")) }}'
        return sorted(row["g"].value for row in self._rows(self._ask_server(query, _JSON, union=False))[1])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            message = f"{self.location} did not answer as a SPARQL 1.1 endpoint does ({error}); check the address"
            raise StoreError(message) from None

    def _rows(self, answer: bytes) -> tuple[list[str], list[Row]]:
        with self._reading():
            results = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
            if not isinstance(results, ox.QuerySolutions):
                raise QueryError("a SELECT query is needed here")
            names = names_of(results)
            return names, list(bound(names, results))

    def select(self, query: str) -> list[Row]:
        """Answer a SELECT query with all its solutions."""
        return self._rows(self._ask_server(query, _JSON))[1]

    def stream(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Answer a SELECT query with the names of its columns and its solutions; a server sends them all at once."""
        names, rows = self._rows(self._ask_server(query, _JSON))
        return names, iter(rows)

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        payload = self._ask_server(query, _JSON)
        with self._reading():
            answer = ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("an ASK query is needed here")
        return bool(answer)

    def construct(self, query: str) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples, sorted."""
        answer = self._ask_server(query, ox.RdfFormat.N_TRIPLES.media_type)
        with self._reading():
            return sort_triples([quad.triple for quad in ox.parse(answer, format=ox.RdfFormat.N_TRIPLES)])

    def write(self, query: str, form: str) -> bytes:
        """Answer any query as bytes in a format."""
        if query_form(query) in ("CONSTRUCT", "DESCRIBE"):
            if form not in RDF_FORMATS:
                raise QueryError(f"triples cannot be written as {form!r}; choose from {', '.join(RDF_FORMATS)}")
            triples = list(dict.fromkeys(self.construct(query)))
            return ox.serialize(triples, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
        if form not in RESULT_FORMATS:
            raise QueryError(f"rows cannot be written as {form!r}; choose from {', '.join(RESULT_FORMATS)}")
        return self._ask_server(query, RESULT_FORMATS[form].media_type)

    def quads(self) -> list[str]:
        """Every quad of our graphs as an N-Quads line, sorted."""
        found = []
        for graph in self.graphs():
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            answer = self._ask_server(query, ox.RdfFormat.N_TRIPLES.media_type, union=False)
            with self._reading():
                for quad in ox.parse(answer, format=ox.RdfFormat.N_TRIPLES):
                    found.append(f"{quad.subject} {quad.predicate} {quad.object} <{graph}> .\n")
        return sorted(found)

    def kept(self, name: str) -> None:
        """A server keeps nothing but the graph."""

    def replace(self, nquads: bytes, kept: Mapping[str, bytes] = NOTHING) -> None:
        """Upload to staging graphs, then move them into place in one update request."""
        graphs: dict[str, list[str]] = defaultdict(list)
        for line in lines(nquads.decode("utf-8")):
            match = _QUAD.search(line)
            if match is not None:
                graphs[match[1]].append(f"{line[: match.start()]} .\n")
        old = self.graphs()
        for graph, triples in graphs.items():
            staging = _STAGING + graph.removeprefix(GRAPH)
            url = f"{self._graph_store}?{urlencode({'graph': staging})}"
            headers = {"Content-Type": ox.RdfFormat.N_TRIPLES.media_type}
            self._send(url, "".join(triples).encode(), headers, method="PUT")
        steps = [f"DROP SILENT GRAPH <{graph}>" for graph in old if graph not in graphs]
        steps += [f"MOVE <{_STAGING}{graph.removeprefix(GRAPH)}> TO <{graph}>" for graph in graphs]
        self._send(self._update, " ;\n".join(steps).encode(), {"Content-Type": "application/sparql-update"})


class UnionParameters(dict[str, str]):
    """Request parameters of a query whose default graph is the union of several; a name may come more than once."""

    def __init__(self, graphs: list[str]) -> None:
        super().__init__()
        self._graphs = graphs

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]  # what urlencode takes: pairs, names repeated
        """The query and its format, and each graph as default and as named graph."""
        union = [(name, graph) for graph in self._graphs for name in ("default-graph-uri", "named-graph-uri")]
        return [*super().items(), *union]


_JSON = ox.QueryResultsFormat.JSON.media_type


def _with_prefixes(query: str) -> str:
    """Declare the prefixes a query uses without declaring them."""
    declared = set()
    tokens = words(query)
    for before, name in pairwise(tokens):
        if before.upper() == "PREFIX":
            declared.add(name.split(":", 1)[0])
    used = {word.split(":", 1)[0] for word in tokens if ":" in word and not word.startswith("<")}
    lines = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(used - declared) if prefix in PREFIXES]
    return "".join(lines) + query
