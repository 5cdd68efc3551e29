"""Paths of a network as words: a step as a sentence, with the address of what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from dualuse.analyse.connected import Path, Step, edge_data
from dualuse.card import Receipt, Unknown
from dualuse.network import Network, frame_of
from dualuse.node import Node


def name(network: Network, node: Node) -> str:
    """English name of a node."""
    return str(network.nodes[node]["label"])


def address(network: Network, data: dict[str, Any]) -> str:
    """Address of the strongest source of an edge that has one; else the IRI of the source, or of the fact."""
    registry = frame_of(network).sources
    addresses = (registry[key].url for key in data["sources"])
    if found := next((url for url in addresses if url), None):
        return found
    return f"https://w3id.org/dualuse/id/source/{data['sources'][0]}" if data["sources"] else str(data["iri"])


def sentence(network: Network, step: Step) -> str:
    """A step as a sentence, told in the direction of the edge."""
    source, target = (step.target, step.source) if step.against else (step.source, step.target)
    return f"{name(network, source)} {edge_data(network, step)['label']} {name(network, target)}"


def cited(network: Network, step: Step) -> str:
    """A step as a sentence with the paragraph of law it stands in, if any."""
    provision = edge_data(network, step)["provision"]
    vague = "" if step.certain else " (perhaps, on this day)"
    return f"{sentence(network, step)} [{provision}]{vague}" if provision else f"{sentence(network, step)}{vague}"


def doubts(network: Network, paths: Iterable[Path]) -> list[Unknown]:
    """What is not known because an edge of a path is dated too vaguely for the day, once an edge."""
    day = frame_of(network).as_of
    steps = dict.fromkeys(step for path in paths for step in path if not step.certain)
    return [
        Unknown(f"whether on {day} {sentence(network, step)}", f"on record {_dates(edge_data(network, step))}")
        for step in steps
    ]


def vague_links(network: Network, *kinds: str, parties: Collection[Node] = ()) -> list[Unknown]:
    """Links of some kinds, of some parties or of all, that count though they may not hold on the day."""
    steps = [
        (Step(target, data["iri"], source, data["kind"], certain=False),)
        for source, target, data in network.edges(data=True)
        if data["kind"] in kinds and not data["certain"]
        if not parties or source in parties or target in parties
    ]
    return doubts(network, steps)


def _dates(data: dict[str, Any]) -> str:
    return f"from {data['valid_from'] or '?'} to {data['valid_to'] or 'open'}"


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
