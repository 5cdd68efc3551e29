"""Bridges between tiers: exact on small graphs, blind to names."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.bridges import Broker, Link, find_bridges
from dualuse.analyse.structure import Supply, supply_graph
from dualuse.network import Network


def graph(tiers: dict[str, str], *edges: tuple[str, str]) -> Supply:
    made: Supply = nx.DiGraph()
    for node, tier in tiers.items():
        made.add_node(node, tier=tier)
    made.add_edges_from(edges)
    return made


def test_a_chain_through_the_tiers() -> None:
    found = find_bridges(graph({"a": "1", "b": "2", "c": "3"}, ("a", "b"), ("b", "c")))
    assert found.links == (Link("a", "b", ("1", "2"), True), Link("b", "c", ("2", "3"), True))
    assert found.counts == {("1", "2"): 1, ("2", "3"): 1}
    assert found.brokers[0] == Broker("b", "2", {"1": 1, "3": 1}, round(1 / 6, 6), 1)
    assert [(broker.node, broker.between, broker.splits) for broker in found.brokers[1:]] == [("a", 0, 0), ("c", 0, 0)]


def test_a_second_way_round_means_no_only_link() -> None:
    found = find_bridges(graph({"a": "1", "b": "1", "c": "3"}, ("a", "c"), ("b", "c"), ("a", "b")))
    assert [link.only for link in found.links] == [False, False]
    assert found.counts == {("1", "1"): 1, ("1", "3"): 2}
    assert all(broker.splits == 0 for broker in found.brokers)


def test_parties_without_a_tier_are_in_no_bloc() -> None:
    found = find_bridges(graph({"a": "1", "b": "none", "c": "3"}, ("a", "b"), ("b", "c")))
    assert (found.links, found.counts) == ((), {})
    assert found.brokers == (Broker("b", "none", {"1": 1, "3": 1}, 0.5, 1), *found.brokers[1:])


TIERS = st.sampled_from(["1", "2", "3", "none"])
PAIRS = [(one, other) for one in "abcde" for other in "abcde" if one != other]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(TIERS, min_size=5, max_size=5), st.sets(st.sampled_from(PAIRS), min_size=1), st.permutations(list("abcde"))
)
def test_names_do_not_matter(tiers: list[str], edges: set[tuple[str, str]], names: list[str]) -> None:
    made = graph(dict(zip("abcde", tiers, strict=True)), *sorted(edges))
    new = dict(zip("abcde", names, strict=True))
    before, after = find_bridges(made), find_bridges(nx.relabel_nodes(made, new))
    assert before.counts == after.counts
    assert {(new[x.supplier], new[x.customer], x.only) for x in before.links} == {
        (x.supplier, x.customer, x.only) for x in after.links
    }
    assert {(new[b.node], b.between, b.splits) for b in before.brokers} == {
        (b.node, b.between, b.splits) for b in after.brokers
    }


def test_nvidia_joins_the_tiers(network: Network) -> None:
    found = find_bridges(supply_graph(network))
    assert found.brokers[0].node == "organisation:nvidia"
    assert set(found.brokers[0].partners) == {"2", "3"}
    assert found.counts["1", "1"] > found.counts["1", "3"] > 5
