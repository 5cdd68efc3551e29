"""Read tables of terms, and write terms as Turtle: one row a term, each column headed by what its cells become.

After the templates of ROBOT. A head is a predicate: ``skos:prefLabel@en`` has text in a language,
``du:rank^^xsd:integer`` a value of a datatype, ``rdfs:domain`` names of terms, several as ``a | b``. A new column needs
no code.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from rdflib import OWL, RDF, RDFS, SKOS

from dualuse.errors import Problem
from dualuse.load.files import read_csv
from dualuse.model.triples import literal
from dualuse.namespaces import PREFIXES, shorten
from dualuse.suggest import nearest

_HEAD = re.compile(r"(\w+:\w+)(?:@([A-Za-z-]+)|\^\^xsd:(\w+))?")
_NAME = re.compile(r"[a-z-]+:[A-Za-z0-9_-]+")
_REUSED = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS}
Statements = Mapping[str, Sequence[str]]
"""Predicate -> objects, both as Turtle has them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row: the name of a term, the section it stands in, the heads of its cells and what they say."""

    file: str
    line: int
    name: str
    section: str
    heads: tuple[str, ...]
    says: Statements

    def problem(self, message: str) -> Problem:
        """A fault of this row."""
        return Problem(self.file, self.line, self.name, message)

    def lacks(self, *heads: str) -> Iterator[Problem]:
        """A fault for each column in which it must have a value and has none."""
        return (self.problem(f"no {head}; fill that column") for head in heads if head not in self.heads)

    def turtle(self) -> str:
        """All that is said of it."""
        said = [f"{'a' if each == 'rdf:type' else each} {', '.join(objects)}" for each, objects in self.says.items()]
        return f"{self.name} " + " ;\n    ".join(said) + " .\n"


# -- reading ---------------------------------------------------------------------------------------------------------


def read_terms(file: Traversable, problems: list[Problem]) -> list[Term]:
    """Read a table of terms: a column ``id``, perhaps one of sections, and predicates."""
    terms = []
    for row in read_csv(f"ontology/{file.name}", file, problems):
        cells = {head: str(cell) for head, cell in row.values.items()}
        name, section = cells.pop("id", "?"), cells.pop("section", "")
        terms.append(Term(row.file, row.line, name, section, tuple(cells), _statements(cells)))
    return terms


def _statements(cells: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for head, cell in cells.items():
        if (column := _HEAD.fullmatch(head)) is not None:
            predicate, language, datatype = column.groups()
            names = [part.strip() for part in cell.split("|") if part.strip()]
            objects = names if language is datatype is None else [literal(cell, language, datatype)]
            found[predicate] = found.get(predicate, []) + objects
    return found


def faults(terms: Sequence[Term]) -> Iterator[Problem]:
    """What is wrong with the names of terms of all tables, the heads of their columns and the names they say."""
    first: dict[str, Term] = {}
    for term in terms:
        if _NAME.fullmatch(term.name) is None or _prefix(term.name) not in PREFIXES:
            yield term.problem("not an id: it is a prefix of graph/dualuse/namespaces.py, a colon and a key")
        elif first.setdefault(term.name, term) is not term:
            yield term.problem(f"id given twice, first on line {first[term.name].line}; keep one of the two rows")
    declared = {*first, *map(_prefix, first)}
    for file, head in dict.fromkeys((term.file, head) for term in terms for head in term.heads):
        column = _HEAD.fullmatch(head)
        if column is None or not _is_known(column[1], declared):
            message = f"unknown column{_like(head, first)}; its head is a predicate, with @language for text"
            yield Problem(file, 1, head, message)
    for term in first.values():
        for name in dict.fromkeys(filter(_is_name, itertools.chain(*term.says.values()))):
            if not _is_known(name, declared):
                yield term.problem(f"{name} is not declared{_like(name, first)}; correct it or add its row")


def _is_name(text: str) -> bool:
    return text[0] not in '<"'


def _prefix(name: str) -> str:
    return name.partition(":")[0]


def _is_known(name: str, declared: Collection[str]) -> bool:
    """Whether a name is declared; if the tables declare none of its prefix, only the prefix has to be known."""
    prefix, _, local = name.partition(":")
    if prefix in _REUSED:
        return local in _REUSED[prefix]
    return name in declared or (prefix not in declared and prefix in PREFIXES)


def _like(name: str, declared: Iterable[str]) -> str:
    reused = [shorten(str(iri)) for space in _REUSED.values() for iri in dir(space)]
    close = nearest(name, [*declared, *reused], 1)
    return f" ({close[0]}?)" if close else ""


# -- writing ---------------------------------------------------------------------------------------------------------


def prefix_lines(terms: Iterable[Term]) -> set[str]:
    """Declarations of the prefixes that terms use."""
    names = {name for term in terms for name in (term.name, *term.says, *itertools.chain(*term.says.values()))}
    used = map(_prefix, filter(_is_name, names - {"rdf:type"}))
    return {f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in used}
