"""Statements and sources as triples."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.assemble.law import receipt
from dualuse.assemble.node import Node, iri
from dualuse.assemble.parties import Names
from dualuse.records.sources import Source
from dualuse.records.speech import Statement

_STANCE = {"neutral": "speaks without taking sides", "concerned": "is concerned", "requests change": "asks for change"}


def statement(key: str, record: Statement, names: Names) -> Iterator[Node]:
    """A speech act."""
    node = Node("statement", key, "du:Statement")
    stance = record.stance.replace("-", " ")
    node.text("rdfs:label", f"{names[record.organisation]} {_STANCE.get(stance, stance)}, {record.date}", "en")
    node.dated("du:saidOn", record.date)
    node.link("du:onBehalfOf", "organisation", record.organisation)
    node.link("prov:wasAssociatedWith", "person", record.speaker)
    node.text("du:speakerLabel", record.speaker_label, "en")
    node.links("du:aboutInstrument", "instrument", record.instruments)
    node.text("du:topic", record.topic)
    node.link("du:stance", "stance", record.stance)
    node.links("du:ground", "ground", record.grounds)
    node.text("du:demand", record.demand, "en")
    node.text("dct:description", record.summary, "en")
    if record.quotation is not None:
        node.text("du:quotation", record.quotation.text, record.quotation.language)
        node.text("du:quotationCheck", record.quotation.check)
        node.link("du:quotationConfidence", "confidence", record.quotation.confidence)
    node.text("du:venue", record.venue, "en")
    node.link("du:reportKind", "report-kind", record.source_kind)
    node.link("du:sameStatementAs", "statement", record.same_as)
    receipt(node, record)
    yield node


def source(key: str, record: Source) -> Iterator[Node]:
    """A document or page."""
    node = Node("source", key, "du:SourceDocument")
    node.text("dct:title", record.title, record.language)
    node.text("rdfs:label", record.title, record.language)
    node.text("dct:publisher", record.publisher)
    if record.url is not None:
        node.add("foaf:page", iri(record.url))
    node.link("du:sourceClass", "source-class", record.source_class)
    node.partial("dct:issued", record.issued)
    node.text("dct:language", record.language)
    node.text("rdfs:comment", record.note, "en")
    yield node
