"""``mcp``."""

from __future__ import annotations

from pathlib import Path

import click

from dualuse.cli.listening import HERE, deadline, is_open, listening
from dualuse.cli.options import say, store_option
from dualuse.errors import UsageError


@click.command()
@click.option("--http", is_flag=True, help="Serve over HTTP, in place of the standard streams.")
@listening(7879, "With --http: ")
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="With --http: another name that requests may be for; may be repeated.",
)
@deadline("call")
@click.option(
    "--workers", type=click.IntRange(2, 100), default=2, show_default=True, metavar="N", help="Processes that answer."
)
@store_option
def mcp(
    http: bool, host: str, port: int, names: tuple[str, ...], timeout: float, workers: int, store: str | None
) -> None:
    """Give the graph to a language model as tools, by the Model Context Protocol.

    Read-only. A client starts this command and speaks to it over the standard streams; with --http, clients come to an
    address. docs/mcp.md says how to tell a client of it.

    \b
    Example:
      dualuse mcp
      dualuse mcp --http --port 7879
    """
    from dualuse.knowledge import store_location
    from dualuse.mcp.answering import Apart
    from dualuse.mcp.running import over_http, over_stdio
    from dualuse.store import is_remote

    if (names or host != HERE) and not http:
        raise UsageError("--host and --allow-host are for --http")
    found = store_location(store)
    place = found if is_remote(found) else str(Path(found).absolute())
    answering = Apart(place, timeout, workers)
    if not http:
        over_stdio(answering)
        return
    if is_open(host):
        say(f"Others reach {host}: whoever does may ask; put a proxy with a key before it (docs/mcp.md)")
    over_http(answering, host, port, names, lambda address: say(f"Serving tools at {address}"))
