"""What a part of the law changes as rules, places and thresholds come and go: one state a day on which that changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dualuse.analyse.effects import Goods, Pattern, patterns
from dualuse.law.effect import Comparison, Effect
from dualuse.law.transaction import World


@dataclass(frozen=True)
class State:
    """What a part of the law changes from a day on.

    Args:
        since: First day.
        patterns: What it changes.
        turned: Destinations for which that is not what it was before.
    """

    since: date
    patterns: tuple[Pattern, ...]
    turned: tuple[str, ...]


def timeline(law: World, other: World, places: Sequence[str], lens: str, until: date) -> Iterator[State]:
    """States, the earliest first; what is equal to the state before is left out.

    Args:
        until: Last day looked at.
    """
    before: dict[str, Hashable] = {}
    known: Hashable = None
    for day in days(law, other):
        if day > until:
            return
        compared = Comparison(law, other, day, lens)
        seen = _seen(compared)
        if seen == known:
            continue
        known, found = seen, patterns(compared, places)
        now = _by_place(found)
        turned = tuple(sorted(place for place in {*before, *now} if before.get(place) != now.get(place)))
        if turned:
            yield State(day, tuple(found), turned)
        before = now


def days(law: World, other: World) -> list[date]:
    """Days on which rules, memberships or thresholds of either world change."""
    return sorted({day for world in (law, other) for day in world.changes})


def _seen(compared: Comparison) -> Hashable:
    """What the comparison of a day can depend on: rules that count, where they differ, places and thresholds."""
    spans = [world.spans(compared.day) for world in (compared.law, compared.other)]
    counting = frozenset(rule.node.key for rule in compared.counting)
    return counting, frozenset(rule.node.key for rule in compared.rules), *spans


def _by_place(found: Sequence[Pattern]) -> dict[str, Hashable]:
    """Place -> what changes there."""
    cells: dict[str, set[tuple[Goods, str, Effect]]] = defaultdict(set)
    for pattern in found:
        for place in pattern.places:
            cells[place] |= {(goods, seat, pattern.effect) for goods, seat in pattern.cases}
    return {place: frozenset(each) for place, each in cells.items()}
