"""A layout to print: linked nodes near one another, and no node or its label on another.

Springs first: linked nodes pull, near ones push, all are drawn to the middle. Then every node is the box of its sign
and label, and boxes that meet are pushed apart. Nothing is left to chance, so the same network gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TypeAlias

from dualuse.explore.layout import Network, Point

Box: TypeAlias = tuple[int, int]
"""Width and height around a node."""
_Spots: TypeAlias = dict[str, list[float]]

_LENGTH = 90.0
"""Distance at which two linked nodes are at rest."""
_ROUNDS, _FEWEST_ROUNDS, _EFFORT = 150, 30, 25_000
"""Rounds of a small network, the fewest of a large one, and rounds times nodes between the two."""
_GRAVITY = 0.04
_WIDE = 1.5
"""How much wider than high a picture is drawn."""
_PUSHES = 60
_LOOSEN = 1.06
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def spread(network: Network, boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Where each node stands.

    Args:
        network: The network; the direction and number of edges between two nodes do not matter.
        boxes: Node -> the room it needs, around its place.

    Returns:
        Node -> (x, y) in whole numbers, y downwards; no two boxes meet.
    """
    order = sorted(network, key=lambda node: (-network.degree(node), node))
    spots = {node: [*_start(index)] for index, node in enumerate(order)}
    pairs = sorted({(min(start, end), max(start, end)) for start, end in network.edges() if start != end})
    rounds = min(_ROUNDS, max(_FEWEST_ROUNDS, _EFFORT // (len(order) or 1)))
    for step in range(rounds):
        _spring(spots, pairs, _LENGTH * (1 - step / rounds))
    for spot in spots.values():
        spot[0] *= _WIDE
    while not _apart(spots, boxes):
        for spot in spots.values():
            spot[0], spot[1] = spot[0] * _LOOSEN, spot[1] * _LOOSEN
    return {node: (round(spots[node][0]), round(spots[node][1])) for node in sorted(spots)}


def _start(index: int) -> tuple[float, float]:
    """Places along a spiral, no two the same."""
    distance, angle = _LENGTH * math.sqrt(index), index * _GOLDEN_ANGLE
    return distance * math.cos(angle), distance * math.sin(angle)


def _near(spots: _Spots, width: float, height: float) -> Iterator[tuple[str, str]]:
    """Pairs of nodes that are not further from each other than a width and a height, and some that are."""
    cells: dict[tuple[int, int], list[str]] = {}
    for node, (x, y) in spots.items():
        cells.setdefault((math.floor(x / width), math.floor(y / height)), []).append(node)
    for (column, row), nodes in cells.items():
        for index, node in enumerate(nodes):
            yield from ((node, other) for other in nodes[index + 1 :])
        for right, down in ((1, 0), (-1, 1), (0, 1), (1, 1)):
            yield from product(nodes, cells.get((column + right, row + down), ()))


def _spring(spots: _Spots, pairs: list[tuple[str, str]], most: float) -> None:
    """Move each node once, by at most a distance: Fruchterman and Reingold's forces, pushes within three lengths."""
    force = {node: [-_GRAVITY * x, -_GRAVITY * y] for node, (x, y) in spots.items()}
    reach, square = 3 * _LENGTH, _LENGTH * _LENGTH
    for one, other in _near(spots, reach, reach):
        (x, y), (u, v) = spots[one], spots[other]
        push = square / ((x - u) ** 2 + (y - v) ** 2 or 1.0)
        _act(force[one], force[other], (x - u) * push, (y - v) * push)
    for one, other in pairs:
        (x, y), (u, v) = spots[one], spots[other]
        pull = math.hypot(x - u, y - v) / _LENGTH
        _act(force[one], force[other], (u - x) * pull, (v - y) * pull)
    for node, (fx, fy) in force.items():
        size = math.hypot(fx, fy)
        step = min(size, most) / size if size else 0.0
        spots[node][0] += fx * step
        spots[node][1] += fy * step


def _act(one: list[float], other: list[float], x: float, y: float) -> None:
    """Add a force to one and take it from the other."""
    one[0] += x
    one[1] += y
    other[0] -= x
    other[1] -= y


def _apart(spots: _Spots, boxes: Mapping[str, Box]) -> bool:
    """Push boxes that meet apart, each pair along the way that is shorter; whether none meet any more."""
    width = max((box[0] for box in boxes.values()), default=1)
    height = max((box[1] for box in boxes.values()), default=1)
    for _ in range(_PUSHES):
        met = False
        for one, other in list(_near(spots, width, height)):
            (x, y), (u, v) = spots[one], spots[other]
            over = (boxes[one][0] + boxes[other][0]) / 2 - abs(x - u) + 1
            above = (boxes[one][1] + boxes[other][1]) / 2 - abs(y - v) + 1
            if over <= 0 or above <= 0:
                continue
            met = True
            axis, by = (0, over) if over < above else (1, above)
            side = 1 if spots[one][axis] >= spots[other][axis] else -1
            spots[one][axis] += side * (by / 2 + 0.5)
            spots[other][axis] -= side * (by / 2 + 0.5)
        if not met:
            return True
    return False
