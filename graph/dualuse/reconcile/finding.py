"""One fact of the record beside what a feed says of it, and how the two stand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from dualuse.card import Receipt

if TYPE_CHECKING:
    from dualuse.names import Names
    from dualuse.registry import Registry
    from dualuse.store.base import Store

Verdict = Literal["differs", "not-in-feed", "not-in-record", "not-compared", "agrees"]
VERDICTS: tuple[Verdict, ...] = ("differs", "not-in-feed", "not-in-record", "not-compared", "agrees")
"""How a fact of the record and a feed can stand to each other, what needs a look first."""


@dataclass(frozen=True)
class Finding:
    """A fact of the record, of a feed, or of both.

    Args:
        kind: What sort of fact it is.
        subject: What it is about, in words.
        record: What the record says; blank if it says nothing.
        feed: What the feed says; blank if it says nothing.
        where: Where the feed says it: a paragraph, a row.
        verdict: How the two stand to each other.
        why: What the verdict rests on, where that is not plain.
        fact: Kind and key of the record; blank if there is none.
        receipt: The record's receipt.
    """

    kind: str
    subject: str
    record: str
    feed: str
    where: str
    verdict: Verdict
    why: str = ""
    fact: str = ""
    receipt: Receipt | None = None


class Record(NamedTuple):
    """The curated record, and the day of the text that it is held against."""

    store: Store
    names: Names
    registry: Registry
    day: date


class Outcome(NamedTuple):
    """What came of holding the record against a feed.

    Args:
        findings: Every fact compared.
        gaps: What was not compared as a whole, and why.
    """

    findings: list[Finding]
    gaps: list[tuple[str, str]]


Compare = Callable[..., Outcome]
