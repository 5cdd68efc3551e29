"""What the endpoint and the dataset say of themselves: SPARQL 1.1 Service Description, and VoID at ``/void``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.export.void import to_void
from dualuse.namespaces import PREFIXES, expand
from dualuse.serve import caching
from dualuse.serve.negotiate import TRIPLES, choose, media_type
from dualuse.serve.service import Service
from dualuse.store.base import RDF_FORMATS, value

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"),
)

_PREFIXES = {"sd": SD} | {name: PREFIXES[name] for name in ("dcat", "dct", "foaf", "graph", "rdf", "void", "xsd")}


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def void(request: Request) -> Response:
        return await _described(service, request, describe_dataset)

    return [Route(path, void) for path in ("/void", "/.well-known/void")]


async def description(service: Service, request: Request) -> Response:
    """The description of the service."""
    return await _described(service, request, describe, f"{request.base_url}sparql")


async def _described(service: Service, request: Request, work: Callable[..., bytes], *arguments: str) -> Response:
    form = choose(request.headers.get("accept", ""), TRIPLES)
    if form is None:
        raise HTTPException(406, f"this comes as one of {', '.join(types[0] for types in TRIPLES.values())}")
    tag = caching.tag_of(service, work.__name__, *arguments, form)
    known = caching.unchanged(request, tag)
    if known is not None:
        return known
    turtle = await service.once(work, *arguments)
    content = turtle if form == "turtle" else _as(form, turtle)
    return Response(content, media_type=media_type(form), headers=caching.headers(tag))


def _as(form: str, turtle: bytes) -> bytes:
    triples = (quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=RDF_FORMATS[form], prefixes=_PREFIXES) or b""


def describe_dataset(knowledge: Knowledge) -> bytes:
    """What is said of the dataset, in Turtle."""
    return to_void(knowledge.store)


def describe(knowledge: Knowledge, address: str) -> bytes:
    """What is said of a service, in Turtle.

    Args:
        knowledge: The graph.
        address: Address of its endpoint.
    """
    return ox.serialize(_service(knowledge, address), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _service(knowledge: Knowledge, address: str) -> Iterator[ox.Triple]:
    rows = knowledge.store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    about = [value(row, "iri") for row in knowledge.store.select("SELECT ?iri { ?iri a dcat:Dataset }")]
    dataset, default = f"{address}#dataset", f"{address}#default"
    yield from _said(address, "rdf:type", f"{SD}Service")
    yield from _said(address, f"{SD}endpoint", address)
    yield from _said(address, f"{SD}supportedLanguage", f"{SD}SPARQL11Query")
    yield from _said(address, f"{SD}feature", f"{SD}UnionDefaultGraph")
    for name in _RESULTS:
        yield from _said(address, f"{SD}resultFormat", f"{_FORMATS}{name}")
    yield from _said(address, f"{SD}defaultDataset", dataset)
    yield from _said(dataset, "rdf:type", f"{SD}Dataset")
    yield from _said(dataset, f"{SD}defaultGraph", default)
    yield from _said(default, "rdf:type", f"{SD}Graph")
    for iri in sorted(about):
        yield from _said(dataset, "dct:source", iri)
    for number, graph in enumerate(sorted(value(row, "g") for row in rows), 1):
        part = f"{address}#graph-{number}"
        yield from _said(dataset, f"{SD}namedGraph", part)
        yield from _said(part, "rdf:type", f"{SD}NamedGraph")
        yield from _said(part, f"{SD}name", graph)


def _said(subject: str, predicate: str, target: str) -> Iterator[ox.Triple]:
    names = (name if "://" in name else expand(name) for name in (subject, predicate, target))
    yield ox.Triple(*map(ox.NamedNode, names))
