"""Read the Turtle of the ontology and of the examples beside these tests; the examples leave their prefixes out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph

from dualuse.namespaces import PREFIXES

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
VOCABULARY = [ONTOLOGY / "dualuse.ttl", ONTOLOGY / "concepts.ttl"]


def turtle(file: Path) -> str:
    """Text of a file, every prefix declared."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + file.read_text("utf-8")


@cache
def read(*files: Path) -> Graph:
    """Parse files into one graph."""
    graph = Graph()
    for file in files:
        graph.parse(data=turtle(file), format="turtle")
    return graph


def vocabulary() -> Graph:
    """The terms and the concepts."""
    return read(*VOCABULARY)
