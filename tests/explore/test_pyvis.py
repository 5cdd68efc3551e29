"""pyvis with its risky parts taken out."""

import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dualuse import to_pyvis
from dualuse.errors import UsageError
from dualuse.explore.spread import spread
from dualuse.explore.vis import box, short

from .conftest import Network, edge, empty_network, node
from .test_page import HOSTILE, Page, policy


def hostile() -> Network:
    network = empty_network()
    network.add_node("place:x", **node(kind="place", label=HOSTILE))
    network.add_node("place:y", **node(kind="place", label="輝達 href"))
    network.add_edge("place:x", "place:y", **edge(kind="affects"))
    network.add_edge("place:x", "place:y", **edge(kind="affects"))
    return network


@pytest.fixture(scope="module")
def picture(sample: Network) -> Any:
    before = {key: dict(attributes) for key, attributes in sample.nodes(data=True)}
    made = to_pyvis(sample)
    assert {key: dict(attributes) for key, attributes in sample.nodes(data=True)} == before, "it is not changed"
    return made


def test_it_is_a_pyvis_network_with_everything_in_place(sample: Network, picture: Any) -> None:
    assert type(picture).__mro__[1].__module__ == "pyvis.network"
    assert len(picture.nodes) == sample.number_of_nodes()
    assert len(picture.edges) == sample.number_of_edges(), "parallel edges are kept"
    assert all({type(entry["x"]), type(entry["y"])} == {int} and not entry["physics"] for entry in picture.nodes)
    kinds = {data["kind"] for _, data in sample.nodes(data=True)}
    assert set(picture.legend) == kinds
    assert all(kind.replace("-", " ") in picture.generate_html() for kind in kinds)


def test_labels_are_short_and_the_whole_stands_beside_the_pointer(sample: Network, picture: Any) -> None:
    lines = [line for entry in picture.nodes for line in entry["label"].split("\n")]
    assert len(lines) > 100
    assert max(map(len, lines)) <= 19
    told = {entry["id"]: entry["title"] for entry in picture.nodes}
    assert all(told[node].startswith(data["label"]) for node, data in sample.nodes(data=True))
    said = {data["text"] for _, _, data in sample.edges(data=True)}
    assert {entry["title"] for entry in picture.edges} == said
    assert not any("label" in entry for entry in picture.edges)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("TSMC", "TSMC"),
        ("Semiconductor Industry Association (SIA)", "Semiconductor\nIndustry …"),
        ("(unnamed) firm", "(unnamed) firm"),
        ("國際電子產業協會聯合總會某分會的代表處", "國際電子產業協會聯"),
        ("", ""),
    ],
)
def test_a_name_made_short(name: str, label: str) -> None:
    assert short(name).startswith(label)
    assert len(short(name).split("\n")) <= 2


def test_no_two_boxes_meet(generated: Callable[[int], Network]) -> None:
    """However hard it is pulled together: a star, and 150 nodes with hubs."""
    network = generated(150)
    room = {node: box(short(data["label"])) for node, data in network.nodes(data=True)}
    places = spread(network, room)
    assert places == spread(network.copy(), room)
    for one, other in combinations(places, 2):
        (x, y), (u, v), (a, b), (c, d) = places[one], places[other], room[one], room[other]
        assert abs(x - u) * 2 >= a + c - 2 or abs(y - v) * 2 >= b + d - 2, (one, other)


def test_one_node_and_none() -> None:
    assert spread(empty_network(), {}) == {}
    alone = empty_network()
    alone.add_node("place:x", **node(kind="place", label="X"))
    alone.add_edge("place:x", "place:x", **edge(kind="affects"))
    assert len(to_pyvis(alone).nodes) == 1


def test_ipython_stays_out() -> None:
    """pyvis would bring it; and who imports it afterwards has the real one."""
    code = (
        "import sys; import dualuse.explore.vis_network; assert not {'IPython', 'IPython.display'} & {*sys.modules};"
        "from IPython.display import IFrame; import pyvis.network as theirs;"
        "assert type(theirs.IFrame('a.html', 1, 2)) is IFrame"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


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
