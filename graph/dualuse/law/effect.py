"""What a part of the law does to a transaction: the difference between the decisions with and without it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, get_args

from dualuse.law.decide import Decision, decide
from dualuse.law.finding import Test, holds, left_of
from dualuse.law.transaction import UNITED_STATES, Docket, Goods, Transaction, World
from dualuse.law.truth import Truth
from dualuse.model.items import Product
from dualuse.model.rules import Condition, DecisionRule

EffectKind = Literal["barred", "licence-needed", "capped", "excepted", "duty", "relieved", "none", "uncertain"]
"""Kinds of effect, the heaviest first; ``uncertain``: one of the two decisions is not known."""
KINDS: tuple[EffectKind, ...] = get_args(EffectKind)

_FREE = ("not-subject", "no-licence-required")
_LICENCE = {
    "presumption-of-approval": 2,
    "case-by-case": 3,
    "": 3,
    "presumption-of-denial": 4,
    "policy-of-denial": 5,
}
"""Review policy of a licence, empty where none is known -> how hard the licence is to have."""
_DENIED = 4
_BAN = "policy-of-denial"
_EXCEPTED = 1
_MANY = 10_000_000
"""Units beyond which no step is looked for."""
_SUMS = ("tpp-total", "tpp-year")
_SENDERS = ("exporter", "addressee")
_ANSWERING = ("exception", "review-policy", "allocation", "duty")
"""Kinds of rule that count where a rule does that they are made for."""


class Outcome(NamedTuple):
    """What a decision comes to; ``code`` is that of the licence exception, ``duties`` are what must be done."""

    outcome: str
    code: str = ""
    review_policy: str = ""
    duties: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: Decision) -> Outcome:
        """The outcome of a decision; what an application asks for does not count where it is to be denied."""
        duties = sorted({due.what for due in found.duties if due.applied.truth})
        plain = cls(found.outcome, found.exception, found.review_policy)
        return plain if (plain.weight or 0) >= _DENIED else plain._replace(duties=tuple(duties))

    @property
    def weight(self) -> int | None:
        """How heavy it is to bear, 0 for nothing; None where the decision is not known."""
        if self.outcome == "indeterminate":
            return None
        if self.outcome in _FREE:
            return 0
        return _EXCEPTED if self.outcome == "licence-exception" else _LICENCE[self.review_policy]


class Step(NamedTuple):
    """The outcome from a number of units on."""

    units: int
    outcome: Outcome


Ladder = tuple[Step, ...]
"""Outcomes by quantity, from one unit up."""


@dataclass(frozen=True)
class Effect:
    """What a part of the law does to a transaction of any quantity."""

    kind: EffectKind
    before: Ladder
    after: Ladder

    @classmethod
    def between(cls, before: Ladder, after: Ladder) -> Effect:
        """What leads from some outcomes to others."""
        return cls(kind_of(before, after), before, after)


class Decided:
    """What a world comes to, transaction by transaction (remembered, for as long as somebody holds this)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._known: dict[Transaction, Ladder] = {}

    def ladder(self, case: Transaction) -> Ladder:
        """Outcomes of a transaction by quantity."""
        if case not in self._known:
            self._known[case] = ladder(case, self.world)
        return self._known[case]


class _Lefts(dict[str, "Test | bool"]):
    """Key of a rule -> what is left of its test in a world, once it is known what is shipped (remembered)."""

    def holds(self, rule: DecisionRule, case: Transaction, world: World) -> Truth:
        """Whether the test of a rule holds."""
        key = rule.node.key
        if key not in self:
            self[key] = left_of(rule.when, case, world)
        left = self[key]
        return left if isinstance(left, bool) else holds(left, case, world)


