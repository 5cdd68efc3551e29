"""``affected`` and ``why``."""

from __future__ import annotations

from datetime import date
from typing import Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option

_CHANNELS = [
    "destination",
    "headquarters",
    "duty",
    "item",
    "market",
    "supply",
    "site",
    "listing",
    "ownership",
    "counter",
]


@click.command()
@click.option(
    "--by",
    multiple=True,
    metavar="MEASURE[,MEASURE]",
    help="Instrument, or one measure of it, by key or title; may be repeated.",
)
@click.option("--party", metavar="PARTY", help="Organisation or place by key, code or name.")
@click.option("--channel", "channels", multiple=True, type=click.Choice(_CHANNELS), help="Keep only these channels.")
@click.option("--kind", metavar="KIND", help="Keep one kind of party: place, company, company-cloud, government ...")
@click.option(
    "--depth",
    type=click.IntRange(0, 5),
    default=1,
    show_default=True,
    help="How many supply links to follow beyond a party affected through item or listing.",
)
@click.option("--tier", type=click.IntRange(1, 3), help="Keep only paths through a place in this tier on the day.")
@click.option(
    "--group-by", type=click.Choice(["kind", "channel", "place"]), help="Count parties in place of listing them."
)
@as_of_option
@lens_option
@store_option
@output_options
def affected(
    by: tuple[str, ...],
    party: str | None,
    channels: tuple[str, ...],
    kind: str | None,
    depth: int,
    tier: int | None,
    group_by: str | None,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """List who is affected by a measure, or by which measures a party is affected.

    \b
    Example:
      dualuse affected --by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --kind company
      dualuse affected --party NVIDIA --as-of 2025-06-01
      dualuse affected --by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --tier 2 --group-by kind
    """
    from dualuse.answers import affected_card
    from dualuse.cli.output import show

    measures = [name.strip() for value in by for name in value.split(",") if name.strip()]
    card = affected_card(
        open_for(store),
        as_of or date.today(),
        lens,
        by=measures,
        party=party,
        channels=channels,
        kind=kind,
        supply_hops=depth,
        tier=tier,
        group_by=group_by,
    )
    show(card, **shown)


@click.command()
@click.argument("party")
@click.argument("measure")
@click.option("--all", "every", is_flag=True, help="Every path, not only the shortest routes of each channel.")
@click.option(
    "--depth", type=click.IntRange(0, 5), default=1, show_default=True, help="How many supply links to follow."
)
@as_of_option
@lens_option
@store_option
@output_options
def why(
    party: str,
    measure: str,
    every: bool,
    depth: int,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Tell the paths by which a MEASURE reaches a PARTY, edge by edge, each with its receipt.

    \b
    Example:
      dualuse why TSMC us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01
    """
    from dualuse.answers import why_card
    from dualuse.cli.output import show

    card = why_card(open_for(store), party, measure, as_of or date.today(), lens, every=every, supply_hops=depth)
    show(card, **shown)
