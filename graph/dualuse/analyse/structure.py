"""The supply graph of parties: who supplies whom, with the seat and the tier of each.

Every question about structure starts here. It does not know quantities: an edge says that a source records a link, not
how much flows along it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from dualuse.errors import UsageError
from dualuse.network import Network, frame_of
from dualuse.node import Node

if TYPE_CHECKING:
    Supply = nx.DiGraph[Any]
    Plain = nx.Graph[str]
else:
    Supply = nx.DiGraph
    Plain = nx.Graph

NO_TIER = "none"
"""Tier of a party whose seat is not on record or has no tier on the day."""


@dataclass(frozen=True)
class ItemSupply:
    """The part of the supply graph that leads to the products an item catches.

    Args:
        graph: Parties upstream of the ends, and the ends.
        ends: Where supply paths end: the products, their designers, or the last customers.
        makers: Product -> the parties recorded as making it.
    """

    graph: Supply
    ends: tuple[str, ...]
    makers: dict[str, tuple[str, ...]]


def supply_graph(network: Network, products: Iterable[str] | None = None) -> Supply:
    """Parties and the supply links between them.

    Args:
        network: A projection with edges of the kinds ``supplies``, ``made-by``, ``designed-by`` and ``seats``.
        products: Nodes of the products whose makers count as suppliers of their designers; every product if None.

    Returns:
        Directed, supplier -> customer; node attributes ``label``, ``seat`` (node of a place, or empty), ``tier``
        (``"1"``, ``"2"``, ``"3"`` or ``NO_TIER``) and ``types``; edge attribute ``facts``, sorted IRIs it rests on.
        Nodes and edges in sorted order. A party that makes what it designs has no edge to itself.
    """
    facts: dict[tuple[Node, Node], set[str]] = {}
    for source, target, data in network.edges(data=True):
        if data["kind"] == "supplies" and source != target:
            facts.setdefault((source, target), set()).add(data["iri"])
    wanted = None if products is None else set(products)
    for product, maker, data in network.edges(data=True):
        if data["kind"] == "made-by" and (wanted is None or product in wanted):
            for designer in out(network, product, "designed-by"):
                if designer != maker:
                    facts.setdefault((maker, designer), set()).add(data["iri"])
    graph: Supply = nx.DiGraph()
    for node in sorted({end for edge in facts for end in edge}):
        graph.add_node(node, **party(network, node))
    for source, target in sorted(facts):
        graph.add_edge(source, target, facts=tuple(sorted(facts[source, target])))
    return graph


def item_supply(network: Network, item: Node, to: str = "designers") -> ItemSupply:
    """The supply graph of an item: everyone upstream of the products it catches.

    Args:
        network: A projection of the whole graph on a day.
        item: Node of an item; narrower items (``3a090.a`` of ``3a090``) are taken in.
        to: Where paths end. ``products``: at the products, through those who make them; ``designers``: at their
            designers, through makers and whoever else supplies these; ``customers``: at the last customers on record.

    Raises:
        UsageError: the item catches no product on the day.
    """
    products = caught(network, item)
    if not products:
        raise UsageError(f"{item.key} catches no product on {frame_of(network).as_of}")
    made = {product: out(network, product, "made-by") for product in products}
    graph = supply_graph(network, products)
    ends = set(products)
    if to == "products":
        for product in products:
            _add(network, graph, product)
            for maker in made[product]:
                _add(network, graph, maker)
                graph.add_edge(maker, product, facts=(str(network.nodes[product]["iri"]),))
    else:
        ends = {designer for product in products for designer in out(network, product, "designed-by")}
        for designer in ends:
            _add(network, graph, designer)
    kept = ends.union(*(nx.ancestors(graph, end) for end in ends))
    if to == "customers":
        below = set[Node]().union(*(nx.descendants(graph, end) for end in ends)) - kept
        ends = {node for node in below if not set(graph.successors(node)) & below} or ends
        kept |= below
    part: Supply = nx.DiGraph()
    part.add_nodes_from((node, graph.nodes[node]) for node in sorted(kept))
    part.add_edges_from((a, b, graph.edges[a, b]) for a, b in sorted(graph.edges) if a in kept and b in kept)
    makers: dict[str, tuple[str, ...]] = {product: tuple(sorted(found)) for product, found in made.items()}
    return ItemSupply(part, tuple(sorted(ends)), makers)


def _add(network: Network, graph: Supply, node: Node) -> None:
    if node not in graph:
        graph.add_node(node, **party(network, node))


def caught(network: Network, item: Node) -> tuple[Node, ...]:
    """Products that an item, or a narrower one, catches; sorted."""
    items = [node for node in network if node == item or node.startswith(f"{item}.")]
    return tuple(sorted({product for node in items for product in out(network, node, "catches")}))


def catching_items(network: Network) -> tuple[Node, ...]:
    """Items that catch a product on the day; sorted."""
    return tuple(sorted({source for source, _, data in network.edges(data=True) if data["kind"] == "catches"}))


def party(network: Network, node: Node) -> dict[str, object]:
    """Label, seat, tier of the seat, and types of a party."""
    seats = sorted(place for place, _, data in network.in_edges(node, data=True) if data["kind"] == "seats")
    tier = str(network.nodes[seats[0]]["tier"]) if seats else ""
    data = network.nodes[node]
    seat = seats[0] if seats else ""
    return {"label": str(data["label"]), "seat": seat, "tier": tier or NO_TIER, "types": tuple(data["types"])}


def out(network: Network, node: Node, kind: str) -> set[Node]:
    """Ends of the edges of a kind that leave a node."""
    return {target for _, target, data in network.out_edges(node, data=True) if data["kind"] == kind}
