"""What every store can do, and the formats results leave in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_TERMS = (ox.NamedNode, ox.BlankNode, ox.Literal)
Row = dict[str, Term]
"""One solution: variable -> term; an unbound variable is absent."""

RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
"""Formats of SELECT and ASK results."""

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Formats of CONSTRUCT and DESCRIBE results."""


NOTHING: Mapping[str, bytes] = MappingProxyType({})


class Place(Protocol):
    """Where a graph can be put."""

    def replace(self, nquads: bytes, kept: Mapping[str, bytes] = NOTHING) -> None:
        """Put these quads in place of everything that is there of ours, at once or not at all.

        Args:
            nquads: The quads.
            kept: What was worked out of them, by name; an endpoint leaves it, and who asks works it out again.
        """
        ...


class Store(Place, Protocol):
    """A graph that answers SPARQL; the default graph of a query is the union of all its named graphs."""

    location: str

    def select(self, query: str) -> list[Row]:
        """Answer a SELECT query with all its solutions."""
        ...

    def stream(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Answer a SELECT query with the names of its columns, and its solutions as they come."""
        ...

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        ...

    def construct(self, query: str) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples, sorted."""
        ...

    def write(self, query: str, form: str) -> bytes:
        """Answer any query as bytes in one of ``RESULT_FORMATS`` or ``RDF_FORMATS``."""
        ...

    def kept(self, name: str) -> bytes | None:
        """What was worked out of the graph when it was built, and is kept with it under a name; None for nothing."""
        ...

    def quads(self) -> list[str]:
        """Every quad as an N-Quads line, sorted."""
        ...


def names_of(answer: ox.QuerySolutions) -> list[str]:
    """Names of the columns of an answer."""
    return [variable.value for variable in answer.variables]


def bound(names: list[str], solutions: Iterable[ox.QuerySolution]) -> Iterator[Row]:
    """The bound variables of each solution."""
    for solution in solutions:
        yield {name: term for name, term in zip(names, solution, strict=True) if isinstance(term, _TERMS)}


def value(row: Row, name: str) -> str:
    """Text of a bound variable, or an empty string."""
    term = row.get(name)
    return "" if term is None else term.value


def written(row: Row, name: str) -> str:
    """A bound variable as SPARQL's CSV has it, or an empty string."""
    term = row.get(name)
    return str(term) if isinstance(term, ox.BlankNode) else value(row, name)


def lines(nquads: str) -> list[str]:
    """Lines of N-Quads text with their ends; unlike ``splitlines``, not cut at U+0085 or U+2028 inside a literal."""
    return [f"{line}\n" for line in nquads.split("\n") if line]


def sort_triples(triples: list[ox.Triple]) -> list[ox.Triple]:
    """Sort triples by their N-Triples text, so that what leaves the process is stable."""
    return sorted(triples, key=str)
