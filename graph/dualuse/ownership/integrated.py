"""Integrated ownership: what a party holds of another through all chains of stakes, circles included, as an interval.

Shares are multiplied along a chain and chains are added, as in the column of (I - W)^-1 W; chains that lead back to the
owner are left out, so that what comes out is at most the whole. It is exact: both bounds are met by some shares that
lie within the bounds of the stakes and sum to at most the whole.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import networkx as nx

from dualuse.ownership.book import PlainBook, Table
from dualuse.ownership.shares import WHOLE

if TYPE_CHECKING:
    Stakes = nx.DiGraph[Any]
else:
    Stakes = nx.DiGraph
"""Owner -> party, with the attributes ``low`` and ``high``: the share in units, each pair once."""
_Shares = dict[Any, Fraction]
_NOTHING, _ALL = Fraction(0), Fraction(1)


def stakes_above(table: Table, party: str) -> Stakes:
    """The stakes through which anybody may hold a party, as a graph of names.

    Raises:
        KeyError: no row names the party.
    """
    (number,) = table.names.numbers([party])
    if number < 0:
        raise KeyError(party)
    book = PlainBook(table, len(table.names))
    graph: Stakes = nx.DiGraph()
    graph.add_node(party)
    left = [number]
    while left:
        owned = left.pop()
        for stake in book.owners(owned):
            owner = table.names[stake.party]
            if stake.high and stake.party != owned:
                if owner not in graph:
                    left.append(stake.party)
                graph.add_edge(owner, table.names[owned], low=stake.low, high=stake.high, origin=stake.origin)
    return graph


def integrated(
    graph: Stakes, owner: Hashable, doubtful: Iterable[Hashable] = ()
) -> dict[Any, tuple[Fraction, Fraction]]:
    """What an owner holds of every party, itself left out, through all chains.

    Args:
        graph: Stakes.
        owner: A node of it.
        doubtful: Nodes of it that may be the owner itself, such as one whose name is not given.

    Returns:
        Party -> least and greatest share, as parts of the whole; parties that it surely holds nothing of are left out.

    Source:
        Brioschi, Buzzacchi & Colombo 1989; Baldone, Brioschi & Paleari 1998, for chains that lead back to the owner.
        Limits: a stake is a share of what the party is worth; where the owners of a party surely hold more than all of
        it, none of their stakes is sure.

    Example:
        >>> graph = nx.DiGraph()
        >>> for a, b, share in (("X", "A", 60), ("B", "A", 40), ("A", "B", 50)):
        ...     graph.add_edge(a, b, low=share * 10_000, high=share * 10_000)
        >>> {party: float(low) for party, (low, _) in sorted(integrated(graph, "X").items())}
        {'A': 0.75, 'B': 0.375}
    """
    starts = [owner, *(each for each in doubtful if each in graph and each != owner)]
    reached = {node for start in starts for node in nx.descendants(graph, start)} - {*starts}
    condensed = nx.condensation(graph.subgraph([*starts, *reached]))
    columns = {party: _Column(graph, party) for party in reached}
    least: _Shares = {owner: _ALL}
    most: _Shares = dict.fromkeys(starts, _ALL)
    for number in nx.topological_sort(condensed):
        circle = sorted(condensed.nodes[number]["members"] & reached, key=str)
        weights = {party: columns[party].least() for party in circle}
        least |= _solved(circle, weights, least)
        most |= _greatest(circle, columns, weights, most)
    return {party: (least[party], most[party]) for party in sorted(reached, key=str) if most[party]}


class _Column:
    """The owners of a party: what each holds at the least, and what may be given to some above that."""

    def __init__(self, graph: Stakes, party: Hashable) -> None:
        stakes = {owner: (data["low"], data["high"]) for owner, _, data in graph.in_edges(party, data=True)}
        over = sum(low for low, _ in stakes.values()) > WHOLE
        self._stakes = {owner: (0 if over else low, high) for owner, (low, high) in stakes.items()}

    def least(self) -> _Shares:
        """Every owner at its least."""
        return {owner: Fraction(low, WHOLE) for owner, (low, _) in self._stakes.items()}

    def most(self, held: Mapping[Any, Fraction]) -> _Shares:
        """What is left goes to the owners of whom most is held, as far as their bounds let it."""
        left = WHOLE - sum(low for low, _ in self._stakes.values())
        found = {}
        for owner in sorted(self._stakes, key=lambda each: (-held.get(each, _NOTHING), str(each))):
            low, high = self._stakes[owner]
            more = min(high - low, left)
            left -= more
            found[owner] = Fraction(low + more, WHOLE)
        return found


def _sum(weights: Mapping[Any, Fraction], held: Mapping[Any, Fraction]) -> Fraction:
    return sum((share * held[owner] for owner, share in weights.items() if held.get(owner)), _NOTHING)


def _greatest(
    circle: list[Any], columns: Mapping[Any, _Column], weights: Mapping[Any, _Shares], held: Mapping[Any, Fraction]
) -> _Shares:
    """The most that can be held of the parties of a circle: shares are changed while that brings more."""
    weights = dict(weights)
    while True:
        found = _solved(circle, weights, held)
        known = {**held, **found}
        better = {party: columns[party].most(known) for party in circle}
        gained = [party for party in circle if _sum(better[party], known) > found[party]]
        if not gained:
            return found
        weights |= {party: better[party] for party in gained}


def _solved(circle: list[Any], weights: Mapping[Any, _Shares], held: Mapping[Any, Fraction]) -> _Shares:
    """Least solution of x = b + x W for the parties of a circle; *held* is what is known of those above."""
    base = {party: _sum(weights[party], held) for party in circle}
    fed, left = {party for party in circle if base[party]}, [party for party in circle if base[party]]
    while left:  # what flows in from above reaches these; of the others nothing is held
        owner = left.pop()
        more = [party for party in circle if party not in fed and weights[party].get(owner)]
        fed |= {*more}
        left += more
    return dict.fromkeys(circle, _NOTHING) | _eliminated([party for party in circle if party in fed], weights, base)


def _eliminated(parties: list[Any], weights: Mapping[Any, _Shares], base: Mapping[Any, Fraction]) -> _Shares:
    """Solution by elimination; every circle of these parties lets something in, so that there is one."""
    rows = [
        [(_ALL if one == other else _NOTHING) - weights[one].get(other, _NOTHING) for other in parties] + [base[one]]
        for one in parties
    ]
    for at in range(len(rows)):
        pivot = next(number for number in range(at, len(rows)) if rows[number][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [cell / rows[at][at] for cell in rows[at]]
        for number, row in enumerate(rows):
            if number != at and (factor := row[at]):
                rows[number] = [cell - factor * above for cell, above in zip(row, rows[at], strict=True)]
    return {party: row[-1] for party, row in zip(parties, rows, strict=True)}
