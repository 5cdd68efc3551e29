"""Whether a 50 % rule is in force on a day: read from the events of its instrument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dualuse.card import Receipt, Unknown
from dualuse.law.events import read_events, read_kinds, receipt
from dualuse.law.status import status
from dualuse.namespaces import thing
from dualuse.ownership.intervals import DOUBTFUL, SURE, read_span
from dualuse.ownership.records import OwnershipRule
from dualuse.registry import Registry, read_registry
from dualuse.said import Named, Phrase, phrase
from dualuse.store.base import Store

IN_FORCE = ("in-force",)


@dataclass(frozen=True)
class Standing:
    """A rule on a day.

    Args:
        status: As :func:`dualuse.law.status.status` gives it.
        readings: Ways to read the record, where there are several: status, why, and on which events.
        receipts: The rule, and the events that decide.
        unknown: What is open about it.
    """

    status: str
    readings: tuple[dict[str, Any], ...]
    receipts: tuple[Receipt, ...]
    unknown: tuple[Unknown, ...]


def standing(
    store: Store, rule: OwnershipRule, day: date, lens: str, known_on: date, registry: Registry | None = None
) -> Standing:
    """Read whether a rule is in force.

    Args:
        known_on: Last day of the record.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    address = registry.address(rule.sources) or thing("source", rule.sources[0])
    fact = "" if rule.instrument is None else thing("instrument", rule.instrument)
    text = phrase("held.rule", title=rule.title.said, n=f"{rule.threshold:g}")
    own = Receipt(fact, text, rule.citation, address, rule.confidence)
    if rule.instrument is None:
        return Standing(_by_dates(rule, day), (), (own,), _gaps(rule, _by_dates(rule, day), "", day, known_on))
    found = status(
        read_events(store, rule.instrument),
        day,
        lens,
        known_on=known_on,
        kind=read_kinds(store, (rule.instrument,)).get(rule.instrument, ""),
        provision=rule.provision or "",
    )
    several = len(found.readings) > 1 or found.status == "unknown"
    readings = tuple(
        {"status": one.status, "why": one.why, "on": [str(event.date) for event in one.events]}
        for one in (found.readings if several else ())
    )
    events = (receipt(event, registry) for one in found.readings for event in one.events)
    choice = Phrase.listed((f"{one.status} ({one.why})" for one in found.readings), between=" or ", han="，或")
    settles = phrase("held.choice", choice=choice, settles=found.settles) if found.status == "unknown" else ""
    return Standing(
        found.status, readings, tuple(dict.fromkeys((own, *events))), _gaps(rule, found.status, settles, day, known_on)
    )


def _gaps(rule: OwnershipRule, found: str, settles: str, day: date, known_on: date) -> tuple[Unknown, ...]:
    gaps: list[Unknown] = []
    if day > known_on:
        gaps.append(
            Unknown(
                phrase("changes.after", day=known_on.isoformat()), phrase("changes.ends_there", day=day.isoformat())
            )
        )
    if found == "unknown":
        gaps.append(
            Unknown(
                phrase("held.in_force", title=rule.title.said),
                phrase("held.bound", settles=settles),
            )
        )
    elif found not in IN_FORCE:
        gaps.append(
            Unknown(
                phrase("held.is_state", title=rule.title.said, state=Named.of({("status", found): found})),
                phrase("held.not_bound"),
            )
        )
    return tuple(gaps)


def _by_dates(rule: OwnershipRule, day: date) -> str:
    start = "" if rule.valid_from is None else rule.valid_from.edtf
    end = "" if rule.valid_to is None else rule.valid_to.edtf
    found = read_span(start, end).on(day)
    if found in (SURE, DOUBTFUL):
        return "in-force" if found == SURE else "unknown"
    return "ended" if rule.valid_to is not None and day >= rule.valid_to.latest else "not-yet"
