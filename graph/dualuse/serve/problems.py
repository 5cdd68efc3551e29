"""What went wrong, as ``application/problem+json`` (RFC 9457) or as a page, in the words of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dualuse.card import Version
from dualuse.errors import DualuseError, MissingExtraError, QueryStopped, StoreError, UnknownNameError, UsageError
from dualuse.serve.negotiate import choose
from dualuse.serve.worker import Fault

MEANINGS = {
    "400": "The address cannot be read: no such parameter, or a value that it does not take.",
    "404": "A name is not in the graph; the nearest are named.",
    "422": "What was asked does not go together, or cannot be answered; the detail says what to change.",
    "500": "A fault of the program, or too little memory.",
    "501": "A part of the program that this needs is not installed where it runs.",
    "502": "The store behind the server cannot be read.",
    "503": "As many are asking as may; come back after the time in Retry-After.",
    "504": "The answer took longer than the server gives one.",
}
"""Status -> what it means."""
OF_FILES = {
    "413": "The file is larger than the server reads.",
    "415": "The content is none that the question takes, or its type is not said.",
}
"""What a question about a file may meet with besides."""
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What the command line says."},
    },
    "required": ["type", "title", "status", "detail"],
}
_PAGES = ("/answer/", "/doc/", "/id/", "/ns", "/explore")
"""Where people look, who are told on a page."""
_FORMS = {"json": ("application/problem+json", "application/json"), "page": ("text/html",)}


def status_of(error: DualuseError) -> int:
    """The status that an error is told by, once the address was read."""
    match error:
        case UnknownNameError():
            return 404
        case QueryStopped():
            return 504
        case MissingExtraError():
            return 501
        case UsageError():
            return 422
        case StoreError():
            return 502
    return 500


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong, for programs."""
    content = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail}
    return JSONResponse(content, status, headers, "application/problem+json")


def _title(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"


def told(request: Request, error: HTTPException | DualuseError, dataset: Version) -> Response:
    """What is answered when something went wrong.

    Args:
        request: What was asked.
        error: What went wrong.
        dataset: What is served, for the foot of a page.
    """
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, HTTPException):
        status, detail = error.status_code, error.detail
        headers |= dict(error.headers or {})
    elif isinstance(error, Fault):
        status, detail = 500, f"dualuse failed, which is a fault of its own ({error})"
    else:
        status, detail = status_of(error), str(error)
    as_page = request.url.path.startswith(_PAGES) and choose(request.headers.get("accept", ""), _FORMS) == "page"
    if not as_page:
        return problem(status, detail, headers)
    from dualuse.serve.pages import policy, render

    headers["Content-Security-Policy"] = policy()
    content = render("problem.html.j2", dataset, title=_title(status), status=status, detail=detail)
    return Response(content, status, headers, "text/html")
