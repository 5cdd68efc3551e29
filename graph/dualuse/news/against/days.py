"""Days of a measure: which event of the record a claimed day is held against, and what else it may be the day of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from dualuse.claims.settlements import Law
from dualuse.dates import PartialDate
from dualuse.model.claims import Claim, Settlement
from dualuse.model.law import Event
from dualuse.model.values import EventKind
from dualuse.said import Named, Phrase, phrase

_KINDS: Mapping[str, EventKind] = {"announced-on": "announcement", "applies-after": "effectiveness"}
"""Attribute whose value may be a day -> the kind of event that it is the day of."""


def event_of(claim: Claim, law: Law) -> Event | None:
    """The first event on record that a day claimed of a measure is held against; None where a date is not exact."""
    kind = _KINDS.get(claim.attribute)
    found = [event for event in law.events.get(claim.instrument or "", ()) if event.kind == kind]
    if not found or not all(event.date.exact for event in found):
        return None
    return min(found, key=lambda event: event.date.earliest)


def settled_by(claim: Claim, event: Event) -> Settlement:
    """How an event settles a day claimed of a measure, where no settlement of the record does."""
    return Settlement(
        key=event.node.key,
        attribute=claim.attribute,
        instrument=claim.instrument or "",
        calculation="event-date",
        day=PartialDate(event.date.earliest.isoformat()),
        event_kind=event.kind,
        summary=f"The record has the {event.kind} on {event.date}.",
        sources=event.sources,
        confidence=event.confidence,
    )


def doubts(claim: Claim, settlement: Settlement | None, law: Law, *, names: bool) -> Iterator[str]:
    """Why a day that differs may be that of something else: words that name no measure, or another event on it."""
    if settlement is None or settlement.calculation != "event-date":
        return
    if not names:
        yield phrase("against.unnamed")
    day = _day(claim.value)
    for instrument, events in sorted(law.events.items()):
        kinds = sorted({event.kind for event in events if day is not None and event.date.earliest == day})
        if kinds:
            told = Phrase.listed((Named.of({("event-kind", kind): kind}) for kind in kinds), between=" and ")
            yield phrase("against.day_of", kinds=told, instrument=Named.of({("instrument", instrument): instrument}))


def _day(value: str) -> date | None:
    try:
        found = PartialDate(value)
    except ValueError:
        return None
    return found.earliest if found.exact else None
