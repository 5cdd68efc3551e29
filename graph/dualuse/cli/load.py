"""``load``: put what a curator has accepted into curated data."""

from __future__ import annotations

from pathlib import Path

import click

from dualuse.cli.options import say


@click.group()
def load() -> None:
    """Put what a curator has accepted into a folder of curated data.

    \b
    Example:
      dualuse load claims review.yml --into data/claims
    """


@load.command("claims")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The claims folder of a data folder, for example data/claims.",
)
def load_claims(file: Path, into: Path) -> None:
    """Put the accepted entries of a review file into a folder of curated data.

    \b
    Example:
      dualuse load claims review.yml --into data/claims
    """
    from dualuse.news.review.file import accept
    from dualuse.news.review.ledger import write_accepted

    accepted = accept(file)
    for path in write_accepted(accepted, into):
        say(f"Wrote {path}")
    counts = f"{len(accepted.claims)} claims, {len(accepted.statements)} statements; {accepted.rejected} rejected"
    click.echo(f"Accepted {counts}; {len(accepted.unreviewed)} not reviewed yet", err=True)
    for key in accepted.unreviewed:
        say(f"not reviewed: {key}")
