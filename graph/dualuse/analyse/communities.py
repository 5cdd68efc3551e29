"""Which speakers argue alike, and which parties deal with each other: communities, compared with what we know of them.

A community is a set with more links inside than its sizes would lead one to expect. It is found by a search that starts
at random, so each answer tells how far several searches agree; it is a description of the record, not of intent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import networkx as nx

from dualuse.analyse.structure import Plain

if TYPE_CHECKING:
    Numbered = nx.Graph[int]
else:
    Numbered = nx.Graph


@dataclass(frozen=True)
class Communities:
    """Communities of a graph.

    Args:
        parts: Nodes of each community, sorted; the largest first, then by first node.
        modularity: Links inside beyond what sizes lead one to expect, from -0.5 to 1.
        agreement: Mean adjusted Rand index of the searches with the one chosen: 1 if all agree, about 0 by chance.
        runs: How many searches were made.
    """

    parts: tuple[tuple[str, ...], ...]
    modularity: float
    agreement: float
    runs: int


def find_communities(graph: Plain, *, seed: int = 1, runs: int = 20) -> Communities:
    """Communities by the Louvain method: the best of several searches.

    Args:
        graph: Undirected; edge attribute ``weight``, 1 where it is missing.
        seed: Of the first search; the others follow.
        runs: Searches, 1 or more.

    Returns:
        The communities of the search with the highest modularity, the first one on a tie. The same for the same graph
        and seed, whatever the order of its nodes.

    Source:
        V. Blondel et al., "Fast unfolding of communities in large networks" (2008), in networkx; agreement: L. Hubert
        and P. Arabie (1985). Limits: modularity does not see communities that are small beside the whole graph.

    Example:
        >>> graph = nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "x")])
        >>> find_communities(graph).parts
        (('a', 'b', 'c'), ('x', 'y', 'z'))
    """
    names = sorted(graph)
    numbers = {node: number for number, node in enumerate(names)}
    numbered: Numbered = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    pairs: list[tuple[int, int, float]] = []
    for one, other, data in graph.edges(data=True):
        first, second = sorted((numbers[one], numbers[other]))
        pairs.append((first, second, float(data.get("weight", 1))))
    pairs.sort()
    numbered.add_weighted_edges_from(pairs)
    if not pairs:
        return Communities(tuple((node,) for node in names), 0.0, 1.0, runs)
    searches = [nx.community.louvain_communities(numbered, seed=seed + run) for run in range(runs)]
    scores = [nx.community.modularity(numbered, found) for found in searches]
    best = searches[scores.index(max(scores))]
    chosen = _label(best)
    agreement = sum(rand_index(chosen, _label(found)) for found in searches) / runs
    parts = sorted(
        (tuple(sorted(names[number] for number in part)) for part in best), key=lambda part: (-len(part), part)
    )
    return Communities(tuple(parts), round(max(scores), 4), round(agreement, 4), runs)


def speaker_graph(said: Iterable[tuple[str, str]]) -> Plain:
    """Speakers and grounds: one edge for each ground a speaker gives, weighted by its statements that give it.

    Args:
        said: Pairs of a speaker and a ground, one for each statement and ground.

    Returns:
        Bipartite; node attribute ``side``, ``speaker`` or ``ground``.
    """
    graph: Plain = nx.Graph()
    for (speaker, ground), count in sorted(Counter(said).items()):
        graph.add_node(speaker, side="speaker")
        graph.add_node(ground, side="ground")
        graph.add_edge(speaker, ground, weight=count)
    return graph


def compare(parts: Sequence[Sequence[str]], labels: Mapping[str, str]) -> tuple[list[dict[str, int]], float]:
    """Hold communities against labels we know: counts of labels in each, adjusted Rand index over labelled nodes.

    Example:
        >>> compare([["a", "b"], ["c"]], {"a": "x", "b": "x", "c": "y"})
        ([{'x': 2}, {'y': 1}], 1.0)
    """
    tables = [dict(sorted(Counter(labels[node] for node in part if node in labels).items())) for part in parts]
    given = {node: number for number, part in enumerate(parts) for node in part if node in labels}
    return tables, round(rand_index(given, {node: labels[node] for node in given}), 4)


def rand_index(
    one: Mapping[str, object] | Mapping[int, object], other: Mapping[str, object] | Mapping[int, object]
) -> float:
    """Adjusted Rand index of two partitions of the same nodes: 1 if equal, 0 in the mean of chance; 1 if both trivial.

    Example:
        >>> rand_index({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"})
        1.0
    """
    table = Counter((one[node], other[node]) for node in one)  # type: ignore[index]  # a union of mappings, whose keys the loop itself gives
    rows, columns = Counter(one.values()), Counter(other.values())
    together = sum(comb(count, 2) for count in table.values())
    first, second = (sum(comb(count, 2) for count in side.values()) for side in (rows, columns))
    pairs = comb(len(one), 2)
    expected = first * second / pairs if pairs else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _label(parts: Iterable[Iterable[int]]) -> dict[int, object]:
    return {node: number for number, part in enumerate(parts) for node in part}
