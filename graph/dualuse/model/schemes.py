"""Write ``values.py`` from the schemes of the ontology: the schemes are the source, the module is what Python reads."""

from __future__ import annotations

import pyoxigraph as ox

from dualuse import resources
from dualuse.namespaces import ID, expand

_HEAD = '''"""Values of the schemes of the ontology. Written by scripts/regenerate from ontology/schemes; edit those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args
'''


def read_schemes() -> dict[str, tuple[str, ...]]:
    """Kind of concept -> keys of its concepts, each scheme in the order of its file; empty schemes left out."""
    found: dict[str, tuple[str, ...]] = {}
    for name, file in resources.walk(resources.root("ontology") / "schemes", ".ttl"):
        concepts = [
            quad.subject.value.removeprefix(ID).split("/")
            for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
            if quad.predicate.value == expand("rdf:type") and quad.object == ox.NamedNode(expand("skos:Concept"))
        ]
        if concepts:
            found[concepts[0][0]] = tuple(key for _, key in concepts)
        elif name not in ("places.ttl", "control-list.ttl"):
            raise ValueError(f"ontology/schemes/{name} has no concept")
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
    parts = [_HEAD]
    for kind, keys in schemes.items():
        listed = "".join(f'    "{key}",\n' for key in keys)
        parts.append(f"{class_name(kind)} = Literal[\n{listed}]\n")
    entries = "".join(f'    "{kind}": get_args({class_name(kind)}),\n' for kind in schemes)
    parts.append(f'SCHEMES: Mapping[str, tuple[str, ...]] = {{\n{entries}}}\n"""Kind of concept -> its values."""\n')
    return "\n".join(parts)
