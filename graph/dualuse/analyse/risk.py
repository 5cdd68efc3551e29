"""What is lost if one party is cut off: the Economic Systemic Risk Index, as an interval.

A party that is cut off neither buys nor sells. Who bought from it lacks an input, who sold to it lacks a sale, and both
lose run on along the supply graph. The index is the part of all output that is lost in the end. Where no source gives a
share it can be anything; two runs then tell the least and the greatest index that the shares on record allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from dualuse.analyse.structure import Supply, supply_graph

if TYPE_CHECKING:
    from dualuse.network import Network

Span = tuple[float, float]
"""Least and greatest share, each from 0 to 1."""
Losses = Mapping[str, float]
"""Party -> the part of its output that it loses, from 0 to 1."""

NEEDS = ESSENTIAL, USEFUL, NOT_NEEDED = "essential", "useful", "not needed"
"""How far a customer needs the inputs of a sector."""
UNKNOWN: Span = (0.0, 1.0)
OF_SALES = "supplier-revenue"
"""Unit of a share of what the supplier sells."""
LEAST, GREATEST = 0, 1
_STILL = 1e-9


@dataclass(frozen=True)
class Risk:
    """What is lost if a party is cut off.

    Args:
        low: Least part of all output that is lost, its own included.
        high: Greatest part.
        surely: Other parties that lose something whatever the shares nobody gives; sorted.
        reaches: Other parties that may lose something; sorted.
    """

    node: str
    low: float
    high: float
    surely: tuple[str, ...]
    reaches: tuple[str, ...]


def rank_risk(graph: Supply) -> list[Risk]:
    """The Economic Systemic Risk Index of every party, as an interval.

    Args:
        graph: Directed, supplier -> customer. Node attributes ``size``, what the party puts out, in one unit for all
            (1 if absent), and ``sector``, whose members can stand in for one another, of every party or of none
            (unknown). Edge attributes ``sold``, a :data:`Span` of the supplier's sales (unknown if absent); ``need``,
            one of ``NEEDS``: whether the customer cannot do without inputs of the supplier's sector, makes less
            without them, or does not need them; ``bought``, a span of the customer's inputs, of those from the sector
            where they are essential, of all otherwise. Without ``sector``, ``need`` or ``bought`` it is unknown how
            far the customer needs the supplier.

    Returns:
        Every party; the greatest least loss first, then the greatest loss, then by name. For shares that are all
        known both ends are the index. Sales and inputs are bounded one by one, so the ends are outer bounds.

    Source:
        C. Diem, A. Borsos, T. Reisch, J. Kertész and S. Thurner, "Quantifying firm-level economic systemic risk from
        nation-wide supply networks", Scientific Reports 12 (2022), 7719. Losses for want of inputs (generalized
        Leontief: the scarcest essential input, or all others together) and for want of sales spread apart; a party
        loses the greater of the two. A loss of inputs counts by the part of its sector the supplier makes up.

    Example:
        >>> chain = nx.DiGraph([("a", "b")])
        >>> [(risk.node, risk.low, risk.high) for risk in rank_risk(chain)]
        [('a', 0.5, 1.0), ('b', 0.5, 1.0)]
    """
    total = sum(_size(graph, node) for node in graph)
    found = []
    for node in sorted(graph):
        least, greatest = losses(graph, node, LEAST), losses(graph, node, GREATEST)
        low, high = (_part(graph, lost, total) for lost in (least, greatest))
        found.append(Risk(node, low, max(low, high), _others(least, node), _others(greatest, node)))
    return sorted(found, key=lambda risk: (-risk.low, -risk.high, risk.node))


def losses(graph: Supply, cut: str, end: int) -> dict[str, float]:
    """What every party loses if one is cut off, when shares lie at one end of what is known.

    Args:
        graph: As for :func:`rank_risk`.
        cut: The party that is cut off.
        end: ``LEAST`` or ``GREATEST``.
    """
    inputs = {node: float(node == cut) for node in graph}
    sales = dict(inputs)
    moved = True
    while moved:
        weight = _irreplaceable(graph, inputs)
        fewer = {node: max(inputs[node], _for_inputs(graph, node, inputs, weight, end)) for node in graph}
        sold = {node: max(sales[node], _for_sales(graph, node, sales, end)) for node in graph}
        moved = any(fewer[node] - inputs[node] > _STILL or sold[node] - sales[node] > _STILL for node in graph)
        inputs, sales = fewer, sold
    return {node: max(inputs[node], sales[node]) for node in graph}


def exact_shares(graph: Supply) -> Supply:
    """A supply graph with known volumes, as :func:`rank_risk` takes it.

    Args:
        graph: Directed, supplier -> customer; node attribute ``sector``; edge attributes ``weight``, over 0, and
            ``need``, one of ``NEEDS``, the same for all suppliers of a sector to one customer.

    Returns:
        A graph with both shares of every edge; a party is as large as what it sells.
    """
    made: Supply = nx.DiGraph()
    for node, data in graph.nodes(data=True):
        made.add_node(node, sector=data["sector"], size=float(graph.out_degree(node, weight="weight")))
    for supplier, customer, data in graph.edges(data=True):
        weight, sector = float(data["weight"]), graph.nodes[supplier]["sector"]
        inputs = sum(
            float(graph.edges[source, customer]["weight"])
            for source in graph.predecessors(customer)
            if data["need"] != ESSENTIAL or graph.nodes[source]["sector"] == sector
        )
        sold, bought = weight / made.nodes[supplier]["size"], weight / inputs
        made.add_edge(supplier, customer, sold=(sold, sold), bought=(bought, bought), need=data["need"])
    return made


def supply_shares(network: Network) -> Supply:
    """The supply graph of a day with the shares of sales that sources give; where they differ, all between."""
    graph = supply_graph(network)
    for supplier, customer, data in network.edges(data=True):
        if data["kind"] == "supplies" and data.get("unit") == OF_SALES and graph.has_edge(supplier, customer):
            low, high = data.get("min", 0.0) / 100, data.get("max", 100.0) / 100
            before = graph.edges[supplier, customer].get("sold", (low, high))
            graph.edges[supplier, customer]["sold"] = (min(low, before[LEAST]), max(high, before[GREATEST]))
    return graph


def _for_sales(graph: Supply, node: str, lost: Losses, end: int) -> float:
    """What a party loses because its customers buy less."""
    return _weighted(
        ((data.get("sold", UNKNOWN), lost[customer]) for _, customer, data in graph.out_edges(node, data=True)), end
    )


def _for_inputs(graph: Supply, node: str, lost: Losses, weight: Losses, end: int) -> float:
    """What a party loses because its suppliers deliver less: of the scarcest essential input, or of all others."""
    inputs: dict[str | None, list[tuple[Span, float]]] = {}
    unsure = False
    for supplier, _, data in graph.in_edges(node, data=True):
        sector = graph.nodes[supplier].get("sector")
        if sector is None or "bought" not in data or "need" not in data:
            unsure = True
        elif data["need"] != NOT_NEEDED:
            of = sector if data["need"] == ESSENTIAL else None
            inputs.setdefault(of, []).append((data["bought"], weight[supplier] * lost[supplier]))
    if unsure and end == GREATEST:
        return max(lost[supplier] for supplier in graph.predecessors(node))
    return max((_weighted(parts, end) for parts in inputs.values()), default=0.0)


def _weighted(parts: Iterable[tuple[Span, float]], end: int) -> float:
    """Least or greatest sum of share times loss, for shares within their spans and of a sum up to 1."""
    spans = sorted(parts, key=lambda part: -part[1])
    total = sum(low * loss for (low, _), loss in spans)
    left = 1.0 - sum(low for (low, _), _ in spans)
    if end == GREATEST:
        for (low, high), loss in spans:
            more = min(high - low, max(0.0, left))
            total += more * loss
            left -= more
    return min(1.0, total)


def _irreplaceable(graph: Supply, lost: Losses) -> dict[str, float]:
    """Party with a sector -> the part it makes up of what its sector can still put out, from 0 to 1."""
    sectors = {node: data["sector"] for node, data in graph.nodes(data=True) if data.get("sector") is not None}
    left = dict.fromkeys(sectors.values(), 0.0)
    for node, sector in sectors.items():
        left[sector] += _size(graph, node) * (1 - lost[node])
    sizes = {node: (_size(graph, node), left[sector]) for node, sector in sectors.items()}
    return {node: 1.0 if size >= rest else size / rest for node, (size, rest) in sizes.items()}


def _size(graph: Supply, node: str) -> float:
    return float(graph.nodes[node].get("size", 1.0))


def _part(graph: Supply, lost: Losses, total: float) -> float:
    if not total:
        return 0.0
    return min(1.0, sum(_size(graph, node) * loss for node, loss in lost.items()) / total)


def _others(lost: Losses, cut: str) -> tuple[str, ...]:
    return tuple(sorted(node for node, loss in lost.items() if loss > 0 and node != cut))
