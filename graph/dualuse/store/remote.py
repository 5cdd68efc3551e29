"""A SPARQL 1.1 endpoint with update and the Graph Store protocol in the place of the embedded store."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from dualuse.errors import QueryError, StoreError
from dualuse.namespaces import BASE, GRAPH, PREFIXES
from dualuse.store.base import NOTHING, RDF_FORMATS, RESULT_FORMATS, Row, bound, lines, names_of, sort_triples, value
from dualuse.store.http import SECONDS, Address, RefusedError, send
from dualuse.store.text import form as query_form
from dualuse.store.text import has_dataset, undeclared

_STAGING = f"{BASE}staging/"
_WHOLE = f"{BASE}whole"
"""A graph beside ours with all that is in them: a server joins within one graph far faster than across thirty."""
_META = f"{GRAPH}meta"
_QUAD = re.compile(r" <([^<>]*)> \.\n?$")
_NO_GRAPH_STORE = {404, 405, 501}
"""What a server answers that does not have the Graph Store protocol."""
_BATCH = 2000
_AT_ONCE = 40
"""Triples in a question: a parser that calls itself for each gets no further than a hundred."""
_IS_OURS = f"ASK {{ GRAPH <{_META}> {{ ?graph a dcat:Dataset ; du:contentSha256 ?sum }} }}"
_SUM = "?graph du:contentSha256 ?sum"
_IS_WHOLE = f"ASK {{ GRAPH <{_META}> {{ {_SUM} }} GRAPH <{_WHOLE}> {{ {_SUM} }} }}"
_DAY = 86_400


def _siblings(endpoint: Address) -> tuple[Address, Address]:
    """Update and Graph Store addresses that usually stand beside a query address."""
    update = os.environ.get("DUALUSE_UPDATE_URL")
    graphs = os.environ.get("DUALUSE_GRAPH_STORE_URL")
    # Oxigraph: /query /update /store; Fuseki: /sparql /update /data; others are told by the environment
    store = "store" if urlsplit(endpoint.url).path.rstrip("/").endswith("/query") else "data"
    return (
        Address.parse(update) if update else endpoint.beside("update"),
        Address.parse(graphs) if graphs else endpoint.beside(store),
    )


class _Answered(Row):
    """A row of a server; a column that was asked for and is not there is said, whoever reads it."""

    def __init__(self, row: Row, store: RemoteStore) -> None:
        super().__init__(row)
        self._store = store

    def __missing__(self, name: str) -> NoReturn:
        raise self._store.stranger(f"a row without ?{name}")


def _drops(graphs: Iterable[str]) -> list[str]:
    return [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]


def _must_be(query: str, form: str) -> None:
    if query_form(query) != form:
        raise QueryError(f"{'an' if form == 'ASK' else 'a'} {form} query is needed here")


class RemoteStore:
    """A store behind HTTP.

    Args:
        endpoint: Address of SPARQL queries, for example ``https://example.org/ds/sparql``; it may hold user and
            password (``https://user:password@…``) or a key (``?key=…``), which no message repeats. Updates and the
            Graph Store are looked for beside it (``update``; ``store`` or ``data``) unless ``DUALUSE_UPDATE_URL`` and
            ``DUALUSE_GRAPH_STORE_URL`` name them.
        seconds: How long each exchange with the server may take.

    Raises:
        UsageError: the endpoint is no address.
    """

    def __init__(self, endpoint: str, seconds: float = SECONDS) -> None:
        self.address = Address.parse(endpoint)
        self.location = str(self.address)
        self._seconds = seconds
        self._update, self._graph_store = _siblings(self.address)
        self._known = False
        """Whether the server has shown that it holds a graph of ours."""
        self._has_whole = False
        """Whether it has the same in one graph besides."""

    def _send(self, to: Address, body: bytes, headers: Mapping[str, str], method: str = "POST") -> bytes:
        return send(to, body, headers, method, self._seconds)

    def _ask_server(self, query: str, accept: str, union: bool = True) -> bytes:
        form = [("query", undeclared(query) + query)]
        if union and not has_dataset(query):
            ours = self._ours()
            form += [("default-graph-uri", graph) for graph in ([_WHOLE] if self._has_whole else ours)]
            form += [("named-graph-uri", graph) for graph in ours]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self._send(self.address, urlencode(form).encode(), headers)

    def graphs(self, prefix: str = GRAPH) -> list[str]:
        """Names of the graphs of ours on the server, sorted."""
        query = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{}} FILTER(STRSTARTS(STR(?g), "{prefix}")) }}'
        return sorted(row["g"].value for row in self._solutions(query, union=False)[1])

    def _ours(self) -> list[str]:
        """Names of the graphs of ours.

        Raises:
            StoreError: the server holds no graph made by ``dualuse build``.
        """
        found = self.graphs()
        if not self._known and (_META not in found or not self._truth(_IS_OURS, union=False)):
            raise StoreError(
                f"no dualuse graph at {self.location}. Put one there: dualuse build --store {self.location}"
            )
        if not self._known:
            self._has_whole = self._truth(_IS_WHOLE, union=False)
        self._known = True
        return found

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise self.stranger(str(error)) from None

    def stranger(self, what: str) -> StoreError:
        """What is said of a server whose answer is none to what was asked."""
        what = f"it did not answer as a SPARQL 1.1 endpoint does ({what})"
        return StoreError(f"no dualuse graph at {self.location}: {what}; check the address")

    def _results(self, query: str, union: bool = True) -> ox.QuerySolutions | ox.QueryBoolean:
        payload = self._ask_server(query, _JSON, union)
        with self._reading():
            return ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)

    def _solutions(self, query: str, union: bool = True) -> tuple[list[str], list[Row]]:
        _must_be(query, "SELECT")
        results = self._results(query, union)
        if not isinstance(results, ox.QuerySolutions):
            raise self.stranger("a truth in place of rows")
        with self._reading():
            names = names_of(results)
            return names, [_Answered(row, self) for row in bound(names, results)]

    def _truth(self, query: str, union: bool = True) -> bool:
        _must_be(query, "ASK")
        result = self._results(query, union)
        if not isinstance(result, ox.QueryBoolean):
            raise self.stranger("rows in place of a truth")
        return bool(result)

    def select(self, query: str) -> list[Row]:
        """Answer a SELECT query with all its solutions."""
        return self._solutions(query)[1]

    def stream(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Answer a SELECT query with the names of its columns and its solutions; a server sends them all at once."""
        names, rows = self._solutions(query)
        return names, iter(rows)

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        return self._truth(query)

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
        with self._reading():
            return self._results(query).serialize(format=RESULT_FORMATS[form]) or b""

    def quads(self) -> list[str]:
        """Every quad of our graphs as an N-Quads line, sorted."""
        found = []
        for graph in self._ours():
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            answer = self._ask_server(query, ox.RdfFormat.N_TRIPLES.media_type, union=False)
            with self._reading():
                for quad in ox.parse(answer, format=ox.RdfFormat.N_TRIPLES):
                    found.append(f"{quad.subject} {quad.predicate} {quad.object} <{graph}> .\n")
        return sorted(found)

    def kept(self, name: str) -> None:
        """A server keeps nothing but the graph."""

    def replace(self, nquads: bytes, kept: Mapping[str, bytes] = NOTHING) -> None:
        """Upload to staging graphs, then move them into place, and into the whole, in one update request.

        Raises:
            StoreError: the server cannot be reached or refuses; staging graphs are dropped, or it says which are left.
        """
        graphs: dict[str, list[str]] = defaultdict(list)
        for line in lines(nquads.decode("utf-8")):
            match = _QUAD.search(line)
            if match is not None:
                graphs[match[1]].append(f"{line[: match.start()]} .\n")
        old = self.graphs()
        stage = f"{_STAGING}{int(time.time())}-{secrets.token_hex(4)}/"
        staging = {graph: stage + graph.removeprefix(GRAPH) for graph in graphs}
        ended = False
        try:
            self._upload({staging[graph]: triples for graph, triples in graphs.items()})
            gone = [*(graph for graph in old if graph not in graphs), *self._abandoned()]
            steps = _drops(gone)
            steps += [f"MOVE <{place}> TO <{graph}>" for graph, place in staging.items()]
            steps.append(f"DROP SILENT GRAPH <{_WHOLE}>")
            # the sum comes last: a server that does not get so far has no whole
            steps += [f"ADD <{graph}> TO <{_WHOLE}>" for graph in sorted(graphs, key=_META.__eq__)]
            self._change(steps)
            ended = True
        except (StoreError, QueryError) as error:
            ended, left = True, self._left(stage, staging.values())
            if left:
                raise StoreError(f"{error}. {left}") from None
            raise
        finally:
            if not ended:  # interrupted: nobody waits for more
                with suppress(StoreError, QueryError):
                    self._change(_drops(staging.values()))
        self._known = False
        self._check_arrival({graph: set(triples) for graph, triples in graphs.items()})

    def _left(self, stage: str, places: Collection[str]) -> str:
        """Drop staging graphs; what to say of those that are left after all."""
        with suppress(StoreError, QueryError):
            self._change(_drops(places))
        try:
            left, sure = self.graphs(stage), True
        except (StoreError, QueryError):
            left, sure = sorted(places), False
        if not left:
            return ""
        what = f"{len(left)} staging graphs {'are' if sure else 'may be'} left there"
        return f"{what}; remove them with this update: {' ; '.join(_drops(left))}"

    def _check_arrival(self, graphs: Mapping[str, set[str]]) -> None:
        """See that the server now has what was sent: a server may say yes to anything, or be another.

        Raises:
            StoreError: it has not.
        """
        query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        rows = [row for row in self._solutions(query, union=False)[1] if value(row, "g") in graphs]
        meta = [line for line in graphs.get(_META, ()) if "_:" not in line]
        asked = (" ".join(meta[start : start + _AT_ONCE]) for start in range(0, len(meta), _AT_ONCE))
        sent = {(graph, str(len(triples))) for graph, triples in graphs.items()}
        if {(value(row, "g"), value(row, "n")) for row in rows} != sent or not all(
            self._truth(f"ASK {{ GRAPH <{_META}> {{ {some} }} }}", union=False) for some in asked
        ):
            raise StoreError(
                f"{self._update} took the graph, but {self.location} has another: check the address, "
                "DUALUSE_UPDATE_URL and DUALUSE_GRAPH_STORE_URL"
            )

    def _abandoned(self) -> list[str]:
        """Staging graphs of uploads that were killed: no other can be running since."""
        found = self.graphs(_STAGING)
        began = [graph.removeprefix(_STAGING).partition("-")[0] for graph in found]
        now = time.time()
        return [graph for graph, at in zip(found, began, strict=True) if not at.isdecimal() or now - int(at) > _DAY]

    def _upload(self, graphs: Mapping[str, list[str]]) -> None:
        headers = {"Content-Type": ox.RdfFormat.N_TRIPLES.media_type}
        has_graph_store = True
        for graph, triples in graphs.items():
            if has_graph_store:
                to = self._graph_store.with_parameters(graph=graph)
                try:
                    self._send(to, "".join(triples).encode(), headers, method="PUT")
                    continue
                except RefusedError as error:
                    if error.code not in _NO_GRAPH_STORE:
                        raise
                    has_graph_store = False
            for start in range(0, len(triples), _BATCH):
                some = triples[start : start + _BATCH]
                self._change([f"INSERT DATA {{ GRAPH <{graph}> {{ {''.join(some)} }} }}"])

    def _change(self, steps: list[str]) -> None:
        self._send(self._update, " ;\n".join(steps).encode(), {"Content-Type": "application/sparql-update"})


_JSON = ox.QueryResultsFormat.JSON.media_type
