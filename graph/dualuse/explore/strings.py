"""Texts that stand in many places of a document, each carried once: far apart, compression does not find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dualuse.explore.claimed import TEXTS
from dualuse.namespaces import ID

_COLUMNS = (
    *(("edges", name) for name in ("iri", "label", "provision", "text")),
    ("nodes", "facts"),
    *(("claims", name) for name in TEXTS),
)
_TABLE = ("history", "glossary")


def numbered(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with numbers for the texts of some columns, and those texts as ``strings``.

    The IRI of a node that follows from its name is 0, and what all such begin with is ``named``.

    Example:
        >>> numbered({"edges": {"text": ["a", "b", "a"]}})
        {'edges': {'text': [0, 1, 0]}, 'strings': ['a', 'b']}
    """
    numbers: dict[str, int] = {}

    def number(part: Any) -> Any:
        return numbers.setdefault(part, len(numbers)) if isinstance(part, str) else [number(inner) for inner in part]

    made = _with(document, *_COLUMNS, change=number)
    made = _with(made, _TABLE, change=lambda table: number([[text, *said] for text, said in table.items()]))
    if {"id", "iri"} <= made.get("nodes", {}).keys():
        short = [0 if iri == _named(ID, key) else iri for iri, key in _named_nodes(made)]
        made |= {"named": ID, "nodes": {**made["nodes"], "iri": short}}
    return made | {"strings": [*numbers]} if numbers else made


def written(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its texts where they belong: the inverse of ``numbered``."""
    strings = document.get("strings", [])

    def text(part: Any) -> Any:
        return strings[part] if isinstance(part, int) else [text(inner) for inner in part]

    rest = {name: part for name, part in document.items() if name not in ("named", "strings")}
    made = _with(rest, *_COLUMNS, change=text)
    if "named" in document:
        whole = [_named(document["named"], key) if iri == 0 else iri for iri, key in _named_nodes(made)]
        made["nodes"] = {**made["nodes"], "iri": whole}
    return _with(made, _TABLE, change=lambda table: {row[0]: row[1:] for row in text(table)})


def _named(start: str, key: str) -> str:
    """The IRI of a thing by the name of its node."""
    return start + key.replace(":", "/", 1)


def _named_nodes(document: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    return zip(document["nodes"]["iri"], document["nodes"]["id"], strict=True)


def _with(document: Mapping[str, Any], *places: tuple[str, str], change: Any) -> dict[str, Any]:
    """The document with what stands in some places changed; a place that is not there is left alone."""
    made = dict(document)
    for part, column in places:
        if isinstance(made.get(part), Mapping) and column in made[part]:
            made[part] = {**made[part], column: change(made[part][column])}
    return made
