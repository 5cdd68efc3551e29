"""Questions about a file of whoever asks: its content is the body of a ``POST``, and is forgotten with the answer."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dualuse import questions
from dualuse.errors import DualuseError, UsageError
from dualuse.questions.parameters import Parameter
from dualuse.serve.api.asking import bounded
from dualuse.serve.api.document import about_files
from dualuse.serve.api.values import MEDIA, read_values

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.questions.question import Question
    from dualuse.serve.service import Service

_UNKEPT = {"Cache-Control": "no-store"}


def card(knowledge: Knowledge, name: str, values: dict[str, Any], content: bytes, suffix: str, most: int) -> bytes:
    """The card that answers a question about a file, as ``--format json`` writes it.

    Args:
        knowledge: The graph.
        name: Name of the question.
        values: What else it is asked with.
        content: What is in the file.
        suffix: What it is, as the end of a file's name.
        most: Most bytes of the answer.
    """
    question = questions.find(name)
    if question is None or question.sent is None:
        raise UsageError(f"{name} is about no file")
    with TemporaryDirectory(prefix="dualuse-") as folder:
        file = Path(folder, f"sent{suffix}")
        file.write_bytes(content)
        try:
            found = question(knowledge, {**values, question.sent.name: [file] if question.sent.several else file})
        except DualuseError as error:
            error.args = (str(error).replace(f"{file.parent}{os.sep}", ""),)  # where it lay is nobody's business
            raise
        told = json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
    return bounded(f"{told}\n".encode(), most)


def routes(service: Service) -> list[BaseRoute]:
    """The routes, one a question."""

    def of(question: Question, file: Parameter) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            suffix = _suffix(request, question, file)
            try:
                values = read_values(question, request.scope["query_string"])
            except UsageError as error:
                raise HTTPException(400, str(error)) from None
            content = await _body(request, service.settings.max_sent)
            answered = await service.ask(card, question.name, values, content, suffix, service.settings.max_bytes)
            return Response(answered, media_type="application/json", headers=_UNKEPT)

        return answer

    return [Route(f"/api/{each.name}", of(each, file), methods=["POST"]) for each, file in about_files()]


def _suffix(request: Request, question: Question, file: Parameter) -> str:
    """What is sent, by what the request says of it."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    for suffix in file.how.sent:
        if MEDIA[suffix] == said:
            return suffix
    taken = ", ".join(MEDIA[suffix] for suffix in file.how.sent)
    told = f"{question.name} is about a file: send its content, and say what it is (Content-Type: one of {taken})"
    raise HTTPException(415, told, {"Accept-Post": taken})


async def _body(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            raise HTTPException(413, f"a file of more than {most:,} bytes is not read here; ask on the command line")
    return b"".join(parts)
