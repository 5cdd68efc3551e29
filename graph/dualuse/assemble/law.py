"""Receipts and periods of rules, which are not records of the model yet."""

from __future__ import annotations

from dualuse.model.triples import Triples
from dualuse.records.base import Dated, Sourced


def receipt(node: Triples, record: Sourced) -> None:
    """Add sources, confidence and note."""
    node.links("prov:wasDerivedFrom", "source", record.sources)
    node.link("du:confidence", "confidence", record.confidence)
    node.text("rdfs:comment", record.note, "en")


def interval(node: Triples, record: Dated) -> None:
    """Add the days between which a record holds."""
    node.bound("du:validFrom", record.valid_from)
    node.bound("du:validTo", record.valid_to)
