"""``docs/network.md`` says what the network holds."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from dualuse.errors import UsageError
from dualuse.network import PROJECTIONS, Network, frame_of
from dualuse.network.describe import behind, edge_table, insert_tables
from dualuse.network.edges import EDGE_KINDS
from dualuse.node import Node

PAGE = Path(__file__).resolve().parents[2] / "docs" / "network.md"


def test_tables_are_those_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    assert insert_tables(text) == text, "run .venv/bin/python scripts/regenerate"


def test_every_kind_of_edge_and_projection_is_there() -> None:
    text = PAGE.read_text("utf-8")
    assert len(EDGE_KINDS) > 25
    assert [kind.kind for kind in EDGE_KINDS if f"| `{kind.kind}` |" not in text] == []
    assert [name for name in PROJECTIONS if f"| `{name}` |" not in text] == []
    assert edge_table().count("\n") == len(EDGE_KINDS) + 1


def test_every_kind_of_node_and_attribute_is_there(network: Network) -> None:
    text = PAGE.read_text("utf-8")
    assert len(network) > 500
    assert {data["kind"] for _, data in network.nodes(data=True) if f"| `{data['kind']}` |" not in text} == set()
    names = {name for _, data in network.nodes(data=True) for name in data}
    names |= {name for *_, data in network.edges(data=True) for name in data} | {
        field.name for field in fields(frame_of(network))
    }
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_every_edge_opens_to_a_source(network: Network) -> None:
    assert network.number_of_edges() > 2000
    assert [edge for edge in network.edges(data=True) if not edge[2]["sources"]] == []
    known = frame_of(network).sources
    assert {key for *_, data in network.edges(data=True) for key in data["sources"]} <= set(known)


def test_tiers_begin_with_the_rule(network: Network) -> None:
    assert network.nodes[Node.parse("place:CH")]["tier"] == "2"


def test_unknown_patterns_and_pages_are_refused() -> None:
    with pytest.raises(UsageError, match="no word of '\\?x foaf:knows \\?y' tells"):
        behind("?x foaf:knows ?y")
    with pytest.raises(UsageError, match="the page has no <!-- edges begins -->"):
        insert_tables("nothing here")
