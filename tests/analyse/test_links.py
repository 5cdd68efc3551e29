"""The links that a store keeps: the same as the graph's own, and taken only where this code made them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dualuse.build import Built, save
from dualuse.errors import StoreError
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.network import links
from dualuse.network.edges import EDGE_KINDS
from dualuse.network.project import Network, project
from dualuse.node import Node
from dualuse.store import MemoryStore, open_store
from dualuse.store.base import Row

DAY = date(2025, 5, 15)


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("links") / "store"
    save(built, str(place))
    return place


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Queries for edges, as they are asked."""
    found: list[str] = []
    stream = MemoryStore.stream

    def counted(store: MemoryStore, query: str) -> tuple[list[str], Iterator[Row]]:
        if query.startswith("# Edges"):
            found.append(query)
        return stream(store, query)

    monkeypatch.setattr(MemoryStore, "stream", counted)
    return found


def whole(network: Network) -> tuple[object, object]:
    return list(network.nodes(data=True)), list(network.edges(data=True))


@pytest.mark.parametrize("all_times", [False, True])
def test_what_is_kept_is_what_the_graph_has(built: Built, folder: Path, asked: list[str], all_times: bool) -> None:
    kept = whole(project(open_store(str(folder)), DAY, "codified", all_times=all_times))
    assert asked == []
    assert kept == whole(project(built.store, DAY, "codified", all_times=all_times))
    assert len(asked) == len(EDGE_KINDS)


def test_what_other_code_made_is_not_taken(folder: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_MADE_BY", ("dualuse.network.edges",))
    assert len(project(open_store(str(folder)), DAY, "codified")) > 500
    assert len(asked) == len(EDGE_KINDS)


def test_what_was_damaged_is_not_taken(built: Built, tmp_path: Path) -> None:
    save(built, str(tmp_path / "store"))
    (kept,) = (tmp_path / "store").glob("build-*/links-*.json")
    kept.write_bytes(kept.read_bytes().replace(b"Nvidia", b"nvidia").replace(b"NVIDIA", b"Nvidia"))
    with pytest.raises(StoreError, match="other bytes than were written"):
        open_store(str(tmp_path / "store"))


def test_who_walks_the_network_finds_what_is_in_it(built: Built) -> None:
    knowledge = Knowledge(built.store)
    whole = knowledge.network(as_of=DAY)
    rule = Node("instrument", "us-ai-diffusion-ifr-2025-01")
    measure = next(target for _, target, data in whole.out_edges(rule, data=True) if data["kind"] == "does")
    for asked in (rule, measure):
        web = knowledge.walkable([asked], as_of=DAY, lens=Lens.CODIFIED)
        assert (list(web), len(web), rule in web, "place:XX" in web) == (list(whole), len(whole), True, False)
        assert list(web.edges(data=True)) == list(whole.edges(data=True))
        for node, data in whole.nodes(data=True):
            status = data["status"] if node == rule else ""
            assert web.nodes[node] | {"facts": ()} == data | {"tier": "", "status": status}
            assert list(web.out_edges(node, data=True)) == list(whole.out_edges(node, data=True))
            assert sorted(web.in_edges(node, data=True), key=str) == sorted(whole.in_edges(node, data=True), key=str)
        for source, target in whole.edges():
            assert web.get_edge_data(source, target) == whole.get_edge_data(source, target)
    assert whole.nodes[Node("place", "CH")]["tier"] == "2"
