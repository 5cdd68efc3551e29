"""``/api/``: every question, what describes them to programs, and to people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse.card import Version
from dualuse.serve import caching
from dualuse.serve.api import sent
from dualuse.serve.api.asking import asked, asking, bounded
from dualuse.serve.api.document import document
from dualuse.serve.api.examples import EXAMPLES
from dualuse.serve.pages import policy, render
from dualuse.serve.sending import send, tag_of

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.serve.service import Service


def card(knowledge: Knowledge, name: str, values: dict[str, Any], most: int) -> bytes:
    """The card that answers a question, as ``--format json`` writes it."""
    told = json.dumps(asked(name, knowledge, values).to_dict(), ensure_ascii=False, indent=2)
    return bounded(f"{told}\n".encode(), most)


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def openapi(request: Request) -> Response:
        tag = tag_of(request, service)
        return caching.unchanged(request, tag) or send(_document(), "application/json", tag)

    async def listed(request: Request) -> Response:
        tag = tag_of(request, service)
        headers = {"Content-Security-Policy": policy()}
        return caching.unchanged(request, tag) or send(_page(service.dataset), "text/html", tag, headers)

    return [
        Route("/api", listed),
        Route("/api/", listed),
        Route("/api/openapi.json", openapi),
        *sent.routes(service),
        *asking(service, "/api/", card, "application/json"),
    ]


@cache
def _document() -> bytes:
    return (json.dumps(document(), ensure_ascii=False, indent=2) + "\n").encode()


@lru_cache(maxsize=1)
def _page(dataset: Version) -> bytes:
    """The page of the questions."""
    shown = {f"/api/{name}": [f"/api/{name}?{query}" for query in queries] for name, queries in EXAMPLES.items()}
    return render("api.html.j2", dataset, document=document(), examples=shown, worded=worded)


def worded(schema: Mapping[str, Any]) -> str:
    """A schema of a parameter in a few words.

    Example:
        >>> worded({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "minItems": 1, "maxItems": 50})
        'several of: a, b'
    """
    if schema.get("type") == "array":
        inner = worded(schema["items"])
        if schema["minItems"] == schema["maxItems"]:
            return f"{schema['minItems']} times: {inner}"
        return f"several of: {inner}" if "enum" in schema["items"] else f"several: {inner}"
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "anyOf" in schema:
        return "YYYY-MM-DD, or today"
    told = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}[schema["type"]]
    return f"{told}; {json.dumps(schema['default'])} if not given" if "default" in schema else told
