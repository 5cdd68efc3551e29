"""``load table`` and ``load rdf``: put what one has oneself into the store, beside the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dualuse.cli.feeds import feed_options, load_feed
from dualuse.cli.options import OneOf
from dualuse.errors import UsageError


@click.command("table")
@feed_options
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="MAP.yml",
    help="How its columns are read.",
)
@click.option("--name", metavar="NAME", help="What the table is to be called; one of that name is replaced.")
@click.option("--suggest", is_flag=True, help="Write a mapping for it to standard output, and load nothing.")
def load_table(file: str, mapping: Path | None, name: str | None, suggest: bool, **told: Any) -> None:
    """Load a table (CSV, TSV, Parquet, XLSX) into the store, as a mapping file says.

    \b
    Example:
      dualuse load table customers.xlsx --suggest > customers.yml
      dualuse load table customers.xlsx --map customers.yml --name customers
    """
    from dualuse.feeds import anytable
    from dualuse.feeds.mapping import read_mapping

    if suggest:
        if not Path(file).is_file():
            raise UsageError(f"{file}: no such file")
        click.echo(anytable.suggest(Path(file)), nl=False)
        return
    if mapping is None or name is None:
        missing = "--map MAP.yml" if mapping is None else "--name NAME"
        raise UsageError(f"{missing} is missing. To have a mapping written: dualuse load table {file} --suggest")
    load_feed(anytable.feed_of(name, read_mapping(mapping)), file, **told)


@click.command("rdf")
@feed_options
@click.option(
    "--name", required=True, metavar="NAME", help="What its graph is to be called; one of that name is replaced."
)
@click.option(
    "--format",
    "form",
    type=OneOf(("turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld")),
    help="Its form.  [default: by its ending]",
)
@click.option("--publisher", default="", metavar="NAME", help="Who made it.")
@click.option("--licence", default="", metavar="ADDRESS", help="Address of its licence.")
def load_rdf(file: str, name: str, form: str | None, publisher: str, licence: str, **told: Any) -> None:
    """Load RDF into the store, into a graph of its own.

    What it says of things on record, or in the terms of the record, is not taken: the report says how much that was.

    \b
    Example:
      dualuse load rdf lei.ttl --name lei --licence https://creativecommons.org/publicdomain/zero/1.0/
    """
    from dualuse.feeds.rdf import feed_of

    load_feed(feed_of(name, form, publisher, licence), file, **told)
