"""Outcomes by quantity, and sets of places, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.effect import Ladder, Outcome
    from dualuse.law.transaction import World

_ALL = "every destination"
_SHOWN = 3
_GROUPED = {"us-d1", "us-d4", "us-d5"}
_TIERS = (1, 2, 3)
_OTHERWISE = 8
"""How many places a name may be wrong about, which are then named."""


@dataclass(frozen=True)
class Outcomes:
    """What a transaction comes to from a number of units on."""

    units: int
    outcome: str
    exception: str | None
    review_policy: str | None
    duties: Sequence[str]


def outcomes(steps: Ladder) -> list[Outcomes]:
    """Outcomes by quantity, as rows."""
    return [
        Outcomes(units, found.outcome, found.code or None, found.review_policy or None, found.duties)
        for units, found in steps
    ]


def sentence(steps: Ladder) -> str:
    """Outcomes by quantity in one line; steps that differ in duties alone are one."""
    words = [(step.units, _words(step.outcome)) for step in steps]
    words = [each for at, each in enumerate(words) if not at or each[1] != words[at - 1][1]]
    ends = [units - 1 for units, _ in words[1:]]
    told = [f"{said} up to {end:,}" for (_, said), end in zip(words, ends, strict=False)]
    return ", then ".join([*told, words[-1][1]])


_POLICIES = {
    "presumption-of-approval": "approval presumed",
    "case-by-case": "case by case",
    "presumption-of-denial": "denial presumed",
    "policy-of-denial": "policy of denial",
    "": "review policy open",
}


def _words(found: Outcome) -> str:
    match found.outcome:
        case "licence-exception":
            return found.code
        case "licence-required":
            return f"licence ({_POLICIES[found.review_policy]})"
        case "indeterminate":
            return "not known"
        case _:
            return "no licence" if found.outcome == "no-licence-required" else "not subject"


class Destinations:
    """Names of sets of places: all, a tier, those in Country Groups D:1 or D:4 of it, and those in neither."""

    def __init__(self, knowledge: Knowledge, law: World, places: Iterable[str], day: date) -> None:
        self._names = knowledge.names
        self._un = set(law.places.universe("un", day))
        self._known: dict[str, set[str]] = {}
        every, grouped = set(places), {place for place in places if _GROUPED & law.groups(place, day).keys()}
        home = {place for place in places if law.resolve(place, day)[-1] == "US"}
        tiers = {level: {place for place in places if law.places.tier_word(place, day) == level} for level in _TIERS}
        union = {place for place in law.places.universe("eu", day) if place in every}
        self._known["every destination outside the European Union"] = every - union
        for label, own in ((_ALL, every), *((f"tier {level}", own) for level, own in tiers.items() if own)):
            self._known[label] = own
            self._known[f"{label} outside the United States"] = own - home
            self._known[f"{label} in D:1, D:4 or D:5"] = own & grouped
            self._known[f"{label} outside D:1, D:4 and D:5"] = own - grouped - home

    def told(self, places: Sequence[str]) -> str:
        """A set of places in a few words, with how many members of the United Nations are in it."""
        if len(places) <= _SHOWN:
            return self._list(places)
        members = len(self._un & set(places))
        return f"{len(places)} ({members} of the UN): {self._who(places)}"

    def _who(self, places: Sequence[str]) -> str:
        found = set(places)
        label, own = min(self._known.items(), key=lambda each: len(each[1] ^ found))
        if len(own ^ found) <= _OTHERWISE:
            without, more = sorted(own - found), sorted(found - own)
            left_out = f" but {self._list(without)}" if without else ""
            return f"{label}{left_out}{f', and {self._list(more)}' if more else ''}"
        few = f"{self._list(places[:_SHOWN])} …"
        within = [label for label, own in self._known.items() if found < own and label != _ALL]
        whole = min(within, key=lambda label: len(self._known[label]), default="")
        if not whole:
            return f"such as {few}"
        named = whole.replace(_ALL, "destinations") if _ALL in whole else f"of {whole}"
        return f"of the {len(self._known[whole])} {named}, such as {few}"

    def _list(self, places: Iterable[str]) -> str:
        return ", ".join(self._names.label("place", place) for place in places)
