"""``export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dualuse.cli.options import Day, OneOf, as_of_option, lens_option, open_for, store_option, write_out
from dualuse.cli.progress import wait_for
from dualuse.cli.targets import OUT
from dualuse.errors import UsageError

if TYPE_CHECKING:
    from dualuse.network.frame import Undated

_FORMATS = ["turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv", "dna", "ftm", "bods", "nanopubs"]


@click.command()
@click.option("-f", "--format", "form", type=OneOf(_FORMATS), required=True, help="What to write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, or for csv the folder.  [default: standard output; csv: required]",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option(
    "--projection",
    type=OneOf(["all", "law", "supply", "ownership", "speech"]),
    default="all",
    show_default=True,
    help="Which edges go into graphml, gexf and csv.",
)
@click.option(
    "--undated",
    type=OneOf(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="What becomes of ties that hold over a time and have no start on record.",
)
@click.option(
    "--seen-by",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Leave out ties without a start that sources show only later than this day.",
)
@click.option("--all-times", is_flag=True, help="Take in ties of other days too, as for the timeline of Gephi.")
@click.option("--excel", is_flag=True, help="Begin the tables of csv with the mark by which Excel tells UTF-8.")
@as_of_option
@lens_option
@store_option
def export(
    form: str,
    output: Path | None,
    force: bool,
    projection: str,
    undated: Undated,
    seen_by: date | str | None,
    all_times: bool,
    excel: bool,
    as_of: date | str | None,
    lens: str,
    store: str | None,
) -> None:
    """Write the graph as RDF, a projection on a day as a network or as tables, or what was said by then as coded text.

    That text, dna, is a database of the Discourse Network Analyzer 3; its password is dualuse. What other formats can
    hold of the record whatever the day: ftm, lines of FollowTheMoney; bods, statements of the Beneficial Ownership
    Data Standard 0.4; nanopubs, claims on the size of tiers.

    \b
    Example:
      dualuse export --format nquads -o dualuse.nq
      dualuse export --format graphml --projection supply --as-of 2025-06-01 -o supply.graphml
      dualuse export --format csv --as-of 2025-06-01 -o tables/
      dualuse export --format gexf --all-times --undated drop -o moving.gexf
      dualuse export --format dna -o statements.dna
      dualuse export --format ftm -o entities.ftm.json
    """
    from dualuse.export import RDF_EXPORTS, RECORD_EXPORTS, to_dna, to_gexf, to_graphml, to_rdf, to_tables
    from dualuse.model.read import read
    from dualuse.model.speech import Statement

    if form == "csv" and (output is None or output == OUT or (output.exists() and not output.is_dir())):
        given = "" if output is None else f", not {'standard output' if output == OUT else output}"
        raise UsageError(f"--format csv writes several tables: name a folder with --output{given}")
    wait_for("export")
    knowledge = open_for(store)
    if form in RDF_EXPORTS:
        write_out(to_rdf(knowledge.store, form), output, force)
        return
    if form in RECORD_EXPORTS:
        write_out(RECORD_EXPORTS[form](knowledge), output, force)
        return
    if form == "dna":
        day = knowledge.day(as_of)
        said = [statement for statement in read(knowledge.store, Statement) if statement.date.earliest <= day]
        write_out(to_dna(said, knowledge.names.label), output, force)
        return
    network = knowledge.network(
        projection, as_of=as_of, lens=lens, undated=undated, seen_by=seen_by, all_times=all_times
    )
    if form == "csv" and output is not None:
        tables = to_tables(network, excel=excel)
        there = [name for name in tables if (output / name).exists()]
        if there and not force:
            raise UsageError(
                f"{output / there[0]} is there already; overwrite it with --force, or choose another folder"
            )
        for name, content in tables.items():
            write_out(content, output / name, force)
    else:
        write_out((to_gexf if form == "gexf" else to_graphml)(network), output, force)
