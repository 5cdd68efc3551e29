"""What the tests of feeds share: the places on record, and files written for a test."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dualuse.errors import UnknownNameError
from dualuse.feeds.entry import Entry
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[str, "str | bytes"], tuple[list[Entry], Report]]
"""Read a text as a file of a kind of feed: its name, and the text."""


class _Names:
    """Names of the places on record, without the graph."""

    def __init__(self) -> None:
        with (ROOT / "data/places.csv").open(encoding="utf-8", newline="") as file:
            self._keys = {name: row["key"] for row in csv.DictReader(file) for name in (row["key"], row["name_en"])}
        self.shown = {("place", key): key for key in self._keys.values()}

    def key(self, kind: str, name: str) -> str:
        if name not in self._keys:
            raise UnknownNameError(f"no {kind} {name!r}")
        return self._keys[name]


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
