"""Options of the commands that answer others until they are ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

Decorated = Callable[..., Any]
_LOOPBACK = ("127.", "::1", "localhost")
HERE = "127.0.0.1"


def listening(port: int, only: str = "") -> Callable[[Decorated], Decorated]:
    """``--host`` and ``--port``.

    Args:
        only: What stands before what they mean, where they do not always count.
    """

    def words(told: str) -> str:
        return f"{only}{told[0].lower()}{told[1:]}" if only else told

    host = click.option("--host", default=HERE, show_default=True, help=words("Address to listen on."))
    told = words("Port to listen on; 0: any.")
    at = click.option("--port", type=click.IntRange(0, 65_535), default=port, show_default=True, help=told)
    return lambda command: host(at(command))


def deadline(what: str) -> Callable[[Decorated], Decorated]:
    """``--timeout``, of what somebody asks: a request, a call."""
    return click.option(
        "--timeout",
        type=click.FloatRange(0.1, 3_600),
        default=30,
        show_default=True,
        metavar="SECONDS",
        help=f"Kill what answers a {what} that takes longer.",
    )


def is_open(host: str) -> bool:
    """Whether others than this machine reach an address."""
    return not host.startswith(_LOOPBACK)
