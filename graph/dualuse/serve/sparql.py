"""``/sparql``: the SPARQL 1.1 Protocol, queries alone."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.query.check import MOST_CHARACTERS
from dualuse.serve import answers, caching
from dualuse.serve.described import description
from dualuse.serve.editor import editor
from dualuse.serve.negotiate import ROWS, TRIPLES, choose, media_type
from dualuse.serve.service import Service

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_BYTES = 4 * MOST_CHARACTERS
_READ_ONLY = "the graph is read-only: updates are refused; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def sparql(request: Request) -> Response:
        given = _parameters(request.url.query)
        if request.method == "POST":
            given = await _posted(request, given)
        elif "query" not in given and not {"update"} & given.keys():
            if choose(request.headers.get("accept", ""), {"rdf": ("text/turtle",), "page": ("text/html",)}) == "page":
                return editor(service, request)
            return await description(service, request)
        return await respond(service, request, _question(request, given))

    return [Route("/sparql", sparql, methods=["GET", "HEAD", "POST"])]


async def respond(service: Service, request: Request, question: answers.Question) -> Response:
    """The answer to a query, or word that the asker has it already."""
    kept = request.method != "POST" and caching.is_fixed(question.query)  # nobody keeps the answer to a POST
    tag = caching.tag_of(service, question) if kept else None
    known = caching.unchanged(request, tag)
    if known is not None:
        return known
    limits = answers.Limits(service.settings.max_rows, service.settings.max_bytes)
    form, content = await service.ask(answers.answer, question, limits)
    return Response(content, media_type=media_type(form), headers=caching.headers(tag))


def _parameters(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1_000):
            found[name].append(value)
    except (UnicodeDecodeError, ValueError):
        raise HTTPException(400, "the parameters cannot be read: UTF-8, percent-encoded, is needed") from None
    return found


async def _posted(request: Request, given: dict[str, list[str]]) -> dict[str, list[str]]:
    """Parameters of a POST, as either of the two kinds of body has them."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise HTTPException(403, _READ_ONLY)
    if kind not in (FORM, QUERY):
        raise HTTPException(415, f"a query is posted as {FORM} or as {QUERY}", {"Accept-Post": f"{FORM}, {QUERY}"})
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"a request of more than {_MOST_BYTES:,} bytes is not read")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the body of the request is not UTF-8") from None
    return _parameters(text) if kind == FORM else {**given, "query": [text]}


def _question(request: Request, given: dict[str, list[str]]) -> answers.Question:
    if "update" in given:
        raise HTTPException(403, _READ_ONLY)
    queries = given.get("query", [])
    if len(queries) != 1:
        raise HTTPException(400, f"exactly one parameter 'query' is needed; there are {len(queries)}")
    accept = request.headers.get("accept", "")
    default, named = (
        tuple(sorted(filter(None, given.get(f"{which}-graph-uri", ())))) for which in ("default", "named")
    )
    dataset = (default, named) if default or named else None
    return answers.Question(queries[0], choose(accept, ROWS), choose(accept, TRIPLES), dataset)
