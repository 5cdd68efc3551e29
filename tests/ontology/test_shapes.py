"""The shapes: the plain ones are those of the model, and every one of them is shown firing, and alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node
from tests.every import every

from dualuse.model.shapes import shapes_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"
DU = "https://w3id.org/dualuse/ns#"
SHAPES = "https://w3id.org/dualuse/shapes#"
PLAIN = set(re.findall(r"^dush:(\S+) a sh:PropertyShape ;\n    sh:path", shapes_file(), re.MULTILINE))
"""Shapes of one field; those aimed at a class of their own hold two against one another."""


def targeted(shapes: Graph) -> set[Node]:
    return set(shapes.subjects(SH.targetClass))


def held(shapes: Graph) -> set[str]:
    return {str(held).removeprefix(SHAPES) for shape in targeted(shapes) for held in shapes.objects(shape, SH.property)}


def test_the_plain_shapes_are_those_of_the_model() -> None:
    text = (ONTOLOGY / "shapes" / "generated.ttl").read_text(encoding="utf-8")
    assert text == shapes_file(), "run scripts/regenerate"


def test_shapes_are_named_and_speak(shapes: Graph) -> None:
    assert len(held(shapes)) > 300
    aimed = {str(shape).removeprefix(SHAPES) for shape in targeted(shapes) & set(shapes.subjects(SH.path))}
    for name in held(shapes) | aimed:
        message = shapes.value(URIRef(SHAPES + name), SH.message)
        assert isinstance(message, Literal)
        assert re.fullmatch(r"[A-Zd].+\. .+\.", message), message
    assert not set(shapes.objects(None, SH["in"]))


def test_shape_targets_and_paths_are_declared(shapes: Graph, vocabulary: Graph) -> None:
    graph = shapes
    for way in (SH.targetClass, SH.path, SH["class"]):
        for node in set(graph.objects(None, way)):
            if str(node).startswith(DU):
                assert (node, RDF.type, None) in vocabulary, node


def test_whole_nodes_and_passing_examples_conform_together(at_peace: dict[Node, set[str]]) -> None:
    assert at_peace == {}


def test_a_fault_is_seen_and_nothing_else_is(spoilt: dict[str, Any], fired: dict[Node, set[str]]) -> None:
    def check(fault: str) -> None:
        example = spoilt[fault]
        found = fired.get(example.node, set())
        if example.exactly:
            assert found == example.expects
            return
        (shape,) = example.expects
        assert shape in found
        slot = fault.split(".")[1]
        beside = {name for name in found & PLAIN if not name.startswith(f"{slot}-")} - {shape, slot}
        ends = {f"{slot.rpartition('-')[0]}-{end}" for end in ("earliest", "latest")}
        assert beside <= (ends if slot in ends else set()), f"{beside} fired as well"

    assert len(spoilt) > 2000
    every(((fault, fault) for fault in sorted(spoilt)), check)


def test_spoilt_nodes_leave_the_others_alone(spoilt: dict[str, Any], fired: dict[Node, set[str]]) -> None:
    assert set(fired) == {example.node for example in spoilt.values()}


def test_every_shape_is_shown_firing(shapes: Graph, spoilt: dict[str, Any]) -> None:
    shown = {name for example in spoilt.values() for name in example.expects}
    assert held(shapes) - shown == set()
    for shape in targeted(shapes):
        own = str(shape).removeprefix(SHAPES)
        names = {own, *(str(each).removeprefix(SHAPES) for each in shapes.objects(shape, SH.property))}
        assert names & shown, f"{own} never fires"
        if shapes.value(shape, SH.pattern) is not None or shapes.value(shape, SH["or"]) is not None:
            assert own in shown, f"{own} has constraints of its own that never fire"
