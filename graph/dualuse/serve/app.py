"""The application: the routes of all modules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dualuse.errors import MissingExtraError
from dualuse.serve.service import Service
from dualuse.serve.settings import Settings

try:
    from starlette.applications import Starlette
except ModuleNotFoundError:
    raise MissingExtraError("the server needs starlette and uvicorn: pip install 'dualuse[serve]'") from None

from dualuse.serve import health

MODULES = (health,)
"""Modules of routes, asked in this order."""


def create_app(settings: Settings) -> Starlette:
    """The application, for any ASGI server."""
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            service.close()

    return Starlette(routes=[route for module in MODULES for route in module.routes(service)], lifespan=lifespan)
