"""What lets caches keep an answer: its ETag, from what is served and what was asked, never from the answer itself.

The ETag is weak, for the same rows may come in another order.
"""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from dualuse import __version__
from dualuse.serve.service import Service
from dualuse.store.text import tokens

MAX_AGE = 60
"""Seconds for which a cache may give an answer without asking whether it still is one."""
_CHANCE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b", re.IGNORECASE)


def tag_of(service: Service, *parts: object) -> str:
    """The ETag of an answer that follows from the dataset and some parts of a request."""
    text = "\0".join((__version__, service.digest, *map(repr, parts)))
    return f'W/"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def is_fixed(query: str) -> bool:
    """Whether a query has the same answer whenever it is asked."""
    if not _CHANCE.search(query):
        return True
    return not any(_CHANCE.fullmatch(token.text) for token in tokens(query) if token.kind == "word")


def headers(tag: str | None) -> dict[str, str]:
    """Headers of an answer with an ETag, or of one that no cache may keep."""
    if tag is None:
        return {"Cache-Control": "no-store", "Vary": "Accept"}
    return {"ETag": tag, "Cache-Control": f"public, max-age={MAX_AGE}", "Vary": "Accept"}


def unchanged(request: Request, tag: str | None) -> Response | None:
    """The answer 304, if the asker has what this ETag stands for."""
    held = {_bare(each) for header in request.headers.getlist("if-none-match") for each in header.split(",")}
    if tag is None or request.method not in ("GET", "HEAD") or _bare(tag) not in held:
        return None
    return Response(status_code=304, headers=headers(tag))


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/")
