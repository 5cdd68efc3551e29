"""The description of the dataset counts what is there, and lists the files it is told of."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCAT, RDF, VOID, URIRef

from dualuse import __version__
from dualuse.build import Built
from dualuse.errors import StoreError
from dualuse.export import to_void
from dualuse.export.void import SPDX, alignments
from dualuse.namespaces import GRAPH, PREFIXES, expand
from dualuse.store import MemoryStore

DATASET = URIRef(f"{GRAPH}meta#dataset")


class File(NamedTuple):
    path: str
    media: str
    size: int
    sha256: str


FILES = [File("dualuse.ttl", "text/turtle", 12, "ab" * 32), File("tables/nodes.csv", "text/csv", 3, "cd" * 32)]


@pytest.fixture(scope="module")
def triples(built: Built) -> set[ox.Triple]:
    return {quad.triple for quad in built.store.store}


@pytest.fixture(scope="module")
def void(built: Built) -> rdflib.Graph:
    content = to_void(built.store, FILES)
    found = rdflib.Graph().parse(data=content, format="turtle")
    assert not [term for triple in found for term in triple if isinstance(term, rdflib.BNode)]
    return found


def number(void: rdflib.Graph, subject: Any, name: str) -> int:
    return int(str(void.value(subject, URIRef(expand(name)), any=False)))


def test_totals(void: rdflib.Graph, triples: set[ox.Triple]) -> None:
    found = {name: number(void, DATASET, f"void:{name}") for name in ("triples", "distinctSubjects", "distinctObjects")}
    assert found == {
        "triples": len(triples),
        "distinctSubjects": len({each.subject for each in triples}),
        "distinctObjects": len({each.object for each in triples}),
    }
    assert 5_000 < number(void, DATASET, "void:entities") < found["distinctSubjects"]


def test_partitions(void: rdflib.Graph, built: Built, triples: set[ox.Triple]) -> None:
    """Each counted anew, by SPARQL."""
    for kind, name, query in (
        ("class", "entities", "SELECT ?what (COUNT(DISTINCT ?s) AS ?n) { ?s a ?what } GROUP BY ?what"),
        ("property", "triples", "SELECT ?what (COUNT(*) AS ?n) { ?s ?what ?o } GROUP BY ?what"),
    ):
        counted = {row["what"].value: int(row["n"].value) for row in built.store.select(query)}
        parts = list(void.objects(DATASET, VOID[f"{kind}Partition"]))
        told = {str(void.value(part, VOID[kind], any=False)): number(void, part, f"void:{name}") for part in parts}
        assert told == counted
        assert len(parts) == len(counted) > 50


def test_vocabularies_links_and_files(void: rdflib.Graph, built: Built) -> None:
    built_name = f"dualuse-{__version__}-{built.sha256[:12]}"
    used = {str(each) for each in void.objects(DATASET, VOID.vocabulary)}
    assert {PREFIXES["du"], PREFIXES["skos"], PREFIXES["prov"]} <= used <= {*PREFIXES.values()}
    links = list(void.subjects(RDF.type, VOID.Linkset))
    assert sum(number(void, each, "void:triples") for each in links) == sum(alignments()[1].values()) > 50
    files = sorted(void.objects(DATASET, DCAT.distribution), key=str)
    assert [str(each).rpartition("/release/")[2] for each in files] == [
        f"{built_name}/dualuse.ttl",
        f"{built_name}/tables/nodes.csv",
    ]
    sums = [void.value(each, URIRef(f"{SPDX}checksum")) for each in files]
    assert [str(void.value(each, URIRef(f"{SPDX}checksumValue"))) for each in sums] == ["ab" * 32, "cd" * 32]
    assert list(void.objects(DATASET, VOID.dataDump)) == files[:1]
    assert [number(void, each, "dcat:byteSize") for each in files] == [12, 3]


def test_every_part_has_a_name_of_its_own(void: rdflib.Graph) -> None:
    for name in (VOID["class"], VOID.property):
        parts = list(void.subject_objects(name))
        assert len({part for part, _ in parts}) == len({what for _, what in parts}) == len(parts)


def test_a_graph_of_nobody() -> None:
    with pytest.raises(StoreError, match="does not say who made it"):
        to_void(MemoryStore())


def test_where_files_lie(built: Built) -> None:
    small = MemoryStore()
    meta = built.store.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{GRAPH}meta"))
    small.replace(ox.serialize(meta, format=ox.RdfFormat.N_QUADS) or b"")
    assert b"<https://example.org/x/dualuse.ttl>" in to_void(small, FILES, "https://example.org/x/")
