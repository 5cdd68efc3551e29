"""Cases of enforcement as they stand on a day: the steps taken by then, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Unknown
from dualuse.said import Named, phrase

if TYPE_CHECKING:
    from dualuse.model.enforcement import Enforcement, Step

PRESUMED = phrase("means.presumed")
_ENDED = frozenset({"settled", "convicted", "sentenced", "acquitted", "dismissed", "closed"})
"""Stages after which nothing is open."""
_BY_THE_WAY = frozenset({"party-account", "hearing"})
"""Steps that bring a case no further: what a party says of itself, and bail and dates."""


@dataclass(frozen=True)
class Standing:
    """A case and its steps up to a day, in the order of their days."""

    case: Enforcement
    steps: Sequence[Step]

    @property
    def last(self) -> Step:
        """The step that it has come to."""
        return (self._decisive or self.steps)[-1]

    @property
    def stages(self) -> list[str]:
        """Every stage that it has come to, each once."""
        return list(dict.fromkeys(step.stage for step in self._decisive or self.steps))

    @property
    def _decisive(self) -> Sequence[Step]:
        return [step for step in self.steps if step.stage not in _BY_THE_WAY]

    @property
    def open(self) -> bool:
        """Whether no step ends it."""
        return _ENDED.isdisjoint(step.stage for step in self.steps)


def standing(cases: Iterable[Enforcement], day: date) -> list[Standing]:
    """Cases that have a step which can lie on or before a day, by their first step."""
    found = []
    for case in cases:
        steps = [step for step in sorted(case.steps, key=lambda step: step.order) if step.date.earliest <= day]
        if steps:
            found.append(Standing(case, steps))
    return sorted(found, key=lambda each: (each.steps[0].order, each.case.node.key))


def gaps(found: Sequence[Standing], day: date) -> Iterator[Unknown]:
    """What is not known of cases: how those end that are open, and whether a step falls after the day."""
    open_ = [each.case.node.key for each in found if each.open]
    if open_:
        yield Unknown(
            phrase("case.how_end", listed=_listed(open_)),
            phrase("case.no_end"),
        )
    unsure = [each.case.node.key for each in found if any(step.date.latest > day for step in each.steps)]
    if unsure:
        what = phrase("case.whether_after", day=day.isoformat(), listed=_listed(unsure))
        yield Unknown(what, phrase("case.month_only"))
    later = [each.case.node.key for each in found if len(each.steps) < len(each.case.steps)]
    if later:
        yield Unknown(
            phrase("case.known_by", day=day.isoformat(), listed=_listed(later)),
            phrase("case.steps_follow"),
        )
    if not found:
        yield Unknown(phrase("case.none"), phrase("case.silence"))


def _listed(cases: Sequence[str]) -> Named:
    """Cases by their keys; in Chinese by what they are called."""
    return Named.of({("enforcement", key): key for key in cases})
