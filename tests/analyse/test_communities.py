"""Communities: clear cases exactly, the same whatever the order, and indices worked out by hand."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.communities import compare, find_communities, rand_index, speaker_graph
from dualuse.analyse.structure import Plain


def cliques(*groups: str) -> Plain:
    made: Plain = nx.Graph(pair for group in groups for pair in combinations(group, 2))
    made.add_edges_from((one[-1], other[0]) for one, other in pairwise(groups))
    return made


def test_cliques_are_communities() -> None:
    found = find_communities(cliques("abcd", "efgh", "ijk"))
    assert [set(part) for part in found.parts] == [set("abcd"), set("efgh"), set("ijk")]
    assert (found.agreement, found.runs) == (1.0, 20)
    assert found.modularity == round(15 / 17 - (13**2 + 14**2 + 7**2) / 34**2, 4)


def test_a_graph_without_links() -> None:
    lonely: Plain = nx.Graph()
    lonely.add_nodes_from("ab")
    assert find_communities(lonely).parts == (("a",), ("b",))


def test_weights_count() -> None:
    made: Plain = nx.Graph()
    made.add_weighted_edges_from([("a", "b", 10), ("c", "d", 10), ("a", "c", 1), ("b", "d", 1)])
    assert find_communities(made).parts == (("a", "b"), ("c", "d"))


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(sorted(combinations("abcdefgh", 2))), min_size=3), st.randoms(use_true_random=False))
def test_order_does_not_matter(edges: set[tuple[str, str]], random: object) -> None:
    one: Plain = nx.Graph(sorted(edges))
    other: Plain = nx.Graph(sorted(edges, key=lambda pair: pair[::-1], reverse=True))
    assert find_communities(one, runs=3) == find_communities(other, runs=3)


@settings(max_examples=20, deadline=None)
@given(st.permutations(list("abcdefghijk")))
def test_names_of_clear_communities_do_not_matter(names: list[str]) -> None:
    new = dict(zip("abcdefghijk", names, strict=True))
    found = find_communities(nx.relabel_nodes(cliques("abcd", "efgh", "ijk"), new), runs=5)
    assert {frozenset(part) for part in found.parts} == {
        frozenset(new[node] for node in group) for group in ("abcd", "efgh", "ijk")
    }


def test_speakers_and_grounds() -> None:
    made = speaker_graph([("nv", "market"), ("nv", "market"), ("bis", "security")])
    assert made.edges["nv", "market"]["weight"] == 2
    assert {node: data["side"] for node, data in made.nodes(data=True)} == {
        "nv": "speaker",
        "market": "ground",
        "bis": "speaker",
        "security": "ground",
    }


def test_compare() -> None:
    tables, index = compare([["a", "b", "x"], ["c", "d"]], {"a": "s", "b": "s", "c": "t", "d": "s"})
    assert tables == [{"s": 2}, {"s": 1, "t": 1}]
    assert index == round((1 - 2 * 3 / 6) / ((2 + 3) / 2 - 2 * 3 / 6), 4)


def test_rand_index_of_trivial_partitions() -> None:
    assert rand_index({}, {}) == 1.0
    assert rand_index({"a": 1}, {"a": "x"}) == 1.0
    assert rand_index({"a": 1, "b": 1}, {"a": "x", "b": "y"}) == 0.0
