"""Turn curated records into N-Quads text, one named graph a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dualuse.model.base import Around
from dualuse.model.rules import Condition, NamedCondition
from dualuse.model.sources import Dataset
from dualuse.model.triples import Triples, iri, literal
from dualuse.model.write import node_of, write
from dualuse.namespaces import GRAPH, expand

if TYPE_CHECKING:
    from dualuse.load.curated import Curated

_NO_GRAPH = ("conditions", "rules.cases")


def assemble(curated: Curated) -> Iterator[str]:
    """Yield the curated records as N-Quads lines, table by table, and then the graph that describes them.

    Conditions have no graph of their own: they are written out in the rules that use them. Nor have cases.
    """
    names, people = (
        {key: record.name.en for key, record in curated.tables[table].items()} for table in ("organisations", "people")
    )
    in_chinese = {
        f"{kind}:{key}": record.name
        for table, kind in (("organisations", "organisation"), ("people", "person"))
        for key, record in curated.tables[table].items()
    }
    tables = {table: records for table, records in curated.tables.items() if table not in _NO_GRAPH}
    for table, records in tables.items():
        graph = iri(f"{GRAPH}curated/{table}")
        for key, record in records.items():
            nodes = [*write(record, Around(key, names, people, in_chinese))]
            if table == "rules":
                nodes += tests(key, record.when, curated.tables["conditions"])
            for node in nodes:
                for subject, predicate, obj in node.triples:
                    yield f"{subject} {predicate} {obj} {graph} .\n"
    yield from describe(curated.dataset, list(tables))


def tests(key: str, condition: Condition, named: Mapping[str, NamedCondition]) -> list[Triples]:
    """Tests of a rule, numbered in the order of its tree, the named conditions that it uses written out."""
    nodes: list[Triples] = []
    _add_tests(key, condition.plain(named), nodes)
    return nodes


def _add_tests(key: str, condition: Condition, nodes: list[Triples]) -> None:
    node = node_of(condition, Around(f"{key}.{len(nodes) + 1}"))
    nodes.append(node)
    for part in condition.operands:
        node.link("du:operand", "test", f"{key}.{len(nodes) + 1}")
        _add_tests(key, part, nodes)


def describe(dataset: Dataset, tables: list[str]) -> Iterator[str]:
    """Yield the ``meta`` graph: the dataset, its graphs, and when what they say was known."""
    meta = iri(f"{GRAPH}meta")
    subject, maintainers = iri(f"{GRAPH}meta#dataset"), iri(f"{GRAPH}meta#maintainers")
    known_on = literal(dataset.known_on.edtf, datatype=dataset.known_on.datatype)
    statements = [
        ("rdf:type", iri(expand("dcat:Dataset"))),
        ("rdf:type", iri(expand("void:Dataset"))),
        ("dct:title", literal(dataset.title, "en")),
        ("rdfs:label", literal(dataset.title, "en")),
        ("dct:description", literal(dataset.description, "en")),
        ("dct:creator", maintainers),
        ("dct:license", iri(dataset.licence)),
        ("dcat:version", literal(dataset.version)),
        ("dct:modified", known_on),
    ]
    for predicate, obj in statements:
        yield f"{subject} {iri(expand(predicate))} {obj} {meta} .\n"
    yield f"{maintainers} {iri(expand('rdf:type'))} {iri(expand('foaf:Agent'))} {meta} .\n"
    yield f"{maintainers} {iri(expand('foaf:name'))} {literal(dataset.creator)} {meta} .\n"
    yield f"{maintainers} {iri(expand('rdfs:label'))} {literal(dataset.creator, 'en')} {meta} .\n"
    for table in tables:
        graph = iri(f"{GRAPH}curated/{table}")
        yield f"{graph} {iri(expand('dct:modified'))} {known_on} {meta} .\n"
        yield f"{graph} {iri(expand('rdfs:label'))} {literal(f'records of {table}', 'en')} {meta} .\n"
        yield f"{subject} {iri(expand('dct:hasPart'))} {graph} {meta} .\n"
