"""One row of an edge file: what it says, what is odd about it, and whether it counts on the day."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from heapq import nsmallest

from dualuse.errors import UsageError
from dualuse.ownership.bands import may_be_fraction, read_bounds
from dualuse.ownership.book import NameList, Names, Table
from dualuse.ownership.findings import MOST, Findings
from dualuse.ownership.intervals import ALWAYS, DOUBTFUL, OUT, Span, overlaps, read_dates
from dualuse.ownership.shares import HUNDRED, WHOLE, ShareError, percent
from dualuse.ownership.spelling import UNNAMED
from dualuse.suggest import nearest

REQUIRED = ("owner", "owned", "share_min", "share_max")
OPTIONAL = ("valid_from", "valid_to", "source")
EDGE_COLUMNS = (*REQUIRED, *OPTIONAL)
ONE_SHARE = "percentage"
"""Column that stands for both bounds."""


@dataclass
class Builder:
    """Collects rows into a table.

    Args:
        in_percent: Whether shares are surely in percent; else one of at most 1 may be a fraction of one.
    """

    day: date
    in_percent: bool = False
    names: NameList = field(default_factory=NameList)
    sources: NameList = field(default_factory=NameList)
    columns: tuple[array[int], ...] = field(default_factory=lambda: tuple(array("i") for _ in range(6)))
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    rows: int = 0
    broken: list[tuple[str, int]] = field(default_factory=list)

    def add(self, cells: Sequence[str], place: int) -> None:
        """Take a row.

        Args:
            cells: Owner, owned, least share, greatest share, first day, day after the last, source.
            place: Number of the row in its file, the header being 1.
        """
        self.rows += 1
        owner, owned = cells[0].strip(), cells[1].strip()
        where = f"row {place}"
        if not owned:
            self.findings.add("bad-row", where, "owned is blank")
            return
        if not owner:
            self.findings.add("unnamed-owner", where, f"who holds {owned} is not said")
            owner = UNNAMED
        pair = self.names.add(owner), self.names.add(owned)
        span, standing = self._standing(cells[4], cells[5], where, f"{owner} → {owned}")
        if cells[4].strip() or cells[5].strip() or self.spans:
            self._remember(pair, span)
        if standing == OUT:
            return
        low, high = self._bounds(cells[2], cells[3], where, f"{owner} → {owned}")
        source = self.sources.add(cells[6].strip()) if cells[6].strip() else -1
        low = 0 if standing == DOUBTFUL else low
        for column, number in zip(self.columns, (*pair, low, high, source, place), strict=True):
            column.append(number)

    def add_broken(self, cells: Sequence[str], place: int) -> None:
        """Take note of a row with the wrong number of cells: whom it names may have an owner more."""
        self.broken += [(cell.strip(), place) for cell in cells if cell.strip()]

    def _remember(self, pair: tuple[int, int], span: Span) -> None:
        """Keep the days of a row; the rows before the first dated one hold on every day."""
        if not self.spans:
            before = zip(self.columns[0], self.columns[1], strict=True)
            self.spans += [(owner, owned, ALWAYS.begins_by, ALWAYS.ends) for owner, owned in before]
        self.spans.append((*pair, span.begins_by, span.ends))

    def _standing(self, start: str, end: str, where: str, pair: str) -> tuple[Span, int]:
        span, fault = _dates(start, end)
        standing = span.on(self.day)
        if fault:
            self.findings.add("bad-date", where, f"{pair}: {fault}")
        elif standing == DOUBTFUL:
            self.findings.add("doubtful-date", where, f"{pair}: {start.strip() or '…'} to {end.strip() or '…'}")
        return span, standing

    def _bounds(self, low: str, high: str, where: str, pair: str) -> tuple[int, int]:
        try:
            bounds = read_bounds(low, high)
        except ShareError as fault:
            self.findings.add("bad-share", where, f"{pair}: {fault}")
            return 0, WHOLE
        if bounds.rounded:
            self.findings.add("share-rounded", where, f"{pair}: {low.strip()} to {high.strip()}")
        if not self.in_percent and may_be_fraction(bounds):
            note_fraction(self.findings, where, pair, bounds.high)
            return bounds.low, bounds.high * HUNDRED
        return bounds.low, bounds.high

    def table(self) -> Table:
        """The table of the rows taken."""
        self.finish(self.names.numbers([name for name, _ in self.broken]))
        note_overlaps(self.findings, self.names, overlaps(self.spans))
        owner, owned, low, high, source, place = self.columns
        return Table(
            self.names,
            owner,
            owned,
            low,
            high,
            source,
            [self.sources[number] for number in range(len(self.sources))],
            place,
            self.rows,
            self.findings,
        )

    def finish(self, parties: Sequence[int]) -> None:
        """Give an unnamed owner to those parties that broken rows name; -1 stands for no party."""
        for party, (_, place) in zip(parties, self.broken, strict=True):
            if party >= 0:
                for column, number in zip(
                    self.columns, (self.names.add(UNNAMED), party, 0, WHOLE, -1, place), strict=True
                ):
                    column.append(number)


_dates = lru_cache(maxsize=4096)(read_dates)


def note_fraction(findings: Findings, where: str, pair: str, share: int) -> None:
    """Note a share that may be a fraction of one."""
    findings.add("fraction", where, f"{pair}: {percent(share):g} may be a fraction of one")


def note_overlaps(findings: Findings, names: Names, pairs: Sequence[tuple[int, int]]) -> None:
    """Note rows of one pair whose days overlap."""
    for owner, owned in nsmallest(MOST, ((names[owner], names[owned]) for owner, owned in pairs)):
        findings.add("overlap", f"{owner} → {owned}", "their days overlap")
    findings.count("overlap", len(pairs) - MOST)


def check_header(
    header: Sequence[str], path: str, required: Sequence[str] = REQUIRED, known: Sequence[str] = EDGE_COLUMNS
) -> None:
    """Hold the columns of a file against those it must and may have.

    Raises:
        UsageError: a column is missing, unknown or given twice; the message says what to do.
    """
    if ONE_SHARE in header and required == REQUIRED:
        required = ("owner", "owned", ONE_SHARE)
        known = (*required, *known[len(REQUIRED) :])
    faults = [f"column {name!r} is missing" for name in required if name not in header]
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            faults.append(f"column {name!r} is given twice")
        if name not in known:
            close = nearest(name.strip(), [k for k in known if k not in header], 1)
            hint = f"did you mean {close[0]!r}?" if close else "take it out"
            faults.append(f"column {name!r} is unknown; {hint}")
    if faults:
        optional = [name for name in known if name not in required]
        must = ", ".join(required).replace("share_min, share_max", f"share_min, share_max (or one: {ONE_SHARE})")
        raise UsageError(f"{path}: {'; '.join(faults)}. Columns: {must}; and if you have them: {', '.join(optional)}")


def column_of(name: str, header: Sequence[str]) -> str:
    """The column of a file that holds what *name* stands for; one share is both bounds."""
    return ONE_SHARE if name.startswith("share_") and ONE_SHARE in header else name
