"""Which facts that nobody stated could change a decision: each is tried with every value it can have.

A place is tried by classes: one of each set of places that the tests of the headquarters do not tell apart on the day.
A number is tried on either side of every bound that a rule sets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from dualuse.law.decide import Decision, decide
from dualuse.law.facts import Amount, Choice, Fact, Named, Value, YesNo
from dualuse.law.kinds import facts, kinds
from dualuse.law.tests.listed import LISTS
from dualuse.law.tests.number import RECEIVED, STATED, number
from dualuse.law.transaction import Transaction, World, stating
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


class Settling:
    """Finds the facts that could change a decision; the values of facts are worked out once.

    Args:
        world: Everything, not only what one transaction needs.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[tuple[str, date, float], tuple[Value, ...]] = {}
        self._seats: dict[tuple[str, date], dict[Value, tuple[tuple[str, ...], int]]] = {}

    def questions(self, transaction: Transaction, decision: Decision, *, only_open: bool = False) -> list[Question]:
        """The facts that could change the outcome, the most decisive first.

        Where no fact that is open could alone settle what is undecided, those that could together with one other are
        told.

        Args:
            only_open: Whether facts that the decision takes for granted are left out.
        """
        open_facts = frozenset(_open_facts(decision))
        asked = [fact for fact in facts().values() if _is_open(fact, transaction)]
        bearing = [fact for fact in asked if fact.name in open_facts]
        tried = (self._tried(fact, transaction, decision, open_facts) for fact in (bearing if only_open else asked))
        found = [question for question in tried if question is not None]
        if decision.outcome == _UNDECIDED and not any(question.open for question in found):
            found += self._together(bearing, transaction, decision, open_facts)
        return sorted(found, key=lambda question: question.rank)

    def _tried(
        self, fact: Fact[Any], transaction: Transaction, decision: Decision, open_facts: Set[str]
    ) -> Question | None:
        """A fact with what its values lead to; None if all lead to the same outcome as none."""
        leads = self._leads(fact, transaction)
        changed = any(lead.decision.outcome != decision.outcome for lead in leads)
        return Question(fact, leads, fact.name in open_facts) if changed else None

    def _together(
        self, bearing: list[Fact[Any]], transaction: Transaction, decision: Decision, open_facts: Set[str]
    ) -> Iterator[Question]:
        """Facts that settle nothing alone, each with the first other that settles it beside them."""
        for fact in bearing:
            leads = self._leads(fact, transaction)
            for lead in leads:
                stated = stating(transaction, fact, lead.value)
                others = (other for other in bearing if other is not fact)
                second = next((o for o in others if self._tried(o, stated, lead.decision, open_facts)), None)
                if second is not None:
                    yield Question(fact, leads, open=True, with_=second)
                    break

    def _leads(self, fact: Fact[Any], transaction: Transaction) -> tuple[Lead, ...]:
        found = []
        for value in self._values(fact, transaction):
            seats = self._seats.get((fact.name, transaction.as_of), {})
            groups, others = seats.get(value, ((), 0))
            found.append(Lead(value, decide(stating(transaction, fact, value), self._world), groups, others))
        return tuple(found)

    def _values(self, fact: Fact[Any], transaction: Transaction) -> tuple[Value, ...]:
        """Every value of a fact that could make a difference (remembered)."""
        own = number("tpp-total", transaction, self._world) or 0.0 if fact is RECEIVED else 0.0
        key = (fact.name, transaction.as_of, own)
        if key not in self._known:
            self._known[key] = tuple(self._find_values(fact, transaction.as_of, own))
        return self._known[key]

    def _find_values(self, fact: Fact[Any], day: date, own: float) -> Iterable[Value]:
        match fact.form:
            case Choice(values):
                return [value for value in values if LISTS.get(str(value), self._world.order) == self._world.order]
            case YesNo():
                return True, False
            case Named("place"):
                return self._seats.setdefault((fact.name, day), _classes(fact, day, self._world))
            case Named(kind):
                named = sorted({key for rule in self._world.rules.rules for key in rule.when.named(fact.name)})
                return (*named, another_than(kind)) if named else ()
            case Amount():
                return _sides(fact, own, self._world)
        return ()


def another_than(kind: str) -> str:
    """What stands for a thing of a kind that no rule names."""
    return f"another {kind}"


def _is_open(fact: Fact[Any], transaction: Transaction) -> bool:
    """Whether a fact was not stated, and is not answered by the one that stands in for it."""
    stands_in = fact.instead is not None and fact.instead.name not in transaction.stated
    return fact.name not in transaction.stated and not stands_in


def _open_facts(decision: Decision) -> Iterator[str]:
    """Names of the facts that the tests ask for which came out unknown; of a number those that state it."""
    for applied in (*decision.requirements, *decision.exceptions):
        if applied.truth is None:
            for part in applied.finding.decisive(None):
                if part.test.number:
                    yield from (fact.name for name, fact in STATED.items() if name == part.test.number)
                elif part.test.operator in kinds():
                    yield from (fact.name for fact in kinds()[part.test.operator].facts)


_BY_NAME = ("consignee", "made_in", "origin")
"""Kinds of test that name places one by one."""


def _classes(fact: Fact[Any], day: date, world: World) -> dict[Value, tuple[tuple[str, ...], int]]:
    """One of each set of places that tests do not tell apart: its groups, and how many more.

    Tests of the headquarters tell places apart by groups, and some tests of the fact by name.
    """
    groups = sorted({key for rule in world.rules.rules for key in _expected(rule.when, _SEATS)})
    asking = tuple(name for name in _BY_NAME if fact in kinds()[name].facts)
    named = {frozenset(found) for rule in world.rules.rules for found in _sets(rule.when, asking)}
    classes: dict[tuple[tuple[str, ...], frozenset[frozenset[str]]], list[str]] = defaultdict(list)
    for place in world.places.tiers:
        found: dict[str, Truth] = world.groups(place, day)
        if all(found.get(group, False) is not None for group in groups):
            held = tuple(group for group in groups if found.get(group))
            classes[held, frozenset(places for places in named if place in places)].append(place)
    return {
        min(places, key=lambda place: (place not in _WELL_KNOWN, place)): (held, len(places) - 1)
        for (held, _), places in sorted(classes.items(), key=lambda each: (each[0][0], each[1]))
    }


def _sets(test: Condition, operators: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """The sets that a test, or one below it, expects one of where it asks with one of some operators."""
    if test.operator in operators:
        yield test.expects
    for operand in test.operands:
        yield from _sets(operand, operators)


def _expected(test: Condition, operators: tuple[str, ...]) -> Iterator[str]:
    """What a test, or one below it, expects where it asks with one of some operators."""
    return (key for found in _sets(test, operators) for key in found)


def _sides(fact: Fact[Any], own: float, world: World) -> list[float]:
    """Numbers on either side of the bounds that rules set."""
    read = {stated.name: name for name, stated in STATED.items()} | {RECEIVED.name: "tpp-year"}
    bounds = {bound - own for rule in world.rules.rules for bound in _bounds(rule.when, read.get(fact.name, ""))}
    return sorted({side for bound in bounds for side in (bound, bound + 1.0, bound - 1.0) if side >= 0})


def _bounds(test: Condition, number: str) -> Iterator[float]:
    if number and test.number == number:
        yield from (bound for bound in (test.at_least, test.at_most, test.below) if bound is not None)
    for operand in test.operands:
        yield from _bounds(operand, number)
