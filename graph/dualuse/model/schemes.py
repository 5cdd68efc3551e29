"""Write ``values.py`` from the concepts of the ontology: the table is the source, the module is what Python reads."""

from __future__ import annotations

from dualuse.model.vocabulary import Vocabulary, is_scheme

_HEAD = '''"""Values of the schemes. Written by scripts/regenerate from ontology/concepts.csv; edit that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args
'''


def keys_by_kind(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Kind of concept -> keys of its concepts, in the order of the table; schemes without concepts left out."""
    found: dict[str, list[str]] = {}
    for term in vocabulary.concepts:
        kind, _, key = term.name.partition(":")
        if not is_scheme(term):
            found.setdefault(kind, []).append(key)
    return found


def class_name(kind: str) -> str:
    """Name of the Python type of a scheme.

    Example:
        >>> class_name("event-kind")
        'EventKind'
    """
    return "".join(part.capitalize() for part in kind.split("-"))


def values_module(vocabulary: Vocabulary) -> str:
    """Text of ``values.py``."""
    schemes = keys_by_kind(vocabulary)
    parts = [_HEAD]
    for kind, keys in schemes.items():
        listed = "".join(f'    "{key}",\n' for key in keys)
        parts.append(f"{class_name(kind)} = Literal[\n{listed}]\n")
    entries = "".join(f'    "{kind}": get_args({class_name(kind)}),\n' for kind in schemes)
    parts.append(f'SCHEMES: Mapping[str, tuple[str, ...]] = {{\n{entries}}}\n"""Kind of concept -> its values."""\n')
    return "\n".join(parts)
