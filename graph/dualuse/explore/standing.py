"""What a page needs to say of tiers: the law they follow from, and the universes in which they are counted."""

from __future__ import annotations

from typing import Any

from dualuse.law.events import read_all_events, read_kinds
from dualuse.law.groups import UNIVERSES, Places
from dualuse.node import Node
from dualuse.store.base import Store

_FIRST_TIER = "us-supp5a"
"""Group whose list makes the first tier; tiers are as its instrument stands."""


def tier_law(store: Store, places: Places) -> dict[str, Any]:
    """The instrument that tiers follow from: ``node``, ``kind``, and its events as the law has them.

    Args:
        store: Where to read.
        places: Groups with their provisions.
    """
    group = places.named.get(_FIRST_TIER)
    if group is None or group.provision is None:
        return {}
    key = places.registry.provisions[group.provision].instrument
    return {
        "node": Node("instrument", key),
        "kind": read_kinds(store, (key,)).get(key, ""),
        "events": read_all_events(store).get(key, []),
    }


def universes(places: Places) -> dict[str, list[list[str]]]:
    """Universe -> its places as (place, from, to), dates as written and "" where open.

    Args:
        places: Memberships by place.
    """
    found: dict[str, list[list[str]]] = {group: [] for group in UNIVERSES}
    for place, held in sorted(places.memberships.items()):
        for m in held:
            if m.group in found and m.standing == "member":
                found[m.group].append([place, str(m.valid_from or ""), str(m.valid_to or "")])
    return found
