"""Texts that stand in many places of a document, each carried once: far apart, compression does not find them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dualuse.explore.claimed import TEXTS

_COLUMNS = (
    *(("edges", name) for name in ("iri", "label", "provision", "text")),
    ("nodes", "facts"),
    *(("claims", name) for name in TEXTS),
)
_TABLE = ("history", "glossary")


def numbered(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with numbers for the texts of some columns, and those texts as ``strings``.

    Example:
        >>> numbered({"edges": {"text": ["a", "b", "a"]}})
        {'edges': {'text': [0, 1, 0]}, 'strings': ['a', 'b']}
    """
    numbers: dict[str, int] = {}

    def number(part: Any) -> Any:
        return numbers.setdefault(part, len(numbers)) if isinstance(part, str) else [number(inner) for inner in part]

    made = _with(document, *_COLUMNS, change=number)
    made = _with(made, _TABLE, change=lambda table: number([[text, *said] for text, said in table.items()]))
    return made | {"strings": [*numbers]} if numbers else made


def written(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its texts where they belong: the inverse of ``numbered``."""
    strings = document.get("strings", [])

    def text(part: Any) -> Any:
        return strings[part] if isinstance(part, int) else [text(inner) for inner in part]

    made = _with({name: part for name, part in document.items() if name != "strings"}, *_COLUMNS, change=text)
    return _with(made, _TABLE, change=lambda table: {row[0]: row[1:] for row in text(table)})


def _with(document: Mapping[str, Any], *places: tuple[str, str], change: Any) -> dict[str, Any]:
    """The document with what stands in some places changed; a place that is not there is left alone."""
    made = dict(document)
    for part, column in places:
        if isinstance(made.get(part), Mapping) and column in made[part]:
            made[part] = {**made[part], column: change(made[part][column])}
    return made
