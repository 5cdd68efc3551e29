"""Why a party has its result: the owners that sum, what would free it, and what would settle it.

Everything here looks only at the parties it must, so that one answer on ten million holdings stays cheap.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dualuse.ownership.book import Book, Column, Names, Stake
from dualuse.ownership.verdicts import CAPTURED, CLEAR, POSSIBLE, Verdicts

FEW = 12
"""Most owners for which every way to sell whole stakes is tried."""

_MOST_HOLDINGS = 20
_MOST_VISITED = 100_000


@dataclass(frozen=True)
class Missing:
    """A holding whose share is not known well enough.

    Args:
        low: Lower bound, in units.
        captures_from: Share from which this holding alone captures *owned*, every other owner at its least; None if
            no share within the bounds does.
    """

    owner: int
    owned: int
    low: int
    high: int
    captures_from: int | None


@dataclass(frozen=True)
class Settles:
    """What would settle a possible capture.

    Args:
        missing: Share that is missing to the threshold when every owner counts at its least, in units.
        holdings: Holdings to look up, nearest first.
        listings: Parties whose day of listing is in doubt.
        cut: Whether there are more holdings than are given.
    """

    missing: int
    holdings: tuple[Missing, ...]
    listings: tuple[int, ...]
    cut: bool


@dataclass(frozen=True)
class Divestment:
    """What restricted owners would have to sell, to parties that are not restricted, to free a party.

    Args:
        low: They must sell more than this for it not to be captured if every share is at its least, in units; None if
            it is not captured then.
        high: Selling more than this frees it for sure, whatever the shares, and on every reading of a circle.
        stakes: Whole stakes whose sale frees it for sure, with the smallest sum.
        method: How they were found: ``exact``; ``greedy`` where there are too many owners to try every way; ``bound``
            where the party stands in circles too large to unpick, so that less than *low* may do.
    """

    low: int | None
    high: int
    stakes: tuple[Stake, ...]
    method: str


def through(book: Book, verdicts: Verdicts, names: Names, party: int) -> list[Stake]:
    """Owners that count, or may count, towards a party: listed ones first, then the larger stake, then by name."""
    codes = verdicts.codes
    counted = [stake for stake in book.owners(party) if codes[stake.party] != CLEAR and stake.high]
    return sorted(counted, key=lambda s: (-codes[s.party], -s.low, -s.high, names[s.party]))


def settles(book: Book, verdicts: Verdicts, party: int, threshold: int) -> Settles | None:
    """What would settle a party that is possibly captured; None for any other."""
    if verdicts.codes[party] != POSSIBLE:
        return None
    holdings: list[Missing] = []
    listings: list[int] = []
    seen = {party}
    queue = deque([party])
    while queue and len(holdings) <= _MOST_HOLDINGS:
        one = queue.popleft()
        counted = [stake for stake in book.owners(one) if verdicts.may[stake.party] >= 0 and stake.high]
        if verdicts.may[one] == 0:
            listings.append(one)
        holdings += [_missing(verdicts, one, stake, threshold) for stake in counted if stake.low < stake.high]
        above = [stake.party for stake in counted if verdicts.codes[stake.party] == POSSIBLE]
        queue.extend(owner for owner in above if owner not in seen)
        seen.update(above)
    short = max(0, threshold - verdicts.low[party])
    return Settles(short, tuple(holdings[:_MOST_HOLDINGS]), tuple(listings), len(holdings) > _MOST_HOLDINGS)


def _missing(verdicts: Verdicts, party: int, stake: Stake, threshold: int) -> Missing:
    others = verdicts.low[party] - (stake.low if verdicts.sure[stake.party] >= 0 else 0)
    enough = max(stake.low, threshold - others)
    return Missing(stake.party, party, stake.low, stake.high, enough if enough <= stake.high else None)


def divestment(book: Book, verdicts: Verdicts, names: Names, party: int, threshold: int) -> Divestment | None:
    """The smallest sale of direct stakes that frees a party; None if it is or may be on a list, or is not captured.

    For the smaller figure, a party that holds part of its own owners, however far up, is first taken out of the
    restricted set, so that what it holds itself up with does not count: it is then no longer captured, and may be
    ambiguous. The larger figure and the whole stakes count every circle, so they free it on every reading.
    """
    if verdicts.codes[party] not in (CAPTURED, POSSIBLE) or verdicts.may[party] == 0:
        return None
    gone, exact = _without(book, verdicts.sure, party, threshold)
    sure = [s for s in book.owners(party) if verdicts.sure[s.party] >= 0 and s.party not in gone]
    counted = through(book, verdicts, names, party)
    chosen, method = _stakes(counted, sum(stake.high for stake in counted) - threshold)
    return Divestment(
        low=sum(stake.low for stake in sure) - threshold if verdicts.codes[party] == CAPTURED else None,
        high=verdicts.high[party] - threshold,
        stakes=chosen,
        method=method if exact else "bound",
    )


def _stakes(stakes: Sequence[Stake], spare: int) -> tuple[tuple[Stake, ...], str]:
    """Stakes that sum to more than *spare*, with the smallest sum; then the fewest; then the first ones given."""
    if len(stakes) <= FEW:
        ways = (way for size in range(1, len(stakes) + 1) for way in combinations(stakes, size))
        fitting = [way for way in ways if sum(stake.high for stake in way) > spare]
        return min(fitting, key=lambda way: (sum(stake.high for stake in way), len(way))), "exact"
    return _greedy(sorted(stakes, key=lambda stake: stake.high), spare), "greedy"


def _greedy(rising: list[Stake], spare: int) -> tuple[Stake, ...]:
    """The smallest stake that suffices for the rest, or else the largest and again; then drop what is not needed."""
    chosen: list[Stake] = []
    left = spare
    while left >= 0:
        enough = next((stake for stake in rising if stake.high > left), rising[-1])
        rising.remove(enough)
        chosen.append(enough)
        left -= enough.high
    for stake in list(chosen):
        if sum(other.high for other in chosen) - stake.high > spare:
            chosen.remove(stake)
    return tuple(chosen)


def _without(book: Book, order: Column, party: int, threshold: int) -> tuple[set[int], bool]:
    """Members of the least fixed point of the lower bounds that would not be in it if *party* were not.

    Who entered later than *party* may rest on it: take all such out, then let back in whoever the rest still support.

    Returns:
        These, *party* among them, and whether they were found exactly; if not, the set is empty.
    """
    if order[party] < 0 or all(order[stake.party] < order[party] for stake in book.owners(party)):
        return set(), True
    out = {party}
    queue = deque([party])
    while queue:
        one = queue.popleft()
        later = [stake.party for stake in book.holdings(one) if order[stake.party] > order[one]]
        queue.extend(owned for owned in later if owned not in out)
        out.update(later)
        if len(out) > _MOST_VISITED:
            return set(), False
    back = deque(sorted(out - {party}))
    while back:
        one = back.popleft()
        inside = [stake for stake in book.owners(one) if order[stake.party] >= 0 and stake.party not in out]
        if one in out and sum(stake.low for stake in inside) >= threshold:
            out.discard(one)
            back.extend(stake.party for stake in book.holdings(one) if stake.party in out and stake.party != party)
    return out, True
