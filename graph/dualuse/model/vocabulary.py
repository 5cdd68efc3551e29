"""The words of the ontology: the tables ``terms.csv`` and ``concepts.csv``, and the Turtle written from them.

What is not of the form of a row, the ontology's own description among it, stands by hand in ``axioms.ttl`` and is taken
over into ``dualuse.ttl``, with the version of the package.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable

from dualuse import __version__, resources
from dualuse.errors import CuratedDataError, Problem
from dualuse.model.templates import Term, faults, prefix_lines, read_terms
from dualuse.namespaces import NS

_HEAD = "# {what}. Written by scripts/regenerate from {sources} in this folder; edit those.\n\n"
_PARTS = {
    "Classes": ("owl:Class",),
    "Properties. Shortcuts are timeless: for time, share and source read the node they come from.": (
        "owl:ObjectProperty",
        "owl:DatatypeProperty",
    ),
}
"""Headings of the vocabulary -> kinds of terms under them."""
_KINDS = tuple(itertools.chain(*_PARTS.values()))
_CHARACTERISTICS = ("owl:FunctionalProperty", "owl:SymmetricProperty")
_VERSION = f'<{NS[:-1]}> owl:versionIRI <{NS[:-1]}/{__version__}> ;\n    owl:versionInfo "{__version__}" .\n'
_TO_CLASSES = ("rdfs:subClassOf", "rdfs:domain", "rdfs:range")
_LANGUAGES = ("en", "zh-hant", "zh-hans")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes and properties, and schemes and concepts, each in the order of their table; and the other axioms."""

    terms: tuple[Term, ...]
    concepts: tuple[Term, ...]
    axioms: str


def read_vocabulary(folder: Traversable | None = None) -> Vocabulary:
    """Read the tables.

    Args:
        folder: Folder of the tables; the shipped ontology if none is given.

    Raises:
        CuratedDataError: a table is not well made.
    """
    problems: list[Problem] = []
    root = resources.root("ontology") if folder is None else folder
    terms = [_defined(term) for term in read_terms(root / "terms.csv", problems)]
    concepts = [_placed(term) for term in read_terms(root / "concepts.csv", problems)]
    problems += faults([*terms, *concepts])
    if not problems:
        problems += itertools.chain(_of_terms(terms), *map(_of_concept, concepts))
    if problems:
        raise CuratedDataError(problems)
    return Vocabulary(tuple(terms), tuple(concepts), (root / "axioms.ttl").read_text("utf-8"))


# -- what a row must have --------------------------------------------------------------------------------------------


def _of_terms(terms: list[Term]) -> Iterator[Problem]:
    classes = {term.name for term in terms if _kind(term) == "owl:Class"}
    for term in terms:
        yield from term.lacks("rdf:type", *(f"rdfs:label@{each}" for each in _LANGUAGES), "skos:definition@en")
        if not term.section:
            yield term.problem("no section; say under which heading it stands")
        if _kind(term) not in _KINDS:
            yield term.problem(f"{_kind(term)} in rdf:type; a term is one of {', '.join(_KINDS)}")
        elif _kind(term) != "owl:Class":
            yield from term.lacks("rdfs:range")
        if term.name.startswith("du:") and term.name[3].isupper() != (term.name in classes):
            yield term.problem("a class begins with a capital, a property does not; correct id or rdf:type")
        for head in _TO_CLASSES:
            for name in term.says.get(head, ()):
                if name.startswith("du:") and name not in classes:
                    yield term.problem(f"{name} in {head} is not a class; name one, or declare it as owl:Class")


def _kind(term: Term) -> str:
    return ", ".join(each for each in term.says.get("rdf:type", ()) if each not in _CHARACTERISTICS)


def _of_concept(term: Term) -> Iterator[Problem]:
    texts = (*(f"skos:prefLabel@{each}" for each in _LANGUAGES), "skos:definition@en")
    return term.lacks(*texts, *(() if is_scheme(term) else ("skos:example@en",)))


def is_scheme(term: Term) -> bool:
    """Whether a row of the concepts is a scheme."""
    return term.name.startswith("scheme:")


# -- what follows from a row -----------------------------------------------------------------------------------------


def _defined(term: Term) -> Term:
    return replace(term, says={**term.says, "rdfs:isDefinedBy": [f"<{NS.removesuffix('#')}>"]})


def _placed(term: Term) -> Term:
    """A concept stands in the scheme of its prefix unless it names another; its preferred names are labels too."""
    named = {"rdfs:label": term.says.get("skos:prefLabel", ())}
    if is_scheme(term):
        return replace(term, says={"rdf:type": ["skos:ConceptScheme"], **named, **term.says})
    scheme = term.says.get("skos:inScheme", [f"scheme:{term.name.partition(':')[0]}"])
    kinds = ["skos:Concept", *term.says.get("rdf:type", [])]
    placed = {"rdf:type": kinds, "skos:inScheme": scheme, "skos:topConceptOf": scheme}
    return replace(term, says={**placed, **named, **term.says, **placed})


# -- the files -------------------------------------------------------------------------------------------------------


def terms_file(vocabulary: Vocabulary) -> str:
    """Text of ``ontology/dualuse.ttl``."""
    lines = vocabulary.axioms.strip().splitlines()
    prefixes = prefix_lines(vocabulary.terms) | {line for line in lines if line.startswith("@prefix ")}
    parts = [_HEAD.format(what="The vocabulary of dualuse", sources="terms.csv and axioms.ttl") + _lines(prefixes)]
    parts.append("\n".join(line for line in lines if not line.startswith("@prefix ")).strip() + "\n")
    parts.append(_VERSION)
    for heading, kinds in _PARTS.items():
        parts.append(f"# {heading}\n")
        held = [term for term in vocabulary.terms if _kind(term) in kinds]
        for section, terms in itertools.groupby(held, key=lambda term: term.section):
            parts += [f"# {section}\n", *(term.turtle() for term in terms)]
    return "\n".join(parts)


def concepts_file(vocabulary: Vocabulary) -> str:
    """Text of ``ontology/concepts.ttl``."""
    head = _HEAD.format(what="The schemes and their concepts", sources="concepts.csv")
    return "\n".join([head + _lines(prefix_lines(vocabulary.concepts)), *(t.turtle() for t in vocabulary.concepts)])


def _lines(prefixes: set[str]) -> str:
    return "".join(f"{line}\n" for line in sorted(prefixes))
