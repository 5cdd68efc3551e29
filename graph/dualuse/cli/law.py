"""``groups`` and ``status``."""

from __future__ import annotations

from datetime import date
from typing import Unpack

import click

from dualuse.cli.options import Day, Shown, as_of_option, lens_option, open_for, output_options, store_option


@click.command()
@click.argument("places", nargs=-1, metavar="[PLACE]...")
@click.option("--count", is_flag=True, help="Sizes of the tiers in each universe, in place of places.")
@click.option("--claimed", type=int, metavar="N", help="With --count: where, if anywhere, this number is right.")
@as_of_option
@store_option
@output_options
def groups(
    places: tuple[str, ...],
    count: bool,
    claimed: int | None,
    as_of: date | None,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Show the legal groups and the derived tier of places on a day.

    PLACE is an ISO code or a name in English, 繁體 or 简体; none means every place.

    \b
    Example:
      dualuse groups PL CH TW HK --as-of 2025-01-13
      dualuse groups --count --claimed 120 --as-of 2025-01-13
    """
    from dualuse.answers import count_card, groups_card
    from dualuse.cli.output import show

    if count and places:
        raise click.UsageError("--count counts whole universes; leave the places out")
    if claimed is not None and not count:
        raise click.UsageError("--claimed goes with --count")
    knowledge = open_for(store)
    day = as_of or date.today()
    card = count_card(knowledge, day, claimed) if count else groups_card(knowledge, places, day)
    show(card, **shown)


@click.command()
@click.argument("instrument")
@as_of_option
@lens_option
@store_option
@output_options
def status(instrument: str, as_of: date | None, lens: str, store: str | None, **shown: Unpack[Shown]) -> None:
    """Show the status of an instrument or a provision on a day, with its timeline.

    \b
    Example:
      dualuse status us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --lens enforced
      dualuse status "Affiliates Rule" --as-of 2026-11-22
    """
    from dualuse.answers import status_card
    from dualuse.cli.output import show

    card = status_card(open_for(store), instrument, as_of or date.today(), lens)
    show(card, **shown)


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
