"""Benchmark the licence check: distinct rows in one process and in two, beside the same questions over SPARQL.

The peers answer the same questions, one by one, with the same decisions. *Over SPARQL* reads all that a question needs
by SELECT queries, restricted to its places, its chip and the rules' instruments, and keeps nothing. *Facts over SPARQL*
keeps the rules and the events of law and reads groups, treatments, thresholds and the chip for each question. Names are
resolved beforehand for both, which favours them. The batch reads the law once, keeps it, and reads names for each row.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benching import in_child, peak_mb, show

from dualuse.batch import Batch
from dualuse.build import build
from dualuse.judging import RESULT_COLUMNS
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.decide import decide
from dualuse.law.events import read_all_events
from dualuse.law.groups import read_places
from dualuse.law.items import read_control_list
from dualuse.law.rules import read_rules
from dualuse.law.transaction import Transaction, World
from dualuse.lens import Lens
from dualuse.registry import Registry
from dualuse.shipments import asked, read_rows
from dualuse.store.base import Store

SEED = 20250515
DAY = date(2025, 5, 15)
FIRST, LAST = date(2022, 9, 1), date(2026, 11, 22)
PARAGRAPHS = ("3A090.a", "3A090.b", "3A090.c", "4A090.a", "4E091", "3A001.z", "5A992.z")
COLUMNS = (
    "id",
    "item",
    "quantity",
    "to",
    "hq",
    "consignee-hq",
    "exporter",
    "end-use",
    "private-sector",
    "as-of",
    "lens",
)


def write_table(path: Path, knowledge: Knowledge, world: World, count: int) -> None:
    """A table of distinct transactions: chips and paragraphs, places, seats, days and lenses mixed."""
    dice = random.Random(SEED)  # noqa: S311 - no secret is made of it
    items = [*(chip.name for chip in world.control_list.chips.values()), *PARAGRAPHS]
    places = sorted(world.places.tiers)
    span = (LAST - FIRST).days
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(count):
            row = {
                "id": f"r{number}",
                "item": dice.choice(items),
                "quantity": dice.randint(1, 60_000),
                "to": dice.choice(places),
                "as-of": FIRST + timedelta(days=dice.randint(0, span)),
                "lens": dice.choice(list(Lens)),
            }
            for name, chance, values in (
                ("hq", 0.8, places),
                ("consignee-hq", 0.3, places),
                ("exporter", 0.5, ("NVIDIA", "AMD", "Intel")),
                ("end-use", 0.2, ("research", "production")),
                ("private-sector", 0.2, ("yes", "no")),
            ):
                if dice.random() < chance:
                    row[name] = dice.choice(values)
            writer.writerow(row)


class Run(NamedTuple):
    """What a run took: seconds on the clock, seconds of processor time in all processes, MB of the largest one."""

    seconds: float
    processor: float
    peak: float


def judge_table(knowledge: Knowledge, world: World, table: Path, jobs: int) -> Run:
    """Judge a table and write the results."""
    start, used = time.perf_counter(), processor_seconds()
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, RESULT_COLUMNS, restval="")
        for result in Batch(knowledge, world, DAY, "codified", jobs=jobs).run(read_rows(table)):
            writer.writerow(result)
    return Run(time.perf_counter() - start, processor_seconds() - used, peak_mb(children=True))


def processor_seconds() -> float:
    """Processor time of this process and of those it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


