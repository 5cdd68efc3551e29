"""``news``, and ``load claims`` for the review files it writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from dualuse.cli.options import Day, open_for, store_option, write_out
from dualuse.errors import UsageError

if TYPE_CHECKING:
    from dualuse.news.text.passages import Form

_OUTPUT = ("table", "json", "csv", "md")
_INPUT = ("text", "html")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|DIR...")
@click.option(
    "--input",
    "form",
    type=click.Choice(["auto", *_INPUT]),
    default="auto",
    show_default=True,
    help="What the files are; auto goes by name and first bytes.",
)
@click.option("--date", "written", type=Day(), metavar="DATE", help="Day of writing.  [default: what the text says]")
@click.option(
    "--gold",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="Claims or entities coded by hand, to score the reading against; may be repeated.",
)
@click.option(
    "--review",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="YAML",
    help="Write the candidates of one text to a review file.",
)
@click.option("--brief", is_flag=True, help="Tables only: the first rows and receipts, and how many more.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file, not to the screen."
)
@click.option(
    "-f",
    "--format",
    "shapes",
    multiple=True,
    type=click.Choice([*_OUTPUT, *_INPUT]),
    help="Table for people; JSON for the whole card; CSV or Markdown for its rows. text and html are short for --input."
    "  [default: table]",
)
@store_option
def news(
    paths: tuple[Path, ...],
    form: str,
    written: date | None,
    gold: tuple[Path, ...],
    review: Path | None,
    shapes: tuple[str, ...],
    store: str | None,
    **shown: Any,
) -> None:
    """Read a digest or an article: mentions, dates, quantities, who says what, and candidate claims and statements.

    Chinese in either script, or English. Texts that say nothing about export controls give nothing.

    \b
    Example:
      dualuse news article.txt
      dualuse news digest.txt --review review.yml
      dualuse news articles/ --format json -o read.json
    """
    from dualuse.answers.news import news_card, read_news
    from dualuse.cli.output import show

    output, given = _shape(shapes, form)
    knowledge = open_for(store)
    reader, readings = read_news(knowledge, paths, given, written)
    card = news_card(knowledge, reader, readings, gold)
    if review is not None:
        from dualuse.news.review.file import review_file

        if len(readings) != 1:
            raise UsageError(f"--review is for one text, and {len(readings)} were read; name one")
        text = review_file(readings[0], reader.organisations, review.name)
        write_out(text.encode("utf-8"), review, shown["force"])
    show(card, form=output, **shown)


def _shape(shapes: tuple[str, ...], form: str) -> tuple[str, Form]:
    """Output and input, both of which ``--format`` takes."""
    outputs = [shape for shape in shapes if shape in _OUTPUT]
    inputs = [shape for shape in shapes if shape in _INPUT]
    if len(outputs) > 1 or len(set(inputs)) > 1 or (inputs and form not in ("auto", inputs[0])):
        raise UsageError(f"--format {' '.join(shapes)} and --input {form} do not go together; give one of a kind")
    return (outputs or ["table"])[0], cast("Form", (inputs or [form])[0])


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
        click.echo(f"Wrote {path}", err=True)
    counts = f"{len(accepted.claims)} claims, {len(accepted.statements)} statements; {accepted.rejected} rejected"
    click.echo(f"Accepted {counts}; {len(accepted.unreviewed)} not reviewed yet", err=True)
    for key in accepted.unreviewed:
        click.echo(f"not reviewed: {key}", err=True)
