"""Legal events as the graph holds them, in the order in which they happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from dualuse.card import Receipt
from dualuse.model.base import holder_of
from dualuse.model.law import Event
from dualuse.model.read import read
from dualuse.node import Node
from dualuse.registry import Registry
from dualuse.said import phrase
from dualuse.store.base import Store, value

_OF = "instrument"


def read_events(store: Store, instrument: str) -> list[Event]:
    """Events of an instrument, by day."""
    return read_all_events(store, (instrument,)).get(instrument, [])


def read_all_events(store: Store, instruments: Collection[str] | None = None) -> dict[str, list[Event]]:
    """Events by key of the instrument, each list by day.

    Args:
        instruments: Keys of instruments; every one if not given.
    """
    held_by = None if instruments is None else [Node(_OF, key) for key in instruments]
    found: dict[str, list[Event]] = defaultdict(list)
    for event in read(store, Event, held_by=held_by):
        found[holder_of(event.node.key)[0]].append(event)
    return {key: sorted(events, key=lambda event: event.order) for key, events in sorted(found.items())}


def read_kinds(store: Store, instruments: Collection[str] | None = None) -> dict[str, str]:
    """Kinds of instruments by key; of every instrument if no keys are given."""
    iris = " ".join(f"<{Node(_OF, key).iri}>" for key in instruments or ())
    wanted = "" if instruments is None else f"VALUES ?i {{ {iris} }}"
    rows = store.select(f"SELECT ?i ?kind WHERE {{ {wanted} ?i du:instrumentKind ?kind }}")
    return {Node.of(value(row, "i")).key: Node.of(value(row, "kind")).key for row in rows}


def read_orders(store: Store) -> dict[str, frozenset[str]]:
    """Legal orders of every instrument by key."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.select("SELECT ?i ?order WHERE { ?i du:instrumentKind ?kind ; du:jurisdiction ?order }"):
        found[Node.of(value(row, "i")).key].add(value(row, "order"))
    return {key: frozenset(orders) for key, orders in found.items()}


def receipt(event: Event, registry: Registry) -> Receipt:
    """An event as a line of evidence."""
    return registry.receipt(event, phrase("dated.told", day=str(event.date), told=event.text))
