"""Turn curated records into N-Quads text, one named graph a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dualuse.assemble import rules
from dualuse.load.curated import Curated
from dualuse.model.sources import Dataset
from dualuse.model.triples import Triples, iri, literal
from dualuse.model.write import write
from dualuse.namespaces import GRAPH, expand

_NO_GRAPH = ("conditions", "rules.cases")


def assemble(curated: Curated) -> Iterator[str]:
    """Yield the curated records as N-Quads lines, table by table, and then the graph that describes them.

    Conditions have no graph of their own: they are written out in the rules that use them. Nor have cases.
    """
    names = {key: record.name.en for key, record in curated.tables["organisations"].items()}
    by_hand: dict[str, Callable[[str, Any], Iterator[Triples]]] = {
        "rules": lambda key, record: rules.rule(key, record, curated.tables["conditions"]),
        "not-modelled": rules.not_modelled,
    }
    tables = {table: records for table, records in curated.tables.items() if table not in _NO_GRAPH}
    for table, records in tables.items():
        graph = iri(f"{GRAPH}curated/{table}")
        made = by_hand.get(table)
        for key, record in records.items():
            for node in write(record, key, names) if made is None else made(key, record):
                for subject, predicate, obj in node.triples:
                    yield f"{subject} {predicate} {obj} {graph} .\n"
    yield from describe(curated.dataset, list(tables))


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
