"""Engines that share nothing with Oxigraph, over the Turtle of an export; their rows in one form, to be compared."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import process_time

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.query import ResultRow
from rdflib.term import Node
from tests.javascript import node

from dualuse.namespaces import VOCABULARIES
from dualuse.query.library import names, standalone

ROOT = Path(__file__).resolve().parents[2]
SNIPPET = re.compile(r"^```sparql\n(?P<query>.*?)^```\n\n```text\n(?P<rows>.*?)^```$", re.DOTALL | re.MULTILINE)
XSD, RDF = VOCABULARIES["xsd"], VOCABULARIES["rdf"]
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}

Term = tuple[str | Decimal, ...] | None
"""An IRI as its text; of a literal value, datatype and language, a number by what it is worth; None if not bound."""


@dataclass(frozen=True)
class Answer:
    """What an engine answered, and the seconds of processor time that it took."""

    columns: list[str]
    rows: list[tuple[Term, ...]]
    seconds: float


def queries() -> dict[str, str]:
    """The named queries as they stand alone, and the snippets of the documents by the heading they stand under."""
    page = (ROOT / "docs" / "snippets.md").read_text("utf-8")
    headed = {
        page[: match.start()].rpartition("\n## ")[2].partition("\n")[0]: match["query"]
        for match in SNIPPET.finditer(page)
    }
    return {name: standalone(name) for name in names()} | headed


def asked(first: int) -> dict[str, str]:
    """The queries to ask an engine: the snippets and a twelfth of the named queries, or all with DUALUSE_SLOW=1."""
    every, some = queries(), names() if os.environ.get("DUALUSE_SLOW") else names()[first::12]
    return {name: text for name, text in every.items() if name in some or name not in names()}


def literal(value: str, datatype: str, language: str | None) -> Term:
    """A literal in the form that is compared."""
    return Decimal(value) if datatype in NUMBERS else value, datatype, (language or "").lower()


def oxigraph(store: ox.Store, query: str) -> Answer:
    """What Oxigraph answers of the union of all graphs."""

    def term(found: object) -> Term:
        if found is None:
            return None
        if isinstance(found, ox.Literal):
            return literal(found.value, found.datatype.value, found.language)
        assert isinstance(found, ox.NamedNode)
        return (found.value,)

    begun = process_time()
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    rows = [tuple(term(solution[column]) for column in columns) for solution in answer]
    return Answer(columns, rows, process_time() - begun)


def rdflib(graph: Graph, query: str) -> Answer:
    """What rdflib answers of one graph."""

    def term(found: Node | None) -> Term:
        if found is None:
            return None
        if isinstance(found, Literal):
            datatype = found.datatype or (f"{RDF}langString" if found.language else f"{XSD}string")
            return literal(str(found), str(datatype), found.language)
        return (str(found),)

    begun = process_time()
    answer = graph.query(query)
    columns = [str(variable) for variable in answer.vars or ()]
    rows = [tuple(term(cell) for cell in row) for row in answer if isinstance(row, ResultRow)]
    return Answer(columns, rows, process_time() - begun)


def comunica(turtle: Path, asked: Mapping[str, str]) -> Iterator[tuple[str, Answer | str]]:
    """What Comunica answers of a Turtle file, query by query, or its error; skipped where it is not installed."""
    for line in node("comunica.mjs", turtle, asked=json.dumps(asked)).splitlines():
        told = json.loads(line)
        if "error" in told:
            yield told["name"], told["error"]
        else:
            rows = [tuple(map(_from_comunica, row)) for row in told["rows"]]
            yield told["name"], Answer(told["columns"], rows, told["milliseconds"] / 1000)


def _from_comunica(found: list[str] | None) -> Term:
    if found is None:
        return None
    kind, value, *more = found
    if kind == "Literal":
        language, datatype = more
        return literal(value, datatype, language)
    return (value,)


def difference(expected: Answer, found: Answer, *, in_order: bool = True) -> str:
    """How an answer differs from another, in a few words; empty if it does not, or in an order that does not matter."""
    if (expected.columns, expected.rows) == (found.columns, found.rows):
        return ""
    if expected.columns != found.columns:
        return f"columns {found.columns} for {expected.columns}"
    wanted, got = Counter(expected.rows), Counter(found.rows)
    if wanted == got:
        return "another order" if in_order else ""
    missing, extra = (list(less.elements())[:1] for less in (wanted - got, got - wanted))
    return f"{len(found.rows)} rows for {len(expected.rows)}; missing {missing}; more {extra}"
