"""What a query asks for, taken apart: its triple patterns, and what its filters hold their variables to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pyparsing import ParseException
from rdflib import Literal, URIRef, Variable
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from dualuse.namespaces import PREFIXES

Part = Identifier | Path
"""A term, a variable or a path."""


@dataclass(frozen=True)
class Pattern:
    """One triple pattern.

    Args:
        parts: Subject, property or path, and object.
        graph: Graph it is asked of, where the query names one.
        needed: Whether there is no solution without it: it stands in no OPTIONAL or MINUS, and in no NOT EXISTS.
        filtering: Whether it stands in a filter.
        branch: Number of the branch of a UNION it stands in; 0 for none.
    """

    parts: tuple[Part, Part, Part]
    graph: Identifier | None = None
    needed: bool = True
    filtering: bool = False
    branch: int = 0

    @property
    def text(self) -> str:
        """The pattern as a query has it."""
        inner = " ".join(part.n3() for part in self.parts)
        return inner if self.graph is None else f"GRAPH {self.graph.n3()} {{ {inner} }}"

    @property
    def variables(self) -> frozenset[Variable]:
        """The variables in it."""
        return frozenset(part for part in (*self.parts, self.graph) if isinstance(part, Variable))


@dataclass(frozen=True)
class Held:
    """What a filter holds a variable to: a literal its value is compared with, or its language."""

    variable: Variable
    sign: str
    literal: Literal
    language: bool = False


@dataclass(frozen=True)
class Asked:
    """What a query asks for."""

    patterns: tuple[Pattern, ...]
    held: tuple[Held, ...]
    named: tuple[URIRef, ...]
    """Things that a VALUES names."""


@dataclass
class _Walk:
    patterns: list[Pattern] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    named: list[URIRef] = field(default_factory=list)
    branches: int = 0

    def down(self, part: Any, place: Pattern) -> None:
        """Take a part of a query apart, which stands where an empty pattern says."""
        if isinstance(part, list | tuple):
            for each in part:
                self.down(each, place)
        elif isinstance(part, CompValue):
            self._node(part, place)

    def _node(self, node: CompValue, place: Pattern) -> None:
        match node.name:
            case "BGP":
                self.patterns += [replace(place, parts=triple) for triple in node.triples]
            case "Graph":
                self.down(node.p, replace(place, graph=node.term))
            case "LeftJoin" | "Minus":
                self.down(node.p1, place)
                self.down([node.p2, node.expr], replace(place, needed=False))
            case "Union":
                for part in (node.p1, node.p2):
                    self.branches += 1
                    self.down(part, replace(place, branch=self.branches))
            case "Builtin_EXISTS":
                self.down(node.graph, replace(place, filtering=True))
            case "Builtin_NOTEXISTS":
                self.down(node.graph, replace(place, needed=False, filtering=True))
            case "values":
                self.named += [term for row in node.res for term in row.values() if isinstance(term, URIRef)]
            case "ServiceGraphPattern":
                return
            case _:
                self.held += _comparison(node) if place.needed else ()
                self.down(list(node.values()), place)


def _comparison(node: CompValue) -> Iterator[Held]:
    if node.name == "Builtin_LANGMATCHES":
        yield from _sides(node.arg1, "=", node.arg2)
    elif node.name == "RelationalExpression":
        yield from _sides(node.expr, node.op, node.other)
        yield from _sides(node.other, node.op, node.expr)


def _sides(held: Any, sign: str, others: Any) -> Iterator[Held]:
    language = isinstance(held, CompValue) and held.name == "Builtin_LANG"
    variable = held.arg if language else held
    for other in others if isinstance(others, list) else [others]:
        if isinstance(variable, Variable) and isinstance(other, Literal):
            yield Held(variable, str(sign), other, language)


def asked(query: str) -> Asked | None:
    """What a query asks for; None where rdflib does not read it.

    Example:
        >>> [pattern.text for pattern in asked("SELECT ?o { ?o skos:notation 'CH' }").patterns]
        ['?o <http://www.w3.org/2004/02/skos/core#notation> "CH"']
    """
    walk = _Walk()
    nothing = Variable("nothing")
    try:
        walk.down(prepareQuery(query, initNs=PREFIXES).algebra, Pattern((nothing, nothing, nothing)))
    except (ParseException, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Asked(tuple(walk.patterns), tuple(dict.fromkeys(walk.held)), tuple(dict.fromkeys(walk.named)))
