"""How content is sent: with what lets it be kept, and what keeps a browser from doing more with it than show it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dualuse.serve import caching
from dualuse.serve.problems import problem
from dualuse.serve.service import Service

_GUARDS = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""Headers of every response that does not say otherwise."""


class Guarded:
    """An application whose responses all say what a browser may do with them, and that reads no spoiled address.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                given = {name.lower() for name, _ in headers}
                message["headers"] = [*headers, *(each for each in _GUARDS if each[0] not in given)]
            await send(message)

        app = self._app
        if not _readable(scope.get("raw_path") or b""):
            app = problem(400, "the address cannot be read: it is not UTF-8, percent-encoded")
        await app(scope, receive, guarded)


def _readable(path: bytes) -> bool:
    """Whether a path, as it was sent, is text with every percent sign in front of two digits."""
    whole = unquote_to_bytes(path.partition(b"?")[0])
    spoiled = any(
        len(part) < 2 or not all(digit in b"0123456789abcdefABCDEF" for digit in part[:2])
        for part in path.partition(b"?")[0].split(b"%")[1:]
    )
    try:
        return not spoiled and whole.decode().isprintable()
    except UnicodeDecodeError:
        return False


def tag_of(request: Request, service: Service, form: str = "") -> str:
    """Entity tag of what an address gives: another one for other data, another version, and another day.

    Args:
        request: What is asked.
        service: What answers.
        form: What else it depends on: the form that was chosen, say.
    """
    return caching.tag_of(service, request.url.path, request.url.query, form, date.today().isoformat())


def send(content: bytes, media_type: str, tag: str, more: Mapping[str, str] | None = None) -> Response:
    """Content with its entity tag."""
    return Response(content, media_type=media_type, headers={**caching.headers(tag), **(more or {})})
