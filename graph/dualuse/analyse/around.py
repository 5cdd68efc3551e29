"""The part of a network that bears on an instrument, a party or any thing: what a page about it shows."""

from __future__ import annotations

from collections.abc import Iterable

from dualuse.analyse.connected import connected
from dualuse.network import Network
from dualuse.node import Node

_SPEECH = ("about", "said", "spoke", "issued", "stays", "amends", "answered-by", "supersedes", "related")


def part(network: Network, nodes: Iterable[Node]) -> Network:
    """The network induced on some nodes, attributes and order kept."""
    wanted = set(nodes)
    found = network.subgraph([node for node in network if node in wanted]).copy()
    found.graph.update(network.graph)
    return found


def around_instrument(network: Network, instrument: Node) -> Network:
    """An instrument, everyone it reaches on their best paths, who issued it, what touches it, and what was said."""
    nodes = {instrument}
    for effect in connected(network, instrument):
        for step in effect.path:
            nodes |= {step.source, step.target}
    nodes |= _neighbours(network, {instrument}, _SPEECH)
    statements = {node for node in nodes if node.kind == "statement"}
    nodes |= _neighbours(network, statements, ("said", "spoke"))
    return part(network, nodes)


def around(network: Network, start: Node, *, depth: int = 2, most: int = 400) -> Network:
    """Everything within some edges of a node, nearest first, hubs not crossed."""
    shown, frontier = [start], [start]
    for _ in range(depth):
        fresh: list[Node] = []
        for node in frontier:
            if node != start and network.degree(node) > most // 4:
                continue
            beside = sorted({*network.successors(node), *network.predecessors(node)})
            fresh += [other for other in beside if other not in shown and other not in fresh]
        shown += fresh
        frontier = fresh
    return part(network, shown[:most])


def _neighbours(network: Network, nodes: set[Node], kinds: tuple[str, ...]) -> set[Node]:
    found: set[Node] = set()
    for node in nodes:
        found |= {source for source, _, data in network.in_edges(node, data=True) if data["kind"] in kinds}
        found |= {target for _, target, data in network.out_edges(node, data=True) if data["kind"] in kinds}
    return found
