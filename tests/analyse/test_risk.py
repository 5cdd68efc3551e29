"""The Economic Systemic Risk Index, and the interval it keeps where shares are unknown."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.risk import ESSENTIAL, NEEDS, NOT_NEEDED, USEFUL, exact_shares, rank_risk, supply_shares
from dualuse.analyse.structure import Supply
from dualuse.network import Network

PUBLISHED = {
    "A": 0.4166666666666667,
    "X": 1.0,
    "B": 0.1369047619047619,
    "C": 0.1369047619047619,
    "D": 0.1369047619047619,
    "E": 0.12320402298850575,
    "F": 0.12320402298850575,
    "G": 0.12320402298850575,
    "H": 0.08333333333333333,
    "I": 0.30555555555555564,
    "J": 0.30555555555555564,
    "K": 0.388888888888889,
    "L": 0.388888888888889,
}
"""Figures of https://github.com/vitelot/Economic-Systemic-Risk, data/test_esri.csv."""
SECTORS = {"A": "1", "X": "1", "I": "1", "B": "2", "C": "2", "D": "2", "L": "2"} | {
    "E": "3",
    "F": "3",
    "J": "3",
    "K": "4",
    "G": "5",
    "H": "99",
}
SUPPLIES = {("A", "X"): ESSENTIAL, ("B", "X"): ESSENTIAL, ("C", "X"): ESSENTIAL, ("D", "X"): ESSENTIAL} | {
    ("E", "X"): USEFUL,
    ("F", "X"): USEFUL,
    ("G", "X"): USEFUL,
    ("H", "X"): NOT_NEEDED,
    ("X", "I"): ESSENTIAL,
    ("X", "J"): USEFUL,
    ("X", "K"): ESSENTIAL,
    ("K", "L"): ESSENTIAL,
}
"""The network of the figures, data/test_list.csv there; every weight is 1."""

Weights = dict[tuple[str, str], tuple[int, str]]
FIRMS = "abcdef"
PAIRS = [(one, other) for one in FIRMS for other in FIRMS if one != other]
weighted = st.dictionaries(
    st.sampled_from(PAIRS), st.tuples(st.integers(1, 9), st.sampled_from(NEEDS)), min_size=1, max_size=14
)
sectors = st.fixed_dictionaries({firm: st.sampled_from("PQR") for firm in FIRMS})


def volumes(weights: Weights, kinds: dict[str, str]) -> Supply:
    """A supply graph whose need of a sector is the same for every supplier of one customer."""
    made: Supply = nx.DiGraph()
    for firm, sector in sorted(kinds.items()):
        made.add_node(firm, sector=sector)
    needs: dict[tuple[str, str], str] = {}
    for (supplier, customer), (weight, need) in sorted(weights.items()):
        same = needs.setdefault((kinds[supplier], customer), need)
        made.add_edge(supplier, customer, weight=weight, need=same)
    return made


def index(graph: Supply) -> dict[str, tuple[float, float]]:
    return {risk.node: (risk.low, risk.high) for risk in rank_risk(graph)}


def test_the_published_example_of_thirteen_firms() -> None:
    graph = volumes({pair: (1, need) for pair, need in SUPPLIES.items()}, SECTORS)
    found = index(exact_shares(graph))
    assert {firm: low for firm, (low, _) in found.items()} == pytest.approx(PUBLISHED, abs=1e-12)
    assert {firm: high for firm, (_, high) in found.items()} == pytest.approx(PUBLISHED, abs=1e-12)


def test_shares_of_sales_bound_what_suppliers_lose() -> None:
    """Worked out by hand, three parties of size 1: s sells 40 percent to c and the rest to d.

    Without c, s loses 0.4 and d, which buys nothing from c, nothing: (1 + 0.4) / 3. Without d likewise (1 + 0.6) / 3.
    Without s its customers lose between nothing and all they make: 1 / 3 to 1.
    """
    graph: Supply = nx.DiGraph()
    graph.add_edge("s", "c", sold=(0.4, 0.4))
    graph.add_edge("s", "d", sold=(0.6, 0.6))
    found = index(graph)
    assert found["c"] == pytest.approx((1.4 / 3, 1.4 / 3))
    assert found["d"] == pytest.approx((1.6 / 3, 1.6 / 3))
    assert found["s"] == pytest.approx((1 / 3, 1))


