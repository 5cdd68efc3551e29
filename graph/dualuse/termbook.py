"""What every term of the ontology is there for: how much of the graph has it, and what reads it.

A term is read where a named query, a rule of derivation, a shape or a module names it; and a property that a field of a
record gives is read where a module takes that field of such a record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from dualuse import resources
from dualuse.model.slots import class_of, kinds, slots
from dualuse.model.vocabulary import read_vocabulary
from dualuse.namespaces import NS
from dualuse.store import Store
from dualuse.store.base import value

_TERM = re.compile(r"\bdu:(\w+)")
_WORD = re.compile(r"\w+")
_TAKEN = re.compile(r"\.(\w+)\b")
_WRITES = ("model/", "load/", "termbook.py", "questions/methods.py")
"""Modules that declare and write terms, which is not to read them."""
_SHOWN = 3
_HEAD = "| term | what it says | used | read by |\n|---|---|--:|---|\n"
_OPENING = """# Terms

Every class and property of the ontology, written from `ontology/terms.csv`, the graph and what reads it. *Used* counts
the nodes of a class, those of its subclasses among them, and the triples of a property, in the graph as shipped. *Read
by* names queries (`dualuse query NAME`, at most three), rules of derivation and the folders or modules of the package;
what nothing reads is kept for the reason that stands there. Every property is also shown on the pages of its nodes and
held by a shape.
"""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term, how much of the graph has it, what reads it, and why it is kept where nothing does."""

    name: str
    section: str
    is_class: bool
    definition: str
    used: int
    readers: tuple[str, ...]
    kept: str
    """Why it is there although the graph as shipped does not use it, or nothing reads it; blank if there is no need."""


def term_uses(store: Store) -> list[TermUse]:
    """Every term in the order of its table."""
    counts, readers = _counts(store), _readers()
    return [
        TermUse(
            term.name,
            term.section,
            "owl:Class" in term.says["rdf:type"],
            _text(term.says["skos:definition"][0]),
            counts.get(term.name, 0),
            tuple(readers.get(term.name, ())),
            _text(term.says.get("skos:editorialNote", [""])[0]),
        )
        for term in read_vocabulary().terms
    ]


def _text(literal: str) -> str:
    return literal.rpartition('"')[0].removeprefix('"').replace('\\"', '"')


def _counts(store: Store) -> dict[str, int]:
    """Nodes of each class, and triples of each property, in the graph but for the ontology itself."""
    queries = (
        "SELECT ?term (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c . ?c rdfs:subClassOf* ?term } GROUP BY ?term",
        "SELECT ?term (COUNT(*) AS ?n) WHERE { ?s ?term ?o } GROUP BY ?term",
    )
    rows = (row for query in queries for row in store.select(query))
    return {f"du:{value(row, 'term').removeprefix(NS)}": int(value(row, "n")) for row in rows}


# -- what reads a term ------------------------------------------------------------------------------------------------


def _readers() -> Mapping[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    package = files("dualuse")
    queries = _texts(package / "query" / "named", ".rq")
    rules = _texts(resources.root("ontology") / "rules", ".rq")
    modules = {name: text for name, text in _texts(package, ".py").items() if not name.startswith(_WRITES)}
    by_name = [
        *((f"`{name.removesuffix('.rq')}`", text) for name, text in queries.items()),
        *((f"rule {name[:2]}", text) for name, text in rules.items()),
        *((_place(name), text) for name, text in modules.items()),
    ]
    for reader, text in by_name:
        for term in set(_TERM.findall(text)):
            found[f"du:{term}"][reader] = None
    for reader, text in modules.items():
        for term in _taken(text):
            found[term][_place(reader)] = None
    return {term: list(readers) for term, readers in found.items()}


def _place(module: str) -> str:
    """Folder of a module, or its name if it stands in none: which module reads a term changes with every tidying."""
    return module.partition("/")[0].removesuffix(".py")


def _texts(folder: Traversable, ending: str) -> dict[str, str]:
    return {name: file.read_text("utf-8") for name, file in resources.walk(folder, ending)}


def _taken(text: str) -> Iterable[str]:
    """Terms that the fields give which a module takes of records it names."""
    words, attributes = set(_WORD.findall(text)), set(_TAKEN.findall(text))
    for record, given in _given().items():
        if record in words:
            yield from (term for fields, term in given if not fields or fields & attributes)


@cache
def _given() -> Mapping[str, list[tuple[frozenset[str], str]]]:
    """Record -> the terms that its nodes have, each with the fields that give it; none for its classes."""
    return {record.__name__: [*_of(record)] for record in kinds()}


def _of(record: type[Any]) -> Iterator[tuple[frozenset[str], str]]:
    yield frozenset(), class_of(record)
    for slot in slots(record):
        if slot.path.startswith("du:"):
            yield frozenset(giver.field.rpartition(".")[2] for giver in slot.givers) - {""}, slot.path


# -- the page ---------------------------------------------------------------------------------------------------------


def terms_page(store: Store) -> str:
    """Text of ``docs/terms.md``."""
    uses = term_uses(store)
    parts = [_OPENING]
    for heading, chosen in (("Classes", True), ("Properties", False)):
        held = [use for use in uses if use.is_class is chosen]
        parts.append(f"## {heading}\n\n{len(held)} of them.\n")
        for section in dict.fromkeys(use.section for use in held):
            rows = [_row(use) for use in held if use.section == section]
            parts.append(f"### {section}\n\n{_HEAD}{''.join(rows)}")
    return "\n".join(parts)


def _row(use: TermUse) -> str:
    queries = [each for each in use.readers if each.startswith("`")]
    places = sorted({*use.readers} - {*queries})
    told = "; ".join(filter(None, (", ".join([*queries[:_SHOWN], *places]), use.kept)))
    return f"| `{use.name}` | {use.definition} | {use.used:,} | {told} |\n"
