"""Kinds of feeds: who publishes one, under what licence, where, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

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
        name: Its name on the command line and in the names of graphs.
        title: What it is called.
        publisher: Who publishes it.
        licence: Address of its licence.
        address: Where the whole is to be had; blank if it has no address of its own.
        version: Of its reader; a file that another version read is read again.
        read: What reads it.
        release: Whether what is loaded may go into a release.
    """

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    version: str
    read: Reader
    release: bool = True


MODULES = ("csl", "entitylist", "federal_register", "opensanctions")
"""Modules of this package that have a ``FEED``; a module with a new kind of feed is added here."""


@cache
def feeds() -> dict[str, Feed]:
    """Every kind of feed, by name."""
    found = [import_module(f"dualuse.feeds.{name}").FEED for name in MODULES]
    return {feed.name: feed for feed in found}
