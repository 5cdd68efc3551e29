"""Run a rule's test on a transaction: true, false or unknown, with what was found in words.

:func:`holds` only decides; :func:`explain` also says why, test by test. Both ask the same checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from dualuse.law.kinds import Check, kinds
from dualuse.law.transaction import Transaction, World
from dualuse.law.truth import Truth, both, either, negate
from dualuse.model.rules import Condition
from dualuse.said import Phrase, phrase


@dataclass(frozen=True)
class Finding:
    """Outcome of a test, with what was found, and the findings of the tests it combines."""

    test: Condition
    truth: Truth
    found: str = ""
    parts: tuple[Finding, ...] = ()
    citation: str = ""
    """Paragraph of the test, where it has one of its own."""
    refused: bool = False
    """Whether the rule asks that the test does not hold."""

    def decisive(self, sought: Truth) -> Iterator[Finding]:
        """The single tests that make this outcome what it is."""
        if not self.parts:
            yield self
            return
        against = self.test.operator == "none"
        wanted = negate(sought) if against else sought
        for part in self.parts:
            if part.truth is wanted:
                yield from (replace(each, refused=each.refused != against) for each in part.decisive(wanted))

    @property
    def words(self) -> Phrase:
        """What the test asks and what was found."""
        cited = phrase("found.cited", where=self.citation) if self.citation else ""
        says = str(self.test.says)
        asked = phrase("found.must_not", asked=says) if self.refused else says
        return phrase("found.with" if self.found else "found.alone", asked=asked, found=self.found, cited=cited)


class Rest(NamedTuple):
    """What is left of a test that combines others, once some of them are settled."""

    operator: str
    operands: tuple[Test, ...]


Test = Condition | Rest


class _Checks(dict[str, Check]):
    """The check of each kind of test, looked up at the first use; it is asked millions of times for a large table."""

    def __missing__(self, operator: str) -> Check:
        self[operator] = kinds()[operator].check
        return self[operator]


_CHECKS = _Checks()


def holds(test: Test, transaction: Transaction, world: World) -> Truth:
    """Whether a test holds; stops at the first part that settles it."""
    operands = test.operands
    if not operands:
        return _CHECKS[test.operator](test, transaction, world)  # type: ignore[arg-type]  # a rest has some
    settles = test.operator != "all"
    open_part = False
    for operand in operands:
        truth = holds(operand, transaction, world)
        if truth is settles:
            return test.operator == "any"
        open_part = open_part or truth is None
    return None if open_part else test.operator != "any"


def left_of(test: Condition, transaction: Transaction, world: World) -> Test | bool:
    """What is left to ask once it is known what is shipped and when, which may settle a test.

    For every transaction of the same goods, while their list is the same, what is left holds as the test does.
    """
    if not test.operands:
        truth = _CHECKS[test.operator](test, transaction, world) if kinds()[test.operator].of_goods else None
        return test if truth is None else truth
    settles = test.operator != "all"
    left = []
    for operand in test.operands:
        part = left_of(operand, transaction, world)
        if part is settles:
            return test.operator == "any"
        if not isinstance(part, bool):
            left.append(part)
    if not left:
        return test.operator != "any"
    return left[0] if len(left) == 1 and test.operator != "none" else Rest(test.operator, tuple(left))


def is_steady(test: Test) -> bool:
    """Whether a test holds of any quantity as it does of one unit."""
    return all(map(is_steady, test.operands)) if test.operands else not kinds()[test.operator].of_quantity


def explain(test: Condition, transaction: Transaction, world: World) -> Finding:
    """Run a test and everything below it, with what was found."""
    if test.operands:
        parts = tuple(explain(operand, transaction, world) for operand in test.operands)
        truths = [part.truth for part in parts]
        if test.operator == "all":
            return Finding(test, both(truths), parts=parts)
        found = either(truths)
        return Finding(test, found if test.operator == "any" else negate(found), parts=parts)
    kind = kinds()[test.operator]
    truth = kind.check(test, transaction, world)
    cited = world.places.registry.citation(test.provision)
    return Finding(test, truth, kind.say(test, transaction, world, truth), citation=cited)
