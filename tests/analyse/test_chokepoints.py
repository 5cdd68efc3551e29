"""Chokepoints: exact on small graphs, equal to brute force on random ones, blind to names."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.analyse.chokepoints import (
    count_paths,
    rank_chokepoints,
    reached,
    smallest_cover,
    smallest_cut,
    sole_makers,
    tiers_of,
)
from dualuse.analyse.structure import Supply, catching_items, caught, item_supply, supply_graph
from dualuse.errors import UsageError
from dualuse.network import Network
from dualuse.node import Node

from .conftest import join, tiny


def graph(*edges: tuple[str, str], seats: dict[str, str] | None = None) -> Supply:
    made: Supply = nx.DiGraph(edges)
    for node in made:
        made.nodes[node].update(seat=(seats or {}).get(node, ""), tier="none")
    return made


HOURGLASS = graph(
    *(("tool", "fab"), ("gas", "fab"), ("fab", "chip"), ("fab", "card"), ("mill", "card")),
    seats={"tool": "NL", "gas": "JP", "fab": "TW", "mill": "TW", "chip": "US", "card": "US"},
)


def test_hourglass() -> None:
    found = rank_chokepoints(HOURGLASS, ["card", "chip"])
    assert (found.paths, found.complete, found.origins, found.unsupplied) == (5, True, ("gas", "mill", "tool"), ())
    assert [(entry.node, entry.paths, entry.ends) for entry in found.parties] == [
        ("fab", 4, ("chip",)),
        ("gas", 2, ()),
        ("tool", 2, ()),
        ("mill", 1, ()),
    ]
    assert [(entry.node, entry.parties, entry.paths, entry.ends) for entry in found.places] == [
        ("TW", ("fab", "mill"), 5, ("card", "chip")),
        ("JP", ("gas",), 2, ()),
        ("NL", ("tool",), 2, ()),
    ]
    assert found.cut == ("fab", "mill")
    assert found.place_cut == ("TW",)


def test_paths_stop_at_the_first_end() -> None:
    assert count_paths(graph(("a", "b"), ("b", "c")), ["a"], {"b", "c"}) == (1, True)
    assert reached(graph(("a", "b"), ("b", "c")), ["a"], {"b", "c"}) == {"b"}


def test_circles_are_walked_path_by_path() -> None:
    circle = graph(("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("b", "d"))
    assert count_paths(circle, ["a"], {"d"}) == (2, True)
    assert rank_chokepoints(circle, ["d"]).cut in {("a",), ("b",)}


def test_too_many_paths_in_circles_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualuse.analyse.chokepoints._MOST_PATHS", 1)
    circle = graph(("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("b", "d"))
    assert count_paths(circle, ["a"], {"d"}) == (1, False)


def test_ends_without_suppliers() -> None:
    lonely = graph(("a", "b"))
    lonely.add_node("c", seat="", tier="none")
    found = rank_chokepoints(lonely, ["b", "c"])
    assert (found.ends, found.unsupplied, found.paths) == (("b",), ("c",), 1)
    alone = rank_chokepoints(graph(("c", "x")), ["c"])
    assert (alone.paths, alone.parties, alone.cut, alone.place_cut) == (0, (), (), ())


def test_more_than_three_places_are_not_tried() -> None:
    wide = graph(*((name, "end") for name in "abcd"), seats={name: name.upper() for name in "abcd"})
    found = rank_chokepoints(wide, ["end"])
    assert (found.place_cut, found.cover) == ((), ("A", "B", "C", "D"))
    wider = graph(*((name, "end") for name in "abcdef"), seats={name: name.upper() for name in "abcdef"})
    assert rank_chokepoints(wider, ["end"]).cover == ()


@pytest.mark.parametrize(("percent", "cover"), [(50, "A"), (51, "AB"), (90, "AB"), (91, "ABC"), (100, "ABC")])
def test_the_fewest_places_that_cover_a_part_of_the_paths(percent: int, cover: str) -> None:
    """Ten paths to ten ends: of three makers, each in a place of its own, a makes five, b four and c one."""
    makers = {"a": "01234", "b": "5678", "c": "9"}
    goods = graph(*((maker, end) for maker, ends in makers.items() for end in ends))
    seats = {maker.upper(): [maker] for maker in makers}
    assert smallest_cover(goods, list(makers), set("0123456789"), seats, percent) == tuple(cover)


def test_the_largest_place_may_be_left_out_of_the_smallest_cover() -> None:
    """By hand: X has four of six paths, but Y and Z have all six together."""
    goods = graph(("y", "x"), ("z", "x"), ("x", "p"), ("x", "q"), ("y", "r"), ("z", "s"))
    seats = {"X": ["x"], "Y": ["y"], "Z": ["z"]}
    assert count_paths(goods, ["y", "z"], set("pqrs")) == (6, True)
    assert smallest_cover(goods, ["y", "z"], set("pqrs"), seats, 60) == ("X",)
    assert smallest_cover(goods, ["y", "z"], set("pqrs"), seats, 90) == ("Y", "Z")


def test_sole_makers_and_tiers() -> None:
    assert sole_makers({"x": ("fab",), "y": ("fab",), "z": ("fab", "mill"), "w": ()}) == {"fab": 2}
    made = graph(("a", "b"), ("c", "b"))
    nx.set_node_attributes(made, {"a": "1", "c": "3"}, "tier")
    assert tiers_of(made, ["a", "b", "c"]) == {"1": 1, "3": 1, "none": 1}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Supply, list[str]]:
    names = list("abcdefg")
    pairs = [(one, other) for one in names for other in names if one != other]
    made = graph(*draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=14, unique=True)))
    return made, draw(st.lists(st.sampled_from(sorted(made)), min_size=1, max_size=2, unique=True))


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_equal_to_brute_force(made: tuple[Supply, list[str]]) -> None:
    whole, ends = made
    inner = whole.copy()
    inner.remove_edges_from([(a, b) for a, b in whole.edges if a in ends])
    origins = [node for node in whole if not whole.in_degree(node) and node not in ends]

    def paths(part: Supply) -> list[list[str]]:
        starts = [node for node in origins if node in part]
        return [path for start in starts for path in nx.all_simple_paths(part, start, ends)]

    every = paths(inner)
    found = rank_chokepoints(whole, ends)
    assert found.paths == len(every)
    counted = {entry.node: entry.paths for entry in found.parties}
    assert counted == {n: c for n in whole if n not in ends and (c := sum(n in path for path in every))}
    suppliers = sorted({node for path in every for node in path[:-1]})
    sizes = (
        size
        for size in range(len(suppliers) + 1)
        for chosen in combinations(suppliers, size)
        if all(set(chosen) & set(path) for path in every)
    )
    assert len(smallest_cut(whole, origins, set(ends))) == next(sizes)
    for entry in found.parties:
        rest = [path for path in every if entry.node not in path]
        assert set(entry.ends) == {path[-1] for path in every} - {path[-1] for path in rest}


@settings(max_examples=20, deadline=None)
@given(graphs(), st.permutations(list("abcdefg")))
def test_names_do_not_matter(made: tuple[Supply, list[str]], names: list[str]) -> None:
    whole, ends = made
    new = dict(zip("abcdefg", names, strict=True))
    renamed: Supply = nx.relabel_nodes(whole, new)
    before, after = rank_chokepoints(whole, ends), rank_chokepoints(renamed, [new[end] for end in ends])
    assert sorted((new[e.node], e.paths, len(e.ends)) for e in before.parties) == sorted(
        (e.node, e.paths, len(e.ends)) for e in after.parties
    )
    assert sorted(new[node] for node in before.cut) == sorted(after.cut)


@pytest.fixture
def chips() -> Network:
    names = ("asml", "fab", "mill", "nv", "shop", "idle")
    made = tiny(
        item__3x={}, item__3x_a={}, product__p={}, product__q={}, place__TW={"tier": "1"},
        **{f"organisation__{name}": {} for name in names},
    )  # fmt: skip
    nx.relabel_nodes(made, {Node.parse("item:3x-a"): Node.parse("item:3x.a")}, copy=False)
    for product, maker in (("p", "fab"), ("q", "mill")):
        join(made, f"product:{product}", "made-by", f"organisation:{maker}")
        join(made, f"product:{product}", "designed-by", "organisation:nv")
    join(made, "item:3x.a", "catches", "product:p")
    join(made, "place:TW", "seats", "organisation:fab")
    join(made, "organisation:asml", "supplies", "organisation:fab")
    join(made, "organisation:nv", "supplies", "organisation:shop")
    join(made, "organisation:idle", "supplies", "organisation:idle")
    return made


def test_supply_graph(chips: Network) -> None:
    found = supply_graph(chips)
    assert sorted(found.edges) == [
        ("organisation:asml", "organisation:fab"),
        ("organisation:fab", "organisation:nv"),
        ("organisation:mill", "organisation:nv"),
        ("organisation:nv", "organisation:shop"),
    ]
    assert found.nodes["organisation:fab"] == {
        "label": "organisation:fab",
        "seat": "place:TW",
        "tier": "1",
        "types": (),
    }
    assert found.nodes["organisation:nv"]["tier"] == "none"
    assert found.edges["organisation:fab", "organisation:nv"]["facts"] == ("fact:product:p>made-by>organisation:fab",)


@pytest.mark.parametrize(
    ("to", "nodes", "ends"),
    [
        ("products", ["organisation:asml", "organisation:fab", "product:p"], ("product:p",)),
        ("designers", ["organisation:asml", "organisation:fab", "organisation:nv"], ("organisation:nv",)),
        (
            "customers",
            ["organisation:asml", "organisation:fab", "organisation:nv", "organisation:shop"],
            ("organisation:shop",),
        ),
    ],
)
def test_item_supply(chips: Network, to: str, nodes: list[str], ends: tuple[str, ...]) -> None:
    for item in ("item:3x", "item:3x.a"):
        found = item_supply(chips, Node.parse(item), to)
        assert (sorted(found.graph), found.ends) == (nodes, ends)
        assert found.makers == {"product:p": ("organisation:fab",)}


def test_items_that_catch(chips: Network) -> None:
    assert catching_items(chips) == ("item:3x.a",)
    assert caught(chips, Node.parse("item:3x")) == (Node.parse("product:p"),)
    with pytest.raises(UsageError, match="3y catches no product on 2025-06-01"):
        item_supply(chips, Node.parse("item:3y"))


def test_the_makers_of_caught_chips(network: Network) -> None:
    supply = item_supply(network, Node.parse("item:3a090.a"), "products")
    found = rank_chokepoints(supply.graph, supply.ends)
    assert found.parties[0].node == "organisation:tsmc"
    assert found.places[0].node == "place:TW"
    assert found.cut == ("organisation:smic", "organisation:tsmc")
    assert found.place_cut == ("place:CN", "place:TW")
    assert found.cover == ("place:TW",)
    assert found.places[0].paths >= 0.9 * found.paths
    assert {network.nodes[Node.parse(place)]["tier"] for place in found.place_cut} == {"1", "3"}
