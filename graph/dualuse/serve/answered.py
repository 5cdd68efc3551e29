"""``/answer/``: every question at an address whose page is its answer, the one that ``--html`` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dualuse.serve.api.asking import asked, asking, bounded
from dualuse.serve.pages import WHOLE

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.serve.service import Service


def page(knowledge: Knowledge, name: str, values: dict[str, Any], most: int) -> bytes:
    """The card that answers a question, as a page."""
    from dualuse.show.html import answer_page

    return bounded(answer_page(asked(name, knowledge, values)).encode(), most)


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def listed(_: Request) -> Response:
        return RedirectResponse("/api/", 303)

    return [
        Route("/answer/", listed),
        *asking(service, "/answer/", page, "text/html", {"Content-Security-Policy": WHOLE}, blank=True),
    ]
