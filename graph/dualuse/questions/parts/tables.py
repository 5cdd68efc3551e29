"""A table of transactions, judged row by row."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from dualuse.errors import CuratedDataError, Problem
from dualuse.harmless import no_formula
from dualuse.lens import Lens
from dualuse.questions.question import Invocation

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?", re.ASCII)
_MOST_TOLD = 50
"""Rows with errors that are named on standard error."""


def judge_table(asked: Invocation, batch: Path, jobs: int) -> None:
    """Judge a table; results go out as CSV, the summary is said.

    Raises:
        CuratedDataError: rows that could not be read; the others were judged.
        UsageError: the file is no such table.
    """
    from dualuse.batch import Batch, result_columns
    from dualuse.law.transaction import read_world
    from dualuse.shipments import Table

    table = Table(batch)
    for doubt in table.doubts:
        asked.say(f"{batch}: {doubt}")
    knowledge = asked.open()
    day, lens = knowledge.day(asked.values["as_of"]), Lens.parse(asked.values["lens"])
    world = read_world(knowledge.store, knowledge.version.known_on, knowledge.registry)
    job = Batch(knowledge, world, day, lens, jobs=jobs)
    problems: list[Problem] = []
    with asked.stream() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            writer = csv.DictWriter(text, result_columns(table.extra), restval="", lineterminator="\n")
            writer.writerow({name: no_formula(name) for name in writer.fieldnames})
            for result in job.run(table):
                writer.writerow({name: _cell(cell) for name, cell in result.items()})
                if "error" in result and len(problems) < _MOST_TOLD:
                    problems.append(Problem(str(batch), int(result["row"]), result["id"] or "row", result["error"]))
        finally:
            text.detach()
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(job.summary.outcomes.items()))
    rows = f"{job.summary.rows:,} row{'' if job.summary.rows == 1 else 's'}"
    asked.say(f"{rows}: {told or 'none judged'}, {job.summary.errors:,} with errors")
    if job.summary.under:
        asked.say(f"{job.summary.under:,} come to something else under another lens; the column under says what")
    if job.summary.consignees:
        held = f"; {job.summary.held:,} rows not in order of date were put in it" if job.summary.held else ""
        asked.say(f"Added up by consignee and calendar year: {job.summary.consignees:,} sums{held}")
    if job.summary.errors > len(problems):
        asked.say(f"The first {len(problems)} follow; all are in the column error.")
    if problems:
        raise CuratedDataError(problems)


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number stays one, whatever its sign."""
    return text if _NUMBER.fullmatch(text) else no_formula(text)
