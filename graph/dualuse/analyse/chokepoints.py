"""Which party or place, taken away, cuts the most supply paths of an item.

It counts recorded paths. It does not say that a party could not be replaced: what stands in for what is not on record,
and a part that only one party can make looks like any other as long as some other path leads on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from dualuse.analyse.structure import NO_TIER, Supply

COVERED = 90
"""Percent of the paths that a cover holds at least."""
_MOST_PATHS = 200_000
_MOST_PLACES = 3
_MOST_COVERING = 5
_SOURCE, _SINK = "\0source", "\0sink"


@dataclass(frozen=True)
class Chokepoint:
    """A party or a place, and what its absence cuts.

    Args:
        node: Node of the party or the place.
        parties: Parties taken away with it.
        paths: Supply paths that run through it.
        ends: Ends that no supply path reaches without it (it dominates them).
    """

    node: str
    parties: tuple[str, ...]
    paths: int
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Chokepoints:
    """What cuts the supply paths of an item.

    Args:
        paths: Supply paths in all, from suppliers without a supplier to ends.
        complete: Whether every path was counted; False only where cycles leave more paths than are walked.
        origins: Suppliers without a supplier on record.
        ends: Ends that some path reaches.
        unsupplied: Ends without a supplier on record.
        parties: Every supplier that is on a path, most paths first.
        places: Every place with such a supplier, most paths first.
        cut: A smallest set of suppliers whose absence cuts every path.
        place_cut: A smallest set of places that does so; empty where it takes more than three.
        cover: A smallest set of places through which at least 90 percent of the paths run; empty where it takes more
            than five, and where not every path was counted.
    """

    paths: int
    complete: bool
    origins: tuple[str, ...]
    ends: tuple[str, ...]
    unsupplied: tuple[str, ...]
    parties: tuple[Chokepoint, ...]
    places: tuple[Chokepoint, ...]
    cut: tuple[str, ...]
    place_cut: tuple[str, ...]
    cover: tuple[str, ...]


def rank_chokepoints(graph: Supply, ends: Sequence[str]) -> Chokepoints:
    """Rank parties and places by the supply paths their absence cuts.

    A supply path starts at a supplier without a supplier on record and stops at the first end. Ends are not taken away,
    neither alone nor with their place: the question is who supplies them.

    Args:
        graph: Directed, supplier -> customer; node attributes ``seat`` and ``tier``.
        ends: Nodes where paths stop.

    Returns:
        Parties and places with at least one path, by paths (most first), ends cut (most first), then name.

    Raises:
        KeyError: an end is not in the graph.

    Source:
        Counting: dynamic programme over a topological order; with cycles, simple paths one by one, at most 200,000.
        Smallest cut: Menger's theorem by maximum flow (networkx ``minimum_node_cut``), the cut nearest the ends.
        Dominators: an end is cut when no origin reaches it in the rest. Limits: paths are alternatives here, while a
        maker needs every one of its inputs; so a sole supplier of one input shows in ``ends`` only if nobody else
        supplies anything.

    Example:
        >>> graph = nx.DiGraph([("tool", "fab"), ("gas", "fab"), ("fab", "chip")])
        >>> nx.set_node_attributes(graph, "", "seat")
        >>> [(found.node, found.paths) for found in rank_chokepoints(graph, ["chip"]).parties]
        [('fab', 2), ('gas', 1), ('tool', 1)]
    """
    stops = set(ends)
    origins = tuple(sorted(node for node in graph if not graph.in_degree(node) and node not in stops))
    total, complete = count_paths(graph, origins, stops)
    served = reached(graph, origins, stops)
    suppliers = [node for node in sorted(graph) if node not in stops]
    parties = [_without(graph, origins, stops, total, served, node, (node,)) for node in suppliers]
    seats: dict[str, list[str]] = {}
    for node in suppliers:
        if graph.nodes[node]["seat"]:
            seats.setdefault(graph.nodes[node]["seat"], []).append(node)
    places = [_without(graph, origins, stops, total, served, seat, tuple(seats[seat])) for seat in sorted(seats)]
    return Chokepoints(
        total,
        complete,
        origins,
        tuple(sorted(served)),
        tuple(sorted(stops - served)),
        _ranked(parties),
        _ranked(places),
        smallest_cut(graph, origins, stops),
        smallest_place_cut(graph, origins, stops, seats),
        smallest_cover(graph, origins, stops, seats, COVERED) if complete else (),
    )


def count_paths(graph: Supply, origins: Collection[str], ends: Collection[str]) -> tuple[int, bool]:
    """Simple paths from origins to the first end on them, and whether all were counted.

    Example:
        >>> count_paths(nx.DiGraph([(1, 2), (1, 3), (2, 4), (3, 4)]), [1], [4])
        (2, True)
    """
    inner = graph.copy()
    inner.remove_edges_from([(a, b) for a, b in graph.edges if a in ends])
    if nx.is_directed_acyclic_graph(inner):
        ways = dict.fromkeys(inner, 0)
        for node in nx.topological_sort(inner):
            ways[node] += node in origins
            for customer in inner.successors(node):
                ways[customer] += ways[node]
        return sum(ways[end] for end in ends if end in ways), True
    count = 0
    for origin in sorted(origin for origin in origins if origin in inner):
        for _ in nx.all_simple_paths(inner, origin, [end for end in ends if end in inner]):
            count += 1
            if count >= _MOST_PATHS:
                return count, False
    return count, True


def reached(graph: Supply, origins: Collection[str], ends: Collection[str]) -> set[str]:
    """Ends that some origin reaches without passing another end."""
    seen = {origin for origin in origins if origin in graph}
    stack = list(seen)
    while stack:
        node = stack.pop()
        if node not in ends:
            fresh = [customer for customer in graph.successors(node) if customer not in seen]
            seen.update(fresh)
            stack += fresh
    return seen & set(ends)


def smallest_cut(graph: Supply, origins: Collection[str], ends: Collection[str]) -> tuple[str, ...]:
    """A smallest set of suppliers whose absence leaves no path; sorted, empty where there is no path."""
    served = reached(graph, origins, ends)
    if not served:
        return ()
    flow: Supply = nx.DiGraph()
    flow.add_edges_from((_SOURCE, origin) for origin in sorted(origins))
    for supplier, customer in sorted(graph.edges):
        if supplier not in ends:
            flow.add_edge(supplier, _SINK if customer in ends else customer)
    return tuple(sorted(nx.minimum_node_cut(flow, _SOURCE, _SINK)))


def smallest_place_cut(
    graph: Supply, origins: Collection[str], ends: Collection[str], seats: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """The first smallest set of places, by name, whose suppliers' absence leaves no path; empty if over three."""
    if not reached(graph, origins, ends):
        return ()
    for size in range(1, _MOST_PLACES + 1):
        for chosen in combinations(sorted(seats), size):
            rest = graph.copy()
            rest.remove_nodes_from([node for seat in chosen for node in seats[seat]])
            if not reached(rest, origins, ends):
                return chosen
    return ()


