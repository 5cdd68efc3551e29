"""A table of transactions, judged row by row, or told what a measure does to each."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.harmless import no_formula
from dualuse.lens import Lens
from dualuse.questions.parameters import Opt, Parameter
from dualuse.questions.parts.under import order_of
from dualuse.questions.question import Invocation

if TYPE_CHECKING:
    from dualuse.tied import Ties

TIES = (
    Parameter(
        "ties",
        Opt(
            "Table of ties, CSV or Parquet; columns as the options of check. Results go out as CSV.",
            metavar="FILE",
        ),
        str,
        several=False,
        default=None,
    ),
    Parameter(
        "engine",
        Opt("Spark is for tables of ties larger than one machine: Parquet, a folder or an address too."),
        Literal["native", "spark"],
        several=False,
        default="native",
    ),
    Parameter(
        "into",
        Opt("Where the engine spark writes what comes of the ties, as Parquet.", metavar="FOLDER"),
        str,
        several=False,
        default=None,
    ),
)
"""Options of a table of ties."""

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?", re.ASCII)
_OFTEN = 1_000
"""Rows after which it is told again how far a table is read."""
_MOST_TOLD = 50
"""Rows with errors that are named on standard error."""


def judge_table(asked: Invocation, batch: Path, jobs: int) -> None:
    """Judge a table; results go out as CSV, the summary is said.

    Raises:
        CuratedDataError: rows that could not be read; the others were judged.
        UsageError: the file is no such table.
    """
    from dualuse.batch import Batch
    from dualuse.judging import result_columns
    from dualuse.shipments import Table

    table = Table(batch)
    for doubt in table.doubts:
        asked.say(f"{batch}: {doubt}")
    knowledge = asked.open()
    day, lens = knowledge.day(asked.values["as_of"]), Lens.parse(asked.values["lens"])
    world = knowledge.law_under(order_of(knowledge, asked.values["under"]))
    job = Batch(knowledge, world, day, lens, jobs=jobs)
    problems = _write(asked, batch, result_columns(table.extra), job.run(table))
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(job.summary.outcomes.items()))
    rows = f"{job.summary.rows:,} row{'' if job.summary.rows == 1 else 's'}"
    asked.say(f"{rows}: {told or 'none judged'}, {job.summary.errors:,} with errors")
    if job.summary.under:
        asked.say(f"{job.summary.under:,} come to something else under another lens; the column under says what")
    if job.summary.screened:
        came = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(job.summary.screened.items()))
        lists = f"searched: {job.searched}" if job.searched else "no list was searched; the column screened_as says why"
        asked.say(f"Consignees held against the lists, row by row: {came}; {lists}")
    if job.summary.consignees:
        held = f"; {job.summary.held:,} rows not in order of date were put in it" if job.summary.held else ""
        asked.say(f"Added up by consignee and calendar year: {job.summary.consignees:,} sums{held}")
    _tell_errors(asked, problems, job.summary.errors)


def tell_ties(asked: Invocation, measure: str) -> None:
    """Tell what a measure does to the ties of a table; results go out as CSV, the summary is said.

    Raises:
        CuratedDataError: rows that could not be read; the others were told.
        UsageError: the file is no such table, or the engine is not the one that the options are for.
        MissingExtraError: the engine is not installed.
    """
    from dualuse.judging import result_columns
    from dualuse.shipments import Table
    from dualuse.tied import RESULT_COLUMNS

    into = asked.extra["into"]
    if (into is None) != (asked.extra["engine"] == "native"):
        raise UsageError("--engine spark and --into FOLDER go together: Spark writes its results as a folder")
    if into is not None:
        _tell_on_spark(asked, asked.extra["ties"], measure, into)
        return
    file = Path(asked.extra["ties"])
    table = Table(file)
    for doubt in table.doubts:
        asked.say(f"{file}: {doubt}")
    ties = _ties(asked, measure)
    kinds: Counter[str] = Counter()

    def counted(results: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
        with asked.reading(file.name) as tell:
            for count, result in enumerate(results, start=1):
                kinds["with errors" if "error" in result else result["effect"]] += 1
                if count % _OFTEN == 0:
                    tell(0.0, count)
                yield result

    problems = _write(asked, file, result_columns(table.extra, RESULT_COLUMNS), counted(ties.run(table)))
    _tell_kinds(asked, kinds)
    _tell_errors(asked, problems, kinds["with errors"])


def _ties(asked: Invocation, measure: str) -> Ties:
    """Who tells what a measure does."""
    from dualuse.questions.parts.differences import Differences, part_of
    from dualuse.questions.parts.measures import find_measure
    from dualuse.tied import Ties

    knowledge = asked.open()
    day, lens = knowledge.day(asked.values["as_of"]), Lens.parse(asked.values["lens"])
    node = find_measure(knowledge, measure)
    law = Differences(knowledge, day, lens).law_for(node)
    return Ties(knowledge.names, law, part_of(knowledge, node), day, lens)


def _tell_on_spark(asked: Invocation, location: str, measure: str, into: str) -> None:
    """The same on Spark; results go to a folder, and how many ties came to what goes out as CSV."""
    from dualuse.spark import session

    with session(**_SPARK) as spark:
        from dualuse.tied_on_spark import SparkTies, write

        table = SparkTies(spark, location)
        for doubt in table.header.doubts:
            asked.say(f"{location}: {doubt}")
        results = write(table.told(_ties(asked, measure)), into)
        counted = {row["effect"] or "with errors": row["count"] for row in results.groupBy("effect").count().collect()}
        failed = results.where("error <> ''").orderBy("row").limit(_MOST_TOLD).collect()
    kinds = Counter(counted)
    with asked.stream() as stream:
        rows = "".join(f"{kind},{kinds[kind]}\n" for kind in sorted(kinds))
        stream.write(f"effect,ties\n{rows}".encode())
    _tell_kinds(asked, kinds)
    placed = ((*row["row"].rpartition(":")[::2], row) for row in failed)
    problems = [Problem(file, int(line), row["id"] or "row", row["error"]) for file, line, row in placed]
    _tell_errors(asked, problems, kinds["with errors"])


_SPARK = {"spark__sql__session__timeZone": "UTC", "spark__sql__caseSensitive": "true"}
"""Points in time and columns are read as the native engine reads them."""


def _tell_kinds(asked: Invocation, kinds: Counter[str]) -> None:
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    asked.say(f"{kinds.total():,} ties: {told or 'none'}")


def _write(asked: Invocation, file: Path, columns: Sequence[str], results: Iterable[dict[str, str]]) -> list[Problem]:
    """Write results as CSV, row by row; the first rows with errors."""
    problems: list[Problem] = []
    with asked.stream() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
            writer.writerow({name: no_formula(name) for name in columns})
            for result in results:
                writer.writerow({name: _cell(cell) for name, cell in result.items()})
                if "error" in result and len(problems) < _MOST_TOLD:
                    problems.append(Problem(str(file), int(result["row"]), result["id"] or "row", result["error"]))
        finally:
            text.detach()
    return problems


def _tell_errors(asked: Invocation, problems: list[Problem], errors: int) -> None:
    if errors > len(problems):
        asked.say(f"The first {len(problems)} follow; all are in the column error.")
    if problems:
        raise CuratedDataError(problems)


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number stays one, whatever its sign."""
    return text if _NUMBER.fullmatch(text) else no_formula(text)
