"""What a decision takes for granted because nobody said otherwise."""

from __future__ import annotations

from dualuse.law.decide import Decision
from dualuse.law.tests.number import RECEIVED
from dualuse.law.transaction import Transaction, World


def caveats(decision: Decision, transaction: Transaction, world: World) -> dict[str, str]:
    """What is not known -> what was taken instead."""
    if RECEIVED.of(transaction) is None and _counts_the_year(decision, world):
        return {"what the ultimate consignee already received": "taken as nothing; give --already-received"}
    return {}


def _counts_the_year(decision: Decision, world: World) -> bool:
    """Whether the exception used, or a duty that comes with it, looks at what was received before."""
    used = {applied.rule.node.key for applied in decision.exceptions if applied.truth}
    rules = (rule for rule in world.rules.rules if rule.node.key in used or not used.isdisjoint(rule.applies_to))
    return any(rule.when.reads("tpp-year") for rule in rules)
