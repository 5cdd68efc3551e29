"""The card of one transaction: what it needs, with every rule tried and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.decide import Applied, Decision, decide
from dualuse.law.facts import Value
from dualuse.law.kinds import fact, facts
from dualuse.law.rules import RULES_QUERY
from dualuse.law.tests.number import RECEIVED
from dualuse.law.transaction import Transaction, World, read_world
from dualuse.law.truth import Truth
from dualuse.lens import Lens

_RESULTS: dict[Truth, str] = {True: "pass", False: "fail", None: "unknown"}
_APPLIES: dict[Truth, str] = {True: "applies", None: "unknown"}
_NOT_COVERED: dict[Truth, str] = {
    False: "it does not answer every requirement that applies",
    None: "whether it answers every requirement that applies is not known",
}
_MOST_UNITS = 10**12


@dataclass(init=False)
class Asked:
    """A transaction as a person states it: names, codes or labels.

    Args:
        item: Chip, or paragraph of the control list.
        quantity: Units.
        to: Destination.
        known: What else is known, by option of ``dualuse check`` or by name; None is not known.

    Raises:
        UsageError: a fact that no test asks for.
    """

    item: str
    quantity: int
    to: str
    known: dict[str, Value]

    def __init__(self, item: str, quantity: int, to: str, **known: Value | None) -> None:
        self.item, self.quantity, self.to = item, quantity, to
        self.known = {fact(word).name: value for word, value in known.items() if value is not None}


class Finder(Protocol):
    """Finds things by name, as :class:`dualuse.names.Names` does."""

    def key(self, kind: str, name: str) -> str:
        """Key of the one thing of a kind that a name means."""
        ...

    def find_any(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Kind and key of the one thing of several kinds that a name means."""
        ...


def resolve(names: Finder, asked: Asked, as_of: date, lens: str) -> Transaction:
    """Find the things a person named; a fact not given is what stands in for it, or is taken to be, if anything.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: a quantity or a fact that cannot be.
    """
    if not 1 <= asked.quantity <= _MOST_UNITS:
        raise UsageError(f"quantity {str(asked.quantity)[:20]}: from 1 to {_MOST_UNITS:,} units can be judged")
    found: list[tuple[str, Value]] = []
    for each in facts().values():
        given = asked.known.get(each.name)
        if given is None:
            given = each.default if each.instead is None else asked.known.get(each.instead.name)
        if given is not None:
            found.append((each.name, each.form.settle(each.option, given, names.key)))
    kind, key = names.find_any(("product", "item"), asked.item)
    return Transaction(
        as_of=as_of,
        lens=Lens.parse(lens),
        quantity=asked.quantity,
        to=names.key("place", asked.to),
        product=key if kind == "product" else None,
        item=key if kind == "item" else None,
        facts=tuple(found),
    )


def check_card(knowledge: Knowledge, asked: Asked, as_of: date, lens: str, world: World | None = None) -> Card[Any]:
    """What one transaction needs on a day and under a lens.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: a quantity or an end use that cannot be.
    """
    world = read_world(knowledge.store, knowledge.version.known_on, knowledge.registry) if world is None else world
    transaction = resolve(knowledge.names, asked, as_of, lens)
    decision = decide(transaction, world)
    answer = answer_of(decision)
    if decision.barred:
        answer["stands_between"] = [
            {"part": part.what, "why": part.consequence, "provision": part.citation} for part in decision.barred
        ]
    notes = _notes(decision, transaction, world, knowledge)
    if notes:
        answer["notes"] = [{"note": note.text} for note in notes]
    return knowledge.card(
        question={"command": "check", **_question(transaction)},
        as_of=as_of,
        lens=lens,
        answer=answer,
        because=unique([*_receipts(decision), *notes]),
        unknown=tuple(_gaps(decision, transaction, world, knowledge)),
        query=RULES_QUERY,
        tables=("stands_between", "requirements", "exceptions", "duties", "notes"),
        views={"exceptions": [_told(row) for row in answer["exceptions"]]},
    )


