"""The application: the routes of all modules, and what goes around them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dualuse.errors import DualuseError, MissingExtraError, StoreError
from dualuse.serve.settings import Settings

try:
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
except ModuleNotFoundError:
    raise MissingExtraError("the server needs starlette and uvicorn: pip install 'dualuse[serve]'") from None

from dualuse.serve import answered, described, editor, front, graphs, health, problems, sparql
from dualuse.serve.api import routes as api
from dualuse.serve.sending import Guarded
from dualuse.serve.service import Service
from dualuse.serve.things import routes as things
from dualuse.serve.watch import Watch
from dualuse.serve.worker import Fault

MODULES = (front, health, sparql, graphs, described, api, answered, things, editor)
"""Modules of routes, asked in this order."""
PROTOCOL = ("/sparql", "/data", "/graph/", "/void", "/.well-known/", "/health", "/metrics")
"""Where programs of SPARQL ask, which are told in plain text what went wrong."""
_EXPOSED = ["ETag", "Retry-After"]


def create_app(settings: Settings) -> Starlette:
    """The application, for any ASGI server."""
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await service.pool.open(service.knowledge.store)
        tasks = [asyncio.ensure_future(service.look())]
        tasks += [asyncio.ensure_future(service.prepare(front.explorer))] if settings.prepare else []
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            service.pool.close()

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException | DualuseError) and not request.url.path.startswith(PROTOCOL):
            return problems.told(request, error, service.dataset)
        return await (_refused(request, error) if isinstance(error, HTTPException) else _failed(request, error))

    return Starlette(
        routes=[route for module in MODULES for route in module.routes(service)],
        middleware=[
            Middleware(Watch, service=service),
            Middleware(
                CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], expose_headers=_EXPOSED
            ),
            Middleware(Guarded),
        ],
        exception_handlers={HTTPException: refused, DualuseError: refused},
        lifespan=lifespan,
    )


async def _refused(_: Request, error: Exception) -> Response:
    """Say why there is no answer, in words."""
    if not isinstance(error, HTTPException):
        raise error
    headers = {**(error.headers or {}), "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers)


async def _failed(request: Request, error: Exception) -> Response:
    """Say what was wrong with what was asked, or with the store; of a fault of ours only that it is one."""
    if isinstance(error, Fault):
        return await _refused(request, HTTPException(500, f"dualuse failed, which is a fault of its own ({error})"))
    status = 503 if isinstance(error, StoreError) else 400
    return await _refused(request, HTTPException(status, str(error)))
