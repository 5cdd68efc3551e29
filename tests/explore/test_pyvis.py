"""pyvis with its risky parts taken out."""

from pathlib import Path

import pytest

from dualuse.errors import UsageError
from dualuse.explore.layout import arrange
from dualuse.explore.vis import to_pyvis

from .conftest import Network, edge, empty_network, node
from .test_page import HOSTILE, Page, policy


def hostile() -> Network:
    network = empty_network()
    network.add_node("place:x", **node(kind="place", label=HOSTILE))
    network.add_node("place:y", **node(kind="place", label="輝達 href"))
    network.add_edge("place:x", "place:y", **edge(kind="affects"))
    network.add_edge("place:x", "place:y", **edge(kind="affects"))
    return network


def test_it_is_a_pyvis_network_with_everything_in_place(sample: Network) -> None:
    picture = to_pyvis(sample)
    assert type(picture).__mro__[1].__module__ == "pyvis.network"
    assert len(picture.nodes) == sample.number_of_nodes()
    assert len(picture.edges) == sample.number_of_edges(), "parallel edges are kept"
    positions = arrange(sample).positions
    assert all((entry["x"], entry["y"]) == positions[entry["id"]] for entry in picture.nodes)
    assert not any(entry["physics"] or "title" in entry for entry in picture.nodes)


def test_positions_may_be_given() -> None:
    picture = to_pyvis(hostile(), positions={"place:x": (1, 2), "place:y": (3, 4)})
    assert [(entry["x"], entry["y"]) for entry in picture.nodes] == [(1, 2), (3, 4)]


def test_positions_must_be_complete() -> None:
    with pytest.raises(UsageError, match="lack 1 nodes, among them place:y"):
        to_pyvis(hostile(), positions={"place:x": (1, 2)})


def test_its_page_is_offline_and_escaped() -> None:
    text = to_pyvis(hostile()).generate_html()
    assert HOSTILE not in text
    assert not [attributes for _, attributes in Page(text).tags if {"src", "href"} & attributes.keys()]
    assert policy(text)["default-src"] == ["'none'"]


def test_written_as_utf8_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    picture = to_pyvis(hostile())
    picture.write_html("one.html")
    picture.show("two.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]
    assert (tmp_path / "one.html").read_bytes() == picture.generate_html().encode()


def test_the_network_is_not_changed(sample: Network) -> None:
    before = {key: dict(attributes) for key, attributes in sample.nodes(data=True)}
    to_pyvis(sample)
    assert {key: dict(attributes) for key, attributes in sample.nodes(data=True)} == before
