"""``changes``."""

from __future__ import annotations

from datetime import date
from typing import Unpack

import click

from dualuse.cli.options import Day, Shown, open_for, output_options, store_option


@click.command()
@click.option("--from", "start", type=Day(), required=True, metavar="DATE", help="Day before the period.")
@click.option("--to", "end", type=Day(), required=True, metavar="DATE", help="Last day of the period.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["event", "membership", "measure", "statement"]),
    help="Keep only these kinds of change.",
)
@store_option
@output_options
def changes(start: date, end: date, kinds: tuple[str, ...], store: str | None, **shown: Unpack[Shown]) -> None:
    """List what changed between two days: events, memberships, measures, statements.

    \b
    Example:
      dualuse changes --from 2026-01-31 --to 2026-02-28 --kind membership
    """
    from dualuse.answers.changes import changes_card
    from dualuse.cli.output import show

    show(changes_card(open_for(store), start, end, kinds=kinds), **shown)
