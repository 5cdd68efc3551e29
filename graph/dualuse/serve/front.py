"""``/``: what is here, in one screen; ``/explore``: the explorer of the rule that all began with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dualuse.serve import caching
from dualuse.serve.pages import FRAMED, policy, render
from dualuse.serve.sending import send, tag_of

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.serve.service import Service

RULE = "us-ai-diffusion-ifr-2025-01"
"""The January 2025 rule."""
ROBOTS = "User-agent: *\nDisallow: /answer/\nDisallow: /api/\nDisallow: /data\nDisallow: /sparql\n"
"""What search engines should not follow: addresses without end, each of them work."""
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5aa6"/>'
    '<path d="M5 8h6M5 8l3-3M5 8l3 3" stroke="#fff" stroke-width="1.6" fill="none"/></svg>'
)
_COUNTED = (
    ("du:Instrument", "instruments"),
    ("du:Provision", "provisions"),
    ("du:Measure", "measures"),
    ("du:Organisation", "organisations"),
    ("du:Statement", "statements"),
    ("du:SourceDocument", "sources"),
)
_COUNT = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a %s }"


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    def once(path: str, work: Callable[[Knowledge], bytes], csp: str) -> Route:
        async def answer(request: Request) -> Response:
            tag = tag_of(request, service)
            if (known := caching.unchanged(request, tag)) is not None:
                return known
            content = await service.once(work)
            return send(content, "text/html", tag, {"Content-Security-Policy": csp})

        return Route(path, answer)

    async def robots(_: Request) -> Response:
        return PlainTextResponse(ROBOTS)

    async def icon(_: Request) -> Response:
        return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})

    pages = [once("/", front, policy()), once("/explore", explorer, FRAMED)]
    return [*pages, Route("/robots.txt", robots), Route("/favicon.ico", icon)]


def front(knowledge: Knowledge) -> bytes:
    """The front page."""
    from dualuse.store.base import value

    counts = [(words, int(value(knowledge.store.select(_COUNT % name)[0], "n"))) for name, words in _COUNTED]
    return render("front.html.j2", knowledge.version, counts=counts, rule=RULE)


def explorer(knowledge: Knowledge) -> bytes:
    """The explorer, opened on the January 2025 rule and on the last day of the record."""
    from dualuse.explore.make import explorer_page
    from dualuse.lens import Lens

    return explorer_page(knowledge, knowledge.version.known_on, Lens.CODIFIED, by=RULE).encode()
