"""``/data``: the Graph Store Protocol, to read; and ``/graph/…``, the same of graphs by their own names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.errors import QueryError
from dualuse.namespaces import GRAPH, PREFIXES
from dualuse.serve import answers, caching
from dualuse.serve.negotiate import QUADS, TRIPLES, choose, media_type
from dualuse.serve.service import Service
from dualuse.store.base import RDF_FORMATS
from dualuse.store.embedded import MemoryStore

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def indirect(request: Request) -> Response:
        given = request.query_params.multi_items()
        names = [value for name, value in given if name == "graph"]
        default = any(name == "default" for name, _ in given)
        if len(names) + default > 1:
            raise HTTPException(400, "one graph at a time: ?default, or ?graph= with its IRI")
        if not names and not default:
            return await _whole(service, request)
        return await _graph(service, request, names[0] if names else None)

    async def direct(request: Request) -> Response:
        return await _graph(service, request, GRAPH + request.path_params["name"])

    return [Route("/data", indirect), Route("/graph/{name:path}", direct)]


async def _graph(service: Service, request: Request, graph: str | None) -> Response:
    form = _form(request, TRIPLES)
    tag = caching.tag_of(service, "graph", graph, form)
    known = caching.unchanged(request, tag)
    if known is not None:
        return known
    content = await service.ask(read, graph, form, _limits(service))
    return Response(content, media_type=media_type(form), headers=caching.headers(tag))


async def _whole(service: Service, request: Request) -> Response:
    form = _form(request, QUADS)
    tag = caching.tag_of(service, "whole", form)
    known = caching.unchanged(request, tag)
    if known is not None:
        return known
    content = await service.ask(read_all, form, _limits(service))
    return Response(content, media_type=media_type(form), headers=caching.headers(tag))


def _limits(service: Service) -> answers.Limits:
    return answers.Limits(service.settings.max_rows, service.settings.max_bytes)


def _form(request: Request, offered: Mapping[str, tuple[str, ...]]) -> str:
    form = choose(request.headers.get("accept", ""), offered)
    if form is None:
        raise HTTPException(406, f"this comes as one of {', '.join(types[0] for types in offered.values())}")
    return form


def read(knowledge: Knowledge, graph: str | None, form: str, limits: answers.Limits) -> bytes:
    """The triples of a graph, sorted.

    Args:
        knowledge: The graph.
        graph: IRI of one graph; all of them together if not given, which is the default graph of a query.
        form: Form to write.
        limits: How much it may be.

    Raises:
        HTTPException: there is no such graph, or it is too large.
    """
    if graph is None:
        return answers.answer(knowledge, answers.Question(_ALL, None, form), limits)[1]
    try:
        iri = ox.NamedNode(graph)
    except ValueError:
        raise QueryError("the name of the graph is no IRI") from None
    if not knowledge.store.ask(f"ASK {{ GRAPH {iri} {{ ?s ?p ?o }} }}"):
        raise HTTPException(404, f"no graph {graph} here; /sparql lists them: SELECT DISTINCT ?g {{ GRAPH ?g {{}} }}")
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri} {{ ?s ?p ?o }} }}"
    return answers.answer(knowledge, answers.Question(query, None, form), limits)[1]


def read_all(knowledge: Knowledge, form: str, limits: answers.Limits) -> bytes:
    """All quads, sorted.

    Raises:
        HTTPException: it is too large.
    """
    if isinstance(knowledge.store, MemoryStore):
        _must_fit("quads", len(knowledge.store.store), limits.rows)
    lines = knowledge.store.quads()
    _must_fit("quads", len(lines), limits.rows)
    content = "".join(lines).encode("utf-8")
    if form != "nquads":
        quads = ox.parse(content, format=ox.RdfFormat.N_QUADS)
        content = ox.serialize(quads, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
    _must_fit("bytes", len(content), limits.bytes)
    return content


def _must_fit(what: str, number: int, most: int) -> None:
    if number > most:
        raise HTTPException(422, f"the dataset has more than {most:,} {what}; ask for one graph: ?graph=IRI")
