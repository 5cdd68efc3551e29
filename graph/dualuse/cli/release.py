"""``release``."""

from __future__ import annotations

from pathlib import Path

import click

from dualuse.cli.options import open_for, store_option
from dualuse.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of the release before, for CHANGES.md.",
)
@store_option
def release(folder: Path, since: Path | None, store: str | None) -> None:
    """Write the whole citable bundle to a new folder: RDF, tables, networks, a database, and what describes them.

    The same graph gives the same bytes. The folder takes its name only when everything is in it. Needs pyarrow:
    pip install 'dualuse[release]'.

    \b
    Example:
      dualuse release dualuse-0.1.0
      dualuse release dualuse-0.2.0 --since dualuse-0.1.0
    """
    from dualuse.cli.progress import writing
    from dualuse.release import contents, read_release
    from dualuse.release.writing import write_release

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already; a release is written to a new folder: choose another name")
    before = None if since is None else read_release(since)
    knowledge = open_for(store)
    with writing(str(folder)) as tell:
        number, size = write_release(folder, contents(knowledge, before), tell)
    click.echo(f"Wrote {folder}: {number:,} files, {size:,} bytes", err=True)
