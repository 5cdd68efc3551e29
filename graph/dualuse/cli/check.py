"""``check``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, Unpack

import click

from dualuse.cli.options import Shown, as_of_option, lens_option, open_for, output_options, store_option, stream_out
from dualuse.law.facts import Amount, Choice, Fact, Named, Value, YesNo
from dualuse.law.kinds import facts

_Command = TypeVar("_Command", bound=Callable[..., None])
_MOST_TOLD = 50
"""Rows with errors that are named on standard error."""


def _option(fact: Fact[Any]) -> Callable[[_Command], _Command]:
    """The option that gives a fact."""
    told = fact.help if fact.default is None else f"{fact.help}  [default: {fact.default}]"
    match fact.form:
        case Named(metavar=metavar):
            return click.option(f"--{fact.option}", fact.name, metavar=metavar, help=told)
        case Choice(values):
            return click.option(f"--{fact.option}", fact.name, type=click.Choice(values), help=told)
        case Amount(unit):
            return click.option(f"--{fact.option}", fact.name, type=click.FloatRange(min=0), metavar=unit, help=told)
        case YesNo(no):
            return click.option(f"--{fact.option}/--{no}", fact.name, default=None, help=told)


def _fact_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every fact that a test asks for; what they give is passed on as ``known``."""

    @wraps(command)
    def collecting(*args: Any, **values: Any) -> None:
        command(*args, known={fact.name: values.pop(fact.name) for fact in facts().values()}, **values)

    for fact in reversed(facts().values()):
        collecting = _option(fact)(collecting)
    return collecting


@click.command()
@click.option("--item", metavar="SKU|ECCN", help="Chip by name, or paragraph of the control list.")
@click.option("--quantity", type=click.IntRange(min=1), default=1, show_default=True, help="Units.")
@click.option("--to", metavar="PLACE", help="Destination.")
@_fact_options
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
    batch: Path | None,
    jobs: int,
    as_of: date | None,
    lens: str,
    store: str | None,
    known: dict[str, Value | None],
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
    show(check_card(open_for(store), Asked(item, quantity, to, **known), day, lens), **shown)


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
    world = read_world(knowledge.store, knowledge.version.known_on, knowledge.registry)
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
