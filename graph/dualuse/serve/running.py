"""Run the application in uvicorn, from its first line of log to its end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable

from dualuse.errors import MissingExtraError, UsageError
from dualuse.serve.app import create_app
from dualuse.serve.settings import Settings
from dualuse.serve.watch import Lines

try:
    import uvicorn
except ModuleNotFoundError:
    raise MissingExtraError("the server needs starlette and uvicorn: pip install 'dualuse[serve]'") from None

_LOGGERS = {"dualuse.serve": logging.INFO, "uvicorn.error": logging.WARNING}
_BACKLOG = 2048
_FAREWELL = 5
"""Seconds in which requests may still be answered once the server was told to end."""


def run(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until told to end.

    Args:
        settings: How.
        tell: Told where the graph is served, once it is.

    Raises:
        UsageError: nobody can listen on that address.
        StoreError: there is no store.
    """
    _log()
    app = create_app(settings)
    listening = _listening(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    tell(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_FAREWELL,
    )
    signal.signal(signal.SIGTERM, _leave)  # what uvicorn does when it has ended: it repeats the signal
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections.

    Raises:
        UsageError: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # its protocol is named, or asyncio does not see that it is TCP, and answers wait 40 ms to be sent with others
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(_BACKLOG)
    except OSError as error:
        found.close()
        raise UsageError(f"{host} port {port}: {error.strerror or error}") from None
    return found


def _leave(*_: object) -> None:
    sys.exit(0)


def _log() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    for name, level in _LOGGERS.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
