"""The whole record as Turtle, TriG, N-Quads or JSON-LD, sorted; what feeds brought is left out."""

from __future__ import annotations

import pyoxigraph as ox

from dualuse.export.jsonld import to_jsonld
from dualuse.namespaces import FEEDS, PREFIXES
from dualuse.store.base import Store

RDF_EXPORTS: dict[str, tuple[str, ox.RdfFormat]] = {
    "turtle": ("ttl", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "nquads": ("nq", ox.RdfFormat.N_QUADS),
    "jsonld": ("jsonld", ox.RdfFormat.JSON_LD),
}
"""Format -> file ending and Oxigraph's name for it."""


def to_rdf(store: Store, form: str) -> bytes:
    """The graph in one RDF format, without the graphs of feeds: those are others' to give, under licences of their own.

    Args:
        store: What to write.
        form: A key of ``RDF_EXPORTS``. Turtle has no named graphs, so it holds their union; JSON-LD has its
            context in it.
    """
    lines = own_lines(store)
    if form == "nquads":
        return "".join(lines).encode("utf-8")
    quads = quads_of(lines)
    if form == "jsonld":
        return to_jsonld(quads)
    ending = RDF_EXPORTS[form][1]
    if ending.supports_datasets:
        ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
        return ox.serialize(ordered, format=ending, prefixes=PREFIXES) or b""
    triples = sorted({quad.triple for quad in quads}, key=str)
    return ox.serialize(triples, format=ending, prefixes=PREFIXES) or b""


def own_lines(store: Store) -> list[str]:
    """Lines of N-Quads of a store, sorted, without those of feeds."""
    return [line for line in store.quads() if not line.rpartition(" <")[2].startswith(FEEDS)]


def quads_of(lines: list[str]) -> list[ox.Quad]:
    """The quads that lines of N-Quads are."""
    # bytes: of text that it has no memory to read, Oxigraph says that it is no file
    return list(ox.parse("".join(lines).encode("utf-8"), format=ox.RdfFormat.N_QUADS))
