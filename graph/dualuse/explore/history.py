"""What lets a page move through time: legal events, tiers by interval, statements, words in three languages.

The page works these out again for any day and lens, so that one file answers for every date. Everything here is read
from the store once, for the nodes that are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dualuse.dates import PartialDate
from dualuse.explore.layout import Network
from dualuse.explore.speech import read_rows
from dualuse.explore.standing import tier_law, universes
from dualuse.law.events import read_all_events, read_kinds
from dualuse.law.groups import Places, read_places
from dualuse.model.law import Event
from dualuse.namespaces import ID, split_thing
from dualuse.network import frame_of
from dualuse.node import Node
from dualuse.registry import Registry
from dualuse.store.base import Store, value

History = dict[str, Any]
Interval = list[str]

EVENT_FIELDS = (
    *("number", "kind", "on", "earliest", "latest", "until", "until_earliest", "effect", "announces", "scope", "by"),
    *("text", "provision", "source"),
)
"""Order of the fields of an event in the page."""

_NAMED = ("assessment-result", "claim-attribute", "ground", "group", "modality")
"""Kinds of concepts that the page names."""
_NAMES = """# Names of the concepts of one kind.
SELECT ?thing ?name WHERE {
  ?thing skos:prefLabel ?name
  FILTER(STRSTARTS(STR(?thing), "%s"))
}"""
_WORDS = """# English labels beside Chinese ones, of things and of properties, and texts beside their translations.
SELECT ?english ?chinese WHERE {
  ?thing rdfs:label|du:wording ?english, ?chinese
  FILTER(LANG(?english) = "en" && STRSTARTS(LANG(?chinese), "zh-"))
}"""


def read_history(
    store: Store, network: Network, *, known_on: str, before: Store | None = None, also: Iterable[str] = ()
) -> History:
    """Everything a page needs to show the network on another day or under another lens.

    Args:
        store: Where to read.
        network: What is drawn.
        known_on: Last day the record was brought up to.
        before: For a scenario, the store without it: tiers before the network's day come from there.
        also: English texts that the page shows besides.

    Returns:
        A JSON-ready document: ``events`` and ``instrument_kinds`` by instrument, ``tiers`` (tier, from, to, basis) and
        ``memberships`` (group, from, to, observed) by place with dates as written, ``tiers_since`` (the first day on
        which a place has a tier), ``tier_law`` they follow from, ``universes`` in which they are counted, ``speech``
        by statement, ``names`` of groups, grounds and what is said of claims, ``glossary`` from English words to
        [traditional, simplified] ones.
    """
    drawn = frozenset(network)
    events = {key: found for key, found in read_all_events(store).items() if Node("instrument", key) in drawn}
    kinds = read_kinds(store)
    places = read_places(store)
    tiers = _tiers(places)
    memberships = _memberships(places)
    if before is not None:
        earlier, since = read_places(before), frame_of(network).as_of.isoformat()
        tiers = _joined(_tiers(earlier), tiers, since)
        memberships = _joined(_memberships(earlier), memberships, since)
    return {
        "known_on": known_on,
        "events": {
            Node("instrument", key): [_event(event, places.registry) for event in found]
            for key, found in events.items()
        },
        "instrument_kinds": {
            Node("instrument", key): kind for key, kind in sorted(kinds.items()) if Node("instrument", key) in drawn
        },
        "tiers": tiers,
        "tier_law": _tier_law(store, places),
        "universes": universes(places),
        "tiers_since": min((str(tier.since) for found in places.tiers.values() for tier in found), default=""),
        "memberships": memberships,
        "names": {kind: _names(store, kind) for kind in _NAMED},
        "speech": read_rows(store, drawn),
        "glossary": _glossary(
            store,
            {*_words_used(network), *also, *(event.text for found in events.values() for event in found)},
        ),
    }


def _tier_law(store: Store, places: Places) -> dict[str, Any]:
    """The instrument that tiers follow from, with its events as rows."""
    found = tier_law(store, places)
    return found and {**found, "events": [_event(event, places.registry) for event in found["events"]]}


def _event(event: Event, registry: Registry) -> list[Any]:
    """An event as a row in the order of ``EVENT_FIELDS``."""
    fields: Mapping[str, Any] = {
        **{name: getattr(event, name) for name in ("number", "kind", "effect", "text")},
        "on": str(event.date),
        "earliest": event.date.earliest.isoformat(),
        "latest": event.date.latest.isoformat(),
        "until": "" if event.until is None else event.until.latest.isoformat(),
        "until_earliest": "" if event.until is None else event.until.earliest.isoformat(),
        "announces": event.announces or "",
        "by": event.by or "",
        "scope": event.scope,
        "provision": registry.citation(event.provision),
        "source": registry.address(event.sources),
    }
    return [fields[name] for name in EVENT_FIELDS]


def _names(store: Store, kind: str) -> dict[str, dict[str, str]]:
    """Key -> name by language, of everything of a kind."""
    tags = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
    found: dict[str, dict[str, str]] = {}
    rows = store.select(_NAMES % f"{ID}{kind}/")
    for row in sorted(rows, key=lambda row: (value(row, "thing"), value(row, "name"))):
        tag = tags.get(str(getattr(row["name"], "language", "")))
        if tag is not None:
            found.setdefault(split_thing(value(row, "thing"))[1], {})[tag] = value(row, "name")
    return found


def _memberships(places: Places) -> dict[str, list[Interval]]:
    """Place -> the groups of the law it is in as (group, from, to, observed), "" for what is not on record."""
    return {
        Node("place", place): sorted(
            [m.group, _text(m.valid_from), _text(m.valid_to), _text(m.observed_from and m.observed_from.earliest)]
            for m in found
            if m.standing == "member" and places.named[m.group].role != "universe"
        )
        for place, found in sorted(places.memberships.items())
    }


def _tiers(places: Places) -> dict[str, list[Interval]]:
    """Place -> its tiers as (tier, from, to, what it rests on), to "" when open."""
    return {
        Node("place", place): [
            [tier.tier, _text(tier.valid_from), _text(tier.valid_to), places.told(tier, place).provision]
            for tier in tiers
        ]
        for place, tiers in sorted(places.tiers.items())
    }


def _text(day: PartialDate | date | None) -> str:
    return "" if day is None else str(day)


def _joined(
    before: Mapping[str, list[Interval]], after: Mapping[str, list[Interval]], since: str
) -> dict[str, list[Interval]]:
    """Intervals as they were until a day, and as a scenario has them from that day on."""
    joined = {}
    for place in sorted({*before, *after}):
        old = [[key, start, _sooner(end, since), *more] for key, start, end, *more in before.get(place, [])]
        new = [[key, _later(start, since), end, *more] for key, start, end, *more in after.get(place, [])]
        kept = [row for row in old if row[1] < since]
        for row in (row for row in new if not row[2] or _sooner(row[2], since) != row[2]):
            same = next((past for past in kept if past[0] == row[0] and past[2] == since and row[1] == since), None)
            if same is None:
                kept.append(row)
            else:
                same[2] = row[2]  # it goes on
        joined[place] = sorted(kept, key=lambda row: (row[1], row[0]))
    return joined


def _sooner(end: str, since: str) -> str:
    """An end as it stands if it surely lies on or before a day; else that day."""
    return end if end and PartialDate(end).latest.isoformat() <= since else since


def _later(start: str, since: str) -> str:
    """A start as it stands if it may lie after a day; else that day."""
    return start if start and PartialDate(start).latest.isoformat() > since else since


def _words_used(network: Network) -> set[str]:
    """English words of facts and of links, which a Chinese page would want to say in Chinese."""
    facts = (word for _, data in network.nodes(data=True) for pair in data["facts"] for word in pair)
    return {*facts, *(data.get("text", "") for *_, data in network.edges(data=True))}


def _glossary(store: Store, used: set[str]) -> dict[str, list[str]]:
    """English text -> [traditional, simplified] one, for texts in use that the graph has in both."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in store.select(_WORDS):
        english, language = value(row, "english"), str(getattr(row["chinese"], "language", ""))
        if english in used:
            found.setdefault(english, {}).setdefault(language, set()).add(value(row, "chinese"))
    return {
        english: [min(labels["zh-hant"]), min(labels["zh-hans"])]
        for english, labels in sorted(found.items())
        if {"zh-hant", "zh-hans"} <= set(labels)
    }
