"""Is the graph well made: SHACL shapes, hygiene queries and expected counts, each finding in plain words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dualuse import resources
from dualuse.build import Built
from dualuse.clearing import Clearing, index
from dualuse.errors import CuratedDataError, MissingExtraError, Problem
from dualuse.load.files import read_yaml
from dualuse.load.translations import astray
from dualuse.namespaces import VOCABULARIES, shorten
from dualuse.node import Node
from dualuse.store import MemoryStore
from dualuse.store.base import value

if TYPE_CHECKING:
    from rdflib import Graph

_NEEDS = "pip install 'dualuse[shapes]'"
_TARGET = f"{VOCABULARIES['sh']}target"


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong: which check found it, where, and what it is."""

    check: str
    where: str
    message: str

    def __str__(self) -> str:
        """Render as ``where: message [check]``."""
        return f"{self.where}: {self.message} [{self.check}]"


def validate(built: Built, *, generated: bool = True) -> list[Finding]:
    """Run every check on a built graph.

    Args:
        built: The graph.
        generated: Whether files that are made from something else, and translations, are held against it too; a graph
            is no worse for a page that is behind, or for a translation that nobody is shown.

    Returns:
        The findings, sorted; empty when the graph is well made.
    """
    found = [*check_counts(built), *check_hygiene(built.store), *check_shapes(built.store), *check_cases(built)]
    found += check_ownership_cases(built.curated.tables["sources"])
    found += check_stories(built)
    found += [*check_generated(built), *check_translations(built)] if generated else []
    return sorted(set(found))


def check_counts(built: Built) -> list[Finding]:
    """Hold the number of records of each table, and of derived things, against ``data/expected.yml``."""
    expected = read_expected(built.data)
    actual = counted(built)
    findings = []
    for name, (low, high) in expected.items():
        count = actual.pop(name, None)
        if count is None:
            findings.append(Finding("counts", name, "expected.yml names a table that is not there; fix its name"))
        elif count < low:
            findings.append(Finding("counts", name, f"{count} records, at least {low} expected: were some lost?"))
        elif count > high:
            message = f"{count} records, at most {high} expected: if they belong, run scripts/regenerate"
            findings.append(Finding("counts", name, message))
    findings += [Finding("counts", name, "not in data/expected.yml; add its minimum and maximum") for name in actual]
    return findings


def counted(built: Built) -> dict[str, int]:
    """Number of records of each table, and of derived things of each class."""
    return built.curated.counts() | _derived(built.store)


def check_translations(built: Built) -> list[Finding]:
    """Find translations of what does not stand in the record any more."""
    return [Finding("translations", f"translations: {key}", said) for key, said in astray(built.curated.tables)]


def check_generated(built: Built) -> list[Finding]:
    """Find what is made from something else and was not made again."""
    from dualuse.generated import stale

    return [Finding("generated", where, f"{message}; run scripts/regenerate") for where, message in stale(built)]


def check_cases(built: Built) -> list[Finding]:
    """Run every case that stands beside a rule."""
    from dualuse.cases import trials
    from dualuse.knowledge import Knowledge

    knowledge = Knowledge(built.store)
    return [
        Finding("cases", f"rules/{trial.rule}.cases.yml: case {trial.number}", f"{trial.words}: {fault}")
        for trial in trials(built.curated.tables["rules.cases"])
        for fault in trial.faults(knowledge)
    ]


def check_stories(built: Built) -> list[Finding]:
    """Hold the stories of the explorer against their form, and what they name against the record."""
    from dualuse.explore.stories import check_references, read_stories

    def holds(node: Node) -> bool:
        return bool(built.store.select(f"SELECT ?o WHERE {{ <{node.iri}> ?p ?o }} LIMIT 1"))

    try:
        read_stories(built.data)
        problems = check_references(holds, built.data)
    except CuratedDataError as error:
        problems = list(error.problems)
    return [Finding("stories", f"{each.file}:{each.line}: {each.key}", each.message) for each in problems]


def check_ownership_cases(sources: Collection[str]) -> list[Finding]:
    """Run every case that stands beside an ownership rule.

    Args:
        sources: Keys of the sources on record, which cases point at.
    """
    from dualuse.ownership.cases import ENDING, read_cases
    from dualuse.ownership.records import read_rules

    rules = read_rules()
    return [
        Finding("cases", f"ownership/rules/{key}{ENDING}: case {number}", fault)
        for key, cases in read_cases().items()
        for number, case in enumerate(cases, 1)
        for fault in (
            *(f"{source!r} is not in sources" for source in case.sources if source not in sources),
            *(case.faults(rules[key].threshold) if key in rules else ["no rule of that name stands beside it"]),
        )
    ]


