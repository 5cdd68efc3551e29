"""Turn curated records into N-Quads text, one named graph a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dualuse.assemble import claims, law, parties, rules, speech
from dualuse.assemble.node import Node, iri, literal
from dualuse.load.curated import Curated
from dualuse.namespaces import GRAPH, expand
from dualuse.records.sources import Dataset

Writer = Callable[[str, Any], Iterator[Node]]

_PLAIN: dict[str, Writer] = {
    "sources": speech.source,
    "places": law.place,
    "groups": law.group,
    "memberships": law.membership,
    "treatments": law.treatment,
    "instruments": law.instrument,
    "provisions": law.provision,
    "measures": law.measure,
    "rules": rules.rule,
    "not-modelled": rules.not_modelled,
    "items": law.item,
    "thresholds": law.threshold,
    "products": law.product,
    "organisations": parties.organisation,
    "people": parties.person,
    "documents": claims.document,
    "claims/passages": claims.passage,
    "claims/claims": claims.claim,
    "claims/settlements": claims.settlement,
    "claims/legal-effects": claims.legal_effect,
}

_NAMING: dict[str, Callable[[str, Any, parties.Names], Iterator[Node]]] = {
    "statements": speech.statement,
    "relations/operations": parties.operation,
    "relations/supplies": parties.supply,
    "relations/ownerships": parties.ownership,
    "relations/affiliations": parties.affiliation,
    "relations/seats": parties.seat,
    "relations/listings": parties.listing,
    "relations/revenue-shares": parties.revenue_share,
}
"""Tables whose labels say the names of organisations."""


def _writers(curated: Curated) -> dict[str, Writer]:
    names = {key: record.name.en for key, record in curated.tables["organisations"].items()}

    def naming(write: Callable[[str, Any, parties.Names], Iterator[Node]]) -> Writer:
        return lambda key, record: write(key, record, names)

    return _PLAIN | {table: naming(write) for table, write in _NAMING.items()}


def assemble(curated: Curated) -> Iterator[str]:
    """Yield the curated records as N-Quads lines, table by table, and then the graph that describes them."""
    writers = _writers(curated)
    for table, records in curated.tables.items():
        graph = iri(f"{GRAPH}curated/{table}")
        write = writers[table]
        for key, record in records.items():
            for node in write(key, record):
                for subject, predicate, obj in node.triples:
                    yield f"{subject} {predicate} {obj} {graph} .\n"
    yield from describe(curated.dataset, list(curated.tables))


def describe(dataset: Dataset, tables: list[str]) -> Iterator[str]:
    """Yield the ``meta`` graph: the dataset, its graphs, and when what they say was known."""
    meta = iri(f"{GRAPH}meta")
    subject = iri(f"{GRAPH}meta#dataset")
    known_on = literal(dataset.known_on.edtf, datatype=dataset.known_on.datatype)
    statements = [
        ("rdf:type", iri(expand("dcat:Dataset"))),
        ("rdf:type", iri(expand("void:Dataset"))),
        ("dct:title", literal(dataset.title, "en")),
        ("dct:description", literal(dataset.description, "en")),
        ("dct:creator", literal(dataset.creator)),
        ("dct:license", iri(dataset.licence)),
        ("dcat:version", literal(dataset.version)),
        ("dct:modified", known_on),
    ]
    for predicate, obj in statements:
        yield f"{subject} {iri(expand(predicate))} {obj} {meta} .\n"
    for table in tables:
        graph = iri(f"{GRAPH}curated/{table}")
        yield f"{graph} {iri(expand('prov:generatedAtTime'))} {known_on} {meta} .\n"
        yield f"{subject} {iri(expand('dct:hasPart'))} {graph} {meta} .\n"
