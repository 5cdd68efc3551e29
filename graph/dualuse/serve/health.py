"""``/health``: whether the server answers, and from what; ``/metrics``: what it counts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dualuse import __version__
from dualuse.serve.metrics import MEDIA_TYPE
from dualuse.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def health(_: Request) -> JSONResponse:
        about, pool = service.dataset, service.pool
        answering = pool.idle + pool.busy > 0
        return JSONResponse(
            {
                "status": "ok" if answering else "no process to answer",
                "engine": __version__,
                "version": about.version,
                "sha256": about.sha256,
                "known_on": about.known_on.isoformat(),
                "in_memory": pool.opened.held,
            },
            200 if answering else 503,
            {"Cache-Control": "no-store"},
        )

    async def metrics(_: Request) -> Response:
        pool = service.pool
        gauges = {
            "dualuse_workers_busy": ("Processes at work.", pool.busy),
            "dualuse_workers_idle": ("Processes that are free.", pool.idle),
            "dualuse_requests_waiting": ("Requests that wait for a process.", pool.waiting),
        }
        return Response(service.metrics.text(gauges, pool.killed), media_type=MEDIA_TYPE)

    return [Route("/health", health), Route("/metrics", metrics)]
