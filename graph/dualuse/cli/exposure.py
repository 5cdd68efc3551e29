"""``exposure``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option, write_out


@click.command()
@click.argument("parties", nargs=-1, metavar="[PARTY]...")
@click.option("--by", metavar="MEASURE", help="Instrument or measure.  [default: the January 2025 rule]")
@click.option(
    "--groups",
    multiple=True,
    metavar="GROUP[,GROUP]",
    help="Groups whose places count as touched.  [default: those the measure allocates to or denies]",
)
@click.option("--period", metavar="PERIOD", help="One period as the company counts it, or: latest.  [default: all]")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg|png", help="Draw it too.")
@as_of_option
@lens_option
@store_option
@output_options
def exposure(
    parties: tuple[str, ...],
    by: str | None,
    groups: tuple[str, ...],
    period: str | None,
    plot: Path | None,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Show how much of a company's revenue, sites and supply a measure touches, as intervals.

    A region that straddles groups, and revenue no row records, widen the interval upwards; nothing is guessed.

    \b
    Example:
      dualuse exposure ASML --as-of 2025-06-01
      dualuse exposure --period latest --groups macau-d5 --as-of 2025-06-01
    """
    from dualuse.answers.exposure import exposure_card
    from dualuse.cli.output import show

    if plot is not None:
        from dualuse.analyse.plot import form_of

        form_of(plot.name)
    card = exposure_card(
        open_for(store),
        as_of or date.today(),
        lens,
        parties=parties,
        by=by,
        groups=[name.strip() for text in groups for name in text.split(",") if name.strip()],
        period=period,
    )
    if plot is not None:
        from dualuse.answers.pictures import draw_card

        write_out(draw_card(card, plot.name), plot, shown["force"])
    show(card, **shown)
