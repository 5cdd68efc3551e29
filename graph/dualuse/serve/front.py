"""``/``: what is here, in one screen; ``/explore``: the explorer of the rule that all began with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.serve import caching
from dualuse.serve.pages import WHOLE, policy, render
from dualuse.serve.sending import send, tag_of

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.serve.service import Service

RULE = "us-ai-diffusion-ifr-2025-01"
"""The January 2025 rule."""
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
    made: dict[str, bytes] = {}
    """Path and tag -> the page, of what is served now."""

    def once(path: str, work: Callable[[Knowledge], bytes], csp: str) -> Route:
        async def answer(request: Request) -> Response:
            tag = tag_of(request, service)
            if (known := caching.unchanged(request, tag)) is not None:
                return known
            key = f"{path} {service.dataset.sha256}"
            if key not in made:
                content = await service.ask(work)
                for old in [each for each in made if each.startswith(f"{path} ")]:
                    del made[old]
                made[key] = content
            return send(made[key], "text/html", tag, {"Content-Security-Policy": csp})

        return Route(path, answer)

    return [once("/", front, policy()), once("/explore", explorer, WHOLE)]


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
