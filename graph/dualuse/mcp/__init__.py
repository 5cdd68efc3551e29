"""The graph as tools of a language model, by the Model Context Protocol: read-only, over the same questions.

Each tool asks one question, or runs one query, in a process that is killed when its time is over, and gives the card:
its rows by the page, its unknowns whole. Nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcp.server import Server

    from dualuse.mcp.answering import Answering

__all__ = ["create_server"]


def create_server(answering: Answering) -> Server:
    """The server, for any transport.

    Raises:
        MissingExtraError: the protocol's library is not installed.
    """
    from dualuse.mcp.server import create_server as create

    return create(answering)
