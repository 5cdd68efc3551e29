"""The page of ``/sparql``: YASGUI, with our queries as examples and our terms for completion."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.namespaces import PREFIXES
from dualuse.serve import caching
from dualuse.serve.pages import policy, render
from dualuse.serve.sending import send, tag_of

if TYPE_CHECKING:
    from dualuse.serve.service import Service

_SCRIPTS = "text/javascript"
_GRIPS = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="
"""Of the one style that the editor's script writes into the page itself: how the widths of columns are dragged."""
STATIC = {
    "yasgui.min.css": ("yasgui/yasgui.min.css.gz", "text/css"),
    "yasgui.min.js": ("yasgui/yasgui.min.js.gz", _SCRIPTS),
    "editor.css": ("templates/editor.css", "text/css"),
    "editor.js": ("templates/editor.js", _SCRIPTS),
    "licences.txt": ("yasgui/LICENSES.txt", "text/plain"),
}
"""Name in an address -> file of this package, and its media type."""


def routes(service: Service) -> list[BaseRoute]:
    """The routes of what the page needs."""

    def static(name: str, media: str) -> Route:
        async def answer(request: Request) -> Response:
            tag = tag_of(request, service)
            if (known := caching.unchanged(request, tag)) is not None:
                return known
            content, packed = read_static(name)
            if packed and "gzip" in request.headers.get("accept-encoding", ""):
                return send(packed, media, tag, {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
            return send(content, media, tag, {"Vary": "Accept-Encoding"})

        return Route(f"/static/{name}", answer)

    async def known(request: Request) -> Response:
        tag = tag_of(request, service)
        return caching.unchanged(request, tag) or send(examples(), "application/json", tag)

    return [*(static(name, media) for name, (_, media) in STATIC.items()), Route("/static/examples.json", known)]


@cache
def read_static(name: str) -> tuple[bytes, bytes]:
    """A file, and the same compressed where that is how it is kept."""
    import gzip

    path = STATIC[name][0]
    content = files("dualuse.serve").joinpath(path).read_bytes()
    return (gzip.decompress(content), content) if path.endswith(".gz") else (content, b"")


@cache
def examples() -> bytes:
    """Named queries, terms and prefixes, for the page."""
    from dualuse.model.vocabulary import read_vocabulary
    from dualuse.query.library import load, names

    terms = read_vocabulary().terms
    classes = [each.name for each in terms if "owl:Class" in each.says["rdf:type"]]
    known = {
        "queries": [{"name": each.name, "question": each.question, "text": each.text} for each in map(load, names())],
        "classes": sorted(classes),
        "properties": sorted({each.name for each in terms} - set(classes)),
        "prefixes": PREFIXES,
    }
    return json.dumps(known, ensure_ascii=False).encode()


def editor(service: Service, request: Request) -> Response:
    """The page."""
    tag = tag_of(request, service, "page")
    if (found := caching.unchanged(request, tag)) is not None:
        return found
    csp = policy("'self'", f" 'self' '{_GRIPS}'", "; connect-src 'self'; font-src 'self' data:")
    content = render("editor.html.j2", service.dataset)
    return send(content, "text/html", tag, {"Content-Security-Policy": csp})
