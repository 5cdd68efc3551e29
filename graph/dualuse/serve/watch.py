"""Around every request: it is counted and logged, without what was asked.

Paths are named by their routes and query strings not at all: they may hold names of somebody's customers.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dualuse.serve.service import HEARD, Service

LOG = logging.getLogger("dualuse.serve")
_NONE = "(none)"
"""Name of the route of a request that has none."""


class Watch:
    """Middleware that counts requests and logs them.

    Args:
        app: What answers them.
        service: Where they are counted.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._metrics = service.metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = {"status": 500, "bytes": 0}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
            else:
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        since = time.perf_counter()
        heard = HEARD.set(receive)
        try:
            await self._app(scope, receive, sent)
        finally:
            HEARD.reset(heard)
            seconds = time.perf_counter() - since
            route = getattr(scope.get("route"), "path", _NONE)
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"
            self._metrics.count(route, method, told["status"], seconds)
            told |= {"milliseconds": round(seconds * 1000)}
            LOG.info("request", extra={"told": {"method": method, "route": route, **told}})


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
