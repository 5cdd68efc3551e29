"""Notices that put parties on lists: while one is suspended its names still stand there, and it binds nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from dualuse.law.status import Answer
    from dualuse.model.law import Event
    from dualuse.store.base import Store

Stopped = Literal["suspended", "not-enforced", "ended"]
STOPPED: tuple[Stopped, ...] = get_args(Stopped)
"""What a notice is that binds nobody, though nobody was struck from its list."""
_STOPS = ("suspension", "non-enforcement", "expiry", "removal", "supersession")


@dataclass(frozen=True)
class Notice:
    """A notice that was stopped once, or is to be.

    Args:
        instrument: Its key.
        events: What happened to it.
        known_on: Last day of the record.
    """

    instrument: str
    kind: str
    events: tuple[Event, ...]
    known_on: date

    def on(self, day: date, lens: str) -> Answer:
        """Where it stands on a day, under a lens."""
        from dualuse.law.status import status

        return status(self.events, day, lens, known_on=self.known_on, kind=self.kind)


def stopped(found: Answer) -> bool:
    """Whether a notice is stopped, or may be."""
    return any(reading.status in STOPPED for reading in found.readings)


def read_notices(store: Store, instruments: Collection[str], known_on: date) -> dict[str, Notice]:
    """Notices that were stopped once, or are to be, by key; every other holds as the days of its listings say."""
    from dualuse.law.events import read_all_events, read_kinds

    kinds = read_kinds(store, instruments)
    return {
        key: Notice(key, kinds.get(key, ""), tuple(events), known_on)
        for key, events in read_all_events(store, instruments).items()
        if any((event.kind in _STOPS and not event.scope) or event.announces in STOPPED for event in events)
    }
