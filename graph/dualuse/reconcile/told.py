"""What a feed says, from a file of it or from the graph into which one was loaded, and of which day it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dualuse.errors import StoreError, UsageError
from dualuse.feeds.changes import lines_of
from dualuse.feeds.entry import triples
from dualuse.feeds.feed import Feed
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.snapshot import read_snapshot
from dualuse.feeds.told import Told, records

if TYPE_CHECKING:
    from dualuse.store.base import Store

OWN_DAY = "the text itself"
CHANGED = "the last change of the file"


@dataclass(frozen=True)
class Text:
    """All records of a feed, and the day of which they are.

    Args:
        records: Its records by key, in their order.
        day: Day of which it tells.
        day_from: What tells that day.
        name: Name of the file, or address from which it was loaded.
        own: Day up to which it has amendments by itself, where it names one.
        untaken: Why records of the file were not taken -> how many; of what was loaded the report of the load tells.
    """

    feed: Feed
    records: Mapping[str, Told]
    day: date
    day_from: str
    name: str
    own: date | None = None
    untaken: Mapping[str, int] = field(default_factory=dict)

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
    report = Report()
    entries = feed.read(file, report, places)
    found = records(feed.records, (line for entry in entries for line in triples(feed.records, entry)))
    if not found:
        raise UsageError(f"{file}: no record of {feed.title} in it")
    changed = date.fromtimestamp(file.stat().st_mtime)
    told = _day(found, day, (changed, CHANGED))
    return Text(feed, found, *told, file.name, _own(found), dict(report.reasons))


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
    found = records(feed.records, lines_of(store, feed.name))
    try:
        had = date.fromisoformat(snapshot.retrieved)
    except ValueError:
        raise StoreError(f"{store.location}: the day on which {feed.name} was had cannot be read") from None
    name = f"{feed.title}, loaded, {snapshot.sha256[:12]}"
    return Text(feed, found, *_day(found, day, (had, "the day on which it was had")), name, _own(found))


def _day(records: Mapping[str, Told], given: date | None, other: tuple[date, str]) -> tuple[date, str]:
    """The day of which a text is, and what tells it: what was said, its own day, or the day on which it was had."""
    if given is not None:
        return given, "--as-of"
    own = _amended(records)
    if not own:
        return other
    several = f", the last of {len(own)} days that it has" if len(own) > 1 else ""
    return date.fromisoformat(max(own)), f"{OWN_DAY}{several}"


def _own(records: Mapping[str, Told]) -> date | None:
    """The last day up to which a text itself says that it has amendments."""
    return max(map(date.fromisoformat, _amended(records)), default=None)


def _amended(records: Mapping[str, Told]) -> set[str]:
    return {told for each in records.values() if each.key.startswith("amended-") for told in each.said("dct:modified")}
