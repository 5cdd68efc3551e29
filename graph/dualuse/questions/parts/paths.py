"""Paths of a network as words: a step as a sentence, with the address of what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from dualuse.analyse.connected import Path, Step, edge_data
from dualuse.card import Receipt, Unknown
from dualuse.network import Network, frame_of
from dualuse.network.web import name
from dualuse.node import Node
from dualuse.said import Phrase, phrase


def address(network: Network, data: dict[str, Any]) -> str:
    """Address of the strongest source of an edge that has one; else the IRI of the source, or of the fact."""
    registry = frame_of(network).sources
    addresses = (registry[key].url for key in data["sources"])
    if found := next((url for url in addresses if url), None):
        return found
    return f"https://w3id.org/dualuse/id/source/{data['sources'][0]}" if data["sources"] else str(data["iri"])


def sentence(network: Network, step: Step) -> Phrase:
    """A step as a sentence, told in the direction of the edge."""
    source, target = (step.target, step.source) if step.against else (step.source, step.target)
    return told(edge_data(network, step)["kind"], name(network, source), name(network, target))


def told(kind: str, source: str, target: str) -> Phrase:
    """An edge of a kind between two names as a sentence."""
    return phrase(f"step.{kind}", source=source, target=target)


def cited(network: Network, step: Step) -> Phrase:
    """A step as a sentence with the paragraph of law it stands in, if any."""
    provision, said = edge_data(network, step)["provision"], sentence(network, step)
    said = phrase("paths.cited", said=said, where=provision) if provision else said
    return said if step.certain else phrase("paths.perhaps", said=said)


def doubts(network: Network, paths: Iterable[Path]) -> list[Unknown]:
    """What is not known because an edge of a path is dated too vaguely for the day, once an edge."""
    day = frame_of(network).as_of
    steps = dict.fromkeys(step for path in paths for step in path if not step.certain)
    return [
        Unknown(
            phrase(
                "paths.whether",
                day=day.isoformat(),
                said=sentence(network, step),
            ),
            _dates(edge_data(network, step)),
        )
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


def _dates(data: dict[str, Any]) -> Phrase:
    start, end = data["valid_from"] or "?", data["valid_to"] or phrase("paths.open")
    return phrase(
        "paths.on_record",
        start=start,
        end=end,
    )


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
