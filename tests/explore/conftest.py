"""Networks to draw: a made-up one with real names (``sample.json``), and generated ones of any size."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx
import pytest

from dualuse.card import Version
from dualuse.explore import View, render_page
from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.network.frame import Frame, set_frame
from dualuse.registry import Registry, Source

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .browsing import Open

Network: TypeAlias = "nx.MultiDiGraph[str]"

AS_OF = "2025-05-15"
SOURCES = Registry(
    law=Source(
        "law",
        "Framework for Artificial Intelligence Diffusion, 90 FR 4544",
        "https://www.federalregister.gov/d/2025-00636",
        "law-text",
        1,
        "Federal Register",
    ),
    filing=Source(
        "filing",
        "Annual report (placeholder)",
        "https://example.org/annual-report?year=2024&part=1",
        "company-filing",
        3,
        "Example Exchange",
    ),
    page=Source("page", "Statement (placeholder)", "https://example.org/statement", "official-statement", 2, ""),
    press=Source("press", "News reports (placeholder)", "", "press", 5, "several"),
)
DATASET = Version("0.1.0", "9f2c4d7e" * 8, date(2026, 11, 22))
_SOURCE_OF_NODE = {"organisation": "filing", "statement": "page", "person": "press", "product": "press"}
_SOURCE_OF_EDGE = {"supplies": "filing", "operates-in": "filing", "says": "page", "about": "page", "owns": "filing"}
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


def read_sample() -> Network:
    """The network of ``sample.json``."""
    text = (Path(__file__).parent / "sample.json").read_text(encoding="utf-8")
    content: dict[str, list[list[Any]]] = json.loads(text)
    network = empty_network()
    for key, *rest in content["nodes"]:
        label, hant, hans, aliases, tier, confidence, stance, facts = (
            rest + ["", "", "", [], "", "high", "", []][len(rest) :]
        )
        kind = key.split(":")[0]
        network.add_node(
            key,
            **node(
                kind=kind,
                label=label,
                label_zh_hant=hant,
                label_zh_hans=hans,
                aliases=tuple(aliases),
                iri=f"https://w3id.org/dualuse/id/{key.replace(':', '/', 1)}",
                tier=tier,
                confidence=confidence,
                stance=stance,
                facts=tuple((name, value) for name, value in facts),
                sources=(_SOURCE_OF_NODE.get(kind, "law"),),
            ),
        )
    for start, kind, end, *rest in content["edges"]:
        channel, text, valid_from, confidence = rest + ["", "", "", "high"][len(rest) :]
        attributes = edge(
            kind=kind,
            channel=channel,
            label=kind.replace("-", " "),
            text=text,
            valid_from=valid_from,
            confidence=confidence,
            sources=(_SOURCE_OF_EDGE.get(kind, "law"),),
        )
        network.add_edge(start, end, **attributes)
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
def sample() -> Network:
    return read_sample()


@pytest.fixture(scope="session")
def generated() -> Callable[[int], Network]:
    return generate


@pytest.fixture
def show(browser: "Browser", tmp_path: Path) -> "Iterator[Open]":
    """Open HTML text in a page that is watched."""
    from .browsing import watched

    with watched(browser, tmp_path / "page.html") as opener:
        yield opener


@pytest.fixture(scope="session")
def text(sample: Network) -> str:
    """The page of the sample."""
    return render_page(sample, View("Who is affected by the AI Diffusion rule?", "And who spoke?"))


@pytest.fixture(scope="session")
def rule(knowledge: Knowledge) -> str:
    """The page of the January 2025 rule, from the shipped data."""
    return explorer_page(knowledge, date(2025, 6, 1), "codified", by="us-ai-diffusion-ifr-2025-01")


@pytest.fixture(scope="session")
def whole(knowledge: Knowledge) -> str:
    """The page of the whole shipped graph."""
    return explorer_page(knowledge, date(2025, 6, 1), "codified")