def answer_of(decision: Decision) -> dict[str, Any]:
    """The decision as plain values."""
    quantities = asdict(decision.quantities)
    return {
        "outcome": decision.outcome,
        "exception": decision.exception or None,
        "review_policy": decision.review_policy or None,
        "requirements": [
            {
                "rule": applied.rule.title,
                "provision": applied.rule.citation,
                "result": _APPLIES[applied.truth],
                "why": "; ".join(part.words for part in applied.finding.decisive(applied.truth)),
            }
            for applied in decision.requirements
        ],
        "exceptions": [
            {
                "code": applied.rule.code,
                "result": _RESULTS[applied.truth],
                "failed": _failed(applied),
                "provision": applied.rule.citation,
            }
            for applied in decision.exceptions
        ],
        "quantities": quantities,
        "duties": [
            {"what": duty.what, "bearer": duty.bearer, "due": duty.due.isoformat(), "provision": duty.rule.citation}
            for duty in decision.duties
        ],
    }


def _failed(applied: Applied) -> list[str]:
    """Conditions that failed, or that are unknown where none failed."""
    if applied.truth is True:
        return []
    words = [part.words for part in applied.finding.decisive(applied.truth)] if applied.met is applied.truth else []
    if applied.covers is applied.truth:
        words.append(_NOT_COVERED[applied.covers])
    return words or [f"whether {applied.rule.title!r} is in force on this day is not known"]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    why = "\n".join(row["failed"])
    return {"code": row["code"], "result": row["result"], "why": why, "provision": row["provision"]}


def _question(transaction: Transaction) -> dict[str, Any]:
    values: dict[str, Any] = {"quantity": transaction.quantity, "to": transaction.to}
    values |= {"product": transaction.product, "item": transaction.item, **transaction.stated}
    return {name: value for name, value in values.items() if value is not None}


def _receipts(decision: Decision) -> list[Receipt]:
    applied = [*decision.requirements, *decision.exceptions]
    applied += [policy for policy in decision.policies if policy.truth is not False]
    applied += [] if decision.allocation is None else [decision.allocation]
    rules = [each.rule for each in applied] + [duty.rule for duty in decision.duties]
    receipts = [Receipt(rule.iri, rule.title, rule.citation, rule.source, rule.confidence) for rule in rules]
    return [Receipt(p.iri, p.what, p.citation, p.source, p.confidence) for p in decision.barred] + receipts


def _notes(decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> list[Receipt]:
    """Requirements that would apply but for the status of their instrument: say which status, and since which act."""
    notes = []
    for key in dict.fromkeys((rule.instrument, rule.provision) for rule in decision.asleep):
        instrument, provision = key
        found = world.status(instrument, provision, transaction.as_of, transaction.lens)
        label = knowledge.names.label("instrument", instrument)
        for reading in found.readings:
            for event in reading.events:
                text = f"{label} is {found.status} under the lens {transaction.lens}: {event.on}, {event.text}"
                notes.append(Receipt(event.iri, text, event.provision, event.source, event.confidence))
    return notes


def _counts_the_year(decision: Decision, world: World) -> bool:
    """Whether the exception used, or a duty that comes with it, looks at what was received before."""
    used = {applied.rule.key for applied in decision.exceptions if applied.truth}
    rules = (rule for rule in world.rules.rules if rule.key in used or not used.isdisjoint(rule.applies_to))
    return any(rule.test.reads("tpp-year") for rule in rules)


def _gaps(decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> list[Unknown]:
    gaps: dict[str, str] = {f"not modelled: {each.what}": each.consequence for each in decision.barred}
    tried = [*decision.requirements, *decision.exceptions, *decision.policies, *(d.applied for d in decision.duties)]
    for applied in tried:
        if applied.active is None:
            gaps[f"whether {applied.rule.title!r} is in force"] = "its instrument's status is unknown on this day"
        if applied.truth is None:
            for part in applied.finding.decisive(None):
                gaps[part.words] = f"it decides {applied.rule.title!r}"
    if RECEIVED.of(transaction) is None and _counts_the_year(decision, world):
        gaps["what the ultimate consignee already received"] = "taken as nothing; give --already-received"
    if decision.allocation is not None and decision.outcome == "licence-required":
        gaps["how much of the country allocation is used"] = "the share is of the whole allocation"
    for left_out in world.rules.not_modelled:
        gaps[f"not modelled: {left_out.what}"] = left_out.consequence
    return [Unknown(what, why) for what, why in gaps.items()]
