"""How far the record reaches, authority by authority, and how often facts of it that were read again were wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dualuse.card import Receipt, Unknown, optional
from dualuse.said import phrase, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

FEEDS: Mapping[str, tuple[str, ...]] = {
    "bis": ("ecfr", "entity-list", "federal-register", "csl"),
    "treasury": ("csl",),
}
"""Authority -> kinds of feeds that hold acts or lists of it."""


@dataclass(frozen=True)
class Reached:
    """How far the record of an authority reaches; ``age`` is in days, and ``feeds`` are those loaded that cover it."""

    authority: str
    law: Sequence[str]
    last_act: str | None
    event: str | None
    searched: str | None
    searched_in_part: Sequence[str]
    reaches: str | None
    age: int | None
    horizon: str
    feeds: Sequence[Retrieved]

    def seen(self) -> dict[str, Any]:
        """The authority as people read it."""
        feeds = ", ".join(f"{feed.feed} {feed.retrieved} ({feed.horizon})" for feed in self.feeds)
        months, whole = ", ".join(self.searched_in_part), self.searched or ""
        return {
            "authority": self.authority,
            "last_act": self.last_act,
            "searched": phrase("reached.in_part", whole=whole, months=same(months)) if months else whole,
            "reaches": self.reaches,
            "age": self.age,
            "horizon": self.horizon,
            "feeds": feeds,
        }


@dataclass(frozen=True)
class Retrieved:
    """A feed that is loaded: when it was had, and how long ago that is."""

    feed: str
    retrieved: str
    age: int
    horizon: str


@dataclass(frozen=True)
class ReadAgain:
    """What came of second readings of a table in a round: facts, and the error rate with its interval of 95 percent.

    In the round ``first`` facts were chosen; those of the ``sample`` were drawn by lot from what stood after the mends,
    those of the ``second-sample`` from what stood after more of them; ``judgements`` are of stances and grounds,
    and the ``third-sample`` was drawn after those.
    ``rate``, ``low`` and ``high`` are percent.
    """

    round: str
    table: str
    things: int
    facts: int
    agree: int
    differ: int
    not_at_hand: int
    false: int
    rate: float | None = optional()
    low: float | None = optional()
    high: float | None = optional()

    def seen(self) -> dict[str, Any]:
        """The table as people read it."""
        told = {"rate": str(self.rate), "low": str(self.low), "high": str(self.high)}
        rate = "" if self.rate is None else phrase("reached.error_rate", **told)
        counts = {name: getattr(self, name) for name in ("facts", "agree", "differ", "not_at_hand", "false")}
        return {"round": self.round, "table": self.table, **counts, "error_rate": rate}


class Told(NamedTuple):
    """What is told of the record on a day."""

    reached: list[Reached]
    read_again: list[ReadAgain]
    receipts: list[Receipt]
    unknown: list[Unknown]
    query: str


def record_on(knowledge: Knowledge, day: date) -> Told:
    """How far the record reached on a day, and what came of second readings of it.

    Args:
        knowledge: The graph.
        day: The day against which ages are reckoned.
    """
    from dualuse.law.reach import QUERY, age, horizon, read_issuers, read_reach
    from dualuse.model.law import Event
    from dualuse.model.read import read

    store = knowledge.store
    issuers, feeds = read_issuers(store), dict(_retrieved(knowledge, day))
    rows, gaps = [], []
    found = read_reach(store, min(day, knowledge.version.known_on))
    for key, each in found.items():
        days = age(each.day, day)
        held = [feeds[name] for name in FEEDS.get(key, ()) if name in feeds]
        searched = each.searched
        rows.append(
            Reached(
                key,
                sorted(issuers[key].orders),
                _text(each.acted),
                f"event:{each.event}" if each.event else None,
                _text(searched.whole),
                [str(month) for month in searched.part],
                _text(each.day),
                days,
                horizon(days),
                held,
            )
        )
        if each.acted is None:
            name = knowledge.names.label("organisation", key)
            gaps.append(Unknown(phrase("reached.last_acted", name=name), phrase("reached.only_days")))
    rows.sort(key=lambda row: (-len(issuers[row.authority].instruments), row.authority))
    events = read(store, Event, keys=sorted({each.event for each in found.values() if each.event}))
    knowledge.registry.prepare(events)
    receipts = [
        knowledge.registry.receipt(event, phrase("dated.told", day=str(event.date), told=event.text))
        for event in events
    ]
    return Told(rows, list(_read_again(knowledge)), receipts, gaps, QUERY)


def _text(day: object) -> str | None:
    return None if day is None else str(day)


def _retrieved(knowledge: Knowledge, day: date) -> Iterator[tuple[str, Retrieved]]:
    """Feeds that are loaded, by kind, as of the day they were had."""
    from dualuse.feeds.snapshot import read_snapshot
    from dualuse.law.reach import age, horizon

    for name in dict.fromkeys(name for names in FEEDS.values() for name in names):
        snapshot = read_snapshot(knowledge.store, name)
        if snapshot is not None:
            days = age(date.fromisoformat(snapshot.retrieved), day) or 0
            yield name, Retrieved(name, snapshot.retrieved, days, horizon(days))


def _read_again(knowledge: Knowledge) -> Iterator[ReadAgain]:
    from dualuse.model.read import read
    from dualuse.model.rereadings import Rereading
    from dualuse.rereadings import by_round

    for each, found in by_round(read(knowledge.store, Rereading)).items():
        for tally in found:
            rate = (None, None, None) if tally.rate is None else tuple(round(part, 1) for part in tally.rate)
            yield ReadAgain(each, *tally, *rate)
