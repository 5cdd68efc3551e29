"""Run the server: over the standard streams of one client, or over HTTP for any on this machine."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Sequence

from dualuse.errors import MissingExtraError, UsageError
from dualuse.mcp.answering import Apart

try:
    import anyio
    import uvicorn
    from mcp.server.stdio import stdio_server
    from mcp.server.transport_security import TransportSecuritySettings

    from dualuse.mcp.server import create_server
except ModuleNotFoundError:
    raise MissingExtraError("the MCP server needs the protocol's library: pip install 'dualuse[mcp]'") from None

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def over_stdio(answering: Apart) -> None:
    """Serve the client at the standard streams until it goes away.

    Raises:
        StoreError: there is no store.
    """

    async def run() -> None:
        server = create_server(answering)
        async with answering.opened(), stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


def over_http(answering: Apart, host: str, port: int, names: Sequence[str], tell: Callable[[str], None]) -> None:
    """Serve whoever reaches an address, until told to end.

    Args:
        port: Port to listen on; 0 for any that is free.
        names: Names, beside those of this machine, that a request may be for.
        tell: Told where the server is, once it is.

    Raises:
        UsageError: nobody can listen on that address.
        StoreError: there is no store.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"{host} port {port}: {error.strerror or error}") from None
    app = create_server(answering).streamable_http_app(transport_security=guarded(names), stateless_http=True)
    found = listening.getsockname()[1]
    tell(f"http://{f'[{host}]' if ':' in host else host}:{found}/mcp")

    async def run() -> None:
        config = uvicorn.Config(app, access_log=False, log_level="warning", server_header=False, lifespan="on")
        async with answering.opened():
            await uvicorn.Server(config).serve(sockets=[listening])

    signal.signal(signal.SIGTERM, _leave)  # what uvicorn does when it has ended: it repeats the signal
    with listening:
        anyio.run(run)


def _leave(*_: object) -> None:
    sys.exit(0)


def guarded(names: Sequence[str]) -> TransportSecuritySettings:
    """For whom a request may be: this machine, and some names; no page from elsewhere reaches it by another."""
    hosts = [*_LOOPBACK, *names]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[each for host in hosts for each in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{host}{port}" for host in hosts for scheme in ("http", "https") for port in ("", ":*")
        ],
    )
