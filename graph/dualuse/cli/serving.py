"""``serve``."""

from __future__ import annotations

import click

from dualuse.cli.options import store_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=7878, show_default=True, help="Port to listen on.")
@store_option
def serve(store: str | None, host: str, port: int) -> None:
    """Serve the graph on the web, read-only.

    Needs starlette and uvicorn: pip install 'dualuse[serve]'.

    \b
    Example:
      dualuse serve
      dualuse serve --store .dualuse/store --port 8080
    """
    from dualuse.serve import Settings
    from dualuse.serve.running import run

    run(Settings(store, host, port))
