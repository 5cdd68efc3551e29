"""Cards on the law: groups and tiers of places, sizes of tiers, status of instruments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.knowledge import Knowledge
from dualuse.law.events import Event, events_query, read_events
from dualuse.law.groups import MEMBERSHIPS_QUERY, TIERS_QUERY, UNIVERSES, Places, Size, describe_place, read_places
from dualuse.law.status import Answer, status
from dualuse.namespaces import split_thing, thing
from dualuse.registry import read_registry
from dualuse.store.base import value


def groups_card(knowledge: Knowledge, places: Sequence[str], as_of: date) -> Card:
    """Legal groups and derived tier of places.

    Args:
        knowledge: The graph.
        places: Codes or labels; none means every place.
        as_of: Day of law.

    Raises:
        UnknownNameError: a place is not in the graph.
    """
    names = knowledge.names
    held = read_places(knowledge.store)
    keys = [names.key("place", place) for place in places] or sorted({k for kind, k in names.shown if kind == "place"})
    rows: list[dict[str, object]] = []
    receipts: list[Receipt] = []
    gaps: list[Unknown] = []
    for key in keys:
        row, evidence, unknown = describe_place(held, key, names.label("place", key), as_of)
        rows.append(row)
        receipts += evidence
        gaps += unknown
    return Card(
        question={"command": "groups", "places": keys if places else []},
        as_of=as_of,
        lens="",
        answer={"places": rows},
        because=unique(receipts),
        unknown=(*_beyond(knowledge, as_of), *dict.fromkeys(gaps)),
        query=MEMBERSHIPS_QUERY,
        dataset=knowledge.version,
        tables=("places",),
    )


def count_card(knowledge: Knowledge, as_of: date, claimed: int | None = None) -> Card:
    """How many places each tier has, in each universe; and under which of them, if any, a claimed number is right."""
    held, registry = read_places(knowledge.store), read_registry(knowledge.store)
    rows: list[dict[str, Any]] = []
    receipts: list[Receipt] = []
    gaps: list[Unknown] = []
    for group in UNIVERSES:
        name = knowledge.names.label("group", group)
        counts = held.count(group, as_of)
        total = sum(counts.values())
        rows.append({"universe": name, "total": total, "tier1": counts[1], "tier2": counts[2], "tier3": counts[3]})
        text = f"{counts[1]} + {counts[2]} + {counts[3]} of {total} in {name}"
        found = knowledge.store.select(f"SELECT ?s WHERE {{ <{thing('group', group)}> prov:wasDerivedFrom ?s }}")
        source = registry.address(value(row, "s") for row in found)
        receipts.append(Receipt(thing("group", group), text, "", source, "high"))
        if counts[None] and total:
            left = [p for p in held.universe(group, as_of) if held.tier(p, as_of) is None]
            gaps.append(Unknown(f"{name}: {counts[None]} without a tier ({', '.join(left[:5])})", "not counted in any"))
    rules = "Supp. No. 5(a) to 15 CFR part 740; Macau or Country Group D:5; every other destination"
    rule = thing("rule", "tier-assignment")
    receipts.append(Receipt(rule, "tiers are derived by this rule; the law has none", rules, rule, "high"))
    answer: dict[str, Any] = {"counts": rows}
    if claimed is not None:
        answer["claimed"] = claimed
        answer["readings"] = _readings(knowledge, held, as_of, claimed)
        if not answer["readings"]:
            gaps.append(
                Unknown(f"what {claimed} counts", "it is the size of no tier and of no list, in no universe here")
            )
    return Card(
        question={"command": "groups", "count": True, "claimed": claimed},
        as_of=as_of,
        lens="",
        answer=answer,
        because=unique(receipts),
        unknown=(*_beyond(knowledge, as_of), *gaps),
        query=TIERS_QUERY,
        dataset=knowledge.version,
        tables=("counts", "readings"),
    )


_LISTS = {
    "Supplement No. 5(a), the United States included": ("us-supp5a",),
    "Country Group D:5": ("us-d5",),
    "Country Group D:5 and Macau": ("us-d5", "us-macau-d5"),
}


def _readings(knowledge: Knowledge, held: Places, as_of: date, claimed: int) -> list[dict[str, Any]]:
    """Under which universe or list a claimed number is right."""
    readings = [_size_words(knowledge, size) for size in held.sizes(as_of) if size.count == claimed]
    for name, groups in _LISTS.items():
        listed = held.listed(groups, as_of)
        if len(listed) == claimed:
            readings.append(f"places named in {name}")
        if "US" in listed and len(listed) - 1 == claimed:
            readings.append(f"places named in {name.partition(',')[0]}, without the United States")
    return [{"reading": reading, "count": claimed} for reading in readings]


def _size_words(knowledge: Knowledge, size: Size) -> str:
    universe = knowledge.names.label("group", size.universe) if size.universe else "every destination on record"
    apart = ", without the United States," if size.partners else ""
    return f"all of {universe}" if size.tier is None else f"tier {size.tier}{apart} of {universe}"


def status_card(knowledge: Knowledge, name: str, as_of: date, lens: str) -> Card:
    """Status of an instrument, or of a provision, with the timeline it is read from.

    Raises:
        UnknownNameError: neither an instrument nor a provision of that name.
    """
    kind, key = knowledge.names.find_any(("instrument", "provision"), name)
    instrument, provision = (key, "") if kind == "instrument" else (_instrument_of(knowledge, key), key)
    events = read_events(knowledge.store, instrument)
    found = status(
        events,
        as_of,
        lens,
        known_on=knowledge.version.known_on,
        kind=_kind_of(knowledge, instrument),
        provision=provision,
    )
    answer: dict[str, Any] = {
        "instrument": instrument,
        "title": knowledge.names.label("instrument", instrument),
        "status": found.status,
    }
    if provision:
        answer["provision"] = knowledge.names.label("provision", provision)
    if found.status == "unknown" or len(found.readings) > 1:
        answer["readings"] = [
            {"status": reading.status, "why": reading.why, "on": ", ".join(event.on for event in reading.events)}
            for reading in found.readings
        ]
    parts = [] if provision else _parts(knowledge, events, as_of, lens, instrument)
    if parts:
        answer["parts"] = parts
    answer["timeline"] = [_timeline_row(knowledge, event, as_of) for event in events]
    decisive = [event.receipt for reading in found.readings for event in reading.events]
    return Card(
        question={"command": "status", "instrument": instrument, "provision": provision or None},
        as_of=as_of,
        lens=lens,
        answer=answer,
        because=unique([*decisive, *(event.receipt for event in events)]),
        unknown=_open_questions(found, knowledge, as_of),
        query=events_query(instrument),
        dataset=knowledge.version,
        tables=("readings", "parts", "timeline"),
        views={"timeline": [_told(row) for row in answer["timeline"]]},
    )


def _open_questions(found: Answer, knowledge: Knowledge, as_of: date) -> tuple[Unknown, ...]:
    gaps = list(_beyond(knowledge, as_of))
    if found.status == "unknown":
        readings = " or ".join(f"{reading.status} ({reading.why})" for reading in found.readings)
        settles = found.settles or "an act that says when it takes effect"
        gaps.append(Unknown(f"which reading holds: {readings}", f"it is the answer; what would settle it: {settles}"))
    return tuple(gaps)


def _parts(knowledge: Knowledge, events: list[Event], as_of: date, lens: str, instrument: str) -> list[dict[str, str]]:
    """Provisions whose own events give them another status than the whole."""
    known_on, kind = knowledge.version.known_on, _kind_of(knowledge, instrument)
    whole = status(events, as_of, lens, known_on=known_on, kind=kind).status
    rows = []
    for provision in sorted({part for event in events for part in event.scope}):
        own = status(events, as_of, lens, known_on=known_on, kind=kind, provision=provision).status
        if own != whole:
            rows.append({"provision": knowledge.names.label("provision", provision), "status": own})
    return rows


def _timeline_row(knowledge: Knowledge, event: Event, as_of: date) -> dict[str, Any]:
    return {
        "date": event.on,
        "event": event.kind,
        "effect": event.effect,
        "text": event.text,
        "until": None if event.until is None else event.until.isoformat(),
        "by": event.by or None,
        "scope": [knowledge.names.label("provision", part) for part in sorted(event.scope)],
        "past": event.latest <= as_of,
        "source": event.source,
    }


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A line of the timeline as people read it; sources stand below, as receipts."""
    until = f" (until {row['until']})" if row["until"] else ""
    scope = f" Only: {'; '.join(row['scope'])}." if row["scope"] else ""
    return {
        "": "•" if row["past"] else "·",
        "date": row["date"],
        "event": row["event"],
        "what": f"{row['text']}{until}{scope}",
    }


def _instrument_of(knowledge: Knowledge, provision: str) -> str:
    rows = knowledge.store.select(f"SELECT ?i WHERE {{ <{thing('provision', provision)}> eli:is_part_of ?i }}")
    return split_thing(value(rows[0], "i"))[1]


def _kind_of(knowledge: Knowledge, instrument: str) -> str:
    rows = knowledge.store.select(f"SELECT ?k WHERE {{ <{thing('instrument', instrument)}> du:instrumentKind ?k }}")
    return split_thing(value(rows[0], "k"))[1] if rows else ""


def _beyond(knowledge: Knowledge, as_of: date) -> tuple[Unknown, ...]:
    known_on = knowledge.version.known_on
    if as_of <= known_on:
        return ()
    return (Unknown(f"what happened after {known_on}", f"the record ends there; {as_of} is later"),)
