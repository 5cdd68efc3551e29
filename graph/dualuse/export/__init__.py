"""Write the graph to files other tools read; the same data give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dualuse.claims.dna.write import to_dna
from dualuse.export.bods import to_bods
from dualuse.export.ftm import to_ftm
from dualuse.export.jsonld import to_context
from dualuse.export.nanopubs import to_nanopubs
from dualuse.export.networks import to_gexf, to_graphml
from dualuse.export.rdf import RDF_EXPORTS, to_rdf
from dualuse.export.tables import to_tables
from dualuse.export.void import to_void

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

RECORD_EXPORTS: Mapping[str, Callable[[Knowledge], bytes]] = {
    "bods": to_bods,
    "ftm": to_ftm,
    "nanopubs": to_nanopubs,
}
"""Formats of others that hold a part of the record, and what writes them."""
FORMATS = (*RDF_EXPORTS, *RECORD_EXPORTS, "graphml", "gexf", "csv", "dna")
"""Every export format."""

__all__ = [
    "FORMATS",
    "RDF_EXPORTS",
    "RECORD_EXPORTS",
    "to_bods",
    "to_context",
    "to_dna",
    "to_ftm",
    "to_gexf",
    "to_graphml",
    "to_nanopubs",
    "to_rdf",
    "to_tables",
    "to_void",
]
