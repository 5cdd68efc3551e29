"""A network for who walks it: of a networkx ``MultiDiGraph`` what paths need, without the import of networkx."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dualuse.node import Node
from dualuse.said import Phrase, Said, same

Edge = tuple[Node, Node, dict[str, Any]]


_UNITS = {"supplier-revenue": "percent of supplier revenue"}
"""What the record names by a key, in words."""


def measured(data: Mapping[str, Any]) -> str:
    """What the magnitude of an edge is a share of, and in which period: ``percent of revenue, 2024``."""
    return ", ".join(filter(None, (_UNITS.get(data["unit"], data["unit"]), data.get("period"))))


def name(network: Any, node: Node) -> Phrase:
    """Name of a node of a network."""
    data = network.nodes[node]
    told = Said(*(data[slot] or data["label"] for slot in ("label", "label_zh_hant", "label_zh_hans")))
    return Phrase.of(same("{name}"), name=told)  # a name may have braces of its own


class Web:
    """Things and the edges between them, asked as a ``MultiDiGraph`` is asked, edges always with their data.

    Args:
        nodes: Each thing with its attributes.
        edges: Source, target and attributes of each edge.
    """

    def __init__(self, nodes: Iterable[tuple[Node, dict[str, Any]]], edges: Iterable[Edge]) -> None:
        self.graph: dict[str, object] = {}
        self.nodes = dict(nodes)
        self._out: dict[Node, list[Edge]] = {node: [] for node in self.nodes}
        self._in: dict[Node, list[Edge]] = {node: [] for node in self.nodes}
        self._between: dict[tuple[Node, Node], list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            self._out[edge[0]].append(edge)
            self._in[edge[1]].append(edge)
            self._between[edge[:2]].append(edge[2])

    def __contains__(self, node: object) -> bool:
        """Whether a thing is in it."""
        return node in self.nodes

    def __iter__(self) -> Iterator[Node]:
        """Its things."""
        return iter(self.nodes)

    def __len__(self) -> int:
        """How many things are in it."""
        return len(self.nodes)

    def edges(self, *, data: bool) -> list[Edge]:
        """Every edge."""
        return [edge for node in self.nodes for edge in self._out[node]]

    def out_edges(self, node: Node, *, data: bool) -> list[Edge]:
        """Edges that lead from a thing."""
        return self._out[node]

    def in_edges(self, node: Node, *, data: bool) -> list[Edge]:
        """Edges that lead to a thing."""
        return self._in[node]

    def get_edge_data(self, source: Node, target: Node) -> dict[int, dict[str, Any]]:
        """Attributes of the edges from a thing to another, by number."""
        return dict(enumerate(self._between.get((source, target), ())))