class OverSparql:
    """Answers one question at a time by SELECT queries restricted to what the question needs.

    Args:
        store: The graph.
        world: What the batch reads once; of it only the last day of the record is used, and the rules if kept.
        keep_rules: Whether the rules and the events of law are kept from question to question.
    """

    def __init__(self, store: Store, world: World, *, keep_rules: bool) -> None:
        self._store = store
        self._world = world
        self._keep_rules = keep_rules

    def answer(self, transaction: Transaction) -> str:
        """Read, then decide."""
        world = replace(
            self._world,
            places=read_places(self._store, Registry(), transaction.places),
            control_list=read_control_list(
                self._store, None if transaction.product is None else (transaction.product,)
            ),
            _dockets=self._world._dockets if self._keep_rules else {},
            _classified={},
            _named={},
            _places={},
        )
        if self._keep_rules:
            vars(world)["_law_spans"] = self._world._law_spans
        else:
            rules = read_rules(self._store)
            events = read_all_events(self._store, {rule.instrument for rule in rules.rules})
            world = replace(world, rules=rules, events=events)
        return decide(transaction, world).outcome


def ask_one_by_one(peer: OverSparql, sample: list[Transaction]) -> tuple[Run, list[str]]:
    """Ask question by question: what it took, and the outcomes."""
    start, used = time.perf_counter(), processor_seconds()
    outcomes = [peer.answer(transaction) for transaction in sample]
    return Run(time.perf_counter() - start, processor_seconds() - used, 0), outcomes


def sample_of(knowledge: Knowledge, table: Path, every: int) -> Iterator[Transaction]:
    """Every so many-th row, as a transaction."""
    for number, (_, cells) in enumerate(read_rows(table)):
        if number % every == 0:
            yield resolve(knowledge.names, asked(cells), date.fromisoformat(cells["as-of"]), cells["lens"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="scripts/bench check", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the table (default: 100,000)")
    parser.add_argument("--sample", type=int, default=200, help="rows also asked over SPARQL (default: 200)")
    options = parser.parse_args()
    knowledge = Knowledge(build().store)
    world = knowledge.law
    knowledge.names.label("place", "CH")
    tenth = max(1, options.rows // 10)
    runs: list[tuple[str, int, Run]] = []
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "rows.csv"), Path(folder, "tenth.csv")
        write_table(path, knowledge, world, options.rows)
        write_table(small, knowledge, world, tenth)
        sample = list(sample_of(knowledge, path, max(1, options.rows // options.sample)))[: options.sample]
        for file, rows, jobs in ((small, tenth, 1), (path, options.rows, 1), (path, options.rows, 2)):
            how = f"batch, {rows:,} rows, {jobs} process{'es' if jobs > 1 else ''}"
            run, _ = in_child(None, judge_table, knowledge, world, file, jobs)
            runs.append((how, rows, run))
    expected = [decide(transaction, world).outcome for transaction in sample]
    for how, keep in (("one by one, facts over SPARQL", True), ("one by one, all over SPARQL", False)):
        run, outcomes = ask_one_by_one(OverSparql(knowledge.store, world, keep_rules=keep), sample)
        if outcomes != expected:
            raise SystemExit(f"{how}: other outcomes than the batch; the comparison would not be fair")
        runs.append((f"{how}, {len(sample)} rows", len(sample), run))
    print_runs(runs)


def print_runs(runs: list[tuple[str, int, Run]]) -> None:
    """Print the runs, each beside the last one."""
    _, last, slowest = runs[-1]
    rows = []
    for how, count, run in runs:
        ratio = slowest.seconds / last / (run.seconds / count)
        speeds = f"{count / run.seconds:,.0f}", f"{count / run.processor:,.0f}", f"{run.seconds / count * 1000:.3f}"
        rows.append((how, *speeds, f"{run.peak:,.0f}" if run.peak else "", f"{ratio:,.0f}"))
    show(
        f"Licence check, distinct rows, seed {SEED}",
        ("how", "rows / s", "rows / s of processor", "ms / row", "peak MB", "× over SPARQL"),
        rows,
        "The batch keeps the law, read once: rules by span of days and lens, groups by place and span,",
        "paragraphs by chip and span; and the last 16,384 results, names and days. Its memory holds Python",
        "and the graph too. Over SPARQL, 'facts' keeps rules and events, 'all' keeps nothing.",
    )


if __name__ == "__main__":
    main()
