"""The compiled engine: the loops of :mod:`dualuse.ownership.engines.kernels` through numba, over arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from dualuse.ownership.engines import kernels
from dualuse.ownership.engines.arrays import ArrayBook, Oddities
from dualuse.ownership.engines.vector import codes, needs
from dualuse.ownership.findings import MOST
from dualuse.ownership.shares import WHOLE
from dualuse.ownership.verdicts import Verdicts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]


@cache
def kernel(loop: Callable[..., Any]) -> Callable[..., Any]:
    """A loop, compiled; kept on disk where the package lies in a folder that can be written."""
    try:
        compiled: Callable[..., Any] = numba.njit(cache=True)(loop)
    except RuntimeError:  # nowhere to keep it: a read-only installation or a zip
        compiled = numba.njit(loop)
    return compiled


def plain(array: Ints) -> NDArray[np.uint32]:
    """The same numbers without a sign: as indices they spare the loops a test for negative ones."""
    return array.view(np.uint32)


def make(owner: Ints, owned: Ints, low: Ints, high: Ints, size: int) -> tuple[ArrayBook, Oddities]:
    """Make the arrays of a table by counting."""
    edges = len(owner)
    start, rows = np.zeros(size + 2, dtype=np.uint32), np.empty((edges, 4), dtype=np.uint32)
    columns = [plain(column) for column in (owner, owned, low, high)]
    kernel(kernels.group_owners)(*columns, start, rows, np.empty(edges, dtype=np.uint32))
    start = start[: size + 1]
    repeated = np.zeros((MOST, 3), dtype=np.uint32)
    left, pairs, gone = kernel(kernels.merge_owners)(start, rows, WHOLE, repeated)
    rows = rows[:left]
    first, held = np.zeros(size + 2, dtype=np.uint32), np.empty((left, 3), dtype=np.uint32)
    kernel(kernels.group_holdings)(start, rows, first, held)
    loads, odd = np.empty(size, dtype=np.int32), np.zeros((2, MOST), dtype=np.int32)
    selves, beyond = kernel(kernels.weigh)(start, rows, WHOLE, loads, odd)
    found = Oddities(
        repeated[:pairs].tolist(), pairs, gone, odd[0, :selves].tolist(), selves, odd[1, :beyond].tolist(), beyond
    )
    signed = [array.view(np.int32) for array in (start, rows, first[: size + 1], held)]
    return ArrayBook(signed[0], signed[1], signed[2], signed[3], loads), found


def solve(book: ArrayBook, listed: Sequence[int], doubtful: Sequence[int], threshold: int) -> Verdicts:
    """Find the result of every party; see :func:`dualuse.ownership.plain.solve`."""
    size = book.size
    surely = np.unique(np.asarray(listed, dtype=np.int32))
    maybe = np.unique(np.concatenate([surely, np.asarray(doubtful, dtype=np.int32)]))
    queue, need = np.empty(size, dtype=np.uint32), needs(book, threshold)
    sure, may = np.full(size, -1, dtype=np.int32), np.full(size, -1, dtype=np.int32)
    left = np.full(size, threshold, dtype=np.int32)
    least_low(book, surely, sure, queue, left)
    room = np.column_stack([np.full(size, threshold, dtype=np.int32), need])
    least_high(book, maybe, may, queue, room)
    del room
    inside = (may >= 0).astype(np.uint8)
    _circles(book, inside, threshold, need, queue, left)
    low, high = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    kernel(kernels.bounds)(plain(book.start), plain(book.rows), sure, inside, WHOLE, low, high)
    return Verdicts(codes(surely, sure, may, inside > 0), sure, may, low, high)


def least_low(book: ArrayBook, seeds: Ints, order: Ints, queue: NDArray[np.uint32], left: Ints) -> int:
    """Least fixed point over the lower bounds; see :func:`dualuse.ownership.kernels.least_low`."""
    return int(kernel(kernels.least_low)(plain(book.first), plain(book.held), plain(seeds), order, queue, left))


def least_high(book: ArrayBook, seeds: Ints, order: Ints, queue: NDArray[np.uint32], left: Ints) -> int:
    """Least fixed point over the upper bounds; see :func:`dualuse.ownership.kernels.least_high`."""
    return int(kernel(kernels.least_high)(plain(book.first), plain(book.held), plain(seeds), order, queue, left))


def _circles(
    book: ArrayBook, inside: NDArray[np.uint8], threshold: int, need: Ints, queue: NDArray[np.uint32], spare: Ints
) -> None:
    """Largest set that supports itself below the roots: 2 is written for its further members."""
    first, held, start, rows = (plain(array) for array in (book.first, book.held, book.start, book.rows))
    loads = plain(book.loads)
    rooted = np.zeros(book.size, dtype=np.uint8)
    found = kernel(kernels.descend)(first, held, loads, inside, rooted, queue)
    opened, out = queue[:found].copy(), np.empty(found, dtype=np.uint32)
    high = np.empty(book.size, dtype=np.int64)
    lost = kernel(kernels.support)(start, rows, opened, inside, threshold, need, high, spare, out)
    while True:
        kernel(kernels.fall)(first, held, inside, need, high, spare, out, lost)
        opened = opened[inside[opened] == 2]
        lost = kernel(kernels.reach)(first, held, loads, opened, inside, rooted, queue, out)
        if not lost:
            return


__all__ = ["kernel", "least_high", "least_low", "make", "solve"]
