"""Changes to the law, each by itself, ranked by whom they change: a country moved, an instrument taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.groups import Places
    from dualuse.questions.parts.difference_rows import Changes
    from dualuse.questions.parts.differences import Differences

Progress = Callable[[float, int], None]
"""Told what part of the changes is tried, from 0 to 1, and how many."""


@dataclass(frozen=True, kw_only=True)
class Swept:
    """A change by itself: how many parties and destinations fare otherwise, each by the heaviest effect on it."""

    rank: int
    change: str
    name: str
    parties: int
    destinations: int
    party_effects: Mapping[str, int]
    place_effects: Mapping[str, int]


def sweep(
    knowledge: Knowledge, differences: Differences, progress: Progress
) -> tuple[list[Swept], list[Swept], list[str]]:
    """Try every move of one country with ties between the groups that decide a tier, and every instrument taken away.

    Returns:
        The moves, the instruments, and places whose tier is not known, so that no move of them is tried. Ranked by
        parties that fare otherwise, then by destinations; those alike share a rank.
    """
    from dualuse.scenario import moved

    law, day, names = differences.law, differences.day, knowledge.names
    differences.judged = parts = differences.that_may_matter()
    tried = [(place, group) for place in differences.tied_places for group in _targets(law.places, place, differences)]
    total, moves, removals = len(tried) + len(parts), [], []
    for place, group in tried:
        changes = differences.under(moved(law, place, group, day))
        moves.append(_swept(f"{place}:{group.removeprefix('us-')}", names.label("place", place), changes))
        progress(len(moves) / total, len(moves))
    for part in parts:
        removals.append(_swept(part.key, names.label(part.kind, part.key), differences.of(part)))
        progress((len(moves) + len(removals)) / total, len(moves) + len(removals))
    vague = [place for place in differences.tied_places if law.places.tier_word(place, day) == "unknown"]
    return _ranked(moves), _ranked(each for each in removals if each.parties or each.destinations), vague


def _targets(places: Places, place: str, differences: Differences) -> list[str]:
    """Groups that a place can be moved to; none where its tier is not known or it stands for another place's."""
    from dualuse.scenario import RESIDUAL

    day = differences.day
    tier = places.tier(place, day)
    groups = {1: [RESIDUAL, "us-d5"], 2: ["us-supp5a", "us-d5"], 3: [RESIDUAL, "us-supp5a"]}
    return [] if tier is None or places.stands_for(place, day) != (place,) else groups[tier.level]


def _swept(change: str, name: str, changes: Changes) -> Swept:
    party_effects = _heaviest((hit.party, hit.kind) for hit in changes.hit)
    place_effects = _heaviest((place, each.effect.kind) for each in changes.patterns for place in each.places)
    return Swept(
        rank=0,
        change=change,
        name=name,
        parties=sum(party_effects.values()),
        destinations=sum(place_effects.values()),
        party_effects=party_effects,
        place_effects=place_effects,
    )


def _heaviest(effects: Iterable[tuple[Hashable, str]]) -> dict[str, int]:
    """How many things have which kind of effect as their heaviest, the heaviest first."""
    from dualuse.law.effect import KINDS

    found: dict[Hashable, str] = {}
    for thing, kind in effects:
        found[thing] = min(kind, found.get(thing, kind), key=[str(each) for each in KINDS].index)
    counted = Counter(found.values())
    return {kind: counted[kind] for kind in KINDS if counted[kind]}


def _ranked(found: Iterable[Swept]) -> list[Swept]:
    ordered: Sequence[Swept] = sorted(found, key=lambda each: (-each.parties, -each.destinations, each.change))
    sizes = [(each.parties, each.destinations) for each in ordered]
    return [replace(each, rank=sizes.index(size) + 1) for each, size in zip(ordered, sizes, strict=True)]
