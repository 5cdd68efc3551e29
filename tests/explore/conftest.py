"""Networks to draw: a part of the shipped graph on one day, and generated ones of any size."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from tests.shared import once

from dualuse.analyse.around import around_instrument
from dualuse.card import Version
from dualuse.explore.make import explorer_page
from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.model.sources import Source
from dualuse.network import project
from dualuse.network.frame import Frame, frame_of, set_frame
from dualuse.node import Node
from dualuse.registry import Registry

Network: TypeAlias = "nx.MultiDiGraph[Any]"

AS_OF = "2025-05-15"
RULE = Node("instrument", "us-ai-diffusion-ifr-2025-01")
SOURCES = Registry(
    {
        source.key: source
        for source in (
            Source(
                key="law",
                title="Framework for Artificial Intelligence Diffusion, 90 FR 4544",
                url="https://www.federalregister.gov/d/2025-00636",
                source_class="law-text",
                publisher="Federal Register",
            ),
            Source(
                key="filing",
                title="Annual report (placeholder)",
                url="https://example.org/annual-report?year=2024&part=1",
                source_class="company-filing",
                publisher="Example Exchange",
            ),
            Source(
                key="page",
                title="Statement (placeholder)",
                url="https://example.org/statement",
                source_class="official-statement",
            ),
            Source(key="press", title="News reports (placeholder)", source_class="press", publisher="several"),
        )
    }
)
DATASET = Version("0.1.0", "9f2c4d7e" * 8, date(2026, 11, 22))
_GENERATED = {
    "place": ("1", "2", "3"),
    "instrument": ("",),
    "measure": ("",),
    "product": ("",),
    "organisation": ("",),
    "statement": ("",),
}


def empty_network() -> Network:
    """A network without nodes, with what the page needs to know about the whole."""
    network: Network = nx.MultiDiGraph()
    set_frame(network, Frame(date.fromisoformat(AS_OF), Lens.CODIFIED, DATASET, SOURCES))
    return network


def node(**given: Any) -> dict[str, Any]:
    """Attributes of a node, all present."""
    blank: dict[str, Any] = dict.fromkeys(
        ("kind", "label", "label_zh_hant", "label_zh_hans", "iri", "tier", "confidence", "stance"), ""
    )
    return {**blank, "aliases": (), "facts": (), "sources": (), **given}


def edge(**given: Any) -> dict[str, Any]:
    """Attributes of an edge, all present."""
    blank: dict[str, Any] = dict.fromkeys(
        ("kind", "channel", "label", "valid_from", "valid_to", "confidence", "iri"), ""
    )
    return {**blank, "sources": (), **given}


def cut_sample(knowledge: Knowledge) -> Network:
    """What the January 2025 rule reaches, and what was said of it: some hundred nodes in all lanes."""
    found = project(
        knowledge.store,
        date.fromisoformat(AS_OF),
        "codified",
        facts=True,
        places=knowledge.places,
        links=knowledge.links,
    )
    network = around_instrument(found, RULE)
    set_frame(network, replace(frame_of(network), dataset=DATASET))
    return network


def generate(size: int) -> Network:
    """A network of *size* nodes with hubs and long and Chinese names; the same one every time."""
    chance = random.Random(size)  # noqa: S311 - repeatable, not secret
    network = empty_network()
    kinds = list(_GENERATED)
    names: list[str] = []
    for index in range(size):
        kind = kinds[index % len(kinds)]
        key = f"{kind}:{index:05d}"
        network.add_node(
            key,
            **node(
                kind=kind,
                label=f"{kind.capitalize()} number {index} of the generated network",
                label_zh_hant=f"第{index}號國際電子產業",
                label_zh_hans=f"第{index}号国际电子产业",
                tier=chance.choice(_GENERATED[kind]),
                confidence=chance.choice(("high", "medium", "low")),
                facts=(("note", f"generated {index}"),),
                sources=("law",),
            ),
        )
        # new nodes link to a hub of their neighbourhood, to a recent node, and now and then far away
        targets = {names[(index - 1) // 40 * 40], names[-1 - chance.randrange(min(30, index))]} if index else set()
        if index and chance.random() < 0.1:
            targets.add(chance.choice(names))
        names.append(key)
        for target in sorted(targets - {key}):
            channel = chance.choice(("supply", "destination", "item", ""))
            network.add_edge(key, target, **edge(kind="affects", channel=channel, confidence="high", sources=("law",)))
    return network


@pytest.fixture(scope="session")
def sample(knowledge: Knowledge) -> Network:
    return cut_sample(knowledge)


@pytest.fixture(scope="session")
def generated() -> Callable[[int], Network]:
    return generate


@pytest.fixture(scope="session")
def text(sample: Network) -> str:
    """The page of the sample."""
    return render_page(sample, View("Who is affected by the AI Diffusion rule?", "And who spoke?"))


@pytest.fixture(scope="session")
def rule(rule_page: str) -> str:
    """The page of the January 2025 rule, from the shipped data."""
    return rule_page


@pytest.fixture(scope="session")
def whole(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the whole shipped graph, made once a run."""

    def make(place: Path) -> None:
        place.write_text(explorer_page(knowledge, date(2025, 6, 1), "codified"), "utf-8", newline="")

    return once(tmp_path_factory, "whole.html", make).read_text("utf-8")
