"""What is cleared without the SHACL engine: nothing that the engine would find, and everything in the shipped graph."""

from __future__ import annotations

import os
import sys
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import Graph
from tests.every import every as every_case
from tests.ontology.conftest import Spoilt, graph_of

from dualuse.build import Built
from dualuse.clearing import Clearing, Index, Term, Verdict, every, index, some
from dualuse.errors import MissingExtraError
from dualuse.namespaces import VOCABULARIES, shorten
from dualuse.store import MemoryStore
from dualuse.validate import check_shapes, findings_of, read_shapes

SHAPES = "https://w3id.org/dualuse/shapes#"
SH = VOCABULARIES["sh"]
EVERY = 1 if os.environ.get("DUALUSE_SLOW") else 7


@cache
def shapes() -> Index:
    return index(read_shapes())


def triples(graph: Graph) -> list[ox.Triple]:
    lines = graph.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]


def aimed() -> set[Term]:
    return {shape for shape, facts in shapes().items() if f"{SH}targetClass" in facts}


def test_shapes_are_aimed_at_classes_only() -> None:
    targets = {name for facts in shapes().values() for name in facts if name.startswith(f"{SH}target")}
    assert targets == {f"{SH}targetClass"}


def test_conforming_examples_are_cleared_of_every_shape(small_world: Graph) -> None:
    assert Clearing(index(triples(small_world)), shapes()).cleared() == aimed()


def test_the_shipped_graph_is_cleared_of_every_shape(built: Built) -> None:
    quads = built.store.store.quads_for_pattern(None, None, None, None)
    assert Clearing(index(quad.triple for quad in quads), shapes()).cleared() == aimed()


def test_who_lacks_the_engine_is_told_what_is_in_doubt(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    assert check_shapes(built.store) == []
    store = MemoryStore()
    store.store.load("@prefix du: <https://w3id.org/dualuse/ns#> . _:a a du:LegalEvent .", format=ox.RdfFormat.TURTLE)
    told = r"EventAffectsShape, EventShape only pyshacl can say: pip install 'dualuse\[shapes\]'$"
    with pytest.raises(MissingExtraError, match=told):
        check_shapes(store)


@pytest.fixture(scope="module")
def failing(spoilt_world: Graph) -> Clearing:
    """The spoilt nodes in the small world."""
    return Clearing(index(triples(spoilt_world)), shapes())


def test_what_fires_is_not_cleared(spoilt: dict[str, Spoilt], failing: Clearing) -> None:
    def check(example: Spoilt) -> None:
        assert example.expects
        for name in example.expects:
            assert failing.conforms(ox.NamedNode(SHAPES + name), ox.NamedNode(str(example.node))) is not True

    assert len(spoilt) > 2000
    every_case(sorted(spoilt.items()), check)


def test_the_checks_find_what_the_engine_finds(small_world: Graph, spoilt: dict[str, Spoilt], report: Graph) -> None:
    """Of every seventh spoilt node; of every one with DUALUSE_SLOW in the environment."""
    tried = [spoilt[name] for name in sorted(spoilt)[::EVERY]]
    store, world = MemoryStore(), small_world + graph_of({each.node: each.values for each in tried})
    store.store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(world))
    found, where = set(check_shapes(store)), {shorten(str(each.node)) for each in tried}
    assert len(found) >= len(tried)
    told = set(findings_of(report))
    assert found <= told  # some are told of a value of a node
    assert {each for each in found if each.where in where} == {each for each in told if each.where in where}


def literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(VOCABULARIES["xsd"] + datatype))


@pytest.mark.parametrize(
    ("constraint", "value", "expected"),
    [
        (("datatype", ox.NamedNode(f"{VOCABULARIES['xsd']}date")), literal("2025-02-30", "date"), False),
        (("datatype", ox.NamedNode(f"{VOCABULARIES['xsd']}anyURI")), literal("a", "anyURI"), False),
        (("minInclusive", literal("10", "integer")), literal("9.5", "decimal"), False),
        (("minInclusive", literal("9", "integer")), literal("9.5", "decimal"), True),
        (("minInclusive", literal("9", "integer")), literal("2025-01-01", "date"), False),
        (("maxLength", literal("2", "integer")), ox.Literal("出口管"), False),
        (("maxLength", literal("3", "integer")), ox.Literal("出口管"), True),
        (("closed", literal("true", "boolean")), ox.Literal("x"), False),
    ],
)
def test_a_shape_is_cleared_only_when_it_surely_holds(
    constraint: tuple[str, Term], value: Term, expected: bool
) -> None:
    shape, kind, node, path = (ox.NamedNode(f"urn:{name}") for name in ("shape", "kind", "node", "path"))
    asked: Index = {shape: {f"{SH}targetClass": [kind], f"{SH}path": [path], SH + constraint[0]: [constraint[1]]}}
    data: Index = {node: {f"{VOCABULARIES['rdf']}type": [kind], path.value: [value]}}
    assert (shape in Clearing(data, asked).cleared()) is expected


@pytest.mark.parametrize(
    ("verdicts", "all_of", "one_of"),
    [
        ((), True, False),
        ((True, None), None, True),
        ((False, None), False, None),
        ((True, False), False, True),
        ((None,), None, None),
    ],
)
def test_verdicts_are_three_valued(verdicts: tuple[Verdict, ...], all_of: Verdict, one_of: Verdict) -> None:
    assert every(verdicts) is all_of
    assert some(verdicts) is one_of
