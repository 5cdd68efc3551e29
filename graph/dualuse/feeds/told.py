"""Records of a feed read back, out of lines of N-Triples: a graph that was loaded, or what a reader made just now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from dualuse.feeds.entry import cell_iri, entry_iri, list_iri
from dualuse.model.triples import unescaped
from dualuse.namespaces import expand

_LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"\S*) \.\n?', re.DOTALL)
_PLACE = "/id/place/"


@dataclass(frozen=True)
class Told:
    """A record of a feed.

    Args:
        lists: Codes of the lists it stands on.
        cells: Column -> text as it stands.
        says: IRI of a property -> what was read out of the cells, sorted, since a graph keeps no order; places by code.
    """

    key: str
    label: str = ""
    lists: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def said(self, name: str) -> tuple[str, ...]:
        """What is said under a prefixed property."""
        return self.says.get(expand(name), ())

    def first(self, name: str) -> str:
        """The first of what is said under it, or an empty text."""
        return next(iter(self.said(name)), "")


def records(feed: str, lines: Iterable[str]) -> dict[str, Told]:
    """Records by key, out of lines of N-Triples; what is said of lists and snapshots is left out.

    Args:
        feed: What the names of its records begin with.
    """
    begins, cells_at, lists_at = entry_iri(feed, ""), cell_iri(feed, ""), list_iri(feed, "")
    label, part = expand("rdfs:label"), expand("dct:isPartOf")
    found: dict[str, _Parts] = defaultdict(_Parts)
    for line in lines:
        told = _LINE.fullmatch(line)
        if told is None or not told[1].startswith(begins):
            continue
        parts, value = found[told[1]], _value(told)
        if told[2].startswith(cells_at):
            parts.cells[unquote(told[2].removeprefix(cells_at))] = value
        elif told[2] == part and value.startswith(lists_at):
            parts.lists.append(unquote(value.removeprefix(lists_at)))
        else:
            parts.says[told[2]].append(value)
    records = [parts.record(iri.removeprefix(begins), label) for iri, parts in found.items()]
    return {each.key: each for each in records}


def _value(told: re.Match[str]) -> str:
    """The object of a line: a text, the code of a place, or another IRI."""
    if told[3] is None:
        return unescaped(told[4])
    return told[3].rpartition(_PLACE)[2] if _PLACE in told[3] else told[3]


@dataclass
class _Parts:
    """A record on its way."""

    cells: dict[str, str] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    says: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def record(self, key: str, label: str) -> Told:
        says = {name: tuple(sorted({*values})) for name, values in self.says.items()}
        called = says.pop(label, ("",))[0]
        return Told(unquote(key), called, tuple(self.lists), self.cells, says)
