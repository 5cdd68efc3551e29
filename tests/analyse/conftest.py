"""What the tests of analyses share: the real network of one day, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click.testing
import networkx as nx
import pytest

from dualuse.card import Version
from dualuse.cli import cli
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.model.sources import Source
from dualuse.network import Network
from dualuse.network.frame import Frame, set_frame
from dualuse.node import Node
from dualuse.registry import Registry

DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"


@pytest.fixture(autouse=True)
def projected_once(project_once: None) -> None:
    """Every test here asks for the network."""


@pytest.fixture
def network(knowledge: Knowledge) -> Network:
    """The real network on 2025-06-01."""
    return knowledge.network(as_of=DAY, lens="codified")


@pytest.fixture
def ask(clean: object) -> Callable[..., click.testing.Result]:
    """Run a command of this area with the built store, as click does."""

    def call(*arguments: str) -> click.testing.Result:
        return click.testing.CliRunner().invoke(cli, arguments)

    return call


def tiny(**nodes: dict[str, Any]) -> Network:
    """A network with nothing but nodes; names with ``__`` in place of the colon."""
    made: Network = nx.MultiDiGraph()
    sources = Registry({"s": Source(key="s", title="S", url="https://example.org/s", source_class="press")})
    set_frame(made, Frame(date(2025, 6, 1), Lens.CODIFIED, Version("0", "0", date(2025, 6, 1)), sources))
    for name, attributes in nodes.items():
        node = Node.parse(name.replace("__", ":").replace("_", "-"))
        names = {"label": node, "label_zh_hant": "", "label_zh_hans": ""}
        made.add_node(
            node, **(names | {"kind": node.kind, "types": (), "tier": "", "status": "", "iri": node} | attributes)
        )
    return made


def join(network: Network, source: str, kind: str, target: str, **more: Any) -> None:
    """Add an edge with a receipt."""
    fact = f"fact:{source}>{kind}>{target}"
    data = {"kind": kind, "iri": fact, "label": kind, "sources": ("s",), "provision": "", "confidence": "high"}
    network.add_edge(Node.parse(source), Node.parse(target), **(data | more))
