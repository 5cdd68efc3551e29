"""The day is in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.law.kinds import Kind, Period

if TYPE_CHECKING:
    from dualuse.law.transaction import Transaction, World
    from dualuse.law.truth import Truth
    from dualuse.model.rules import Condition


def _check(test: Condition, transaction: Transaction, world: World) -> Truth:
    return None if test.period is None else test.period.on(transaction.as_of)


def _say(test: Condition, transaction: Transaction, world: World, truth: Truth) -> str:
    return transaction.as_of.isoformat()


KIND = Kind(
    name="between",
    order=150,
    form=Period(),
    meaning="The day is in this period, the second day exclusive.",
    check=_check,
    say=_say,
    holds="the day is in this period, its last day excluded",
)