def read_expected(data: Traversable) -> dict[str, tuple[int, int]]:
    """Expected counts: table or class -> (minimum, maximum).

    Raises:
        CuratedDataError: the file is not a mapping of names to ``min`` and ``max``.
    """
    problems: list[Problem] = []
    row = read_yaml("expected.yml", data / "expected.yml", problems)
    found: dict[str, tuple[int, int]] = {}
    for name, bounds in (row.values if row is not None else {}).items():
        ends = [str(bounds.get(end, "")) if isinstance(bounds, dict) else "" for end in ("min", "max")]
        if all(re.fullmatch(r"\d{1,12}", end, re.ASCII) for end in ends):
            found[name] = int(ends[0]), int(ends[1])
        elif row is not None:
            message = "each entry needs whole numbers min and max"
            problems.append(Problem("expected.yml", row.line_of((name,)), name, message))
    if problems:
        raise CuratedDataError(problems)
    return found


def _derived(store: MemoryStore) -> dict[str, int]:
    query = """SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE {
      GRAPH graph:inferred { ?s a ?class }
      FILTER NOT EXISTS { ?s a ?own . ?own rdfs:subClassOf ?class }
      FILTER NOT EXISTS { GRAPH ?other { ?s a ?stated } FILTER(?other != graph:inferred) } } GROUP BY ?class"""
    return {f"inferred/{value(row, 'class').rsplit('#', 1)[-1]}": int(value(row, "n")) for row in store.select(query)}


def check_hygiene(store: MemoryStore) -> list[Finding]:
    """Run every hygiene query; each row is a finding."""
    folder = resources.root("ontology") / "hygiene"
    findings = []
    for name, file in resources.walk(folder, ".rq"):
        for row in store.select(file.read_text("utf-8")):
            where = shorten(value(row, "subject"))
            findings.append(Finding(f"hygiene/{name.removesuffix('.rq')}", where, value(row, "problem")))
    return findings


def read_shapes() -> list[ox.Triple]:
    """All shapes as triples."""
    files = resources.walk(resources.root("ontology") / "shapes", ".ttl")
    return [quad.triple for _, file in files for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)]


def check_shapes(store: MemoryStore) -> list[Finding]:
    """Hold the union of all named graphs against every shape; the engine runs only the shapes that are in doubt.

    Raises:
        MissingExtraError: some are in doubt, and the engine is not installed.
    """
    data = list(dict.fromkeys(quad.triple for quad in store.store.quads_for_pattern(None, None, None, None)))
    shapes = read_shapes()
    cleared = Clearing(index(data), index(shapes)).cleared()
    doubtful = [t for t in shapes if t.subject not in cleared or t.predicate.value != f"{_TARGET}Class"]
    aims = {str(t.subject) for t in doubtful if t.predicate.value.startswith(_TARGET)}
    if not aims:
        return []
    if find_spec("pyshacl") is None:
        names = ", ".join(sorted(shape.strip("<>").rpartition("#")[2] for shape in aims))
        raise MissingExtraError(f"whether these data conform to {names} only pyshacl can say: {_NEEDS}")
    return shape_findings(as_rdflib(data), as_rdflib(doubtful))


def as_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """Triples as an rdflib graph in memory, the fastest ground for pyshacl."""
    from rdflib import Graph

    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")


def shape_findings(data: Graph, shape_graph: Graph) -> list[Finding]:
    """Findings of one SHACL run."""
    from pyshacl import validate as run_shacl
    from rdflib import Graph

    _, report, _ = run_shacl(data, shacl_graph=shape_graph, advanced=False, inplace=True, meta_shacl=False)
    if not isinstance(report, Graph):
        raise TypeError(f"the SHACL engine failed: {report!r}")
    return findings_of(report)


def findings_of(report: Graph) -> list[Finding]:
    """Findings of the report of a SHACL run."""
    from rdflib import URIRef
    from rdflib.namespace import SH

    findings = []
    for result in report.subjects(SH.resultSeverity, None):
        focus = report.value(result, SH.focusNode)
        shape = report.value(result, SH.sourceShape)
        message = report.value(result, SH.resultMessage)
        name = str(shape).rsplit("#", 1)[-1] if isinstance(shape, URIRef) else "shape"
        findings.append(Finding(f"shapes/{name}", shorten(str(focus)), str(message)))
    return findings
