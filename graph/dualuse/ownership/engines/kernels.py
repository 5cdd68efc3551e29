"""The loops of the compiled engine, as functions over arrays of whole numbers.

Compiled by :mod:`dualuse.ownership.engines.compiled`. Graphs are in compressed rows: the stakes of party *p* are
``rows[start[p]:start[p + 1]]``. Rows of owners are (owner, low, high, origin); rows of holdings,
``held[first[p]:first[p + 1]]``, are (owned, low, high). ``loads`` are sums of the lower bounds of each party's owners.
Sums that could leave 32 bits stop at the threshold or use 64. Indices come in as numbers without a sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba.extending import register_jitable

from dualuse.ownership.shares import WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32] | NDArray[np.uint32]
    Longs = NDArray[np.int64]
    Flags = NDArray[np.uint8]


@register_jitable
def count(parties: Ints, start: Ints) -> None:
    """Begin a counting sort: ``start[p + 1]`` becomes the place of the first row of party *p*."""
    for party in parties:
        start[party + 2] += 1
    for party in range(start.shape[0] - 2):
        start[party + 2] += start[party + 1]


@register_jitable
def leads(held: Ints, row: int, loads: Ints) -> bool:
    """Whether a holding can be more than nothing: a lower bound of 0 is nothing where others surely hold the whole."""
    return bool(held[row, 2] > 0 and (held[row, 1] > 0 or loads[held[row, 0]] != WHOLE))


def group_owners(owner: Ints, owned: Ints, low: Ints, high: Ints, start: Ints, rows: Ints, order: Ints) -> None:
    """Fill the rows of owners, each party's by number of the owner: two counting sorts.

    Args:
        start: Size parties + 2, zeros; filled.
        rows: Size edges x 4; filled.
        order: Size edges; overwritten.
    """
    edges = owner.shape[0]
    count(owner, start)
    for edge in range(edges):
        order[start[owner[edge] + 1]] = edge
        start[owner[edge] + 1] += 1
    start[:] = 0
    count(owned, start)
    for position in range(edges):
        edge = order[position]
        place = start[owned[edge] + 1]
        start[owned[edge] + 1] += 1
        rows[place, 0] = owner[edge]
        rows[place, 1] = low[edge]
        rows[place, 2] = high[edge]
        rows[place, 3] = edge


def merge_owners(start: Ints, rows: Ints, whole: int, repeated: Ints) -> tuple[int, int, int]:
    """Put rows of one owner and one party into one, from the least of them to their sum.

    Args:
        start: First row of each party; mended in place.
        rows: Rows of owners; mended in place.
        whole: The most that a sum can be.
        repeated: Size k x 3; filled with the first pairs: owner, party, further rows.

    Returns:
        Rows left, pairs that were repeated, and rows that went.
    """
    size = start.shape[0] - 1
    write = pairs = gone = read = 0
    for party in range(size):
        stop = start[party + 1]
        start[party] = write
        while read < stop:
            for column in range(4):
                rows[write, column] = rows[read, column]
            first = read
            read += 1
            while read < stop and rows[read, 0] == rows[write, 0]:
                rows[write, 1] = min(rows[write, 1], rows[read, 1])
                rows[write, 2] = min(whole, rows[write, 2] + rows[read, 2])
                read += 1
            further = read - first - 1
            if further > 0:
                if pairs < repeated.shape[0]:
                    repeated[pairs, 0] = rows[write, 0]
                    repeated[pairs, 1] = party
                    repeated[pairs, 2] = further
                pairs += 1
                gone += further
            write += 1
    start[size] = write
    return write, pairs, gone


def group_holdings(start: Ints, rows: Ints, first: Ints, held: Ints) -> None:
    """Fill the rows of holdings from the rows of owners, each party's by number of the party held.

    Args:
        first: Size parties + 2, zeros; filled.
        held: Size edges x 3; filled.
    """
    size = start.shape[0] - 1
    count(rows[: start[size], 0], first)
    for party in range(size):
        for row in range(start[party], start[party + 1]):
            place = first[rows[row, 0] + 1]
            first[rows[row, 0] + 1] += 1
            held[place, 0] = party
            held[place, 1] = rows[row, 1]
            held[place, 2] = rows[row, 2]


def weigh(start: Ints, rows: Ints, whole: int, loads: Ints, odd: Ints) -> tuple[int, int]:
    """Sum the lower bounds of every party's owners, and find parties that hold themselves or are held beyond all.

    Args:
        loads: Size parties; filled, but at most twice the whole.
        odd: Size 2 x k; filled with the first parties that hold themselves, and that are held beyond all.

    Returns:
        How many hold themselves, and how many are held beyond all.
    """
    selves = beyond = 0
    for party in range(start.shape[0] - 1):
        load = 0
        for row in range(start[party], start[party + 1]):
            load += rows[row, 1]
            if rows[row, 0] == party:
                if selves < odd.shape[1]:
                    odd[0, selves] = party
                selves += 1
        if load > whole:
            if beyond < odd.shape[1]:
                odd[1, beyond] = party
            beyond += 1
        loads[party] = min(load, 2 * whole)
    return selves, beyond


def least_low(first: Ints, held: Ints, seeds: Ints, order: Ints, queue: Ints, left: Ints) -> int:
    """Least fixed point over the lower bounds.

    Args:
        seeds: Parties in it to begin with, each once.
        order: Size parties, all -1; filled.
        queue: Size parties; filled with its members in the order they enter.
        left: Size parties, all the threshold; what is missing to it, and nothing more once a party is in.

    Returns:
        Number of members.
    """
    tail = len(seeds)
    order[seeds] = 0
    left[seeds] = 0
    queue[:tail] = seeds
    head = 0
    while head < tail:
        owner = queue[head]
        head += 1
        for row in range(first[owner], first[owner + 1]):
            party = held[row, 0]
            if left[party] > 0:
                left[party] -= held[row, 1]
                if left[party] <= 0:
                    order[party] = tail
                    queue[tail] = party
                    tail += 1
    return tail


def least_high(first: Ints, held: Ints, seeds: Ints, order: Ints, queue: Ints, left: Ints) -> int:
    """Least fixed point over the upper bounds; see :func:`least_low`.

    Args:
        seeds: Parties in it to begin with, each once.
        order: Size parties, all -1; filled.
        queue: Size parties; filled.
        left: Size parties x 2: the threshold, and the lower bounds that must be inside for the upper ones to fit into
            the whole; what is missing to each.
    """
    tail = len(seeds)
    order[seeds] = 0
    left[seeds] = 0
    queue[:tail] = seeds
    head = 0
    while head < tail:
        owner = queue[head]
        head += 1
        for row in range(first[owner], first[owner + 1]):
            party = held[row, 0]
            if left[party, 0] > 0 or left[party, 1] > 0:
                if left[party, 0] > 0:
                    left[party, 0] -= held[row, 2]
                if left[party, 1] > 0:
                    left[party, 1] -= held[row, 1]
                if left[party, 0] <= 0 and left[party, 1] <= 0:
                    order[party] = tail
                    queue[tail] = party
                    tail += 1
    return tail


def descend(first: Ints, held: Ints, loads: Ints, inside: Flags, rooted: Flags, found: Ints) -> int:
    """Find everything below the roots through holdings that can be more than nothing.

    Args:
        inside: 1 for roots, 0 for others; 2 is written for those found.
        rooted: Zeros; 1 is written for those that a root holds.
        found: Size parties; filled.

    Returns:
        How many were found.
    """
    tail = 0
    for root in range(first.shape[0] - 1):
        if inside[root] == 1:
            for row in range(first[root], first[root + 1]):
                party = held[row, 0]
                if inside[party] != 1 and leads(held, row, loads):
                    rooted[party] = 1
                    if inside[party] == 0:
                        inside[party] = 2
                        found[tail] = party
                        tail += 1
    head = 0
    while head < tail:
        owner = found[head]
        head += 1
        for row in range(first[owner], first[owner + 1]):
            party = held[row, 0]
            if inside[party] == 0 and leads(held, row, loads):
                inside[party] = 2
                found[tail] = party
                tail += 1
    return tail


def support(
    start: Ints, rows: Ints, open_: Ints, inside: Flags, threshold: int, need: Ints, high: Longs, spare: Ints, out: Ints
) -> int:
    """Sum what the owners inside the set hold of each open party, and take out those that they do not hold up.

    Args:
        open_: Parties whose membership is open.
        inside: Above 0 for members; 0 is written for those taken out.
        threshold: Share that captures.
        need: Lower bounds that must be inside for the upper ones to fit into the whole.
        high: Size parties; filled with upper bounds less the threshold.
        spare: Size parties; filled with lower bounds less the need, 0 where there is none.
        out: Filled with those taken out.

    Returns:
        How many were taken out.
    """
    for party in open_:
        total = -threshold
        low = -need[party]
        for row in range(start[party], start[party + 1]):
            if inside[rows[row, 0]] > 0:
                total += rows[row, 2]
                low += rows[row, 1]
        high[party] = total
        spare[party] = low if need[party] > 0 else 0
    count = 0
    for party in open_:
        if high[party] < 0 or spare[party] < 0:
            inside[party] = 0
            out[count] = party
            count += 1
    return count


def fall(first: Ints, held: Ints, inside: Flags, need: Ints, high: Longs, spare: Ints, out: Ints, count: int) -> None:
    """Take out whoever is not held up once others are out, and so on.

    Args:
        inside: 2 for open members; 0 is written for those that fall.
        high: As in :func:`support`; kept up.
        spare: As in :func:`support`; kept up.
        out: Those just taken out; used as a stack.
        count: How many they are.
    """
    while count > 0:
        count -= 1
        owner = out[count]
        for row in range(first[owner], first[owner + 1]):
            party = held[row, 0]
            if inside[party] == 2:
                high[party] -= held[row, 2]
                if need[party] > 0:
                    spare[party] -= held[row, 1]
                if high[party] < 0 or spare[party] < 0:
                    inside[party] = 0
                    out[count] = party
                    count += 1


def reach(
    first: Ints, held: Ints, loads: Ints, open_: Ints, inside: Flags, rooted: Flags, queue: Ints, out: Ints
) -> int:
    """Take out open members that no chain of members leads down to from a root.

    Args:
        open_: Parties whose membership is open.
        inside: 2 for open members; 0 is written for those taken out.
        rooted: 1 for those that a root holds.
        queue: Size parties; overwritten.
        out: Filled with those taken out.

    Returns:
        How many were taken out.
    """
    tail = 0
    for party in open_:
        if inside[party] == 2 and rooted[party] == 1:
            inside[party] = 3
            queue[tail] = party
            tail += 1
    head = 0
    while head < tail:
        owner = queue[head]
        head += 1
        for row in range(first[owner], first[owner + 1]):
            party = held[row, 0]
            if inside[party] == 2 and leads(held, row, loads):
                inside[party] = 3
                queue[tail] = party
                tail += 1
    count = 0
    for party in open_:
        if inside[party] == 3:
            inside[party] = 2
        elif inside[party] == 2:
            inside[party] = 0
            out[count] = party
            count += 1
    return count


def bounds(start: Ints, rows: Ints, sure: Ints, inside: Flags, whole: int, low: Ints, high: Ints) -> None:
    """Least and greatest share that restricted owners hold of every party.

    Args:
        sure: Order in the least fixed point of the lower bounds, or -1.
        inside: Above 0 for members of the largest set.
        low: Size parties; filled.
        high: Size parties; filled.
    """
    for party in range(start.shape[0] - 1):
        least = most = outside = load = 0
        for row in range(start[party], start[party + 1]):
            owner = rows[row, 0]
            load += rows[row, 1]
            if sure[owner] >= 0:
                least += rows[row, 1]
            if inside[owner] > 0:
                most += rows[row, 2]
            else:
                outside += rows[row, 1]
        left = whole if load > whole else whole - outside
        low[party] = min(least, whole)
        high[party] = min(most, left)
