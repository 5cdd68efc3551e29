"""The cascade in numpy alone, level by level: for large tables where numba is not installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dualuse.ownership.engines.arrays import ArrayBook
from dualuse.ownership.shares import WHOLE
from dualuse.ownership.verdicts import Verdicts, code_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]
    Truths = NDArray[np.bool_]

_CODES = np.array([code_of(bool(n & 8), bool(n & 4), bool(n & 2), bool(n & 1)) for n in range(16)], dtype=np.int8)
"""Result by the bits listed, sure, may, held."""


def solve(book: ArrayBook, listed: Sequence[int], doubtful: Sequence[int], threshold: int) -> Verdicts:
    """Find the result of every party; see :func:`dualuse.ownership.plain.solve`."""
    need = needs(book, threshold)
    surely = np.unique(np.asarray(listed, dtype=np.int32))
    maybe = np.unique(np.concatenate([surely, np.asarray(doubtful, dtype=np.int32)]))
    sure = least(book, surely, threshold, None)
    may = least(book, maybe, threshold, need)
    held = _circles(book, may >= 0, threshold, need)
    low, high = _bounds(book, sure >= 0, held)
    return Verdicts(codes(surely, sure, may, held), sure, may, low, high)


def needs(book: ArrayBook, threshold: int) -> Ints:
    """How much of the lower bounds must be inside; see :func:`dualuse.ownership.book.outsiders_leave`."""
    return np.where(book.loads > WHOLE, 0, np.maximum(0, threshold - WHOLE + book.loads)).astype(np.int32)


def codes(listed: Ints, sure: Ints, may: Ints, held: Truths) -> NDArray[np.int8]:
    """Results from the sets."""
    bits = (sure >= 0).astype(np.int8) * 4 + (may >= 0).astype(np.int8) * 2 + held.astype(np.int8)
    bits[listed] += 8
    return np.asarray(_CODES[bits])


def least(book: ArrayBook, seeds: Ints, threshold: int, need: Ints | None) -> Ints:
    """Least fixed point: the level at which parties enter it, or -1."""
    level = np.full(book.size, -1, dtype=np.int32)
    level[seeds] = 0
    share = np.full(book.size, -threshold, dtype=np.int64)
    inside = np.zeros(book.size, dtype=np.int64) if need is None else -need.astype(np.int64)
    frontier, depth = seeds, 0
    while len(frontier):
        depth += 1
        rows = book.held[_rows(book.first, frontier)]
        rows = rows[level[rows[:, 0]] < 0]
        np.add.at(share, rows[:, 0], rows[:, 1 if need is None else 2])
        if need is not None:
            np.add.at(inside, rows[:, 0], rows[:, 1])
        touched = np.unique(rows[:, 0])
        frontier = touched[(share[touched] >= 0) & (inside[touched] >= 0)]
        level[frontier] = depth
    return level


def _rows(first: Ints, parties: Ints) -> Longs:
    """Numbers of the rows of some parties, one after another."""
    begin = first[parties].astype(np.int64)
    length = first[parties + 1] - begin
    if not length.sum():
        return np.empty(0, dtype=np.int64)
    shift = np.repeat(begin - np.concatenate([[0], np.cumsum(length)[:-1]]), length)
    return np.asarray(shift + np.arange(length.sum()))


def _circles(book: ArrayBook, may: Truths, threshold: int, need: Ints) -> Truths:
    """Largest set that supports itself below *may*; see :func:`dualuse.ownership.plain.circles`."""
    roots = np.flatnonzero(may)
    below = _below(book, roots, np.ones(book.size, dtype=bool))
    held = below.copy()
    opened = np.flatnonzero(held & ~may).astype(np.int32)
    while len(opened):
        high = np.full(book.size, -threshold, dtype=np.int64)
        spare = -need.astype(np.int64)
        party = np.repeat(np.arange(book.size, dtype=np.int32), np.diff(book.start))
        rows = np.flatnonzero(held[book.rows[:, 0]] & held[party])
        np.add.at(high, party[rows], book.rows[rows, 2])
        np.add.at(spare, party[rows], book.rows[rows, 1])
        spare[need == 0] = 0
        _fall(book, opened, held, may, high, np.where(need > 0, spare, 0), need)
        lost = held & ~_below(book, roots, held)
        held &= ~lost
        opened = np.flatnonzero(held & ~may).astype(np.int32) if lost.any() else opened[:0]
    return held


def _fall(book: ArrayBook, opened: Ints, held: Truths, may: Truths, high: Longs, spare: Longs, need: Ints) -> None:
    out = opened[(high[opened] < 0) | (spare[opened] < 0)]
    while len(out):
        held[out] = False
        rows = book.held[_rows(book.first, out)]
        rows = rows[held[rows[:, 0]] & ~may[rows[:, 0]]]
        np.subtract.at(high, rows[:, 0], rows[:, 2])
        bound = rows[need[rows[:, 0]] > 0]
        np.subtract.at(spare, bound[:, 0], bound[:, 1])
        touched = np.unique(rows[:, 0])
        out = touched[(high[touched] < 0) | (spare[touched] < 0)]


def _below(book: ArrayBook, roots: NDArray[np.integer], within: Truths) -> Truths:
    reached = np.zeros(book.size, dtype=bool)
    reached[roots] = True
    frontier = roots.astype(np.int32)
    while len(frontier):
        rows = book.held[_rows(book.first, frontier)]
        # a stake that may be nothing is nothing where others surely hold it all
        leads = (rows[:, 2] > 0) & ((rows[:, 1] > 0) | (book.loads[rows[:, 0]] != WHOLE))
        party = rows[leads, 0]
        frontier = np.unique(party[within[party] & ~reached[party]])
        reached[frontier] = True
    return reached


def _bounds(book: ArrayBook, sure: Truths, held: Truths) -> tuple[Ints, Ints]:
    party = np.repeat(np.arange(book.size, dtype=np.int32), np.diff(book.start))
    owner, low, high = book.rows[:, 0], book.rows[:, 1], book.rows[:, 2]
    sums = []
    for mask, share in ((sure[owner], low), (held[owner], high), (~held[owner], low)):
        total = np.zeros(book.size, dtype=np.int64)
        np.add.at(total, party[mask], share[mask])
        sums.append(total)
    left = np.where(book.loads > WHOLE, WHOLE, WHOLE - sums[2])
    return np.minimum(sums[0], WHOLE).astype(np.int32), np.minimum(sums[1], left).astype(np.int32)