def smallest_cover(
    graph: Supply, origins: Collection[str], ends: Collection[str], seats: Mapping[str, Sequence[str]], percent: int
) -> tuple[str, ...]:
    """A smallest set of places through whose suppliers a part of the paths runs; empty if it takes over five.

    Every set is tried, the smaller first: of those of one size it is the one with most paths, then the first by name.

    Args:
        graph: Directed, supplier -> customer.
        origins: Where paths start.
        ends: Where they stop.
        seats: Place -> suppliers seated there.
        percent: How much of the paths, at least.
    """
    total, _ = count_paths(graph, origins, ends)
    for size in range(1, _MOST_COVERING + 1) if total else ():
        tried = []
        for chosen in combinations(sorted(seats), size):
            rest = graph.copy()
            rest.remove_nodes_from([node for seat in chosen for node in seats[seat]])
            tried.append((count_paths(rest, origins, ends)[0], chosen))
        left, best = min(tried, default=(total, ()))
        if 100 * (total - left) >= percent * total:
            return best
    return ()


def sole_makers(makers: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Party -> products of which it is the only maker on record; sorted by party.

    Example:
        >>> sole_makers({"chip": ["fab"], "card": ["fab", "mill"], "board": []})
        {'fab': 1}
    """
    counts: dict[str, int] = {}
    for found in makers.values():
        if len(found) == 1:
            counts[found[0]] = counts.get(found[0], 0) + 1
    return dict(sorted(counts.items()))


def tiers_of(graph: Supply, nodes: Sequence[str]) -> dict[str, int]:
    """How many of some parties are seated in each tier; sorted by tier."""
    counts: dict[str, int] = {}
    for node in nodes:
        tier = str(graph.nodes[node].get("tier", NO_TIER))
        counts[tier] = counts.get(tier, 0) + 1
    return dict(sorted(counts.items()))


def _without(
    graph: Supply,
    origins: Sequence[str],
    ends: Collection[str],
    total: int,
    served: set[str],
    node: str,
    parties: tuple[str, ...],
) -> Chokepoint:
    rest = graph.copy()
    rest.remove_nodes_from(parties)
    left, _ = count_paths(rest, origins, ends)
    lost = served - reached(rest, origins, ends)
    return Chokepoint(node, parties, max(0, total - left), tuple(sorted(lost)))


def _ranked(found: list[Chokepoint]) -> tuple[Chokepoint, ...]:
    on_a_path = [entry for entry in found if entry.paths]
    return tuple(sorted(on_a_path, key=lambda entry: (-entry.paths, -len(entry.ends), entry.node)))
