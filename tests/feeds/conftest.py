"""What the tests of feeds share: the places on record, and files written for a test."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dualuse.build import Built
from dualuse.errors import UnknownNameError
from dualuse.feeds.entry import Entry
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.names import fold
from dualuse.namespaces import GRAPH
from dualuse.store.folder import writing

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[str, "str | bytes"], tuple[list[Entry], Report]]
"""Read a text as a file of a kind of feed: its name, and the text."""


class _Names:
    """Names of the places on record, without the graph."""

    def __init__(self) -> None:
        with (ROOT / "data/places.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self._keys = {
            fold(name): row["key"]
            for row in rows
            for name in (row["key"], row["iso3"], row["name_en"], *row["aliases"].split(" | "))
            if name
        }
        self.shown = {("place", key): key for key in self._keys.values()}

    def key(self, kind: str, name: str) -> str:
        if fold(name) not in self._keys:
            raise UnknownNameError(f"no {kind} {name!r}")
        return self._keys[fold(name)]


@pytest.fixture(scope="session")
def small_store(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the places of the record and what is told of the dataset; for reading only."""
    graphs = tuple(f"<{GRAPH}{name}> .\n" for name in ("curated/places", "meta"))
    folder = tmp_path_factory.mktemp("small") / "store"
    with writing(folder) as store:
        store.replace("".join(quad for quad in built.store.quads() if quad.endswith(graphs)).encode("utf-8"))
    return folder


@pytest.fixture(scope="session")
def places() -> Places:
    names: Any = _Names()
    return Places(names)


@pytest.fixture
def read(places: Places, tmp_path: Path) -> Read:
    def call(feed: str, content: str | bytes) -> tuple[list[Entry], Report]:
        file = tmp_path / "file"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        report = Report()
        return list(feeds()[feed].read(file, report, places)), report

    return call


def said(entry: Entry, predicate: str) -> list[str]:
    """The values that a record gives for a predicate, without quotes and types."""
    return [
        value.partition("^^")[0].strip('"<>').rpartition("/id/place/")[2]
        for name, value in entry.says
        if name == predicate
    ]


def mutations(content: bytes, seed: int, count: int = 50) -> Iterator[bytes]:
    """Copies of a file, each with a byte changed, or a line left out, said twice, or cut short."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    lines = content.splitlines(keepends=True)
    for _ in range(count):
        at, line = chance.randrange(len(content)), chance.randrange(len(lines))
        yield chance.choice(
            (
                content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :],
                content[:at] + content[at + 1 :],
                content[:at],
                b"".join(lines[:line] + lines[line + 1 :]),
                b"".join(lines[: line + 1] + lines[line:]),
            )
        )
