"""What a scenario changes in a network, marked on its nodes and edges so that the page can show it."""

from __future__ import annotations

from datetime import date
from typing import Any

from dualuse.dates import PartialDate
from dualuse.explore.layout import Network
from dualuse.law.truth import Truth
from dualuse.network import frame_of
from dualuse.span import Span

_Key = tuple[str, str, str, str]


def mark_changes(before: Network, after: Network) -> Network:
    """One network of a graph and of a scenario on it.

    Args:
        before: The graph, with the edges of all times.
        after: The scenario, projected the same way.

    Returns:
        The scenario, with edges it removed put back. Edges carry ``change``: ``added``, ``removed`` or ``""``; nodes
        whose tier it moves carry ``change`` as ``2>1``. The given networks are not changed.
    """
    as_of = frame_of(after).as_of
    day = as_of.isoformat()
    was, will = _edges(before), _edges(after)
    marked = after.copy()
    for start, end, data in marked.edges(data=True):
        old = was.get((start, end, data["kind"], data["iri"]))
        held, holds = _RANK[False if old is None else _holds(old, as_of)], _RANK[_holds(data, as_of)]
        data["change"] = "" if held == holds else "added" if holds > held else "removed"
        if old is None and (not data["valid_from"] or data["valid_from"] < day):
            data["valid_from"] = day
    for key in sorted(was.keys() - will.keys()):
        start, end = key[:2]
        old = was[key]
        over = Span(None, _date(old["valid_to"])).on(as_of) is False
        change = "" if over else "removed"  # "": it had ended before anyway
        for node in (start, end):
            if node not in marked:
                marked.add_node(node, **before.nodes[node])
        limit = day if change else old["valid_to"]
        marked.add_edge(start, end, **{**old, "change": change, "valid_to": limit})
    for node in marked:
        tiers = [network.nodes[node]["tier"] if node in network else "" for network in (before, after)]
        marked.nodes[node]["change"] = "" if tiers[0] == tiers[1] else ">".join(tiers)
    return marked


_RANK = {False: 0, None: 1, True: 2}
"""Whether an edge holds, from no to yes: a step up is an addition."""


def _holds(data: dict[str, Any], day: date) -> Truth:
    return Span(_date(data["valid_from"]), _date(data["valid_to"])).on(day)


def _date(written: str) -> PartialDate | None:
    return PartialDate(written) if written else None


def _edges(network: Network) -> dict[_Key, dict[str, Any]]:
    """Edges by ends, kind and the node behind them."""
    return {(start, end, data["kind"], data["iri"]): data for start, end, data in network.edges(data=True)}
