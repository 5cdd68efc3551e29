"""``owned``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option

if TYPE_CHECKING:
    from dualuse.ownership.files import Progress


@click.command()
@click.argument("parties", nargs=-1, metavar="[PARTY]...")
@click.option(
    "--rule",
    default="bis-affiliates",
    show_default=True,
    metavar="KEY",
    help="The rule: bis-affiliates, ofac-50 or cn-61-50.",
)
@click.option(
    "--edges",
    metavar="FILE",
    help="Holdings, .csv or .parquet: owner, owned, share_min, share_max[, valid_from, valid_to, source].  "
    "[default: those of the graph]",
)
@click.option(
    "--listed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Listed parties, .csv or .parquet: party[, list].  [default: those of the graph]",
)
@click.option(
    "--engine",
    type=click.Choice(["native", "spark"]),
    default="native",
    show_default=True,
    help="Spark is for edge files larger than one machine.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Most parties to give when none is named; 0 for all.",
)
@as_of_option
@lens_option
@store_option
@output_options
def owned(
    parties: tuple[str, ...],
    rule: str,
    edges: str | None,
    listed: Path | None,
    engine: str,
    limit: int,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Apply a 50 % rule: who is listed, captured, possibly captured or clear, and through whom.

    PARTY is a key or a name; none means everyone who is not clear. A party is captured when owners that are listed or
    captured hold 50 % or more of it in sum; each counts with its full share, and shares are not multiplied.

    \b
    Example:
      dualuse owned nexperia --as-of 2025-10-15
      dualuse owned --rule ofac-50 --edges stakes.parquet --listed sdn.csv --format csv -o captured.csv
    """
    from dualuse.answers.owned import Request, owned_card
    from dualuse.cli.output import show

    with _telling(edges) as progress:
        request = Request(rule, edges, listed, engine, limit, progress)
        card = owned_card(open_for(store), parties, as_of or date.today(), lens, request)
    show(card, **shown)


@contextmanager
def _telling(edges: str | None) -> Iterator[Progress]:
    """Show how far an edge file is read, on standard error and only to people."""
    if edges is None or not sys.stderr.isatty():
        yield lambda part, rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Reading {task.description}"), BarColumn(), TextColumn("{task.fields[rows]:,} rows"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Path(edges).name, total=1.0, rows=0)

        def tell(part: float, rows: int) -> None:
            bar.update(task, completed=part)
            if rows:
                bar.update(task, rows=rows)

        yield tell