def test_a_share_on_record_leaves_less_for_the_others() -> None:
    """By hand, four parties: s sells 70 percent to c, and to d and e what nobody tells, 30 percent at most."""
    graph: Supply = nx.DiGraph()
    graph.add_edge("s", "c", sold=(0.7, 0.7))
    graph.add_edges_from([("s", "d"), ("s", "e")])
    found = index(graph)
    assert found["d"] == found["e"] == pytest.approx((1 / 4, 1.3 / 4))


def test_losses_of_sales_run_up_the_chain() -> None:
    """By hand: r sells half to s, s sells half to c. Without c, s loses a half and r a quarter: 1.75 of 3."""
    graph: Supply = nx.DiGraph()
    graph.add_edge("r", "s", sold=(0.5, 0.5))
    graph.add_edge("s", "c", sold=(0.5, 0.5))
    assert index(graph)["c"] == pytest.approx((1.75 / 3, 1.75 / 3))


def test_who_loses_surely_and_who_may() -> None:
    graph: Supply = nx.DiGraph()
    graph.add_edge("s", "c", sold=(0.1, 0.2))
    graph.add_edges_from([("t", "c"), ("c", "d"), ("x", "y")])
    cut = next(risk for risk in rank_risk(graph) if risk.node == "c")
    assert (cut.surely, cut.reaches) == (("s",), ("d", "s", "t"))


@settings(max_examples=20, deadline=None)
@given(weighted, sectors)
def test_exact_shares_give_one_figure_from_ones_own_share_to_all(weights: Weights, kinds: dict[str, str]) -> None:
    graph = exact_shares(volumes(weights, kinds))
    total = sum(graph.nodes[firm]["size"] for firm in graph)
    for risk in rank_risk(graph):
        assert risk.low == pytest.approx(risk.high, abs=1e-6)
        assert graph.nodes[risk.node]["size"] / total - 1e-9 <= risk.low <= 1
        if not graph.degree(risk.node):
            assert (risk.high, risk.reaches) == (0, ())


@settings(max_examples=15, deadline=None)
@given(weighted, sectors, st.data())
def test_what_is_forgotten_widens_the_interval_around_the_figure(
    weights: Weights, kinds: dict[str, str], data: st.DataObject
) -> None:
    graph = exact_shares(volumes(weights, kinds))
    exact = index(graph)
    for supplier, customer in sorted(graph.edges):
        for name in ("sold", "bought"):
            if data.draw(st.booleans()):
                del graph.edges[supplier, customer][name]
    if data.draw(st.booleans()):
        for firm in graph:
            del graph.nodes[firm]["sector"]
    for firm, (low, high) in index(graph).items():
        assert low - 1e-6 <= exact[firm][0] <= exact[firm][1] <= high + 1e-6


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(PAIRS)), st.sampled_from(PAIRS))
def test_one_more_link_of_unknown_share_only_raises_the_upper_end(
    links: set[tuple[str, str]], more: tuple[str, str]
) -> None:
    graph: Supply = nx.DiGraph()
    graph.add_nodes_from(FIRMS)
    graph.add_edges_from(sorted(links))
    before = index(graph)
    for firm in FIRMS:
        around = len(nx.ancestors(graph, firm) | nx.descendants(graph, firm)) + 1
        assert before[firm] == pytest.approx((1 / 6, around / 6))
    graph.add_edge(*more)
    after = index(graph)
    assert all(after[firm][0] == before[firm][0] and after[firm][1] >= before[firm][1] for firm in FIRMS)


def test_the_record_gives_shares_of_sales_only(network: Network) -> None:
    graph = supply_shares(network)
    sold = {(str(a), str(b)): data["sold"] for a, b, data in graph.edges(data=True) if "sold" in data}
    assert sold["organisation:ibiden", "organisation:nvidia"] == pytest.approx((0.2032, 0.2032))
    assert len(sold) == 5
    first = rank_risk(graph)[0]
    assert first.node == "organisation:nvidia"
    assert first.low == pytest.approx((1 + sum(sold[edge][0] for edge in sold if edge[1].endswith("nvidia"))) / 59)
