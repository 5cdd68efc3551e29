"""Exports: the same bytes for the same data, and nothing lost on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from dualuse.build import Built, build
from dualuse.card import Version
from dualuse.export import RDF_EXPORTS, to_gexf, to_graphml, to_rdf, to_tables
from dualuse.export.networks import flat
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.network import PROJECTIONS, Network
from dualuse.network.frame import Frame, set_frame
from dualuse.node import Node
from dualuse.registry import Registry

DAY = date(2025, 6, 1)
pytestmark = pytest.mark.usefixtures("project_once")
FRAME = Frame(DAY, Lens.CODIFIED, Version("1", "x", DAY), Registry())


@pytest.fixture(scope="module")
def network(knowledge: Knowledge) -> Network:
    return knowledge.network(as_of=DAY)


@pytest.fixture(scope="module")
def shipped(built: Built) -> set[ox.Quad]:
    """Every quad of the graph, by way of the lines that a store gives."""
    return set(ox.parse("".join(built.store.quads()), format=ox.RdfFormat.N_QUADS))


def test_two_builds_are_the_same(built: Built) -> None:
    again = build()
    assert again.sha256 == built.sha256
    assert again.quads == built.quads
    assert again.store.quads() == built.store.quads()


@pytest.fixture(scope="module")
def written(built: Built) -> Callable[[str], bytes]:
    """The graph in a form, written once."""
    return cache(lambda form: to_rdf(built.store, form))


@pytest.mark.parametrize("form", RDF_EXPORTS)
def test_rdf_parses_back(built: Built, shipped: set[ox.Quad], written: Callable[[str], bytes], form: str) -> None:
    ending = RDF_EXPORTS[form][1]
    quads = set(ox.parse(written(form), format=ending))
    assert len(shipped) == built.quads > 40_000
    if ending.supports_datasets:
        assert quads == shipped
    else:
        assert {quad.triple for quad in quads} == {quad.triple for quad in shipped}


def test_nquads_are_sorted_lines_without_blank_nodes(written: Callable[[str], bytes]) -> None:
    lines = written("nquads").decode().split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    assert not [line for line in lines if "_:" in line.split('"')[0]]


def test_turtle_declares_only_what_reads_well(written: Callable[[str], bytes]) -> None:
    text = written("turtle").decode()
    assert text.startswith("@prefix ")
    assert "\nplace:CH " in text


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_network_reads_back(knowledge: Knowledge, projection: str, form: str) -> None:
    network = knowledge.network(projection, as_of=DAY)
    assert network.number_of_edges() > 10
    plain = flat(network)
    if form == "graphml":
        again = nx.read_graphml(io.BytesIO(to_graphml(network)), force_multigraph=True)
        assert {key: str(value) for key, value in again.graph.items() if key in plain.graph} == plain.graph
    else:
        again = nx.read_gexf(io.BytesIO(to_gexf(network)))
    assert nodes_of(again) == nodes_of(plain)
    assert edges_of(again) == edges_of(plain)


def nodes_of(network: Any) -> dict[str, dict[str, str]]:
    own = {"name", "start", "end"}
    return {
        node: {key: str(value) for key, value in data.items() if key not in own and str(value)}
        for node, data in network.nodes(data=True)
    }


def edges_of(network: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    own = {"id", "edge_kind", "label", "kind", "start", "end"}
    found = []
    for source, target, data in network.edges(data=True):
        values = {key: str(value) for key, value in data.items() if key not in own and str(value)}
        values["edge_kind"] = data.get("edge_kind", data.get("kind"))
        found.append((source, target, sorted(values.items())))
    return sorted(found)


def test_day_and_lens_are_inside_and_no_day_of_writing(knowledge: Knowledge, built: Built) -> None:
    network = knowledge.network("supply", as_of=DAY)
    for content in (to_graphml(network), to_gexf(network)):
        assert b"lastmodifieddate" not in content
        text = content.decode()
        assert "2025-06-01" in text
        assert "codified" in text
        assert built.sha256 in text


def test_nothing_is_called_none(network: Network) -> None:
    assert [node for node, data in network.nodes(data=True) if None in data.values()] == []
    assert [edge for *edge, data in network.edges(data=True) if None in data.values()] == []


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8")), strict=True))


def test_tables_hold_every_node_edge_and_source(network: Network, built: Built) -> None:
    tables = to_tables(network)
    assert list(tables) == ["about.json", "edges.csv", "nodes.csv", "sources.csv"]
    nodes, edges, sources = (read(tables[name]) for name in ("nodes.csv", "edges.csv", "sources.csv"))
    assert [row["id"] for row in nodes] == list(network)
    assert [(row["from"], row["to"], row["kind"]) for row in edges] == [
        (source, target, data["kind"]) for source, target, data in network.edges(data=True)
    ]
    assert {row["key"] for row in sources} == set(built.curated.tables["sources"])
    known = {row["key"] for row in sources}
    assert not [row for row in edges for key in row["sources"].split(" | ") if key and key not in known]
    assert b"\r" not in b"".join(tables.values())


def test_formulas_are_defused() -> None:
    network: Network = nx.MultiDiGraph()
    set_frame(network, FRAME)
    risky = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"]
    for number, text in enumerate(risky):
        network.add_node(Node("place", str(number)), label=text, aliases=(text, "b"))
    network.add_node(Node("post", "plain"), label="1=1", aliases=())
    rows = read(to_tables(network)["nodes.csv"])
    assert [row["label"] for row in rows] == ["'" + text.replace("\r", "\n") for text in risky] + ["1=1"]
    assert all(row["aliases"].startswith("'") for row in rows[:-1])


def test_facts_stay_out_of_flat_formats(knowledge: Knowledge) -> None:
    network = knowledge.network("ownership", as_of=DAY, facts=True)
    assert any(data["facts"] for _, data in network.nodes(data=True))
    plain = knowledge.network("ownership", as_of=DAY)
    assert to_graphml(network) == to_graphml(plain)
    assert to_gexf(network) == to_gexf(plain)
    assert to_tables(network) == to_tables(plain)


def test_odd_characters_survive(tmp_path: Path) -> None:
    network: Network = nx.MultiDiGraph()
    set_frame(network, FRAME)
    odd = '<a & "b"> 輝達 \u2028 é'
    first, second = Node("place", "a"), Node("place", "b")
    network.add_node(first, label=odd)
    network.add_node(second, label="b")
    network.add_edge(first, second, kind=odd, min=0.1, estimate=True, sources=("x", "y"))
    for content, reader in ((to_graphml(network), nx.read_graphml), (to_gexf(network), nx.read_gexf)):
        again = reader(io.BytesIO(content))
        assert again.nodes["place:a"]["label"] == odd
        ((_, _, data),) = again.edges(data=True)
        assert (data["min"], data["estimate"], data["sources"]) == (0.1, True, "x | y")
        assert data.get("edge_kind", data.get("kind")) == odd
