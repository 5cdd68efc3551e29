"""Which shapes surely find nothing in a graph, so that the SHACL engine need only run the others.

The engine, pySHACL, is thorough and slow: it writes a report on every branch of every alternative. Nearly every node
conforms, and that can be seen at once from an index of the graph. Nothing is reported from here: a shape with a node
that is not surely in order, or with a constraint that is not decided here, goes to the engine.

Verdicts are three-valued: True conforms, False does not, None is not decided here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import NamedTuple

import pyoxigraph as ox

from dualuse.namespaces import VOCABULARIES

Verdict = bool | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Index = dict[Term, dict[str, list[Term]]]
"""Subject -> predicate -> objects."""

_RDF, _RDFS, _SH, _XSD = (VOCABULARIES[name] for name in ("rdf", "rdfs", "sh", "xsd"))
_SILENT = {"message", "name", "description", "severity", "order", "group", "path", "targetClass", "qualifiedMinCount"}
"""Local names of ``sh:`` properties that ask nothing by themselves."""
_FORMS = {
    "boolean": r"true|false|1|0",
    "date": r"\d{4}-\d{2}-\d{2}",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "gYear": r"\d{4}",
    "gYearMonth": r"\d{4}-(0[1-9]|1[0-2])",
    "integer": r"[+-]?\d+",
    "string": r"(?s:.*)",
}
"""Datatypes whose written forms are known here; any other is left to the engine."""


def index(triples: Iterable[ox.Triple]) -> Index:
    """Triples by subject and predicate, without repeats."""
    found: dict[Term, dict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
    for subject, predicate, value in triples:
        if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
            found[subject][predicate.value][value] = None
    return {subject: {name: list(objects) for name, objects in facts.items()} for subject, facts in found.items()}


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """True if all are, False if one is not, otherwise None."""
    result: Verdict = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            result = None
    return result


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """True if one is, False if none is, otherwise None."""
    return _opposite(every(_opposite(verdict) for verdict in verdicts))


def _opposite(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


@cache
def _value(literal: ox.Literal) -> Decimal | date | str | None:
    """What a literal means, if its datatype is known here and it is well formed; else None."""
    kind = literal.datatype.value.removeprefix(_XSD)
    if kind not in _FORMS or not re.fullmatch(_FORMS[kind], literal.value, re.ASCII):
        return None
    if kind in ("decimal", "integer"):
        return Decimal(literal.value)
    try:
        return date.fromisoformat(literal.value) if kind == "date" else literal.value
    except ValueError:
        return None


def _compared(left: Term, right: Term, holds: Callable[[int], bool]) -> Verdict:
    """Whether a comparison holds, as -1, 0 or 1, between two numbers or two days."""
    if not isinstance(left, ox.Literal) or not isinstance(right, ox.Literal):
        return None
    a, b = _value(left), _value(right)
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return holds((a > b) - (a < b))
    if isinstance(a, date) and isinstance(b, date):
        return holds((a > b) - (a < b))
    return None


def _datatype(value: Term, datatype: Term) -> Verdict:
    if not isinstance(value, ox.Literal) or value.datatype != datatype:
        return False
    return True if _value(value) is not None else None


def _node_kind(value: Term, kind: Term) -> Verdict:
    name = {ox.NamedNode: "IRI", ox.BlankNode: "BlankNode", ox.Literal: "Literal"}[type(value)]
    return name in kind.value.removeprefix(_SH).split("Or")


def _pattern(value: Term, pattern: Term) -> Verdict:
    return None if isinstance(value, ox.BlankNode) else re.search(pattern.value, value.value) is not None


def _length(holds: Callable[[int, int], bool]) -> Callable[[Term, Term], Verdict]:
    return lambda value, bound: None if isinstance(value, ox.BlankNode) else holds(len(value.value), int(bound.value))


_OF_VALUE: dict[str, Callable[[Term, Term], Verdict]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "minLength": _length(lambda length, bound: length >= bound),
    "maxLength": _length(lambda length, bound: length <= bound),
    "minInclusive": lambda value, bound: _compared(value, bound, lambda order: order >= 0),
    "maxInclusive": lambda value, bound: _compared(value, bound, lambda order: order <= 0),
    "minExclusive": lambda value, bound: _compared(value, bound, lambda order: order > 0),
}
"""Constraints of one value and a parameter."""

_OF_VALUES: dict[str, Callable[[list[Term], Term], Verdict]] = {
    "minCount": lambda values, bound: len(values) >= int(bound.value),
    "maxCount": lambda values, bound: len(values) <= int(bound.value),
    "hasValue": lambda values, wanted: wanted in values or None,
    "uniqueLang": lambda values, on: on.value == "false" or _languages_differ(values) or None,
}
"""Constraints of all values of a focus node and a parameter."""

_OF_PAIRS: dict[str, Callable[[Term, Term], Verdict]] = {
    "lessThan": lambda value, other: _compared(value, other, lambda order: order < 0),
    "lessThanOrEquals": lambda value, other: _compared(value, other, lambda order: order <= 0),
    "disjoint": lambda value, other: value != other,
}
"""Constraints of a value and each value of another property."""


def _languages_differ(values: list[Term]) -> bool:
    languages = [value.language.lower() for value in values if isinstance(value, ox.Literal) and value.language]
    return len(languages) == len(set(languages))


class _Asked(NamedTuple):
    """What a shape asks."""

    path: str | None
    """Property whose values it is about; empty: the node itself; None: a path that is left to the engine."""
    constraints: list[tuple[str, Term]]
    """Local name of each constraint, and its parameter."""


class Clearing:
    """Shapes held against a graph."""

    def __init__(self, data: Index, shapes: Index) -> None:
        self._data = data
        self._shapes = shapes
        self._asked: dict[Term, _Asked] = {}
        self._kinds: dict[Term, set[Term]] = {}
        self._instances: dict[Term, list[Term]] = defaultdict(list)
        for node, facts in data.items():
            for kind in {above for own in facts.get(f"{_RDF}type", ()) for above in self._above(own)}:
                self._instances[kind].append(node)

    def cleared(self) -> set[Term]:
        """Shapes aimed at classes all of whose instances surely conform."""
        aims = {shape: facts.get(f"{_SH}targetClass", ()) for shape, facts in self._shapes.items()}
        return {
            shape
            for shape, kinds in aims.items()
            if kinds and all(self.conforms(shape, node) for kind in kinds for node in self._instances.get(kind, ()))
        }

    def _above(self, kind: Term) -> set[Term]:
        """A class and every class above it."""
        if kind not in self._kinds:
            found = self._kinds[kind] = {kind}
            for parent in self._data.get(kind, {}).get(f"{_RDFS}subClassOf", ()):
                found |= self._above(parent)
        return self._kinds[kind]

    def conforms(self, shape: Term, node: Term) -> Verdict:
        """Whether a node conforms to a shape, aimed at it or not."""
        asked = self._asked.get(shape) or self._ask(shape)
        if asked.path is None:
            return None
        values = [node] if asked.path == "" else self._data.get(node, {}).get(asked.path, [])
        result: Verdict = True
        for name, parameter in asked.constraints:
            verdict = self._holds(name, parameter, node, values, shape)
            if verdict is False:
                return False
            if verdict is None:
                result = None
        return result

    def _ask(self, shape: Term) -> _Asked:
        """What a shape asks, read once."""
        facts = self._shapes.get(shape, {})
        paths = facts.get(f"{_SH}path", ())
        simple = all(isinstance(each, ox.NamedNode) and each not in self._shapes for each in paths)
        path = "".join(each.value for each in paths[-1:]) if simple else None
        constraints = [
            (name.removeprefix(_SH), parameter)
            for name, parameters in facts.items()
            if name.startswith(_SH) and name.removeprefix(_SH) not in _SILENT
            for parameter in parameters
        ]
        self._asked[shape] = _Asked(path, constraints)
        return self._asked[shape]

    def _holds(self, name: str, parameter: Term, node: Term, values: list[Term], shape: Term) -> Verdict:
        """Whether one constraint holds of the values of a focus node."""
        if name in _OF_VALUE:
            return every(_OF_VALUE[name](value, parameter) for value in values)
        if name in _OF_VALUES:
            return _OF_VALUES[name](values, parameter)
        if name in _OF_PAIRS:
            others = self._data.get(node, {}).get(parameter.value, [])
            return every(_OF_PAIRS[name](value, other) for value, other in product(values, others))
        if name == "qualifiedValueShape":
            return self._enough(parameter, values, self._shapes[shape])
        return every(self._of_shapes(name, parameter, value) for value in values)

    def _of_shapes(self, name: str, parameter: Term, value: Term) -> Verdict:
        """Whether a constraint that names shapes, classes or languages holds of a value."""
        match name:
            case "property" | "node":
                return self.conforms(parameter, value)
            case "not":
                return _opposite(self.conforms(parameter, value))
            case "or":
                return some(self.conforms(shape, value) for shape in self._members(parameter))
            case "class":
                kinds = self._data.get(value, {}).get(f"{_RDF}type", ())
                return any(parameter in self._above(kind) for kind in kinds)
            case "languageIn":
                spoken = (value.language or "").lower() if isinstance(value, ox.Literal) else ""
                ranges = (member.value.lower() for member in self._members(parameter))
                return any(spoken == each or spoken.startswith(f"{each}-") for each in ranges)
        return None

    def _enough(self, shape: Term, values: list[Term], asked: dict[str, list[Term]]) -> Verdict:
        """Whether enough values conform to a shape."""
        verdicts = [self.conforms(shape, value) for value in values]
        bounds = [int(bound.value) for bound in asked.get(f"{_SH}qualifiedMinCount", ())]
        if all(verdicts.count(True) >= bound for bound in bounds):
            return True
        return None if None in verdicts else False

    def _members(self, cell: Term) -> Iterator[Term]:
        """Members of an RDF list."""
        while cell in self._shapes:
            yield from self._shapes[cell].get(f"{_RDF}first", ())
            (cell,) = self._shapes[cell].get(f"{_RDF}rest", ()) or (ox.NamedNode(f"{_RDF}nil"),)
