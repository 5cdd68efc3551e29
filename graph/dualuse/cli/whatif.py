"""``whatif``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option


@click.command()
@click.option("--move", "moves", multiple=True, metavar="PLACE:GROUP", help="Move to supp5a, d5, macau-d5 or residual.")
@click.option("--remove-exception", "removed", multiple=True, metavar="CODE", help="Take a licence exception away.")
@click.option(
    "--set-threshold", "thresholds", multiple=True, metavar="KEY/BOUND=N", help="For example 3a090.a-1/tpp-min=6000."
)
@click.option("--by", metavar="MEASURE", help="Whose exposures to compare.  [default: the January 2025 rule]")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of transactions to judge before and after; columns as the options of check.",
)
@click.option("--sweep", is_flag=True, help="Rank every single-country move by how many exposures it changes.")
@as_of_option
@lens_option
@store_option
@output_options
def whatif(
    moves: tuple[str, ...],
    removed: tuple[str, ...],
    thresholds: tuple[str, ...],
    by: str | None,
    batch: Path | None,
    sweep: bool,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Change a few facts in a copy of the graph and show what follows, and for whom.

    \b
    Example:
      dualuse whatif --move PL:supp5a --as-of 2025-06-01
      dualuse whatif --remove-exception LPP --batch shipments.csv --as-of 2025-06-01
      dualuse whatif --sweep --as-of 2025-06-01
    """
    from dualuse.answers.whatif import sweep_card, whatif_card
    from dualuse.batch import read_transactions
    from dualuse.cli.output import show
    from dualuse.scenario import read_edits

    knowledge = open_for(store)
    day = as_of or date.today()
    if sweep:
        if moves or removed or thresholds or batch:
            raise click.UsageError("--sweep tries every move by itself; leave the other changes out")
        show(sweep_card(knowledge, day, lens, by=by), **shown)
        return
    edits = read_edits(knowledge, moves, removed, thresholds)
    given = [] if batch is None else read_transactions(batch)
    show(whatif_card(knowledge, edits, day, lens, by=by, transactions=given), **shown)
