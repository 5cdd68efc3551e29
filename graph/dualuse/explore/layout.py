"""Where each node stands: computed once, at build time, so that every reader sees the same picture.

Up to ``NODE_LIMIT`` nodes: lanes from the rule on the left to the statement on the right, each a grid in which nothing
overlaps. Beyond it: discs of nodes that hang together, the most linked one in the middle of each disc. Both use whole
numbers and nothing that differs between runs; neither simulates physics.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from dualuse.explore.style import ALPHABETICAL, LANES, PARTIES_LANE, RULES_LANE, kind_order, style_of

if TYPE_CHECKING:
    import networkx as nx

NODE_LIMIT = 2000
"""Largest number of nodes that vis-network draws well and that lanes keep readable."""

CELL_WIDTH, CELL_HEIGHT, LANE_GAP = 160, 26, 44
_SCREEN = (850, 640)
"""Room the map has on an ordinary laptop, in pixels: lanes are folded so that they are largest there."""
_SWEEPS = 4
_SPACING = 30
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_DISC_SIZE = 60

Point = tuple[int, int]
Network: TypeAlias = "nx.MultiDiGraph[Any]"


@dataclass(frozen=True)
class Lane:
    """One lane: its name in ``LANES`` and the box its nodes stand in."""

    name: str
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Layout:
    """Positions of all nodes; ``lanes`` is empty when the nodes stand in discs."""

    positions: dict[str, Point]
    lanes: tuple[Lane, ...] = ()


@dataclass
class _Block:
    """Nodes of one kind and tier in a lane: a grid filled by rows or, when alphabetical, by columns."""

    nodes: list[str]
    columns: int
    alphabetical: bool
    left: int
    top: int = 0
    ends: dict[str, Point] = field(default_factory=dict)

    def place(self) -> None:
        """Give each node its cell."""
        rows = self.rows
        for index, node in enumerate(self.nodes):
            row, column = (index % rows, index // rows) if self.alphabetical else divmod(index, self.columns)
            self.ends[node] = (self.left + column * CELL_WIDTH, self.top + row * CELL_HEIGHT)

    @property
    def rows(self) -> int:
        """How many rows the block takes."""
        return -(-len(self.nodes) // self.columns)


def arrange(network: Network) -> Layout:
    """Lay a network out: lanes when it is small enough to read, discs when it is not.

    Args:
        network: Nodes with attributes ``kind``, ``tier`` and ``label``; edges with ``kind``.

    Returns:
        A position for every node, in whole numbers, y downwards. The same network gives the same positions.
    """
    if network.number_of_nodes() <= NODE_LIMIT:
        return _lanes(network)
    return Layout(_discs(network))


def _lane_of(network: Network, node: str, issuers: frozenset[str]) -> int:
    """Lane of a node; an organisation that issued an instrument stands with the rules, not with the companies."""
    lane = style_of(network.nodes[node]["kind"]).lane
    return RULES_LANE if lane == PARTIES_LANE and node in issuers else lane


def _issuers(network: Network) -> frozenset[str]:
    """Both ends of every ``issued`` edge: an organisation among them makes rules."""
    return frozenset(
        end
        for start, to, attributes in network.edges(data=True)
        if attributes["kind"] == "issued"
        for end in (start, to)
    )


def _lanes(network: Network) -> Layout:
    """Blocks in lanes, ordered so that linked nodes stand at about the same height."""
    issuers = _issuers(network)
    by_lane: dict[int, list[str]] = {}
    for node in sorted(network):
        by_lane.setdefault(_lane_of(network, node, issuers), []).append(node)
    parts = {lane: _parts(network, nodes) for lane, nodes in sorted(by_lane.items())}
    most_rows = _best_height(list(parts.values()))
    blocks: list[_Block] = []
    lanes: list[Lane] = []
    left = 0
    for index, lane_parts in parts.items():
        columns = _columns(lane_parts, most_rows)
        found = _stack(network, lane_parts, columns, left)
        blocks.extend(found)
        width = columns * CELL_WIDTH
        lanes.append(Lane(LANES[index], left, left + width, 0, found[-1].top + found[-1].rows * CELL_HEIGHT))
        left += width + LANE_GAP
    _straighten(network, blocks)
    return Layout({node: point for block in blocks for node, point in sorted(block.ends.items())}, tuple(lanes))


def _parts(network: Network, nodes: list[str]) -> list[list[str]]:
    """Split a lane by kind and tier, rule-makers first; each part by name."""
    parts: dict[tuple[bool, tuple[int, str], str], list[str]] = {}
    for node in nodes:
        kind, tier = network.nodes[node]["kind"], network.nodes[node]["tier"]
        parts.setdefault((kind != "organisation", kind_order(kind), tier), []).append(node)
    return [
        sorted(part, key=lambda node: (network.nodes[node]["label"].casefold(), node))
        for _, part in sorted(parts.items())
    ]


def _height(parts: list[list[str]], columns: int) -> int:
    """Rows that parts take in a number of columns, with an empty row between parts."""
    return sum(-(-len(part) // columns) + 1 for part in parts) - 1


def _columns(parts: list[list[str]], most_rows: int) -> int:
    """Fewest columns that keep a lane no taller than *most_rows*, or one per node."""
    columns, most = 1, max(len(part) for part in parts)
    while columns < most and _height(parts, columns) > most_rows:
        columns += 1
    return columns


def _best_height(lanes: list[list[list[str]]]) -> int:
    """The number of rows at which the whole picture is largest on an ordinary screen."""

    def scale(rows: int) -> float:
        columns = [_columns(parts, rows) for parts in lanes]
        tallest = max(_height(parts, width) for parts, width in zip(lanes, columns, strict=True))
        wide = sum(columns) * CELL_WIDTH + (len(columns) - 1) * LANE_GAP
        return min(_SCREEN[0] / wide, _SCREEN[1] / (tallest * CELL_HEIGHT))

    total = sum(len(part) for parts in lanes for part in parts)
    return max(range(8, 12 + 4 * math.isqrt(total)), key=lambda rows: (scale(rows), -rows)) if lanes else 0


def _stack(network: Network, parts: list[list[str]], columns: int, left: int) -> list[_Block]:
    """Blocks of a lane from top to bottom."""
    blocks: list[_Block] = []
    top = 0
    for part in parts:
        block = _Block(part, columns, network.nodes[part[0]]["kind"] in ALPHABETICAL, left, top)
        block.place()
        blocks.append(block)
        top += (block.rows + 1) * CELL_HEIGHT
    return blocks


def _straighten(network: Network, blocks: list[_Block]) -> None:
    """Move nodes within their block towards the mean height of their neighbours, a few times over."""
    height = {node: point[1] for block in blocks for node, point in block.ends.items()}
    near = _neighbours(network)

    def pull(node: str) -> tuple[float, str]:
        heights = [height[other] for other in near[node]]
        return (sum(heights) / len(heights) if heights else height[node], node)

    for _ in range(_SWEEPS):
        for block in blocks:
            if block.alphabetical:
                continue
            block.nodes.sort(key=pull)
            block.place()
            height.update((node, point[1]) for node, point in block.ends.items())


def _neighbours(network: Network) -> dict[str, list[str]]:
    """Node -> its neighbours in both directions, sorted, without itself."""
    near: dict[str, set[str]] = {node: set() for node in sorted(network)}
    for start, end in network.edges():
        if start != end:
            near[start].add(end)
            near[end].add(start)
    return {node: sorted(others) for node, others in near.items()}


def _discs(network: Network) -> dict[str, Point]:
    """Groups as discs, the largest in the middle, each as near as it can be to those it is linked to."""
    near = _neighbours(network)
    discs = _groups(near)
    home = {node: index for index, disc in enumerate(discs) for node in disc}
    placed: list[tuple[float, float, float]] = []
    positions: dict[str, Point] = {}
    for disc in discs:
        radius = _SPACING * (math.sqrt(len(disc)) + 1.5)
        links = Counter(home[other] for node in disc for other in near[node] if home[other] < len(placed))
        x, y = _free_spot(placed, radius, links)
        placed.append((x, y, radius))
        for index, node in enumerate(disc):
            distance, angle = _SPACING * math.sqrt(index), index * _GOLDEN_ANGLE
            positions[node] = (round(x + distance * math.cos(angle)), round(y + distance * math.sin(angle)))
    return {node: positions[node] for node in sorted(positions)}


def disc_of(network: Network) -> dict[str, int]:
    """Node -> number of the disc it stands in, the largest disc first."""
    return {node: index for index, disc in enumerate(_groups(_neighbours(network))) for node in disc}


def _groups(near: dict[str, list[str]]) -> list[list[str]]:
    """Nodes around the hub they hang on; largest group first, most linked node first.

    Hubs are the most linked nodes of which no two touch. A node joins the group most of its grouped neighbours are in,
    ring by ring outwards from the hubs. What no hub reaches shares the last group.
    """
    rank = sorted(near, key=lambda node: (-len(near[node]), node))
    home = {hub: index for index, hub in enumerate(_hubs(near, rank))}
    ring = sorted(home)
    while ring:
        votes: dict[str, Counter[int]] = {}
        for node in ring:
            for other in near[node]:
                if other not in home:
                    votes.setdefault(other, Counter())[home[node]] += 1
        for node, count in votes.items():
            home[node] = min(count, key=lambda group: (-count[group], group))
        ring = sorted(votes)
    groups: dict[int, list[str]] = {}
    for node in rank:
        groups.setdefault(home.get(node, len(rank)), []).append(node)
    loose = groups.pop(len(rank), [])
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    return [*ordered, loose] if loose else ordered


def _hubs(near: dict[str, list[str]], rank: list[str]) -> list[str]:
    """One node in sixty: the most linked ones, none next to another, all with a neighbour."""
    hubs: list[str] = []
    taken: set[str] = set()
    for node in rank:
        if len(hubs) * _DISC_SIZE >= len(rank):
            break
        if node not in taken and near[node]:
            hubs.append(node)
            taken.update(near[node])
    return hubs


def _free_spot(placed: list[tuple[float, float, float]], radius: float, links: Counter[int]) -> tuple[float, float]:
    """First spot, spiralling out from the weighted middle of the linked discs, where a disc touches no other."""
    weight = sum(links.values())
    x0 = sum(placed[index][0] * count for index, count in sorted(links.items())) / weight if weight else 0.0
    y0 = sum(placed[index][1] * count for index, count in sorted(links.items())) / weight if weight else 0.0
    step = 0
    while True:
        distance, angle = 0.45 * radius * math.sqrt(step), step * _GOLDEN_ANGLE
        x, y = x0 + distance * math.cos(angle), y0 + distance * math.sin(angle)
        if all((x - px) ** 2 + (y - py) ** 2 >= (radius + pr) ** 2 for px, py, pr in placed):
            return x, y
        step += 1
