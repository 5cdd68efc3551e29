"""Which links and parties join the blocs: supply between parties seated in different tiers.

A bloc is a tier on a day, by the seat of the party. It does not say that a link is permitted or stopped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from dualuse.analyse.structure import NO_TIER, Plain, Supply


@dataclass(frozen=True)
class Link:
    """A supply link between two blocs; ``only`` when no other path joins its ends, whatever its direction."""

    supplier: str
    customer: str
    tiers: tuple[str, str]
    only: bool


@dataclass(frozen=True)
class Broker:
    """A party that joins blocs.

    Args:
        partners: Tier -> its partners there, other tiers only.
        between: Share of all pairs of parties in different tiers whose shortest supply paths run through it.
        splits: Pairs of parties in different tiers that nothing joins without it.
    """

    node: str
    tier: str
    partners: dict[str, int]
    between: float
    splits: int


@dataclass(frozen=True)
class Bridges:
    """What joins the blocs: counts of links by tier of supplier and customer, the links, and the parties."""

    links: tuple[Link, ...]
    counts: dict[tuple[str, str], int]
    brokers: tuple[Broker, ...]


def find_bridges(graph: Supply) -> Bridges:
    """Links and parties that join parties of different tiers.

    Args:
        graph: Directed, supplier -> customer; node attribute ``tier``. Parties without a tier are in no bloc.

    Returns:
        Links by tiers and names; counts for every pair of tiers with a link, within a tier too; brokers with a partner
        in another tier, or between others of different tiers, by ``between`` (largest first), then name.

    Source:
        Betweenness: L. Freeman (1977), here over pairs of different tiers only and on directed paths; bridges and cut
        vertices: R. Tarjan (1974), on the undirected graph. Limits: links without a recorded seat at both ends are left
        out; a link is one, however much flows along it.

    Example:
        >>> graph = nx.DiGraph([("a", "b")])
        >>> nx.set_node_attributes(graph, {"a": "1", "b": "3"}, "tier")
        >>> find_bridges(graph).links
        (Link(supplier='a', customer='b', tiers=('1', '3'), only=True),)
    """
    tiers = {node: str(graph.nodes[node]["tier"]) for node in sorted(graph)}
    plain: Plain = nx.Graph()
    plain.add_nodes_from(tiers)
    plain.add_edges_from(graph.edges)
    only = {frozenset(edge) for edge in nx.bridges(plain)}
    links = []
    counts: Counter[tuple[str, str]] = Counter()
    for supplier, customer in sorted(graph.edges):
        pair = (tiers[supplier], tiers[customer])
        if NO_TIER not in pair:
            counts[pair] += 1
            if pair[0] != pair[1]:
                links.append(Link(supplier, customer, pair, frozenset((supplier, customer)) in only))
    links.sort(key=lambda link: (link.tiers, link.supplier, link.customer))
    return Bridges(tuple(links), dict(sorted(counts.items())), _brokers(graph, plain, tiers))


def _brokers(graph: Supply, plain: Plain, tiers: dict[str, str]) -> tuple[Broker, ...]:
    between = _between(graph, tiers)
    joined = _joined(plain, tiers, without=None)
    cuts = set(nx.articulation_points(plain))
    brokers = []
    for node, tier in tiers.items():
        beside = Counter(tiers[other] for other in plain.neighbors(node) if tiers[other] not in (tier, NO_TIER))
        splits = 0
        if node in cuts:
            lost = joined - _joined(plain, tiers, without=node)
            splits = sum(node not in pair for pair in lost)
        if beside or between[node] or splits:
            brokers.append(Broker(node, tier, dict(sorted(beside.items())), round(between[node], 6), splits))
    return tuple(sorted(brokers, key=lambda broker: (-broker.between, -sum(broker.partners.values()), broker.node)))


def _between(graph: Supply, tiers: dict[str, str]) -> dict[str, float]:
    """Sum over pairs in different tiers of the share of their shortest paths through each party, over those pairs."""
    found = dict.fromkeys(tiers, 0.0)
    blocs = sorted({tier for tier in tiers.values() if tier != NO_TIER})
    pairs = 0
    for source_tier in blocs:
        sources = [node for node, tier in tiers.items() if tier == source_tier]
        targets = [node for node, tier in tiers.items() if tier not in (source_tier, NO_TIER)]
        pairs += len(sources) * len(targets)
        for node, value in nx.betweenness_centrality_subset(graph, sources, targets).items():
            found[node] += value
    return {node: value / pairs if pairs else 0.0 for node, value in found.items()}


def _joined(plain: Plain, tiers: dict[str, str], *, without: str | None) -> set[frozenset[str]]:
    """Pairs of parties in different tiers that some chain of links joins."""
    rest = plain if without is None else nx.restricted_view(plain, [without], [])
    return {
        frozenset(pair)
        for component in nx.connected_components(rest)
        for pair in combinations(sorted(component), 2)
        if tiers[pair[0]] != tiers[pair[1]] and NO_TIER not in (tiers[pair[0]], tiers[pair[1]])
    }
