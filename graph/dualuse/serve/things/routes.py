"""``/id/…``, ``/ns`` and what they lead to: a document in the form that is most welcome, or that a suffix names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dualuse import __version__
from dualuse.errors import UnknownNameError
from dualuse.feeds.entry import within_iri
from dualuse.namespaces import KINDS, thing
from dualuse.serve import caching
from dualuse.serve.negotiate import TRIPLES, choose, media_type
from dualuse.serve.pages import policy
from dualuse.serve.sending import send, tag_of
from dualuse.serve.things import data
from dualuse.serve.things.pages import ontology_page, thing_page
from dualuse.suggest import nearest

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.serve.service import Service

SUFFIXES = {"html": ".html", "turtle": ".ttl", "jsonld": ".jsonld", "ntriples": ".nt"}
"""Form of a document -> how its address ends."""
_OFFERED = {"html": ("text/html", "application/xhtml+xml"), **{form: TRIPLES[form] for form in data.FORMS}}


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def identified(request: Request) -> Response:
        kind, key = request.path_params["kind"], request.path_params["key"]
        if kind not in KINDS:
            raise HTTPException(404, _no_kind(kind))
        return see(f"{kind}/{quote(key, safe='')}", request)

    async def ontology(request: Request) -> Response:
        version = request.path_params.get("version", __version__)
        if version != __version__:
            raise HTTPException(404, f"the ontology is served as of {__version__}, at /ns; no version {version!r} here")
        return see("ns", request)

    async def of_terms(request: Request) -> Response:
        return await answer(request, "", f"ns.{request.path_params['suffix']}", "")

    async def of_thing(request: Request) -> Response:
        return await answer(request, request.path_params["kind"], request.path_params["key"], "/")

    async def answer(request: Request, kind: str, name: str, slash: str) -> Response:
        key, form = told_by(name)
        chosen = form or welcome(request)
        more = {"Content-Location": f"/doc/{kind}{slash}{quote(key, safe='')}{SUFFIXES[chosen]}"}
        tag = tag_of(request, service, chosen)
        if (known := caching.unchanged(request, tag)) is not None:
            return known
        if chosen == "html":
            more["Content-Security-Policy"] = policy()
        content = await service.ask(document, kind, key, chosen)
        return send(content, "text/html" if chosen == "html" else media_type(chosen), tag, more)

    return [
        Route("/id/{kind}/{key:path}", identified),
        Route("/ns", ontology),
        Route("/ns/{version}", ontology),
        Route("/doc/ns.{suffix}", of_terms),
        Route("/doc/{kind}/{key:path}", of_thing),
    ]


def see(document: str, request: Request) -> Response:
    """Lead to the form of a document that is most welcome."""
    return RedirectResponse(f"/doc/{document}{SUFFIXES[welcome(request)]}", 303, {"Vary": "Accept"})


def welcome(request: Request) -> str:
    """The form that is most welcome.

    Raises:
        HTTPException: none that there is.
    """
    form = choose(request.headers.get("accept", ""), _OFFERED)
    if form is None:
        raise HTTPException(406, f"this comes as one of {', '.join(types[0] for types in _OFFERED.values())}")
    return form


def _no_kind(kind: str) -> str:
    close = nearest(kind, KINDS, 3) or KINDS
    return f"no kind of thing {kind!r}; {'known' if close is KINDS else 'nearest'}: {', '.join(close)}"


def told_by(name: str) -> tuple[str, str]:
    """A name without the suffix that names a form, and the form; empty where none is named.

    Example:
        >>> told_by("3a090.a.ttl"), told_by("3a090.a")
        (('3a090.a', 'turtle'), ('3a090.a', ''))
    """
    found = next((form for form, suffix in SUFFIXES.items() if name.endswith(suffix)), "")
    return name.removesuffix(SUFFIXES[found]) if found else name, found


def document(knowledge: Knowledge, kind: str, key: str, form: str) -> bytes:
    """A document about a thing, or about the ontology where no kind is named.

    Raises:
        UnknownNameError: there is no such thing; the message says what it may be.
    """
    if not kind:
        return ontology_page(knowledge) if form == "html" else data.terms(knowledge, form)
    if kind not in KINDS:
        raise UnknownNameError(_no_kind(kind))
    iri = thing(kind, within_iri(key))
    found = thing_page(knowledge, iri) if form == "html" else data.document(knowledge, iri, form)
    if found is None:
        known = knowledge.names.key(kind, key)  # or tells what is near
        raise UnknownNameError(f"no {kind} has the key {key!r}; that is a name of /id/{kind}/{known}")
    return found
