"""What the first screen tells of one measure: whom it changes, by kind of effect, and what was said of it.

The page moves through days; what a measure changes is worked out by ``affected`` for the days on which the standing of
the measure turns, and for the day the page opens on. On any other day the page tells the last of these, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from dualuse.dates import PartialDate
from dualuse.explore.layout import Network
from dualuse.law.effect import KINDS
from dualuse.law.events import read_events, read_kinds
from dualuse.law.status import status
from dualuse.lens import Lens
from dualuse.model.law import Event
from dualuse.node import Node

if TYPE_CHECKING:
    from dualuse.card import Card
    from dualuse.knowledge import Knowledge

Landing = dict[str, Any]
_EVERY = [kind for kind in KINDS if kind != "none"]
_Asked = tuple[str, date, Lens]
_KNOWN: WeakKeyDictionary[Knowledge, dict[_Asked, Card[Any]]] = WeakKeyDictionary()
"""What was asked of a graph already; several pages of one are often made in a row."""


def told_of(network: Network, measure: Node | None) -> Node | None:
    """The instrument that the first screen tells of: *measure*, else the one that most statements are about."""
    return measure or _most_spoken_of(network)


def worked_out(knowledge: Knowledge, node: Node, as_of: date) -> Iterator[tuple[date, Lens, Card[Any]]]:
    """Answers of ``affected`` about an instrument, with day and lens: for *as_of* and wherever its standing turns."""
    events = read_events(knowledge.store, node.key)
    kind = read_kinds(knowledge.store, {node.key}).get(node.key, "")
    for lens in Lens:
        for day in sorted({as_of, *_turns(events, lens, knowledge.version.known_on, kind)}):
            yield day, lens, _asked(knowledge, node.key, day, lens)


def read_landing(knowledge: Knowledge, node: Node | None, as_of: date) -> Landing:
    """What the first screen tells; nothing where there is no measure to tell of.

    Args:
        knowledge: The graph.
        node: The instrument that is told of.
        as_of: Day the page opens on.

    Returns:
        ``of``: the instrument; ``places``: codes of destinations, which the effects number; ``effects``: by lens, from
        each day on what changes (see ``_state``); ``acts``: statements about it as [key, first day it can be of,
        stance].
    """
    if node is None:
        return {}
    places = sorted(knowledge.places.tiers)
    number = {place: index for index, place in enumerate(places)}
    known_on = knowledge.version.known_on
    effects: dict[str, list[Landing]] = {lens: [] for lens in Lens}
    for day, lens, card in worked_out(knowledge, node, as_of):
        effects[lens].append(_state(card.plain, day, number))
    acts = knowledge.said(about=node.key, as_of=known_on).plain["statements"]
    return {
        "of": node,
        "places": places,
        "effects": effects,
        "acts": [[act["statement"], PartialDate(act["date"]).earliest.isoformat(), act["stance"]] for act in acts],
    }


def _most_spoken_of(network: Network) -> Node | None:
    """The instrument that most statements are about."""
    about = [end for _, end, data in network.edges(data=True) if data["kind"] == "about"]
    return min(set(about), key=lambda node: (-about.count(node), node), default=None)


def _turns(events: Sequence[Event], lens: Lens, known_on: date, kind: str) -> Iterator[date]:
    """Days from the first event to the end of the record on which the status of an instrument turns."""
    days = sorted({day for event in events for day in (event.date.earliest, event.date.latest) if day <= known_on})
    before = None
    for day in days:
        now = status(events, day, lens, known_on=known_on, kind=kind).status
        if now != before:
            yield day
        before = now


def _asked(knowledge: Knowledge, key: str, day: date, lens: Lens) -> Card[Any]:
    """The answer of ``affected`` about an instrument."""
    known = _KNOWN.setdefault(knowledge, {})
    if (key, day, lens) not in known:
        # every kind is asked for, so that nobody looks for who is in reach where nothing changes
        known[key, day, lens] = knowledge.affected(by=[key], effects=_EVERY, as_of=day, lens=lens)
    return known[key, day, lens]


def _state(answer: Landing, day: date, number: dict[str, int]) -> Landing:
    """What changes from a day on: ``destinations`` in all, ``kinds``: how many by kind, ``patterns`` and ``parties``.

    A pattern is [effect, goods, seats of buyers, numbers of places]; a party [node, role, effect, number of ties].
    """
    rows = answer["differences"] or []
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row["effect"], set()).update(row["places"])
    return {
        "day": day.isoformat(),
        "destinations": len(set().union(*kinds.values())),
        "kinds": {kind: len(places) for kind, places in kinds.items()},
        "patterns": [
            [row["effect"], row["goods"], row["headquarters"], sorted(number[place] for place in row["places"])]
            for row in rows
        ],
        "parties": [[row["id"], row["role"], row["effect"], row["ties"]] for row in answer["parties"] or []],
    }
