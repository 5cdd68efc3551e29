"""Exposures of parties to an instrument through places: what changes when a place moves between groups."""

from __future__ import annotations

from dataclasses import dataclass

from dualuse.analyse.connected import OPERATIVE, every_path, place_of
from dualuse.network import Network
from dualuse.node import Node


@dataclass(frozen=True)
class Exposure:
    """A party reached through a channel, by way of a place in a group (both None where no place is on the path)."""

    party: Node
    channel: str
    place: Node | None
    group: Node | None


def exposures(network: Network, instrument: Node) -> frozenset[Exposure]:
    """Every exposure of every party to an instrument; none while it is not operative."""
    if instrument not in network or network.nodes[instrument]["status"] not in OPERATIVE:
        return frozenset()
    found = set()
    for (party, channel), paths in every_path(network, instrument).items():
        for path in paths:
            found.add(Exposure(party, channel, *(place_of(path) or (None, None))))
    return frozenset(found)
