"""Letters that bind whoever they were sent to, and what they tell everyone else who ships the same thing."""

from __future__ import annotations

from dualuse.law.decide import Decision
from dualuse.law.finding import holds
from dualuse.law.tests.exporter import EXPORTER
from dualuse.law.transaction import Transaction, World, stating
from dualuse.model.rules import DecisionRule

_KINDS = ("exporter", "addressee")
"""Kinds of test that ask who ships."""
_SETTLED = ("licence-required", "not-subject")


def letters_to_others(decision: Decision, transaction: Transaction, world: World) -> list[DecisionRule]:
    """Requirements that would apply, or might, were the exporter the one whom they name.

    None that leave the outcome open by themselves where no exporter was stated, and none where a licence is needed
    anyway.
    """
    if decision.outcome in _SETTLED:
        return []
    found = []
    for rule, _ in world.docket(transaction.as_of, transaction.lens).of("requirement"):
        named = [stating(transaction, EXPORTER, each) for kind in _KINDS for each in rule.when.named(kind)]
        reaches = any(holds(rule.when, sent, world) is not False for sent in named)
        if reaches and holds(rule.when, transaction, world) is False:
            found.append(rule)
    return found