class Comparison:
    """The law of a day beside the same law without a part of it.

    Args:
        day: Day of the transactions to compare.
        decided: What one of the two comes to, to be shared by comparisons of one day under one lens.
    """

    def __init__(self, law: World, other: World, day: date, lens: str, decided: Decided | None = None) -> None:
        self._decided = decided
        self.law, self.other, self.day, self.lens = law, other, day, lens
        one, two = (
            {(rule.node.key, active): rule for rules in docket.rules.values() for rule, active in rules}
            for docket in (law.docket(day, lens), other.docket(day, lens))
        )
        self.counting = list({**one, **two}.values())
        """Rules that count in one of the two, or both."""
        self.rules = [rule for key, rule in {**one, **two}.items() if (key in one) != (key in two)]
        """Rules that count, as surely, in one of the two alone."""
        self._known: dict[Transaction, Effect | None] = {}
        self._one_list = (
            law.control_list is other.control_list
            and not law.control_list.gone
            and law.order == UNITED_STATES
            and law.docket(day, lens).reached == other.docket(day, lens).reached
        )
        """Whether goods are sure to be the same on the list of both, and as much of them to be reached by rules."""
        same = self._one_list and law.places is other.places
        self.alike = same and not self.rules
        """Whether nothing differs: whatever is shipped fares the same."""
        self._worlds = (law,) if same else (law, other)
        """Worlds in which a test may come out otherwise."""
        self._left: dict[tuple[bool, Goods], _Lefts] = {}

    def told_apart(self, chip: Product) -> Hashable:
        """What the law of the day knows of a chip: what it is on the control list, and which rules name it."""
        classes = (frozenset(world.classify(chip, self.day).items()) for world in (self.law, self.other))
        return (*classes, *self._naming.get(chip.node.key, ()))

    @cached_property
    def senders(self) -> frozenset[str]:
        """Keys of exporters and addressees that a rule which differs asks for."""
        return frozenset(key for rule in self.rules for name in _SENDERS for key in rule.when.named(name))

    @cached_property
    def _naming(self) -> dict[str, list[str]]:
        """Chip -> rules that name it, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, rule in sorted(self._by_key.items()):
            for chip in set(rule.when.named("product")):
                found[chip].append(key)
        return found

    def effect(self, case: Transaction) -> Effect | None:
        """What the part does to a transaction of any quantity; None for nothing (remembered)."""
        if case not in self._known:
            found = self._effect(case) if self._may_differ(case) else None
            self._known[case] = None if found is None or found.kind == "none" else found
        return self._known[case]

    def _effect(self, case: Transaction) -> Effect:
        return Effect.between(self._ladder(case, self.other), self._ladder(case, self.law))

    def _ladder(self, case: Transaction, world: World) -> Ladder:
        known = self._decided
        return ladder(case, world) if known is None or known.world is not world else known.ladder(case)

    def _may_differ(self, case: Transaction) -> bool:
        """Whether a rule that counts in one of the two alone may hold, or the goods or the places are others."""
        cases = (case, case.of_units(_MANY)) if self._summing else (case,)
        tried = [(each, world, self._lefts(each, world)) for each in cases for world in self._worlds]
        return (
            any(self._may_count(rule, tried) for rule in self.rules)
            or not (self._one_list or self._goods_alike(case))
            or not (self.law.places is self.other.places or self._places_alike(case))
        )

    def _may_count(self, rule: DecisionRule, tried: Sequence[tuple[Transaction, World, _Lefts]]) -> bool:
        """Whether a rule may hold in one of some cases, and of an answer to other rules, whether one of those may."""
        if all(lefts.holds(rule, case, world) is False for case, world, lefts in tried):
            return False
        if rule.kind not in _ANSWERING:
            return True
        answered = (self._by_key[key] for key in rule.applies_to if key in self._by_key)
        return any(self._may_count(each, tried) for each in answered)

    def _lefts(self, case: Transaction, world: World) -> _Lefts:
        return self._left.setdefault((world is self.law, world.goods(case)), _Lefts())

    @cached_property
    def _summing(self) -> bool:
        """Whether a rule bounds a sum, so that it may hold of many units and not of one."""
        return any(True for rule in self.counting for _ in sums(rule.when))

    @cached_property
    def _by_key(self) -> dict[str, DecisionRule]:
        return {rule.node.key: rule for rule in self.counting}

    def _goods_alike(self, case: Transaction) -> bool:
        """Whether the goods are the same to both, and as much of them is reached by rules."""
        one, two = self.law, self.other
        return one.classification(case) == two.classification(case) and one.barred(case) == two.barred(case)

    def _places_alike(self, case: Transaction) -> bool:
        """Whether the places are in the same groups."""
        one, two = self.law, self.other
        return all(one.groups(place, case.as_of) == two.groups(place, case.as_of) for place in case.places)


def effect(transaction: Transaction, law: World, other: World) -> Effect:
    """The difference that a part of the law makes.

    Args:
        transaction: What is shipped; its quantity is not looked at.
    """
    return Effect.between(ladder(transaction, other), ladder(transaction, law))


def ladder(transaction: Transaction, world: World) -> Ladder:
    """Outcomes of a transaction by quantity: tried at one unit and beyond each sum that a rule of the day bounds."""
    chip = world.chip(transaction)
    found = [Step(1, _outcome(transaction, world, 1))]
    for units in () if chip is None or not chip.tpp else _turns(transaction, world, chip.tpp):
        step = Step(units, _outcome(transaction, world, units))
        if step.outcome != found[-1].outcome:
            found.append(step)
    return tuple(found)


def deciding(before: tuple[Transaction, World], after: tuple[Transaction, World], found: Effect) -> list[DecisionRule]:
    """Rules that make the difference: they apply in one of the two decisions alone, at a quantity where one turns.

    Args:
        before: The transaction and the world of the first decision.
        after: Those of the second.
        found: The effect that leads from one to the other.
    """
    quantities = sorted({step.units for step in (*found.before, *found.after)})
    one, two = (_applied(case, world, quantities) for case, world in (before, after))
    apart = [rule for key, rule in {**two, **one}.items() if (key in one) != (key in two)]
    return [rule for rule in apart if rule.kind != "duty"] or apart or [*two.values()]


def _applied(transaction: Transaction, world: World, quantities: Iterable[int]) -> dict[str, DecisionRule]:
    """Rules that apply, or may, and decide, at some quantities, by key."""
    found: dict[str, DecisionRule] = {}
    for units in quantities:
        decision = decide(transaction.of_units(units), world)
        used = () if decision.used is None else (decision.used,)
        capped = () if decision.allocation is None else (decision.allocation,)
        judged = decision.policies if decision.outcome == "licence-required" else ()
        bound = (*decision.requirements, *used, *judged, *capped, *(due.applied for due in decision.duties))
        found |= {each.rule.node.key: each.rule for each in bound if each.truth is not False}
    return found


def _outcome(transaction: Transaction, world: World, units: int) -> Outcome:
    return Outcome.of(decide(transaction.of_units(units), world))


def _turns(transaction: Transaction, world: World, tpp: float) -> list[int]:
    """Numbers of units at which a rule of the day turns, or may, sorted."""
    found: set[int] = set()
    for rule, bounds in _summing(world.docket(transaction.as_of, transaction.lens)):
        turns = sorted({units for bound in bounds if 1 < (units := bound.units(tpp)) <= _MANY})
        truths = [holds(rule.when, transaction.of_units(units), world) for units in (1, *turns)]
        # what is unknown of a rule may hide that its sum turns it
        hidden = None in truths
        found |= {units for units, was, now in zip(turns, truths, truths[1:], strict=False) if hidden or was != now}
    return sorted(found)


class _Bound(NamedTuple):
    """A bound of a sum of TPP, and whether the sum that meets it is still below the turn."""

    tpp: float
    within: bool

    def units(self, each: float) -> int:
        """The first number of units beyond the turn."""
        return math.floor(self.tpp / each) + 1 if self.within else math.ceil(self.tpp / each)


@lru_cache(maxsize=256)
def _summing(docket: Docket) -> list[tuple[DecisionRule, list[_Bound]]]:
    """Rules that bound a sum of TPP, with their bounds."""
    found = ((rule, list(sums(rule.when))) for rules in docket.rules.values() for rule, _ in rules)
    return [(rule, bounds) for rule, bounds in found if bounds]


def sums(test: Condition) -> Iterator[_Bound]:
    """Bounds of sums of TPP in a condition."""
    if test.number in _SUMS:
        bounds = ((test.at_least, False), (test.at_most, True), (test.below, False))
        yield from (_Bound(bound, within) for bound, within in bounds if bound is not None)
    for operand in test.operands:
        yield from sums(operand)


def kind_of(before: Ladder, after: Ladder) -> EffectKind:
    """Kind of the effect that leads from some outcomes to others.

    The first unit decides, unless it comes out no heavier than with conditions: then more units that come out heavier
    than they were make a cap, and more units that come out lighter a relief.

    Example:
        >>> free, lpp = Outcome("no-licence-required"), Outcome("licence-exception", "LPP")
        >>> licence = Outcome("licence-required", "", "presumption-of-approval")
        >>> kind_of((Step(1, free),), (Step(1, lpp), Step(1700, licence)))
        'capped'
        >>> kind_of((Step(1, licence),), (Step(1, free),))
        'relieved'
    """
    first, *later = (_change(was, now) for was, now in _side_by_side(before, after))
    if first in _LIGHT and not _HEAVY.isdisjoint(later):
        return "capped"
    if first in _LIGHT and "relieved" in later:
        return "relieved"
    return next((each for each in (first, *later) if each != "none"), "none")


_HEAVY: frozenset[EffectKind] = frozenset({"barred", "licence-needed"})
_LIGHT: frozenset[EffectKind] = frozenset({"excepted", "duty", "none"})


def _change(was: Outcome, now: Outcome) -> EffectKind:
    """Kind of the effect on one quantity."""
    if was == now or {was.outcome, now.outcome} == set(_FREE):
        return "none"
    if was.weight is None or now.weight is None or _open(was, now):
        return "uncertain"
    if now.weight > was.weight:
        return "barred" if now.weight >= _DENIED else "licence-needed" if now.weight > _EXCEPTED else "excepted"
    if now.weight < was.weight:
        return "relieved"
    if set(now.duties) - set(was.duties):
        return "duty"
    return "relieved" if now.duties != was.duties else "excepted"


def _open(was: Outcome, now: Outcome) -> bool:
    """Whether a licence is needed both times and it is not known how one of them would be decided.

    A policy of denial beside none on record is known to be the heavier.
    """
    policies = {each.review_policy for each in (was, now) if each.outcome == "licence-required"}
    return was.outcome == now.outcome and "" in policies and len(policies) > 1 and _BAN not in policies


def _side_by_side(before: Ladder, after: Ladder) -> Iterator[tuple[Outcome, Outcome]]:
    """Outcomes before and after, for each quantity from which one of them is another."""
    for units in sorted({step.units for step in (*before, *after)}):
        yield _at(before, units), _at(after, units)


def _at(steps: Ladder, units: int) -> Outcome:
    return next(step.outcome for step in reversed(steps) if step.units <= units)
