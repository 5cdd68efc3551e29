"""The supply graph in words: names of its parties, and what its links rest on."""

from __future__ import annotations

from collections.abc import Iterable

from dualuse.analyse.structure import Supply
from dualuse.card import Receipt, Unknown
from dualuse.network import Network
from dualuse.network.web import name
from dualuse.node import Node
from dualuse.questions.parts.paths import address, told, vague_links
from dualuse.said import Phrase


def label(network: Network, node: str) -> Phrase:
    """Name of a node."""
    return name(network, Node.parse(node))


def supply_receipts(network: Network, graph: Supply, edges: Iterable[tuple[str, str]] | None = None) -> list[Receipt]:
    """What the links of a supply graph rest on, one line a fact."""
    wanted = {fact for a, b in (graph.edges if edges is None else edges) for fact in graph.edges[a, b]["facts"]}
    facts: dict[str, Receipt] = {}
    for source, target, data in network.edges(data=True):
        if data["iri"] in wanted and data["kind"] in ("supplies", "made-by"):
            text = told(data["kind"], label(network, source), label(network, target))
            facts[data["iri"]] = Receipt(data["iri"], text, "", address(network, data), str(data["confidence"]))
    return [facts[iri] for iri in sorted(facts)]


def vague_supply(network: Network) -> list[Unknown]:
    """Supply links that count though they may not hold on the day."""
    return vague_links(network, "supplies", "made-by")
