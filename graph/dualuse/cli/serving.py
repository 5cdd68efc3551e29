"""``serve``."""

from __future__ import annotations

from typing import Any

import click

from dualuse.cli.listening import deadline, is_open, listening
from dualuse.cli.options import say, store_option


@click.command()
@listening(7878)
@deadline("request")
@click.option(
    "--workers",
    type=click.IntRange(2, 1_000),
    metavar="N",
    help="Processes that answer, and so requests at once; half as many more at long ones.  [default: 4 for each core]",
)
@click.option(
    "--queue",
    type=click.IntRange(0, 100_000),
    default=100,
    show_default=True,
    metavar="N",
    help="Requests that may wait for one of them; more get 503.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    metavar="N",
    help="Refuse answers of more rows or triples.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=64_000_000,
    show_default=True,
    metavar="N",
    help="Refuse answers of more bytes.",
)
@click.option(
    "--max-sent",
    type=click.IntRange(1),
    default=16_000_000,
    show_default=True,
    metavar="N",
    help="Refuse files of more bytes that are sent to be asked about.",
)
@click.option(
    "--max-memory",
    type=click.IntRange(100),
    default=2_000,
    show_default=True,
    metavar="MB",
    help="Memory that each process may take.",
)
@click.option(
    "--prepare/--no-prepare",
    default=True,
    show_default=True,
    help="Make the explorer once the server runs, so that nobody waits for it.",
)
@store_option
def serve(host: str, **given: Any) -> None:
    """Serve the graph on the web, read-only: SPARQL, and pages and JSON for the rest.

    It listens on this machine alone unless --host says otherwise. SIGTERM and Ctrl-C end it. Needs starlette and
    uvicorn: pip install 'dualuse[serve]'.

    \b
    Example:
      dualuse serve
      dualuse serve --store .dualuse/store --port 8080 --timeout 10
      curl http://127.0.0.1:7878/sparql --data-urlencode 'query=SELECT * { ?tier a du:Tier } LIMIT 5'
    """
    from dualuse.serve import Settings
    from dualuse.serve.running import run

    if is_open(host):
        say(f"Warning: {host} is reached from other machines; put a proxy with TLS in front (docs/serving.md)")
    chosen = {name: value for name, value in given.items() if value is not None}
    run(Settings(host=host, **chosen), lambda address: say(f"Serving the graph at {address} (Ctrl-C ends it)"))
