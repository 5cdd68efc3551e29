"""Load a file of a feed: read, held against the snapshot before, and put in its place whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.changes import unchanged
from dualuse.feeds.entry import Entry, graph_of
from dualuse.feeds.feed import Feed
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.since import Since
from dualuse.feeds.snapshot import Snapshot, snapshot_triples

LOSS = 0.1
"""Share of a list that may be gone before a snapshot is refused."""
FEW = 20
"""Records of a list that a file of changes may remove whatever their share, since it names each."""
ACCEPTED = ("lists", "columns")
"""What can be accepted that is refused otherwise."""
_CHUNK = 1 << 20


class FeedRefused(UsageError):  # noqa: N818 - names what happened, as the others do
    """A file that lost a list or whose columns changed; carries the report."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


@dataclass
class Loading:
    """A file of a feed on its way into a store.

    Args:
        before: What was loaded of the feed before.
        accept: What of ``ACCEPTED`` is accepted.
        retrieved: Day on which the file was had.
    """

    feed: Feed
    file: Path
    before: Snapshot | None
    accept: Collection[str]
    retrieved: date
    address: str
    report: Report = field(default_factory=Report)
    loaded: Callable[[], Iterator[str]] = lambda: iter(())
    """The lines of N-Triples of what was loaded before, which a file of changes changes."""
    _sha256: str = ""

    def sha256(self) -> str:
        """Digest of the file, or of all files of a folder."""
        if not self._sha256:
            digest = hashlib.sha256()
            for file in sorted(self.file.iterdir()) if self.file.is_dir() else [self.file]:
                if file.is_file():
                    with file.open("rb") as stream:
                        while chunk := stream.read(_CHUNK):
                            digest.update(chunk)
            self._sha256 = digest.hexdigest()
        return self._sha256

    def is_known(self, sha256: str) -> bool:
        """Whether this very file was loaded before, by this version of the reader."""
        before = self.before
        return before is not None and before.reader == self.feed.version and sha256 in (before.sha256, *before.changes)

    def into(
        self,
        put: Callable[[str, Iterable[str]], None],
        places: Places,
        progress: Callable[[int], None] = lambda rows: None,
    ) -> None:
        """Read the file and put it in its place.

        Args:
            put: Replaces a graph by lines of N-Triples; until the last one is made, the graph stays as it was.
            progress: Told how many records were read.

        Raises:
            FeedRefused: it lost a list, or its columns changed.
            UsageError: it is no such file.
            StoreError: it cannot be put there; the store is as it was.
        """
        put(graph_of(self.feed.name), self.lines(places, progress))

    def lines(self, places: Places, progress: Callable[[int], None] = lambda rows: None) -> Iterator[str]:
        """All lines of N-Triples of the graph; the file counts only once they have come to their end.

        Raises:
            FeedRefused: it lost a list, or its columns changed.
            UsageError: it is no such file, or cannot be read.
        """
        try:
            yield from self._graph(places, progress)
        except OSError as error:  # of the file; who writes the lines must not take it for one of the store
            raise UsageError(f"{self.file}: cannot be read ({error.strerror or error})") from None
        except RecursionError:  # not as deep as its reader goes, and deeper than what writes a cell of it
            raise UsageError(f"{self.file}: nested too deeply; get the file again") from None

    def _graph(self, places: Places, progress: Callable[[int], None]) -> Iterator[str]:
        sha256 = self.sha256()
        since = Since(self.feed, self.before, self.loaded(), sha256)
        yield from self._lines(places, progress, since)
        yield from since.lines()
        changed: tuple[str, ...] = ()
        if self.report.changes is not None:
            self._may_change()
            yield from unchanged(self.feed.records, self.report, self.before, self.loaded())
            changed = (*(self.before.changes if self.before else ()), sha256)
        yield from self.last(changed)

    def last(self, changes: tuple[str, ...] = ()) -> list[str]:
        """The lines of N-Triples that say what was loaded, once all is read.

        Args:
            changes: Digests of the files of changes that were laid over the whole.

        Raises:
            FeedRefused: the file lost a list, or its columns changed.
        """
        address = self.address or self.file.name
        found = [*snapshot_triples(self.feed, self.report, self.sha256(), self.retrieved, address, changes)]
        self._guard()
        return found

    def _lines(self, places: Places, progress: Callable[[int], None], since: Since) -> Iterator[str]:
        """The lines of N-Triples that hold what the file says."""
        if self.feed.lines is None:
            for entry in self._counted(self.feed.read(self.file, self.report, places), progress):
                yield since.take(entry)
            return
        for count, line in enumerate(self.feed.lines(self.file, self.report), start=1):
            if count % 1_000 == 0:
                progress(count)
            yield line

    def _counted(self, entries: Iterator[Entry], progress: Callable[[int], None]) -> Iterator[Entry]:
        for entry in entries:
            self.report.count(entry.lists, adds=entry.adds)
            if self.report.kept % 1_000 == 0:
                progress(self.report.kept)
            yield entry

    def _may_change(self) -> None:
        """Refuse changes to what was not loaded, or was read in another way."""
        if self.before is None and "lists" not in self.accept:
            raise FeedRefused(
                f"{self.file}: changes to {self.feed.title}, of which nothing is loaded. Load the whole first, or load"
                " these alone: --accept lists",
                self.report,
            )
        if self.before is not None and self.before.reader != self.feed.version:
            raise FeedRefused(
                f"{self.file}: changes to what another version of this reader loaded. Load the whole anew first",
                self.report,
            )

    def _guard(self) -> None:
        """Refuse a file that may be cut or changed, until told that it is right."""
        report, before = self.report, self.before
        if not report.kept:
            raise FeedRefused(f"{self.file}: no record of {self.feed.title} in it", report)
        columns = [f"the column {name} is new" for name in report.grown]
        had = report.lost if before is None else before.columns
        columns += [f"the column {name} is gone" for name in sorted({*report.lost, *report.optional} & {*had})]
        few = 0 if report.changes is None else FEW
        lists = []
        for code, count in sorted(before.lists.items() if before else ()):
            now = report.lists[code]
            if now < count * (1 - LOSS) and count - now > few:
                lists.append(f"the list {code} {f'has {now:,}' if now else 'is gone'}, where it had {count:,}")
        for what, found in (("columns", columns), ("lists", lists)):
            if found and what not in self.accept:
                raise FeedRefused(
                    f"{self.file}: {'; '.join(found)}. Nothing was loaded. If it is right: --accept {what}", report
                )
