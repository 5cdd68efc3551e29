"""Control by majority through chains: who controls whom, and who at the top is controlled by nobody.

A party controls another when it and those it controls hold more than half of that in sum, each with its full share: the
same recursion as that of the 50 % rule, from one owner, with *more than half* for *half*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import networkx as nx

from dualuse.ownership.book import NameList, Table
from dualuse.ownership.integrated import Stakes
from dualuse.ownership.outcome import Outcome, cascade
from dualuse.ownership.spelling import UNNAMED

MAJORITY = 50.0001
"""The least share above half: shares are counted in ten-thousandths of a percent."""

Ultimate = Literal["yes", "possible", "circle", "no"]
"""Whether a controller is controlled by nobody; ``circle``: only by parties that it controls itself."""


class Controller(NamedTuple):
    """A party that controls another, or may.

    Args:
        result: ``captured``: it surely controls; ``possible``: for some shares.
        ultimate: Whether it is an ultimate controller.
    """

    party: str
    result: str
    ultimate: Ultimate


def controlled(table: Table, owner: str) -> Outcome:
    """Whom an owner controls: they are captured, or possibly so, by it alone.

    Example:
        >>> from dualuse.ownership.outcome import holdings
        >>> table = holdings([("X", "A", 60, 60), ("X", "B", 20, 20), ("A", "B", 40, 40), ("B", "C", 50, 50)])
        >>> [controlled(table, "X").result(party) for party in "ABC"]
        ['captured', 'captured', 'clear']
    """
    unnamed = [UNNAMED] if table.names.numbers([UNNAMED]) != [-1] and owner != UNNAMED else []
    return cascade(table, [owner], doubtful=unnamed, threshold=MAJORITY)


def controllers(graph: Stakes, party: str) -> list[Controller]:
    """Who controls a party, or may: those who are controlled by nobody first.

    Args:
        graph: The stakes through which anybody may hold it; see :func:`~dualuse.ownership.integrated.stakes_above`.
        party: A node of it.

    Source:
        Vitali, Glattfelder & Battiston 2011, for majority through chains. Limits: shares are taken for votes;
        control without a majority, by contract or by statute, is not seen.

    Example:
        >>> graph = nx.DiGraph()
        >>> graph.add_edge("X", "A", low=600_000, high=600_000)
        >>> graph.add_edge("A", "B", low=400_000, high=700_000)
        >>> [tuple(each) for each in controllers(graph, "B")]
        [('X', 'possible', 'possible'), ('A', 'possible', 'no')]
    """
    table = as_table(graph)
    owners = [node for node in sorted(nx.ancestors(graph, party)) if node != UNNAMED]
    found = {owner: controlled(table, owner) for owner in owners}
    results = {
        owner: {other: each.result(other) for other in (*owners, party) if other != owner}
        for owner, each in found.items()
    }
    told = [
        Controller(owner, result, _ultimate(owner, result, results))
        for owner in owners
        if (result := results[owner][party]) in _RESULTS
    ]
    return sorted(told, key=lambda each: (_ORDER.index(each.ultimate), _RESULTS.index(each.result), each.party))


_ORDER: tuple[Ultimate, ...] = ("yes", "possible", "circle", "no")
_RESULTS = ("captured", "possible")
"""Results that are control; what is held only by a circle is controlled by nobody outside it."""


def _ultimate(owner: str, result: str, results: Mapping[str, Mapping[str, str]]) -> Ultimate:
    """Whether a controller is controlled by nobody."""
    above = {other: found[owner] for other, found in results.items() if other != owner and found[owner] in _RESULTS}
    surely = [other for other, how in above.items() if how == "captured"]
    if any(results[owner][other] != "captured" for other in surely):
        return "no"
    if surely:
        return "circle"
    return "possible" if above or result != "captured" else "yes"


def as_table(graph: Stakes) -> Table:
    """Stakes of a graph as the engines take them."""
    names: NameList = NameList(sorted(graph))
    number: dict[Any, int] = {name: at for at, name in enumerate(sorted(graph))}
    edges = sorted(graph.edges(data=True), key=lambda edge: edge[:2])
    return Table(
        names,
        owner=[number[a] for a, _, _ in edges],
        owned=[number[b] for _, b, _ in edges],
        low=[data["low"] for _, _, data in edges],
        high=[data["high"] for _, _, data in edges],
        rows=len(edges),
    )
