"""The document in the page: complete, the same every time, and refused when the network is not what it should be."""

import json
from typing import Any

from dualuse.explore.layout import arrange
from dualuse.explore.payload import build_payload, pack, unpack
from dualuse.explore.text import interface_texts
from dualuse.explore.view import View

from .conftest import RULE, Network, edge, empty_network, node


def document(network: Network, focus: str | None = None) -> dict[str, Any]:
    return build_payload(network, arrange(network), View("T", "Q", focus=focus), texts=interface_texts())


def pair() -> Network:
    network = empty_network()
    network.add_node("organisation:a", **node(kind="organisation", label="A", sources=("law",)))
    network.add_node("place:B", **node(kind="place", label="B", tier="2", aliases=("b", "bb")))
    network.add_edge("organisation:a", "place:B", **edge(kind="operates-in", channel="site", sources=("page", "law")))
    return network


def test_round_trip(sample: Network) -> None:
    made = document(sample)
    assert unpack(pack(made)) == json.loads(json.dumps(made))


def test_packed_twice_gives_the_same_line(sample: Network) -> None:
    assert pack(document(sample)) == pack(document(sample))


def test_columns_say_what_the_network_says() -> None:
    made = document(pair())
    assert made["nodes"]["id"] == ["organisation:a", "place:B"]
    assert [made["kinds"][kind]["kind"] for kind in made["nodes"]["kind"]] == ["organisation", "place"]
    assert made["nodes"]["tier"] == ["", "2"]
    assert made["nodes"]["aliases"] == [[], ["b", "bb"]]
    assert (made["edges"]["from"], made["edges"]["to"]) == ([0], [1])
    keys = made["sources"]["key"]
    assert [keys[number] for number in made["edges"]["sources"][0]] == ["page", "law"]
    assert made["sources"]["publisher"][keys.index("page")] == "", "an unknown publisher is blank"


def test_parallel_edges_are_all_kept() -> None:
    network = pair()
    network.add_edge("organisation:a", "place:B", **edge(kind="operates-in", channel="site"))
    network.add_edge("organisation:a", "place:B", **edge(kind="headquartered-in"))
    assert document(network)["edges"]["kind"] == ["headquartered-in", "operates-in", "operates-in"]


def test_examples_are_the_most_linked_of_three_kinds(sample: Network) -> None:
    assert document(sample)["examples"] == ["organisation:nvidia", "place:CN", RULE]


def test_the_focus_is_the_first_example(sample: Network) -> None:
    examples = document(sample, focus="place:CH")["examples"]
    assert examples[0] == "place:CH"
    assert len({key.split(":")[0] for key in examples}) == 3


def test_facts_that_a_link_tells_are_left_out() -> None:
    network = pair()
    network.nodes["organisation:a"]["facts"] = (("operates in", "B"), ("ticker", "AAA"))
    assert document(network)["nodes"]["facts"] == [[["ticker", "AAA"]], []]


def test_only_sources_in_use_are_carried() -> None:
    assert document(pair())["sources"]["key"] == ["law", "page"]


def test_magnitudes_are_written_as_bounds_with_their_unit() -> None:
    network = pair()
    network.add_edge("place:B", "organisation:a", **edge(kind="buys-from"), min=12.0, max=15.5, unit="percent")
    network.add_edge("place:B", "organisation:a", **edge(kind="owns"), min=50.0, max=50.0, provision="15 CFR 1")
    edges = document(network)["edges"]
    assert edges["amount"] == ["", "12–15.5 percent", "50"]
    assert edges["provision"] == ["", "", "15 CFR 1"]
