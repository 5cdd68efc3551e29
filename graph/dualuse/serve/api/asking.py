"""A question asked at an address: read, looked up among what the asker has, answered; for JSON and for pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse import questions
from dualuse.errors import UsageError
from dualuse.serve import caching
from dualuse.serve.api.document import served
from dualuse.serve.api.values import read_values
from dualuse.serve.sending import send, tag_of
from dualuse.suggest import nearest

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.questions.question import Question
    from dualuse.serve.service import Service

Work = Callable[["Knowledge", str, dict[str, Any], int], bytes]
"""What answers a question of a name, with values, in at most so many bytes."""


def asking(
    service: Service, folder: str, work: Work, media: str, headers: dict[str, str] | None = None, *, blank: bool = False
) -> list[BaseRoute]:
    """Routes on which every question is asked, one a question.

    Args:
        service: What answers.
        folder: Where they lie, with a slash on each side.
        work: How the answer is written.
        media: Its media type.
        headers: Its other headers.
        blank: Whether an empty value is none, as forms send it.
    """

    def of(question: Question) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                values = read_values(question, request.scope["query_string"], blank=blank)
            except UsageError as error:
                raise HTTPException(400, str(error)) from None
            tag = tag_of(request, service)
            if (known := caching.unchanged(request, tag)) is not None:
                return known
            content = await service.ask(work, question.name, values, service.settings.max_bytes)
            return send(content, media, tag, headers)

        return answer

    async def unknown(request: Request) -> Response:
        name = request.path_params["name"]
        found = questions.find(name)
        if found is not None and found.sent is not None and folder == "/api/":
            raise HTTPException(405, _unknown(name), {"Allow": "POST"})
        raise HTTPException(404, _unknown(name))

    return [
        *(Route(f"{folder}{question.name}", of(question)) for question in served()),
        Route(f"{folder}{{name:path}}", unknown),
    ]


def asked(name: str, knowledge: Knowledge, values: dict[str, Any]) -> Any:
    """The card that answers a question."""
    question = questions.find(name)
    if question is None or question.local:
        raise UsageError(_unknown(name))
    return question(knowledge, values)


def bounded(content: bytes, most: int) -> bytes:
    """Content, if it is not too large.

    Raises:
        UsageError: it is.
    """
    if len(content) > most:
        raise UsageError(f"the answer has {len(content):,} bytes, and {most:,} are given at most; ask for less")
    return content


def _unknown(name: str) -> str:
    """What is said of a question that cannot be asked here."""
    found = questions.find(name)
    if found is not None:
        return f"{name} is about a file of whoever asks: POST its content to /api/{name} (/api/ says how)"
    names = [each.name for each in served()]
    close = nearest(name, names, 3)
    hint = f"nearest: {', '.join(close)}" if close else f"known: {', '.join(names)}"
    return f"no question {name!r}; {hint}"
