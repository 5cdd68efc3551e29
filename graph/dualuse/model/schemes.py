"""The concepts of the ontology: ``ontology/concepts.csv``, and what is written from it.

The table is the source; ``ontology/concepts.ttl`` is what the graph takes in, ``values.py`` what Python reads.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources.abc import Traversable

from dualuse import resources
from dualuse.errors import CuratedDataError, Problem
from dualuse.model.templates import Term, faults, prefix_lines, read_terms

_TURTLE = "# The schemes and their concepts. Written by scripts/regenerate from ontology/concepts.csv; edit that.\n"
_MODULE = '''"""Values of the schemes. Written by scripts/regenerate from ontology/concepts.csv; edit that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args
'''
_NAMED = ("skos:prefLabel@en", "skos:prefLabel@zh-Hant", "skos:prefLabel@zh-Hans", "skos:definition@en")


def read_concepts(folder: Traversable | None = None) -> list[Term]:
    """Schemes and concepts, in the order of their table.

    Args:
        folder: Folder of the table; the shipped ontology if none is given.

    Raises:
        CuratedDataError: the table is not well made.
    """
    problems: list[Problem] = []
    root = resources.root("ontology") if folder is None else folder
    terms = [_whole(term) for term in read_terms(root / "concepts.csv", problems)]
    problems += faults(terms)
    for term in () if problems else terms:
        problems += term.lacks(*_NAMED, *(() if _is_scheme(term) else ("skos:example@en",)))
    if problems:
        raise CuratedDataError(problems)
    return terms


def _is_scheme(term: Term) -> bool:
    return term.name.startswith("scheme:")


def _whole(term: Term) -> Term:
    """A row with what follows from its name: a concept stands in the scheme of its prefix unless it names another."""
    if _is_scheme(term):
        return replace(term, says={"rdf:type": ["skos:ConceptScheme"], **term.says})
    scheme = term.says.get("skos:inScheme", [f"scheme:{term.name.partition(':')[0]}"])
    kinds = ["skos:Concept", *term.says.get("rdf:type", [])]
    placed = {"rdf:type": kinds, "skos:inScheme": scheme, "skos:topConceptOf": scheme}
    return replace(term, says={**placed, **term.says, **placed})


def concepts_file(folder: Traversable | None = None) -> str:
    """Text of ``ontology/concepts.ttl``."""
    terms = read_concepts(folder)
    prefixes = "\n".join(sorted(prefix_lines(terms)))
    return "\n".join([_TURTLE + prefixes + "\n", *(term.turtle() for term in terms)])


def read_schemes() -> dict[str, tuple[str, ...]]:
    """Kind of concept -> keys of its concepts, in the order of the table; schemes without concepts left out."""
    found: dict[str, tuple[str, ...]] = {}
    for term in read_concepts():
        kind, _, key = term.name.partition(":")
        if not _is_scheme(term):
            found[kind] = (*found.get(kind, ()), key)
    return found


def class_name(kind: str) -> str:
    """Name of the Python type of a scheme.

    Example:
        >>> class_name("event-kind")
        'EventKind'
    """
    return "".join(part.capitalize() for part in kind.split("-"))


def values_module() -> str:
    """Text of ``values.py``."""
    schemes = read_schemes()
    parts = [_MODULE]
    for kind, keys in schemes.items():
        listed = "".join(f'    "{key}",\n' for key in keys)
        parts.append(f"{class_name(kind)} = Literal[\n{listed}]\n")
    entries = "".join(f'    "{kind}": get_args({class_name(kind)}),\n' for kind in schemes)
    parts.append(f'SCHEMES: Mapping[str, tuple[str, ...]] = {{\n{entries}}}\n"""Kind of concept -> its values."""\n')
    return "\n".join(parts)
