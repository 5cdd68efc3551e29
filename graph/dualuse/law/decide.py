"""Decide what one transaction needs: requirements, exceptions in order, review policy, quantities, duties, gaps.

The evaluator knows no rule of law: it runs the tests that the rules carry. A rule counts while its instrument (or the
provision it rests on) is in force under the lens and no rule that displaces it counts. What is unknown makes the answer
``indeterminate`` only where it could change the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dualuse.law.rules import Rule
from dualuse.law.tests import Finding, number, run
from dualuse.law.transaction import H100_EQUIVALENT_TPP, Transaction, World, units
from dualuse.law.truth import Truth, both, either, negate


@dataclass(frozen=True)
class Applied:
    """A rule tried on a transaction: whether it applies, and why."""

    rule: Rule
    truth: Truth
    active: Truth
    finding: Finding


@dataclass(frozen=True)
class DutyDue:
    """A duty that follows, with the day it falls due (None: before or with the shipment, no day counted)."""

    rule: Rule
    what: str
    bearer: str
    due: date


@dataclass(frozen=True)
class Quantities:
    """Numbers of a transaction; None is not known or not meant."""

    tpp_per_unit: float | None
    tpp_total: float | None
    h100_equivalents: float | None
    allocation_share: float | None
    lpp_limit_units: int | None


@dataclass(frozen=True)
class Decision:
    """What a transaction needs."""

    outcome: str
    exception: str
    review_policy: str
    requirements: tuple[Applied, ...]
    exceptions: tuple[Applied, ...]
    policies: tuple[Applied, ...]
    allocation: Applied | None
    quantities: Quantities
    duties: tuple[DutyDue, ...]
    asleep: tuple[Rule, ...]
    """Requirements whose tests are met but whose instrument is not in force under the lens."""


def decide(transaction: Transaction, world: World) -> Decision:
    """Decide what a transaction needs."""
    book = world.rules
    excluded = [_apply(rule, transaction, world) for rule in book.of("exclusion")]
    tried = [_apply(rule, transaction, world) for rule in book.of("requirement")]
    required = either(applied.truth for applied in tried)
    relevant = tuple(applied for applied in tried if applied.truth is not False)
    exceptions = tuple(_exceptions(transaction, world, relevant)) if required is not False else ()
    outcome = _outcome(either(a.truth for a in excluded), required, exceptions)
    passed = next((applied for applied in exceptions if applied.truth is True), None)
    policies = tuple(_answering("review-policy", transaction, world, relevant))
    allocation = next((a for a in _answering("allocation", transaction, world, relevant) if a.truth is True), None)
    policy = "" if outcome != "licence-required" else _policy(policies)
    chosen = {passed.rule.key} if passed is not None and outcome == "licence-exception" else set()
    return Decision(
        outcome=outcome,
        exception=passed.rule.code if passed is not None and outcome == "licence-exception" else "",
        review_policy=policy,
        requirements=(*(a for a in excluded if a.truth is not False), *relevant),
        exceptions=exceptions,
        policies=policies,
        allocation=allocation,
        quantities=_quantities(transaction, world, allocation),
        duties=tuple(_duties(transaction, world, chosen or {a.rule.key for a in relevant} if relevant else set())),
        asleep=tuple(_asleep(transaction, world, tried)),
    )


def _apply(rule: Rule, transaction: Transaction, world: World) -> Applied:
    active = _active(rule, transaction, world)
    finding = run(rule.test, transaction, world)
    return Applied(rule, both((active, finding.truth)), active, finding)


def _active(rule: Rule, transaction: Transaction, world: World) -> Truth:
    day, lens = transaction.as_of, transaction.lens
    own = world.operative(rule, day, lens)
    displaced = either(world.operative(other, day, lens) for other in world.rules.rules if rule.key in other.displaces)
    return both((own, negate(displaced)))


def _exceptions(transaction: Transaction, world: World, requirements: tuple[Applied, ...]) -> list[Applied]:
    """Exceptions that answer every requirement, in order; those out of force are left out."""
    needed = [a.rule.key for a in requirements if a.truth is True] or [a.rule.key for a in requirements]
    found = []
    for rule in world.rules.of("exception"):
        if rule.applies_to.intersection(needed) and _active(rule, transaction, world) is not False:
            applied = _apply(rule, transaction, world)
            covers = set(needed) <= rule.applies_to
            found.append(applied if covers else Applied(rule, False, applied.active, applied.finding))
    return found


def _answering(kind: str, transaction: Transaction, world: World, requirements: tuple[Applied, ...]) -> list[Applied]:
    needed = {applied.rule.key for applied in requirements}
    return [
        _apply(rule, transaction, world)
        for rule in world.rules.of(kind)
        if rule.applies_to & needed and _active(rule, transaction, world) is not False
    ]


def _outcome(excluded: Truth, required: Truth, exceptions: tuple[Applied, ...]) -> str:
    """The outcome; indeterminate where what is unknown could change it."""
    if excluded is True:
        return "not-subject"
    if required is False:
        return "no-licence-required"
    excepted = either(applied.truth for applied in exceptions)
    if excluded is None or required is None:
        return "indeterminate"
    if excepted is True:
        return "licence-exception"
    return "indeterminate" if excepted is None else "licence-required"


def _policy(policies: tuple[Applied, ...]) -> str:
    """The first policy that applies; empty when an unknown one stands before it and says otherwise."""
    doubtful = set()
    for applied in policies:
        if applied.truth is None:
            doubtful.add(applied.rule.review_policy)
        elif applied.truth:
            return applied.rule.review_policy if doubtful <= {applied.rule.review_policy} else ""
    return ""


def _quantities(transaction: Transaction, world: World, allocation: Applied | None) -> Quantities:
    each, total = (number(name, transaction, world) for name in ("tpp-per-unit", "tpp-total"))
    limit = next((r.limit for r in world.rules.of("exception") if r.code == "LPP" and r.limit is not None), None)
    share = None
    if allocation is not None and total is not None and allocation.rule.limit:
        share = round(total / allocation.rule.limit, 6)
    return Quantities(
        tpp_per_unit=each,
        tpp_total=total,
        h100_equivalents=None if total is None else round(total / H100_EQUIVALENT_TPP, 2),
        allocation_share=share,
        lpp_limit_units=None if not each or limit is None else units(each, limit),
    )


def _duties(transaction: Transaction, world: World, used: set[str]) -> list[DutyDue]:
    found = []
    for rule in world.rules.of("duty"):
        if rule.duty is not None and rule.applies_to & used and _apply(rule, transaction, world).truth is not False:
            step = timedelta(days=rule.duty.days)
            counted = transaction.as_of + step if rule.duty.after else transaction.as_of - step
            found.append(DutyDue(rule, rule.duty.what, rule.duty.bearer, counted))
    return found


def _asleep(transaction: Transaction, world: World, tried: list[Applied]) -> list[Rule]:
    """Requirements that would apply if their instrument were in force under the lens."""
    return [
        applied.rule
        for applied in tried
        if applied.finding.truth is True
        and applied.rule.current(transaction.as_of)
        and world.operative(applied.rule, transaction.as_of, transaction.lens) is False
        and world.status(applied.rule.instrument, applied.rule.provision, transaction.as_of, transaction.lens).status
        not in ("not-yet", "ended")
    ]
