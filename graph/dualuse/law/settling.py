"""Which facts that nobody stated could change a decision: each is tried with every value it can have.

A place is tried by classes: one of each set of places that the tests of the headquarters do not tell apart on the day.
A number is tried on either side of every bound that a rule sets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Amount, Choice, Fact, Named, Value, YesNo
from dualuse.law.kinds import facts, kinds
from dualuse.law.tests.number import RECEIVED, STATED
from dualuse.law.transaction import Transaction, World
from dualuse.law.truth import Truth
from dualuse.model.rules import Condition

_SEATS = ("headquarters", "headquarters_all")
_WELL_KNOWN = ("US", "CN", "CH", "MO", "IR")
_UNDECIDED = "indeterminate"


@dataclass(frozen=True)
class Lead:
    """A value of a fact, and what it leads to.

    Args:
        value: The value; of a class of places the one that stands for them.
        decision: The decision with that value.
        groups: Of a class of places, the groups that set it apart.
        others: Of a class of places, how many more there are.
    """

    value: Value
    decision: Decision
    groups: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class Question:
    """A fact that was not stated and whose value could change the decision."""

    fact: Fact[Any]
    leads: tuple[Lead, ...]
    open: bool
    """Whether a test that came out unknown asks for it; else the decision took it for granted."""
    with_: Fact[Any] | None = None
    """The fact that has to be known as well; alone this one changes nothing."""

    @property
    def rank(self) -> tuple[bool, bool, float, int]:
        """How decisive it is, the most decisive first: how many of its values settle the outcome, then how apart."""
        outcomes = [lead.decision.outcome for lead in self.leads]
        return not self.open, self.with_ is not None, outcomes.count(_UNDECIDED) / len(outcomes), -len(set(outcomes))


def would_settle(transaction: Transaction, decision: Decision, world: World) -> list[Question]:
    """The facts that could change the outcome, the most decisive first.

    Where no fact that is open could alone settle what is undecided, those that could together with one other are told.

    Args:
        transaction: What was asked.
        decision: What it came to.
        world: Everything, not only what the transaction itself needs.
    """
    case = _Case(transaction, decision, world, frozenset(_open_facts(decision)))
    asked = [fact for fact in facts().values() if _is_open(fact, transaction)]
    found = [question for fact in asked if (question := case.tried(fact)) is not None]
    if decision.outcome == _UNDECIDED and not any(question.open for question in found):
        found += case.together([fact for fact in asked if fact.name in case.open])
    return sorted(found, key=lambda question: question.rank)


def _is_open(fact: Fact[Any], transaction: Transaction) -> bool:
    """Whether a fact was not stated, and is not answered by the one that stands in for it."""
    stands_in = fact.instead is not None and fact.instead.name not in transaction.stated
    return fact.name not in transaction.stated and not stands_in


@dataclass(frozen=True)
class _Case:
    """A transaction, what it came to, and the facts that its open tests ask for."""

    transaction: Transaction
    decision: Decision
    world: World
    open: frozenset[str]

    def tried(self, fact: Fact[Any]) -> Question | None:
        """A fact with what its values lead to; None if all lead to the same outcome as none."""
        leads = tuple(self._led(fact, lead) for lead in _values(fact, self.transaction, self.decision, self.world))
        changed = any(lead.decision.outcome != self.decision.outcome for lead in leads)
        return Question(fact, leads, fact.name in self.open) if changed else None

    def together(self, bearing: list[Fact[Any]]) -> Iterator[Question]:
        """Facts that settle nothing alone, each with the first other that settles it beside them."""
        for fact in bearing:
            leads = tuple(self._led(fact, lead) for lead in _values(fact, self.transaction, self.decision, self.world))
            others = [other for other in bearing if other is not fact]
            for lead in leads:
                stated = _Case(stating(self.transaction, fact, lead.value), lead.decision, self.world, self.open)
                second = next((other for other in others if stated.tried(other) is not None), None)
                if second is not None:
                    yield Question(fact, leads, open=True, with_=second)
                    break

    def _led(self, fact: Fact[Any], lead: Lead) -> Lead:
        return replace(lead, decision=decide(stating(self.transaction, fact, lead.value), self.world))


def _open_facts(decision: Decision) -> Iterator[str]:
    """Names of the facts that the tests ask for which came out unknown."""
    for applied in (*decision.requirements, *decision.exceptions):
        if applied.truth is None:
            for part in applied.finding.decisive(None):
                kind = kinds().get(part.test.operator)
                yield from (fact.name for fact in (kind.facts if kind else ()))


def stating(transaction: Transaction, fact: Fact[Any], value: Value) -> Transaction:
    """A transaction with one more fact stated, and those that it stands in for."""
    stated = {**transaction.stated, fact.name: value}
    for other in facts().values():
        if other.instead is fact:
            stated.setdefault(other.name, value)
    known = tuple((each.name, stated[each.name]) for each in facts().values() if each.name in stated)
    return replace(transaction, facts=known)


def _values(fact: Fact[Any], transaction: Transaction, decision: Decision, world: World) -> Iterable[Lead]:
    """Every value of a fact that could make a difference, the decision left open."""
    match fact.form:
        case Choice(values):
            return [Lead(value, decision) for value in values]
        case YesNo():
            return [Lead(True, decision), Lead(False, decision)]
        case Named("place"):
            return _classes(transaction, decision, world)
        case Named(kind):
            named = sorted({key for rule in world.rules.rules for key in rule.when.named(fact.name)})
            return [Lead(value, decision) for value in (*named, f"another {kind}")] if named else []
        case Amount():
            return [Lead(value, decision) for value in _sides(fact, transaction, decision, world)]
    return []


def _classes(transaction: Transaction, decision: Decision, world: World) -> Iterator[Lead]:
    """One place for each set of places that the tests of the headquarters do not tell apart."""
    groups = sorted({key for rule in world.rules.rules for key in _expected(rule.when, _SEATS)})
    classes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in world.places.tiers:
        found: dict[str, Truth] = world.groups(place, transaction.as_of)
        if all(found.get(group, False) is not None for group in groups):
            classes[tuple(group for group in groups if found.get(group))].append(place)
    for held, places in sorted(classes.items()):
        example = min(places, key=lambda place: (place not in _WELL_KNOWN, place))
        yield Lead(example, decision, held, len(places) - 1)


def _expected(test: Condition, operators: tuple[str, ...]) -> Iterator[str]:
    """What a test, or one below it, expects where it asks with one of some operators."""
    if test.operator in operators:
        yield from test.expects
    for operand in test.operands:
        yield from _expected(operand, operators)


def _sides(fact: Fact[Any], transaction: Transaction, decision: Decision, world: World) -> list[float]:
    """Numbers on either side of the bounds that rules set."""
    read = {stated.name: number for number, stated in STATED.items()} | {RECEIVED.name: "tpp-year"}
    own = decision.quantities.tpp_total or 0.0 if fact is RECEIVED else 0.0
    bounds = {bound - own for rule in world.rules.rules for bound in _bounds(rule.when, read.get(fact.name, ""))}
    return sorted({side for bound in bounds for side in (bound, bound + 1.0, bound - 1.0) if side >= 0})


def _bounds(test: Condition, number: str) -> Iterator[float]:
    if number and test.number == number:
        yield from (bound for bound in (test.at_least, test.at_most, test.below) if bound is not None)
    for operand in test.operands:
        yield from _bounds(operand, number)
