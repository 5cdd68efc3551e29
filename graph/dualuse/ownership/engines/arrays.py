"""Holdings as arrays of whole numbers in compressed rows: twenty-eight bytes a holding, both directions.

Made from a :class:`~dualuse.ownership.book.Table` with compiled loops where numba is installed, with numpy alone
otherwise; the arrays are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dualuse.ownership.book import Column, Stake, Table, report_duplicate, report_excess, report_self
from dualuse.ownership.findings import MOST
from dualuse.ownership.shares import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int32]


@dataclass(frozen=True)
class ArrayBook:
    """A graph of holdings.

    Args:
        start: First row of each party's owners, and one past the last.
        rows: Rows of owners: owner, low, high, origin; by party, then by owner.
        first: First row of each party's holdings, and one past the last.
        held: Rows of holdings: party, low, high; by owner, then by party.
        loads: Sum of the lower bounds of each party's owners, at most twice the whole.
    """

    start: Ints
    rows: Ints
    first: Ints
    held: Ints
    loads: Ints

    @property
    def size(self) -> int:
        """Number of parties."""
        return len(self.start) - 1

    @property
    def edges(self) -> int:
        """Number of holdings."""
        return len(self.rows)

    def owners(self, party: int) -> list[Stake]:
        """Who holds a party, by number."""
        return [Stake._make(row) for row in self.rows[self.start[party] : self.start[party + 1]].tolist()]

    def holdings(self, party: int) -> list[Stake]:
        """What a party holds, by number."""
        return [Stake._make((*row, -1)) for row in self.held[self.first[party] : self.first[party + 1]].tolist()]

    def load(self, party: int) -> int:
        """Sum of the lower bounds of a party's owners."""
        return int(self.loads[party])


@dataclass(frozen=True)
class Oddities:
    """What was found while the arrays were made: the first of each, and how many there are."""

    repeated: Sequence[Sequence[int]]
    pairs: int
    gone: int
    selves: Column
    self_count: int
    beyond: Column
    beyond_count: int


Maker = Callable[["Ints", "Ints", "Ints", "Ints", int], tuple[ArrayBook, Oddities]]


def make(table: Table, size: int, maker: Maker) -> ArrayBook:
    """Make the arrays of a table and note what is odd in its findings.

    Args:
        size: Number of parties, those without holdings included.
        maker: Of the engine that will use them.
    """
    columns = [np.asarray(column, dtype=np.int32) for column in (table.owner, table.owned, table.low, table.high)]
    book, odd = maker(columns[0], columns[1], columns[2], columns[3], size)
    for owner, owned, further in odd.repeated:
        report_duplicate(table, int(owner), int(owned), int(further))
    table.findings.count("duplicate", odd.gone - sum(int(further) for _, _, further in odd.repeated))
    for party in odd.selves:
        report_self(table, int(party))
    table.findings.count("self-ownership", odd.self_count - len(odd.selves))
    for party in odd.beyond:
        report_excess(table, int(party), sum(stake.low for stake in book.owners(int(party))))
    table.findings.count("over-100", odd.beyond_count - len(odd.beyond))
    return book


def make_plainly(owner: Ints, owned: Ints, low: Ints, high: Ints, size: int) -> tuple[ArrayBook, Oddities]:
    """Make the arrays with numpy alone."""
    order = np.argsort(owned.astype(np.int64) * size + owner, kind="stable").astype(np.int32)
    owner, owned = owner[order], owned[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (owner[1:] != owner[:-1]) | (owned[1:] != owned[:-1])
    begin = np.flatnonzero(new)
    rows = np.empty((len(begin), 4), dtype=np.int32)
    rows[:, 0], rows[:, 3] = owner[begin], order[begin]
    if len(begin):
        rows[:, 1] = np.minimum.reduceat(low[order], begin)
        rows[:, 2] = np.minimum(np.add.reduceat(high[order], begin, dtype=np.int64), WHOLE)
    party = owned[begin]
    further = np.diff(np.append(begin, len(order))) - 1
    repeated = np.flatnonzero(further)
    start = _offsets(party, size)
    by_owner = np.argsort(rows[:, 0], kind="stable")
    held = np.column_stack([party[by_owner], rows[by_owner, 1], rows[by_owner, 2]]).astype(np.int32)
    loads = np.zeros(size, dtype=np.int64)
    np.add.at(loads, party, rows[:, 1])
    selves, beyond = party[party == rows[:, 0]], np.flatnonzero(loads > WHOLE)
    book = ArrayBook(start, rows, _offsets(rows[:, 0], size), held, np.minimum(loads, 2 * WHOLE).astype(np.int32))
    found = [(int(rows[row, 0]), int(party[row]), int(further[row])) for row in repeated[:MOST]]
    odd = Oddities(found, len(repeated), int(further.sum()), selves[:MOST], len(selves), beyond[:MOST], len(beyond))
    return book, odd


def _offsets(party: Ints, size: int) -> Ints:
    """First row of each party in rows sorted by party, and one past the last."""
    return np.concatenate([[0], np.cumsum(np.bincount(party, minlength=size))]).astype(np.int32)
