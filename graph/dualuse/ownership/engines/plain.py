"""The cascade in plain Python: the reference for the compiled engines, and the engine for small graphs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from dualuse.ownership.book import Book, outsiders_leave, supported
from dualuse.ownership.shares import WHOLE
from dualuse.ownership.verdicts import Verdicts, code_of


def solve(book: Book, listed: Sequence[int], doubtful: Sequence[int], threshold: int) -> Verdicts:
    """Find the result of every party.

    Args:
        threshold: Share that captures, in units.
    """
    need = [outsiders_leave(book.load(party), threshold) for party in range(book.size)]
    sure = least(book, listed, threshold, None)
    may = least(book, [*listed, *doubtful], threshold, need)
    held = circles(book, may, threshold, need)
    on_list = set(listed)
    codes = [code_of(party in on_list, sure[party] >= 0, may[party] >= 0, held[party]) for party in range(book.size)]
    bounds = [_bounds(book, party, sure, held) for party in range(book.size)]
    return Verdicts(codes, sure, may, [low for low, _ in bounds], [high for _, high in bounds])


def least(book: Book, seeds: Iterable[int], threshold: int, need: Sequence[int] | None) -> list[int]:
    """Least fixed point: the order in which parties enter it, or -1.

    Args:
        seeds: Parties that are in it to begin with.
        threshold: Share that captures.
        need: None to sum lower bounds; else to sum upper bounds, with the lower bounds that must be inside.
    """
    order = [-1] * book.size
    queue = deque(dict.fromkeys(seeds))
    for seed in queue:
        order[seed] = 0
    entered = 0
    share = [0] * book.size
    inside = [0] * book.size
    while queue:
        for stake in book.holdings(queue.popleft()):
            party = stake.party
            if order[party] >= 0:
                continue
            share[party] += stake.low if need is None else stake.high
            inside[party] += stake.low
            if share[party] >= threshold and (need is None or inside[party] >= need[party]):
                entered += 1
                order[party] = entered
                queue.append(party)
    return order


def circles(book: Book, may: Sequence[int], threshold: int, need: Sequence[int]) -> list[bool]:
    """Largest set that supports itself and in which a chain of holdings leads down to every member from *may*.

    Start from everything below *may*. Take out who is not supported by those left, then who can no longer be reached
    through those left, and again, until nothing changes.
    """
    held = [order >= 0 for order in may]
    roots = [party for party in range(book.size) if held[party]]
    below = _reach(book, roots, [True] * book.size)
    candidates = [party for party in range(book.size) if below[party] and not held[party]]
    for party in candidates:
        held[party] = True
    dropping = True
    while dropping:
        _unsupported(book, [party for party in candidates if held[party]], may, held, threshold, need)
        reached = _reach(book, roots, held)
        lost = [party for party in candidates if held[party] and not reached[party]]
        for party in lost:
            held[party] = False
        dropping = bool(lost)
    return held


def _reach(book: Book, roots: Sequence[int], within: Sequence[bool]) -> list[bool]:
    reached = [False] * book.size
    for root in roots:
        reached[root] = True
    queue = deque(roots)
    while queue:
        for stake in book.holdings(queue.popleft()):
            leads = stake.high and (stake.low or book.load(stake.party) != WHOLE)  # else others surely hold it all
            if leads and within[stake.party] and not reached[stake.party]:
                reached[stake.party] = True
                queue.append(stake.party)
    return reached


def _unsupported(
    book: Book, candidates: Sequence[int], may: Sequence[int], held: list[bool], threshold: int, need: Sequence[int]
) -> None:
    """Take out of *held* every candidate whose owners in *held* do not reach the threshold."""
    queue = deque(candidates)
    waiting = set(candidates)
    while queue:
        party = queue.popleft()
        waiting.discard(party)
        inside = [stake for stake in book.owners(party) if held[stake.party]]
        if supported(inside, threshold, need[party]):
            continue
        held[party] = False
        for stake in book.holdings(party):
            if held[stake.party] and may[stake.party] < 0 and stake.party not in waiting:
                waiting.add(stake.party)
                queue.append(stake.party)


def _bounds(book: Book, party: int, sure: Sequence[int], held: Sequence[bool]) -> tuple[int, int]:
    """Least and greatest share that restricted owners hold of a party."""
    stakes = book.owners(party)
    low = sum(stake.low for stake in stakes if sure[stake.party] >= 0)
    high = sum(stake.high for stake in stakes if held[stake.party])
    outside = sum(stake.low for stake in stakes if not held[stake.party])
    left = WHOLE if book.load(party) > WHOLE else WHOLE - outside
    return min(low, WHOLE), min(high, left)
