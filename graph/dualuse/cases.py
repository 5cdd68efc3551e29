"""Run the cases of the data: each a transaction that someone knows the answer to, beside the rule that it tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import resolve
from dualuse.law.decide import Applied, Decision, decide
from dualuse.law.transaction import World
from dualuse.law.truth import Truth
from dualuse.lens import Lens
from dualuse.model.cases import Case, Cases, Expected
from dualuse.shipments import asked

_APPLIES: dict[Truth, str] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class Trial:
    """A case to be run: its place among those of a rule, counted from 1."""

    rule: str
    number: int
    case: Case

    def __str__(self) -> str:
        """Render as ``rule.number``."""
        return f"{self.rule}.{self.number}"

    @property
    def words(self) -> str:
        """The transaction, as its facts state it."""
        told = ", ".join(f"{name} {value}" for name, value in self.case.facts.items())
        return f"{told}, on {self.case.day} as {self.case.lens}"

    def faults(self, knowledge: Knowledge) -> list[str]:
        """What came out otherwise than the case expects, in words; nothing if all is as it should be.

        It is judged by the law that the rule is part of.
        """
        case, world = self.case, _law_of(self.rule, knowledge)
        day, lens = case.day.earliest, Lens.parse(case.lens)
        try:
            transaction = resolve(knowledge.names, asked(case.facts), day, lens, world.home)
        except UsageError as error:
            return [str(error)]
        decision = decide(transaction, world)
        found = _found(self.rule, decision)
        return [
            f"{name.replace('_', ' ')} is {_told(found[name])}, {_told(wanted)} is expected"
            for name, wanted in _wanted(case.expect).items()
            if found[name] != wanted
        ]


def _law_of(rule: str, knowledge: Knowledge) -> World:
    """The law that a rule is part of; that of the United States where there is no such rule."""
    laws = knowledge.laws
    if rule in knowledge.law.rules.by_key or rule not in laws.rules.by_key:
        return knowledge.law
    return laws.under(min(laws.rules.orders[laws.rules.by_key[rule].instrument]))


def trials(cases: Mapping[str, Cases]) -> Iterator[Trial]:
    """Every case of some files, in order."""
    for rule, file in cases.items():
        for number, case in enumerate(file.cases, 1):
            yield Trial(rule, number, case)


def _wanted(expected: Expected) -> dict[str, object]:
    """What a case expects, by name; what it leaves blank is left out."""
    values = {
        "outcome": expected.outcome,
        "exception": expected.exception,
        "review_policy": expected.review_policy,
        "applies": expected.applies,
        "due": None if expected.due is None else expected.due.edtf,
        "duties": set(expected.duties) or None,
        "stands_between": set(expected.stands_between) or None,
        "gaps": set(expected.gaps) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _found(rule: str, decision: Decision) -> dict[str, object]:
    """What came out, by the same names."""
    due = {duty.rule.node.key: duty.due.isoformat() for duty in decision.duties}
    barred: dict[str, list[str]] = {"not-modelled": [], "decision-rule": []}
    for part in decision.barred:
        barred[part.behind.node.kind].append(part.behind.node.key)
    return {
        "outcome": decision.outcome,
        "exception": decision.exception,
        "review_policy": decision.review_policy or ("open" if decision.outcome == "licence-required" else "none"),
        "applies": _APPLIES[next((each.truth for each in _tried(decision) if each.rule.node.key == rule), False)],
        "due": due.get(rule, "never"),
        "duties": set(due),
        "stands_between": set(barred["not-modelled"]),
        "gaps": set(barred["decision-rule"]),
    }


def _tried(decision: Decision) -> Iterator[Applied]:
    yield from (*decision.requirements, *decision.exceptions, *decision.policies)
    yield from () if decision.allocation is None else (decision.allocation,)
    yield from (duty.applied for duty in decision.duties)


def _told(value: object) -> str:
    return ", ".join(sorted(value)) or "none" if isinstance(value, set) else str(value) or "none"
