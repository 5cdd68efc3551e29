"""A small world made from the model: two whole nodes of every kind, to be spoilt one value at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node
from tests.ontology import across, reading
from tests.ontology.reading import HERE, ONTOLOGY, read
from tests.shared import once

from dualuse.law.kinds import COMBINATIONS
from dualuse.law.kinds import kinds as kinds_of_test
from dualuse.model import fields as f
from dualuse.model.law import MEASURE_CLASSES, Group, Measure
from dualuse.model.parties import ORGANISATION_CLASSES, Organisation
from dualuse.model.rules import Condition
from dualuse.model.shapes import in_common
from dualuse.model.slots import Giver, class_of, kinds, slots
from dualuse.model.values import SCHEMES
from dualuse.namespaces import expand, thing
from dualuse.validate import as_rdflib, read_shapes

SHAPES = "https://w3id.org/dualuse/shapes#"
Values = dict[str, list[Node]]
"""Predicate -> values of a node."""

WRITTEN = {
    r"^[A-Z]{2}$": ("NO", "SE"),
    r"^[A-Z]{3}$": ("NOR", "SWE"),
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$": ("a-key", "b-key"),
    r"^[a-z]{2}(-Han[st])?$": ("en", "zh-Hant"),
    r"^[0-9a-f]{64}$": ("0" * 64, "f" * 64),
    r"^Q[1-9]\d*$": ("Q1", "Q2"),
    r"^[A-Z0-9]{18}\d{2}$": ("A" * 18 + "01", "B" * 18 + "02"),
    r"^\d{10}$": ("0" * 10, "1" * 10),
}
"""Pattern of a form -> two texts written so."""


def good(giver: Giver, turn: int) -> list[Node]:
    """Values that a giver may have; another turn gives others."""
    match giver.says:
        case f.Partial() | f.Moment() | f.Bound() | f.Edge():
            return [date_of(giver.says, turn)]
        case f.Ref(kind="scheme"):
            return [URIRef(thing("scheme", giver.values[0] if turn == 0 else "stance"))]
        case f.Ref(kind=kind):
            return [URIRef(thing(kind, ("example", "other")[turn]))]
        case f.Thing():
            return [URIRef(thing("membership", ("example", "other")[turn]))]
        case f.Val(scheme=scheme):
            return [URIRef(thing(scheme, SCHEMES[scheme][turn]))]
        case f.Names():
            return [Literal(f"name {turn}", lang=tag) for tag in ("en", "zh-hant", "zh-hans")]
        case f.Address():
            return [URIRef(f"https://example.org/{turn}")]
        case f.Num() | f.Count():
            half, datatype = (".5", XSD.decimal) if isinstance(giver.says, f.Num) else ("", XSD.integer)
            return [Literal(f"{10 + turn}{half}", datatype=datatype)]
        case f.Truth():
            return [Literal(turn == 0)]
    return [Literal(text(giver, turn), lang=giver.says.language if isinstance(giver.says, f.Lit) else None)]


def date_of(says: f.Says, turn: int) -> Literal:
    """A day; a later turn gives a later one, and an end of a period or stay is later still."""
    year = 2026 if says.predicate in ("du:validTo", "du:stayedUntil", "du:stayedUntilLatest", "du:periodTo") else 2025
    last = isinstance(says, f.Edge) and says.end == "latest"
    return Literal(f"{year}-0{1 + turn}-{14 if last else 13}", datatype=XSD.date)


def text(giver: Giver, turn: int) -> str:
    if giver.values:
        return giver.values[min(turn, len(giver.values) - 1)]
    if giver.form is not None and giver.form.pattern is not None:
        return WRITTEN[giver.form.pattern][turn]
    return f"text {turn} of {giver.field}"


def wrong(giver: Giver) -> Iterator[Node]:
    """Values that a giver may not have, one a way to be wrong."""
    match giver.says:
        case f.Ref(kind="scheme"):
            yield URIRef(thing("scheme", "stance"))
        case f.Ref(kind=kind):
            yield URIRef(thing("seat" if kind != "seat" else "place", "example"))
            yield Literal("example")
        case f.Thing():
            yield URIRef("https://example.org/membership/example")
            yield Literal("membership:example")
        case f.Val(scheme=scheme):
            yield URIRef(thing("bearer" if scheme != "bearer" else "stance", "bis"))
            yield URIRef(thing(scheme, "unheard-of"))
        case f.Lit() | f.Alias() | f.Names():
            yield URIRef("https://example.org/no-text")
            longest = None if giver.form is None else giver.form.max_length
            yield Literal("" if longest is None else "long " * longest)
        case f.Address():
            yield Literal("https://example.org/")
            yield URIRef("mailto:nobody")
        case f.Num() | f.Count():
            yield Literal("many")
            yield from outside(giver)
        case f.Partial() | f.Moment() | f.Bound():
            yield Literal("13 January 2025")
        case _:
            yield Literal("perhaps")


def outside(giver: Giver) -> Iterator[Node]:
    """Numbers beyond the limits."""
    datatype = XSD.decimal if isinstance(giver.says, f.Num) else XSD.integer
    if giver.form is not None and giver.form.ge is not None:
        yield Literal(f"{giver.form.ge - 1:.0f}", datatype=datatype)
    if giver.form is not None and giver.form.le is not None:
        yield Literal(f"{giver.form.le + 1:.0f}", datatype=datatype)
    if isinstance(giver.says, f.Num) and giver.says.above is not None:
        yield Literal(f"{giver.says.above:.0f}", datatype=datatype)


def whole(record: type[Any]) -> Values:
    """Values of a node that has all it may have."""
    known: Any = record
    return dict(_whole(known))


@cache
def _whole(record: Any) -> Values:
    values: Values = {str(RDF.type): [URIRef(expand(class_of(record)))]}
    pointed: Counter[str] = Counter()
    for slot in slots(record):
        held = values.setdefault(expand(slot.path), [])
        for place, giver in enumerate(slot.givers):
            turn = place % 2 or int(slot.path.endswith(("Below", "du:below", "Max", "du:spanEnd")))
            if isinstance(giver.says, f.Ref):
                turn = pointed[giver.says.kind] % 2
                pointed[giver.says.kind] += 1
            held += [value for value in good(giver, turn) if value not in held]
            if isinstance(giver.says, f.Bound):
                values |= {expand(f"{slot.path}{end}"): list(held) for end in ("Earliest", "Latest")}
    return values if str(RDFS.label) in values else values | {str(RDFS.label): [Literal("an example", lang="en")]}


BOUNDS = ("du:atLeast", "du:atMost", "du:below")
WORDS = (*COMBINATIONS, *kinds_of_test())


def sound(record: type[Any]) -> Values:
    """Values of a node that conforms: all it may have, but of a test only what goes together."""
    return rule_test("all") if record is Condition else whole(record)


def rule_test(word: str) -> Values:
    """Values of a test of a kind, or of a combination."""
    paths = {"rdf:type", "rdfs:label", "du:testInWords", "du:basedOn", *own_paths(word)}
    values = whole(Condition)
    return {expand(path): values[expand(path)] for path in paths} | {expand("du:operator"): [Literal(word)]}


def own_paths(word: str) -> list[str]:
    """Predicates that go with a kind of test or a combination."""
    own = [slot.path for slot in slots(Condition) if word in {giver.field for giver in slot.givers}]
    return [*own, *BOUNDS] if "du:numberName" in own else own


def form_faults(word: str) -> Iterator[tuple[str, dict[str, list[Node]]]]:
    """Every way in which a test can lack what goes with it, or have what does not."""
    own = own_paths(word)
    needed = own if word in COMBINATIONS else ["du:testInWords", *own]
    for path in needed:
        if path not in BOUNDS:
            yield f"without-{path[3:]}", {path: []}
    if BOUNDS[0] in own:
        yield "without-bounds", {bound: [] for bound in BOUNDS}
    for path in {path for other in WORDS for path in own_paths(other)} - set(own):
        yield f"with-{path[3:]}", {path: whole(Condition)[expand(path)]}


@dataclass(frozen=True)
class Spoilt:
    """A node with one fault, and the shapes that must see it."""

    node: URIRef
    values: Values
    expects: frozenset[str]
    exactly: bool
    """Whether no other shape may fire; else none of another predicate may."""


def faults(record: type[Any]) -> Iterator[tuple[str, str, Values]]:
    """Every way to spoil a node: what was done, the shape that must see it, and what the node then has."""
    for slot in slots(record):
        if slot.path in record.about.by_hand or in_common(slot):
            continue
        path = expand(slot.path)
        values = whole(record)[path]
        if slot.least:
            yield f"{slot.name}.missing", slot.name, {path: []}
            texts = [value for value in values if isinstance(value, Literal)]
            tagged: dict[str, Node] = {each.language: each for each in texts if each.language}
            for language, value in tagged.items() if len(tagged) > 1 and slot.least > 1 else ():
                kept = [other for other in values if other != value]
                yield f"{slot.name}.no-{language}", f"{slot.name}-{language.lower()}", {path: kept}
        if slot.most is not None:
            spare = [value for giver in slot.givers for turn in (1, 0) for value in good(giver, turn)]
            more = [value for value in dict.fromkeys(spare) if value not in values]
            if not more and isinstance(slot.givers[0].says, f.Lit):
                more = [Literal("one too many")]
            yield f"{slot.name}.surplus", slot.name, {path: values + more}
        for number, value in enumerate(value for giver in slot.givers for value in wrong(giver)):
            yield f"{slot.name}.wrong-{number}", slot.name, {path: [*values[1:], value]}


def prefixed(changes: dict[str, list[Node]]) -> Values:
    return {expand(path): values for path, values in changes.items()}


def spoil() -> Iterator[tuple[str, Spoilt]]:
    """Every spoilt node by name: one a fault of a field, one an entry above, one a file."""
    of_kind = {record.about.kind: record for record in kinds()}
    for kind, record in of_kind.items():
        for name, shape, change in faults(record):
            node = URIRef(thing(kind, f"spoilt.{name}"))
            yield f"{kind}.{name}", Spoilt(node, whole(record) | change, frozenset({shape}), exactly=False)
        elsewhere = URIRef(thing("elsewhere", kind))
        named = frozenset({f"{record.__name__}Shape"})
        yield f"{kind}.elsewhere", Spoilt(elsewhere, sound(record), named, exactly=True)
    for word in WORDS:
        for name, changes in form_faults(word):
            node = URIRef(thing("test", f"form.{word.replace('_', '-')}.{name}"))
            values = rule_test(word) | prefixed(changes)
            yield f"form.{word}.{name}", Spoilt(node, values, frozenset({"RuleTestFormShape"}), exactly=True)
    for bound, limit, shape in (("atMost", "10.0", "test-order"), ("below", "10.5", "test-order-below")):
        node, values = (
            URIRef(thing("test", f"bound.{bound}")),
            rule_test("number") | prefixed({f"du:{bound}": [across.number(limit)]}),
        )
        yield f"bound.{bound}", Spoilt(node, values, frozenset({shape}), exactly=True)
    for place, (shape, kind, changes) in enumerate(across.ACROSS):
        name = f"across-{place}.{shape.split()[0]}"
        values = whole(of_kind[kind]) | prefixed(changes)
        yield name, Spoilt(URIRef(thing(kind, name)), values, frozenset(shape.split()), exactly=True)
    for file in sorted((HERE / "shapes" / "fail").glob("*.ttl")):
        given: Values = {}
        graph = read(file)
        (subject,) = set(graph.subjects())
        for predicate, value in graph.predicate_objects(subject):
            given.setdefault(str(predicate), []).append(value)
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# expects: "), f"{file.name}: the first line must say what it expects"
        yield file.stem, Spoilt(URIRef(str(subject)), given, frozenset(first.split()[2:]), exactly=True)


SPOILT = dict(spoil())


def graph_of(nodes: dict[URIRef, Values]) -> Graph:
    graph = Graph()
    for node, values in nodes.items():
        for predicate, held in values.items():
            for value in held:
                graph.add((node, URIRef(predicate), value))
    return graph


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    return reading.vocabulary()


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return read(*sorted((ONTOLOGY / "shapes").glob("*.ttl")))


@pytest.fixture(scope="session")
def small_world(vocabulary: Graph) -> Graph:
    """Two whole nodes of every kind, and the passing examples, beside the vocabulary."""
    nodes = {URIRef(thing(record.about.kind, key)): sound(record) for record in kinds() for key in ("example", "other")}
    nodes |= {URIRef(thing("test", word.replace("_", "-"))): rule_test(word) for word in kinds_of_test()}
    for record, classes in ((Measure, MEASURE_CLASSES), (Organisation, {**ORGANISATION_CLASSES, "company": "Company"})):
        for kind, name in classes.items():
            node = URIRef(thing(record.about.kind, kind))
            nodes[node] = whole(record) | prefixed({"rdf:type": [URIRef(expand(f"du:{name}"))]})
    for key in ("example", "other"):  # a tier is a concept too, and its row says what no record does
        nodes[URIRef(thing("tier", key))] |= prefixed(
            {f"skos:{each}": [Literal("For one.", lang="en")] for each in ("definition", "example")}
        )
    del nodes[URIRef(thing("instrument", "example"))][expand("du:withoutMeasures")]  # it has measures
    nodes[URIRef(thing("claim", "example"))][expand("du:conflictsWith")] = [URIRef(thing("claim", "other"))]
    nodes |= {URIRef(thing("group", key)): whole(Group) for key in ("us-supp5a", "us-ai-residual", "us-macau-d5")}
    return vocabulary + graph_of(nodes) + read(*sorted((HERE / "shapes" / "pass").glob("*.ttl")))


def report_on(data: Graph, shapes: Graph) -> Graph:
    """What the engine reports on a graph."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return report


