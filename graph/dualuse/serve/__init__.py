"""The graph on the web, read-only: one module a kind of route, gathered here.

Each module of routes has ``routes(service)``. What answers a request is done by :meth:`Service.ask`, never in the
process that holds the connections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.serve.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["Settings", "create_app"]


def create_app(settings: Settings) -> Starlette:
    """The application, for any ASGI server.

    Raises:
        MissingExtraError: what speaks HTTP is not installed.
        StoreError: there is no store there.
    """
    from dualuse.serve.app import create_app as create

    return create(settings)
