"""What a feed says, from a file of it or from the graph into which one was loaded, and of which day it says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dualuse.errors import StoreError, UsageError
from dualuse.feeds.changes import lines_of
from dualuse.feeds.entry import cell_iri, entry_iri, list_iri, triples
from dualuse.feeds.feed import Feed
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.snapshot import read_snapshot
from dualuse.model.triples import unescaped
from dualuse.namespaces import expand

if TYPE_CHECKING:
    from dualuse.store.base import Store

_LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"\S*) \.\n?', re.DOTALL)
_PLACE = "/id/place/"
OWN_DAY = "the text itself"
CHANGED = "the last change of the file"


@dataclass(frozen=True)
class Told:
    """A record of a feed.

    Args:
        key: Its key in the feed.
        label: What it is called.
        lists: Codes of the lists it stands on.
        cells: Column -> text as it stands.
        says: IRI of a property -> what was read out of the cells; places by code.
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


@dataclass(frozen=True)
class Text:
    """All records of a feed, and the day of which they are.

    Args:
        feed: Kind of feed.
        records: Its records by key, in their order.
        day: Day of which it tells.
        day_from: What tells that day.
        name: Name of the file, or address from which it was loaded.
    """

    feed: Feed
    records: Mapping[str, Told]
    day: date
    day_from: str
    name: str

    def on(self, code: str) -> Iterator[Told]:
        """The records of a list."""
        return (each for each in self.records.values() if code in each.lists)

    @property
    def lists(self) -> set[str]:
        """Codes of the lists that it has."""
        return {code for each in self.records.values() for code in each.lists}


def of_file(feed: Feed, file: Path, places: Places, day: date | None) -> Text:
    """Read a file as the loader of its kind does.

    Raises:
        UsageError: it is no such file, or holds no record.
    """
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    entries = feed.read(file, Report(), places)
    records = _records(feed, (line for entry in entries for line in triples(feed.records, entry)))
    if not records:
        raise UsageError(f"{file}: no record of {feed.title} in it")
    changed = date.fromtimestamp(file.stat().st_mtime)
    return Text(feed, records, *_day(records, day, (changed, CHANGED)), file.name)


def of_store(feed: Feed, store: Store, day: date | None) -> Text:
    """Read what was loaded of a feed.

    Raises:
        UsageError: nothing was.
        StoreError: it cannot be read.
    """
    snapshot = read_snapshot(store, feed.name)
    if snapshot is None:
        raise UsageError(
            f"{store.location}: nothing of the {feed.title} is loaded; name a file, or: dualuse load {feed.name} FILE"
        )
    records = _records(feed, lines_of(store, feed.name))
    try:
        had = date.fromisoformat(snapshot.retrieved)
    except ValueError:
        raise StoreError(f"{store.location}: the day on which {feed.name} was had cannot be read") from None
    name = f"{feed.title}, loaded, {snapshot.sha256[:12]}"
    return Text(feed, records, *_day(records, day, (had, "the day on which it was had")), name)


def _day(records: Mapping[str, Told], given: date | None, other: tuple[date, str]) -> tuple[date, str]:
    """The day of which a text is, and what tells it: what was said, its own day, or the day on which it was had."""
    if given is not None:
        return given, "--as-of"
    own = [told for each in records.values() if each.key.startswith("amended-") for told in each.said("dct:modified")]
    return (date.fromisoformat(max(own)), OWN_DAY) if own else other


def _records(feed: Feed, lines: Iterable[str]) -> dict[str, Told]:
    """Records out of lines of N-Triples; what is said of lists and snapshots is left out."""
    begins, cells_at, lists_at = entry_iri(feed.records, ""), cell_iri(feed.records, ""), list_iri(feed.records, "")
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
        says = {name: tuple(dict.fromkeys(values)) for name, values in self.says.items()}
        called = says.pop(label, ("",))[0]
        return Told(unquote(key), called, tuple(self.lists), self.cells, says)
