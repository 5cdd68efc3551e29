"""Cases of enforcement as they stand on a day: the steps taken by then, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dualuse.card import Unknown

if TYPE_CHECKING:
    from dualuse.model.enforcement import Enforcement, Step

PRESUMED = (
    "A charge or an inquiry is an allegation and no finding: who is charged is presumed innocent unless a step of the "
    "case says that the party pleaded guilty or was convicted; a settlement may be without admission."
)
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
            f"how these end: {', '.join(open_)}",
            "the record has no step that ends them; what is alleged may fall, and silence is no proof that it goes on",
        )
    unsure = [each.case.node.key for each in found if any(step.date.latest > day for step in each.steps)]
    if unsure:
        yield Unknown(f"whether a step of these falls after {day}: {', '.join(unsure)}", "it is dated to a month only")
    later = [each.case.node.key for each in found if len(each.steps) < len(each.case.steps)]
    if later:
        yield Unknown(
            f"how much of these was known by {day}: {', '.join(later)}",
            "steps follow; parties, charges, amounts and summary are told as the record has them now",
        )
    if not found:
        yield Unknown("no case in the record fits", "silence in the record is no proof that there was none")
