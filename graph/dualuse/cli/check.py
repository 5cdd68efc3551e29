"""``check``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple, Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option, stream_out

_END_USES = [
    "development",
    "production",
    "storage",
    "research",
    "model-training",
    "cloud-service",
    "published-weights",
    "other",
]
_MOST_TOLD = 50
"""Rows with errors that are named on standard error."""


@click.command()
@click.option("--item", metavar="SKU|ECCN", help="Chip by name, or paragraph of the control list.")
@click.option("--quantity", type=click.IntRange(min=1), default=1, show_default=True, help="Units.")
@click.option("--to", metavar="PLACE", help="Destination.")
@click.option("--hq", metavar="PLACE", help="Headquarters of the ultimate parent (and of the consignee).")
@click.option("--consignee-hq", metavar="PLACE", help="Headquarters of the consignee itself.")
@click.option("--exporter", metavar="ORG", help="Who ships.")
@click.option("--from", "origin", metavar="PLACE", help="Where it leaves from.  [default: US]")
@click.option("--end-use", type=click.Choice(_END_USES), help="Stated end use.")
@click.option(
    "--already-received",
    type=click.FloatRange(min=0),
    metavar="TPP",
    help="TPP the ultimate consignee received this year (LPP), or has installed (NVEU).",
)
@click.option("--veu", type=click.Choice(["universal", "national"]), help="The consignee is this validated end user.")
@click.option("--private-sector/--government", default=None, help="Whether the consignee is a private-sector end user.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of transactions in place of one; columns as these options. Results go out as CSV.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="With --batch: processes to judge in."
)
@as_of_option
@lens_option
@store_option
@output_options
def check(
    item: str | None,
    quantity: int,
    to: str | None,
    hq: str | None,
    consignee_hq: str | None,
    exporter: str | None,
    origin: str | None,
    end_use: str | None,
    already_received: float | None,
    veu: str | None,
    private_sector: bool | None,
    batch: Path | None,
    jobs: int,
    as_of: date | None,
    lens: str,
    store: str | None,
    **shown: Unpack[Shown],
) -> None:
    """Decide what one transaction needs: licence, exception, review policy, duties, and what is unknown.

    \b
    Example:
      dualuse check --item "H100 SXM" --quantity 2000 --to CH --hq CH --as-of 2025-05-15
      dualuse check --item 4E091 --to Canada --hq Canada --as-of 2025-06-01
      dualuse check --batch shipments.csv --jobs 2 --as-of 2025-06-01 -o results.csv
    """
    from dualuse.answers.check import Asked, check_card
    from dualuse.cli.output import show

    day = as_of or date.today()
    if batch is not None:
        if item is not None or to is not None:
            raise click.UsageError("--batch holds the transactions; leave --item and --to out")
        _run_batch(batch, _Asking(day, lens, store, jobs), shown["output"], shown["force"])
        return
    if item is None or to is None:
        raise click.UsageError("--item and --to are needed (or --batch FILE)")
    asked = Asked(
        item=item,
        quantity=quantity,
        to=to,
        hq=hq,
        consignee_hq=consignee_hq,
        exporter=exporter,
        origin=origin,
        end_use=end_use,
        already_received=already_received,
        validated_end_user=veu,
        private_sector=private_sector,
    )
    show(check_card(open_for(store), asked, day, lens), **shown)


class _Asking(NamedTuple):
    """How a table is judged: day and lens of rows that give none, where the graph is, in how many processes."""

    as_of: date
    lens: str
    store: str | None
    jobs: int


def _run_batch(batch: Path, asking: _Asking, output: Path | None, force: bool) -> None:
    """Judge a table row by row; results as CSV, the summary on standard error, exit 1 if a row could not be read."""
    import csv
    import io

    from dualuse.batch import RESULT_COLUMNS, Batch, read_rows
    from dualuse.errors import CuratedDataError, Problem
    from dualuse.law.transaction import read_world

    knowledge = open_for(asking.store)
    world = read_world(knowledge.store, knowledge.version.known_on)
    job = Batch(knowledge, world, asking.as_of, asking.lens, jobs=asking.jobs)
    problems: list[Problem] = []
    with stream_out(output, force) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            writer = csv.DictWriter(text, RESULT_COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            for result in job.run(read_rows(batch)):
                writer.writerow(result)
                if "error" in result and len(problems) < _MOST_TOLD:
                    problems.append(Problem(str(batch), int(result["row"]), result["id"] or "row", result["error"]))
        finally:
            text.detach()
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(job.summary.outcomes.items()))
    click.echo(f"{job.summary.rows:,} rows: {told or 'none judged'}, {job.summary.errors:,} with errors", err=True)
    if job.summary.errors > len(problems):
        click.echo(f"The first {len(problems)} follow; all are in the column error.", err=True)
    if problems:
        raise CuratedDataError(problems)
