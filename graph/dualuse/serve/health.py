"""``/health``: whether the server answers, and from what."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from dualuse import __version__
from dualuse.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def health(_: Request) -> JSONResponse:
        about = service.dataset
        return JSONResponse(
            {
                "status": "ok",
                "engine": __version__,
                "version": about.version,
                "sha256": about.sha256,
                "known_on": about.known_on.isoformat(),
            }
        )

    return [Route("/health", health)]
