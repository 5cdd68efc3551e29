"""Kinds of feeds: who publishes one, under what licence, where, and what reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

US_PUBLIC_DOMAIN = "https://www.usa.gov/government-works"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC_BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


Reader = Callable[[Path, Report, Places], Iterator[Entry]]
"""Reads a file; notes in the report what it does not take."""


@dataclass(frozen=True)
class Feed:
    """A kind of feed.

    Args:
        address: Where the whole is to be had; blank if it has no address of its own.
        version: Of its reader; a file that another version read is read again.
        part_of: Tells which part of the feed a file is, blank if it is the whole; None for a feed of one file. A part
            has a graph and a snapshot of its own, and the records of all parts can point to one another.
        folder: Whether the whole is a folder of files.
        family: Name of the feed that this is a part of; blank if it is none.
        lines: What reads a file that has no records, into lines of N-Triples; it counts what it reads and keeps.
    """

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    version: str
    read: Reader
    part_of: Callable[[Path], str] | None = None
    folder: bool = False
    family: str = ""
    lines: Callable[[Path, Report], Iterator[str]] | None = None

    @property
    def records(self) -> str:
        """What the IRIs of its records and lists begin with."""
        return self.family or self.name

    def of(self, place: Path) -> Feed:
        """The feed that a file is of: this one, or a part of it.

        Raises:
            UsageError: it is of none.
        """
        part = "" if self.part_of is None else self.part_of(place)
        if not part:
            return self
        return replace(self, name=f"{self.name}-{part}", title=f"{self.title}: {part}", family=self.name)


_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def checked_name(name: str) -> str:
    """A name that somebody gives to a graph of his own.

    Raises:
        UsageError: it is none.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"--name {name!r}: give a name of small letters, digits and hyphens, as customers-2026")
    return name


MODULES = ("bods", "csl", "ecfr", "entitylist", "epoch", "eto", "federal_register", "gleif", "opensanctions")
"""Modules of this package that have a ``FEED``; a module with a new kind of feed is added here."""


@cache
def feeds() -> dict[str, Feed]:
    """Every kind of feed, by name."""
    found = [import_module(f"dualuse.feeds.{name}").FEED for name in MODULES]
    return {feed.name: feed for feed in found}
