"""``load``: put what a curator has accepted into curated data."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import click

from dualuse.cli.feeds import Kinds
from dualuse.cli.load_table import load_rdf, load_table
from dualuse.cli.options import open_for, say, store_option, write_out
from dualuse.errors import UsageError


@click.group(cls=Kinds)
def load() -> None:
    """Put what a curator has accepted into a folder of curated data; read what was coded, or is published, elsewhere.

    A list that others publish goes into a named graph of its own in the store; the curated record stays as it is.

    \b
    Example:
      dualuse load claims review.yml --into data/claims
      dualuse load dna debate.dna -o review.yml
      dualuse load statements review.yml --into data/statements
      dualuse load csl consolidated.csv
    """


load.add_command(load_rdf)
load.add_command(load_table)


def _review_into(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The review file, and the folder of a data folder that takes what was accepted in it."""

    def take(command: Callable[..., None]) -> Callable[..., None]:
        folder = click.option(
            "--into",
            required=True,
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help=f"The {what} folder of a data folder, for example data/{what}.",
        )
        return click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")(folder(command))

    return take


def _tell(counts: str, unreviewed: Collection[str]) -> None:
    """Say what was accepted, and what is still open."""
    click.echo(f"Accepted {counts}; {len(unreviewed)} not reviewed yet", err=True)
    for key in unreviewed:
        say(f"not reviewed: {key}")


@load.command("claims")
@_review_into("claims")
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
    _tell(counts, accepted.unreviewed)


@load.command("dna")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Review file to write; - for standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the review file if it is there.")
@store_option
def load_dna(file: Path, output: Path, force: bool, store: str | None) -> None:
    """Read statements of a Discourse Network Analyzer 3 database into a review file.

    What the graph knows by name gets its key; the rest is left blank, with the words of the file beside it. What cannot
    be read is told, with the reason, and where it stands.

    \b
    Example:
      dualuse load dna debate.dna -o review.yml
    """
    from dualuse.claims.dna.candidates import candidates
    from dualuse.claims.dna.read import read_dna
    from dualuse.claims.dna.review import review_file

    found = read_dna(file)
    for told in found.rejected:
        say(f"not read: {told}")
    if not found.coded:
        raise UsageError(f"{file} has no statement that can be read, of {found.statements:,}; nothing is written")
    made = candidates(found, open_for(store).names, file)
    write_out(review_file(made, found.rejected, file.name, output.name).encode("utf-8"), output, force)
    blank = sum(bool(candidate.as_told) for candidate in made)
    read = f"{len(found.coded):,} of {found.statements:,} statements in {found.documents:,} documents"
    click.echo(f"Read {read}: {len(made):,} candidates, {blank:,} with words that no name fits", err=True)


@load.command("statements")
@_review_into("statements")
def load_statements(file: Path, into: Path) -> None:
    """Put the accepted entries of a review file of statements into a folder of curated data.

    \b
    Example:
      dualuse load statements review.yml --into data/statements
    """
    from dualuse.claims.dna.review import accept_statements
    from dualuse.news.review.ledger import write_statements

    accepted = accept_statements(file)
    for path in write_statements(accepted.statements, into):
        say(f"Wrote {path}")
    counts = f"{len(accepted.statements)} statements; {accepted.rejected} rejected"
    _tell(counts, accepted.unreviewed)
