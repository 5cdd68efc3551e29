"""The shapes: what conforms, what fires, and that every shape is shown failing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from dualuse.law.kinds import COMBINATIONS, kinds

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
DU = "https://w3id.org/dualuse/ns#"
SHAPES = "https://w3id.org/dualuse/shapes#"
ID = "https://w3id.org/dualuse/id/"

VOCABULARY = [ONTOLOGY / "dualuse.ttl", *sorted((ONTOLOGY / "schemes").glob("*.ttl"))]
SHAPE_FILES = sorted((ONTOLOGY / "shapes").glob("*.ttl"))
PASS = sorted((HERE / "shapes" / "pass").glob("*.ttl"))
FAIL = sorted((HERE / "shapes" / "fail").glob("*.ttl"))

KINDS = {
    *("place", "group", "membership", "treatment", "instrument", "provision", "measure", "event", "item"),
    *("threshold", "product", "reading", "organisation", "person", "post", "operation", "supply", "ownership"),
    *("affiliation", "seat", "listing", "revenue-share", "source", "dataset", "statement", "tier", "tier-assignment"),
    *("classification", "decision-rule", "rule-test", "not-modelled"),
    *("document", "passage", "claim", "settlement", "legal-effect", "assessment"),
}

FOLDERS = {"dataset": "https://w3id.org/dualuse/graph/", "rule-test": f"{ID}test/"}
"""Where the things of a kind have their IRIs, where it is not a folder of that name."""


def read(*files: Path) -> Graph:
    """Parse Turtle files into one graph."""
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@cache
def vocabulary() -> Graph:
    return read(*VOCABULARY)


@cache
def shapes() -> Graph:
    return read(*SHAPE_FILES)


def check(data: Graph) -> dict[Node, set[str]]:
    """Validate a graph: the local names of the shapes that fired, by focus node."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    found: dict[Node, set[str]] = {}
    for result in report.objects(None, SH.result):
        node, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        assert node is not None
        found.setdefault(node, set()).add(str(shape).removeprefix(SHAPES))
    return found


@cache
def failures() -> dict[Node, set[str]]:
    """What fires when the failing examples, each about a node of its own, join the small world."""
    return check(read(*VOCABULARY, *PASS, *FAIL))


def targeted() -> set[Node]:
    return set(shapes().subjects(SH.targetClass))


def test_files_are_found() -> None:
    assert {file.stem for file in SHAPE_FILES} == KINDS | {"common"}
    assert {file.stem for file in PASS} == KINDS
    assert len(FAIL) >= 2 * len(KINDS)


def test_shapes_are_named_and_speak() -> None:
    graph = shapes()
    assert len(targeted()) >= len(KINDS)
    held = {held for shape in targeted() for held in graph.objects(shape, SH.property)}
    assert held
    for shape in held:
        assert str(shape).startswith(SHAPES)
        message = graph.value(shape, SH.message)
        assert isinstance(message, Literal)
        assert re.fullmatch(r"[A-Zd].+\. .+\.", message), message
    assert not set(graph.objects(None, SH["in"]))


def test_shape_targets_and_paths_are_declared() -> None:
    graph = shapes()
    for way in (SH.targetClass, SH.path, SH["class"]):
        for node in set(graph.objects(None, way)):
            if str(node).startswith(DU):
                assert (node, RDF.type, None) in vocabulary(), node


def test_every_kind_of_test_has_a_name_and_a_form_that_the_shapes_take() -> None:
    pattern = str(shapes().value(URIRef(f"{SHAPES}rule-test-operator"), SH.pattern))
    combining = str(shapes().value(URIRef(f"{SHAPES}test-is-combining"), SH.pattern))
    assert all(re.search(pattern, name) and not re.search(combining, name) for name in kinds())
    assert all(re.search(pattern, name) and re.search(combining, name) for name in COMBINATIONS)
    forms = {name for name in map(str, shapes().subjects(RDF.type, SH.NodeShape)) if "#test-form-" in name}
    kept = {f"{SHAPES}test-form-{type(kind.form).__name__.lower()}" for kind in kinds().values()}
    assert forms == kept | {f"{SHAPES}test-form-combining"}


def test_passing_examples_conform_together() -> None:
    assert check(read(*VOCABULARY, *PASS)) == {}


@pytest.mark.parametrize("file", PASS, ids=lambda file: file.stem)
def test_passing_example_is_of_its_kind(file: Path) -> None:
    subjects = {str(subject) for subject in read(file).subjects()}
    assert subjects
    folder = FOLDERS.get(file.stem, f"{ID}{file.stem}/")
    assert all(subject.startswith(folder) for subject in subjects)


def expected(file: Path) -> set[str]:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expects: "), f"{file.name}: the first line must say what it expects"
    return set(first.removeprefix("# expects: ").split())


@pytest.mark.parametrize("file", FAIL, ids=lambda file: file.stem)
def test_failing_example_fires_exactly_what_it_expects(file: Path) -> None:
    (subject,) = set(read(file).subjects())
    assert str(subject).endswith((f"/{file.stem}", f"/elsewhere/{file.stem.removesuffix('-wrong')}"))
    assert failures()[subject] == expected(file)


def test_failing_examples_leave_the_others_alone() -> None:
    assert set(failures()) == set(read(*FAIL).subjects())
    assert len(failures()) == len(FAIL)


def test_every_shape_has_a_failing_example() -> None:
    graph = shapes()
    shown = {f"{SHAPES}{name}" for file in FAIL for name in expected(file)}
    held = {str(held) for shape in targeted() for held in graph.objects(shape, SH.property)}
    assert held - shown == set()
    for shape in targeted():
        own = {str(shape), *(str(held) for held in graph.objects(shape, SH.property))}
        assert own & shown, f"{shape} never fires"
        if graph.value(shape, SH.pattern) is not None or graph.value(shape, SH["or"]) is not None:
            assert str(shape) in shown, f"{shape} has constraints of its own that never fire"
