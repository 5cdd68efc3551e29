"""A network that cannot be drawn is refused, and the message says where and why."""

import pytest

from dualuse.errors import UsageError
from dualuse.explore.checks import check_network
from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.explore.vis import to_pyvis

from .conftest import Network, edge, empty_network, node


def pair() -> Network:
    network = empty_network()
    network.add_node("place:A", **node(kind="place", label="A"))
    network.add_node("place:B", **node(kind="place", label="B"))
    network.add_edge("place:A", "place:B", **edge(kind="treated-as"))
    return network


def test_a_whole_network_passes(sample: Network) -> None:
    check_network(sample)


def test_a_missing_frame_is_named() -> None:
    network = pair()
    network.graph["frame"] = {"lens": "codified"}
    with pytest.raises(UsageError, match=r"graph\['frame'\] is \{'lens': 'codified'\}, not a Frame"):
        check_network(network)


def test_a_missing_node_attribute_is_named() -> None:
    network = pair()
    del network.nodes["place:B"]["label_zh_hant"]
    with pytest.raises(UsageError, match="place:B: attribute 'label_zh_hant' is None, not a str"):
        check_network(network)


def test_a_wrong_type_is_named() -> None:
    network = pair()
    network.nodes["place:B"]["aliases"] = ["b"]
    with pytest.raises(UsageError, match=r"'aliases' is \['b'\], not a tuple"):
        check_network(network)


def test_a_source_that_is_not_registered_is_named() -> None:
    network = pair()
    network.add_edge("place:A", "place:B", **edge(kind="about", sources=("nowhere",)))
    with pytest.raises(UsageError, match="place:A -> place:B: sources nowhere are not in the registry"):
        check_network(network)


def test_the_first_five_faults_are_listed() -> None:
    network = empty_network()
    network.add_nodes_from(f"place:{index}" for index in range(3))
    with pytest.raises(UsageError, match=r"place:0: attribute 'kind'.*… and 28 more"):
        check_network(network)


def test_both_ways_to_draw_check_first() -> None:
    network = pair()
    network.graph.clear()
    with pytest.raises(UsageError):
        render_page(network, View("T"))
    with pytest.raises(UsageError):
        to_pyvis(network)