def by_node(report: Graph) -> dict[Node, set[str]]:
    """The local names of the shapes that fired, by focus node."""
    found: dict[Node, set[str]] = {}
    for result in report.objects(None, SH.result):
        node, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        assert node is not None
        found.setdefault(node, set()).add(str(shape).removeprefix(SHAPES))
    return found


@pytest.fixture(scope="session")
def spoilt_world(small_world: Graph) -> Graph:
    """The small world, and every spoilt node in it."""
    return small_world + graph_of({spoilt.node: spoilt.values for spoilt in SPOILT.values()})


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """What the engine reports on the spoilt world, which takes it long."""

    def make(file: Path) -> None:
        world = request.getfixturevalue("spoilt_world")
        report_on(world, as_rdflib(read_shapes())).serialize(file, format="nt", encoding="utf-8")

    return Graph().parse(once(tmp_path_factory, "report.nt", make), format="nt")


@pytest.fixture(scope="session")
def fired(report: Graph) -> dict[Node, set[str]]:
    """What fires in the spoilt world."""
    return by_node(report)


@pytest.fixture(scope="session")
def at_peace(small_world: Graph, shapes: Graph) -> dict[Node, set[str]]:
    """What fires in the small world: nothing should."""
    return by_node(report_on(small_world, shapes))


@pytest.fixture(scope="session")
def spoilt() -> dict[str, Spoilt]:
    """Every spoilt node by name."""
    return SPOILT
