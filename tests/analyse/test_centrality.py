"""Centrality with its stability interval."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.centrality import MEASURES, percentile, rank_central
from dualuse.analyse.structure import Supply, supply_graph
from dualuse.network import Network

CHAIN: Supply = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d")])


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("betweenness", {"a": 0, "b": 1 / 3, "c": 1 / 3, "d": 0}),
        ("links", {"a": 1 / 3, "b": 2 / 3, "c": 2 / 3, "d": 1 / 3}),
        ("reach", {"a": 1, "b": 2 / 3, "c": 1 / 3, "d": 0}),
    ],
)
def test_measures(measure: str, values: dict[str, float]) -> None:
    assert MEASURES[measure](CHAIN) == pytest.approx(values)
    found = rank_central(CHAIN, measure, runs=5, drop=0.4)
    assert {entry.node: entry.value for entry in found} == pytest.approx(values, abs=1e-6)
    assert all(entry.low <= entry.high and entry.best <= entry.worst for entry in found)


def test_ties_share_the_best_rank() -> None:
    assert [(entry.node, entry.rank) for entry in rank_central(CHAIN, runs=1)] == [
        ("b", 1),
        ("c", 1),
        ("a", 3),
        ("d", 3),
    ]


def test_one_link_left_out_each_time() -> None:
    star: Supply = nx.DiGraph([("hub", name) for name in "abcd"])
    hub = next(entry for entry in rank_central(star, "links", runs=20, drop=0.01) if entry.node == "hub")
    assert (hub.value, hub.low, hub.high, hub.best, hub.worst) == (1, 0.75, 0.75, 1, 1)


def test_seed_decides() -> None:
    one, other = (rank_central(CHAIN, runs=3, drop=0.4, seed=seed) for seed in (1, 1))
    assert one == other


def test_a_graph_without_links() -> None:
    lonely: Supply = nx.DiGraph()
    lonely.add_node("a")
    assert [(entry.value, entry.low, entry.high) for entry in rank_central(lonely, runs=2)] == [(0, 0, 0)]


@pytest.mark.parametrize(("share", "value"), [(0.05, 1), (0.5, 10), (0.95, 19), (0.96, 20), (1.0, 20), (0.0, 1)])
def test_percentile(share: float, value: float) -> None:
    assert percentile(list(range(20, 0, -1)), share) == value


PAIRS = [(one, other) for one in "abcde" for other in "abcde" if one != other]


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(PAIRS), min_size=2), st.permutations(list("abcde")), st.sampled_from(sorted(MEASURES)))
def test_names_do_not_matter_to_value_and_rank(edges: set[tuple[str, str]], names: list[str], measure: str) -> None:
    new = dict(zip("abcde", names, strict=True))
    made: Supply = nx.DiGraph(sorted(edges))
    before = rank_central(made, measure, runs=1)
    after = rank_central(nx.relabel_nodes(made, new), measure, runs=1)
    assert {(new[e.node], e.value, e.rank) for e in before} == {(e.node, e.value, e.rank) for e in after}


def test_nvidia_stays_first(network: Network) -> None:
    first = rank_central(supply_graph(network), runs=30)[0]
    assert (first.node, first.best, first.worst) == ("organisation:nvidia", 1, 1)
