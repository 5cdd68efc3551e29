"""Positions: the same every time, whole numbers, nothing on top of anything else."""

from collections.abc import Callable
from itertools import pairwise

import networkx as nx
import pytest

from dualuse.explore.layout import CELL_HEIGHT, CELL_WIDTH, NODE_LIMIT, arrange
from dualuse.explore.style import LANES

from .conftest import RULE, Network, edge, empty_network, node


def test_every_node_has_a_place_in_whole_numbers(sample: Network) -> None:
    layout = arrange(sample)
    assert set(layout.positions) == set(sample)
    assert all(isinstance(value, int) for point in layout.positions.values() for value in point)


def test_order_of_insertion_does_not_matter(sample: Network) -> None:
    backwards = empty_network()
    backwards.add_nodes_from(reversed(list(sample.nodes(data=True))))
    backwards.add_edges_from(reversed(list(sample.edges(data=True))))
    assert arrange(backwards) == arrange(sample)


def test_no_two_nodes_of_a_lane_overlap(sample: Network) -> None:
    points = sorted(arrange(sample).positions.values())
    assert len(set(points)) == len(points)
    columns: dict[int, list[int]] = {}
    for x, y in points:
        columns.setdefault(x, []).append(y)
    for heights in columns.values():
        assert all(below - above >= CELL_HEIGHT for above, below in pairwise(heights))
    assert all(right - left >= CELL_WIDTH for left, right in pairwise(sorted(columns)))


def test_lanes_run_from_rules_to_voices(sample: Network) -> None:
    layout = arrange(sample)
    assert tuple(lane.name for lane in layout.lanes) == LANES
    assert all(before.right < after.left for before, after in pairwise(layout.lanes))
    x = {key: point[0] for key, point in layout.positions.items()}
    rules, measures, targets, parties, voices = layout.lanes
    assert rules.left <= x[RULE] < rules.right
    assert rules.left <= x["organisation:bis"] < rules.right, "who issued an instrument stands with the rules"
    assert measures.left <= x["measure:scope-worldwide-a-items"] < measures.right
    assert targets.left <= x["place:CH"] < targets.right
    assert parties.left <= x["organisation:nvidia"] < parties.right
    assert voices.left <= x["statement:st-004"] < voices.right


def test_places_are_grouped_by_tier_then_by_name(sample: Network) -> None:
    layout = arrange(sample)
    height = {key: layout.positions[key][1] for key in sample if key.startswith("place:")}
    by_tier = {tier: [h for key, h in height.items() if sample.nodes[key]["tier"] == tier] for tier in "123"}
    assert max(by_tier["1"]) < min(by_tier["2"])
    assert max(by_tier["2"]) < min(by_tier["3"])
    assert layout.positions["place:AU"] < layout.positions["place:BE"] < layout.positions["place:CA"]


def test_unknown_kinds_stand_in_the_last_lane() -> None:
    network = empty_network()
    network.add_node("comet:1", **node(kind="comet", label="Halley"))
    assert arrange(network).lanes[0].name == LANES[-1]


def test_empty_network() -> None:
    layout = arrange(empty_network())
    assert layout.positions == {}
    assert layout.lanes == ()


@pytest.mark.parametrize("size", [NODE_LIMIT + 1, 10_000])
def test_large_networks_stand_in_discs(generated: Callable[[int], Network], size: int) -> None:
    network = generated(size)
    layout = arrange(network)
    assert layout == arrange(network)
    assert layout.lanes == ()
    assert len(layout.positions) == size
    # no two nodes in one cell of a grid as fine as a mark
    assert len({(x // 8, y // 8) for x, y in layout.positions.values()}) > 0.97 * size


def test_the_most_linked_node_stands_in_the_middle_of_its_disc() -> None:
    network = empty_network()
    for index in range(NODE_LIMIT + 1):
        network.add_node(f"place:{index}", **node(kind="place", label=str(index)))
    for index in range(1, 50):
        network.add_edge("place:0", f"place:{index}", **edge(kind="affects"))
    positions = arrange(network).positions
    x0, y0 = positions["place:0"]
    ring = [positions[f"place:{index}"] for index in range(1, 50)]
    assert abs(sum(x for x, _ in ring) / 49 - x0) < 20
    assert abs(sum(y for _, y in ring) / 49 - y0) < 20


def test_the_network_is_not_changed(sample: Network) -> None:
    before = nx.to_dict_of_dicts(sample)
    arrange(sample)
    assert nx.to_dict_of_dicts(sample) == before
