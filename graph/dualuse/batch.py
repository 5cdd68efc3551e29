"""Tables of transactions: read in a stream, judge each row, report what cannot be read row by row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dualuse.answers.check import Asked, resolve
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.knowledge import LENSES, Knowledge
from dualuse.law.decide import Decision, decide
from dualuse.law.transaction import Transaction, World

COLUMNS = (
    "id",
    "item",
    "quantity",
    "to",
    "hq",
    "consignee-hq",
    "exporter",
    "from",
    "end-use",
    "already-received",
    "veu",
    "private-sector",
    "as-of",
    "lens",
)
"""Columns of a table of transactions: the options of ``check``, and an ``id``; ``item`` and ``to`` are needed."""

_NEEDED = ("item", "to")
_TRUTH = {"yes": True, "no": False}

RESULT_COLUMNS = (
    "row",
    "id",
    "outcome",
    "exception",
    "review_policy",
    "tpp_total",
    "h100_equivalents",
    "allocation_share",
    "unknown",
    "error",
)
"""Columns of the result of a batch."""


@dataclass
class Summary:
    """What came out of a batch."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: int = 0


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells that are not blank) of a table of transactions.

    Raises:
        UsageError: the file is no such table; the message names the columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            names = list(reader.fieldnames or [])
            unknown = [name for name in names if name not in COLUMNS]
            missing = [name for name in _NEEDED if name not in names]
            if unknown or missing:
                fault = f"unknown columns {unknown}" if unknown else f"missing columns {missing}"
                raise UsageError(f"{path}: {fault}; columns are: {', '.join(COLUMNS)} (needed: {', '.join(_NEEDED)})")
            for row in reader:
                cells = {
                    name: cell.strip() for name, cell in row.items() if name and isinstance(cell, str) and cell.strip()
                }
                yield reader.line_num, cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a CSV table in UTF-8: {error}") from None


def asked(cells: dict[str, str]) -> Asked:
    """A row as a transaction.

    Raises:
        UsageError: a cell that cannot be read.
    """
    for name in _NEEDED:
        if name not in cells:
            raise UsageError(f"{name} is blank")
    private = cells.get("private-sector")
    if private is not None and private not in _TRUTH:
        raise UsageError(f"private-sector {private!r} must be yes or no")
    veu = cells.get("veu")
    if veu is not None and veu not in ("universal", "national"):
        raise UsageError(f"veu {veu!r} must be universal or national")
    return Asked(
        item=cells["item"],
        quantity=int(_number("quantity", cells.get("quantity", "1"), whole=True)),
        to=cells["to"],
        hq=cells.get("hq"),
        consignee_hq=cells.get("consignee-hq"),
        exporter=cells.get("exporter"),
        origin=cells.get("from"),
        end_use=cells.get("end-use"),
        already_received=_number("already-received", cells["already-received"])
        if "already-received" in cells
        else None,
        validated_end_user=veu,
        private_sector=None if private is None else _TRUTH[private],
    )


def _number(name: str, text: str, *, whole: bool = False) -> float:
    try:
        return int(text) if whole else float(text)
    except ValueError:
        raise UsageError(f"{name} {text!r} is not a {'whole ' if whole else ''}number") from None


def read_transactions(path: Path) -> list[tuple[str, Asked]]:
    """All transactions of a table, each with its id or its line.

    Raises:
        UsageError: a row that cannot be read, with its line.
    """
    found = []
    for line, cells in read_rows(path):
        try:
            found.append((cells.get("id", f"line {line}"), asked(cells)))
        except UsageError as error:
            raise UsageError(f"{path}:{line}: {error}") from None
    return found


class Batch:
    """Judges rows one after another; things looked up once are remembered.

    Args:
        knowledge: The graph.
        world: What the law needs of it.
        as_of: Day of law of rows that give none.
        lens: Lens of rows that give none.
    """

    def __init__(self, knowledge: Knowledge, world: World, as_of: date, lens: str) -> None:
        self.summary = Summary()
        self._knowledge = knowledge
        self._world = world
        self._as_of = as_of
        self._lens = lens
        self._decided: dict[Transaction, Decision] = {}

    def run(self, rows: Iterator[tuple[int, dict[str, str]]]) -> Iterator[dict[str, str]]:
        """Yield a result for every row; a row that cannot be read gives its error."""
        for line, cells in rows:
            self.summary.rows += 1
            result = {"row": str(line), "id": cells.get("id", "")}
            try:
                decision = self._decide(cells)
            except UsageError as error:
                self.summary.errors += 1
                yield {**result, "error": str(error)}
                continue
            self.summary.outcomes[decision.outcome] += 1
            yield result | _result(decision)

    def _decide(self, cells: dict[str, str]) -> Decision:
        day = parse_day(cells["as-of"]) if "as-of" in cells else self._as_of
        lens = cells.get("lens", self._lens)
        if lens not in LENSES:
            raise UsageError(f"no lens {lens!r}; known: {', '.join(LENSES)}")
        transaction = resolve(self._knowledge, asked(cells), day, lens)
        if transaction not in self._decided:
            self._decided[transaction] = decide(transaction, self._world)
        return self._decided[transaction]


def _result(decision: Decision) -> dict[str, str]:
    quantities = decision.quantities
    open_tests = {
        part.test.says
        for applied in (*decision.requirements, *decision.exceptions)
        if applied.truth is None
        for part in applied.finding.decisive(None)
    }
    return {
        "outcome": decision.outcome,
        "exception": decision.exception,
        "review_policy": decision.review_policy,
        "tpp_total": "" if quantities.tpp_total is None else f"{quantities.tpp_total:.0f}",
        "h100_equivalents": "" if quantities.h100_equivalents is None else f"{quantities.h100_equivalents:g}",
        "allocation_share": "" if quantities.allocation_share is None else f"{quantities.allocation_share:g}",
        "unknown": "; ".join(sorted(open_tests)),
    }
