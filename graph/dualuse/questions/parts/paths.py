"""Paths of a network as words: a step as a sentence, with the address of what it rests on."""

from __future__ import annotations

from typing import Any

from dualuse.analyse.affected import Step, edge_data
from dualuse.card import Receipt
from dualuse.network import Network, frame_of
from dualuse.node import Node


def name(network: Network, node: Node) -> str:
    """English name of a node."""
    return str(network.nodes[node]["label"])


def address(network: Network, data: dict[str, Any]) -> str:
    """Address of the strongest source of an edge that has one; else the IRI of the source, or of the fact."""
    registry = frame_of(network).sources
    for key in data["sources"]:
        if registry[key].url:
            return registry[key].url
    return f"https://w3id.org/dualuse/id/source/{data['sources'][0]}" if data["sources"] else str(data["iri"])


def sentence(network: Network, step: Step) -> str:
    """A step as a sentence, told in the direction of the edge."""
    source, target = (step.target, step.source) if step.against else (step.source, step.target)
    return f"{name(network, source)} {edge_data(network, step)['label']} {name(network, target)}"


def cited(network: Network, step: Step) -> str:
    """A step as a sentence with the paragraph of law it stands in, if any."""
    provision = edge_data(network, step)["provision"]
    return f"{sentence(network, step)} [{provision}]" if provision else sentence(network, step)


def receipt(network: Network, step: Step) -> Receipt:
    """A step as a line of evidence."""
    data = edge_data(network, step)
    return Receipt(
        str(data["iri"]),
        sentence(network, step),
        str(data["provision"]),
        address(network, data),
        str(data["confidence"]),
    )
