"""Decide what one transaction needs: requirements, exceptions in order, review policy, quantities, duties, gaps.

The evaluator knows no rule of law: it runs the tests that the rules carry. A rule counts while its instrument (or the
provision it rests on) is in force under the lens and no rule that displaces it counts. What is unknown makes the answer
``indeterminate`` only where it could change the outcome. Nothing is cleared where a part of the law that no rule holds
can reach the transaction: that is ``indeterminate`` too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from dualuse.law.facts import Choice
from dualuse.law.finding import Finding, explain, holds, is_steady, left_of
from dualuse.law.kinds import kinds
from dualuse.law.tests.number import number
from dualuse.law.transaction import H100_EQUIVALENT_TPP, Docket, Left, Transaction, World, stating, units
from dualuse.law.truth import Truth, either
from dualuse.model.rules import DecisionRule, NotModelled
from dualuse.model.values import ReviewPolicy


@dataclass(frozen=True)
class Applied:
    """A rule tried on a transaction.

    Args:
        active: Whether it counts on the day under the lens.
        met: Whether its test holds.
        covers: Whether it answers every requirement (exceptions).
    """

    rule: DecisionRule
    active: Truth
    met: Truth
    covers: Truth
    transaction: Transaction = field(repr=False, compare=False)
    world: World = field(repr=False, compare=False)

    @property
    def truth(self) -> Truth:
        """Whether the rule applies."""
        if self.met is False or self.active is False or self.covers is False:
            return False
        return True if self.met and self.active and self.covers else None

    @cached_property
    def finding(self) -> Finding:
        """Why its test holds or not, test by test."""
        return explain(self.rule.when, self.transaction, self.world)


@dataclass(frozen=True)
class DutyDue:
    """A duty that follows, or may, with the day it falls due."""

    applied: Applied
    what: str
    bearer: str
    due: date

    @property
    def rule(self) -> DecisionRule:
        """The rule that brings it."""
        return self.applied.rule


@dataclass(frozen=True)
class Gap:
    """A part of the law that is not modelled and stands between a transaction and a clearance."""

    what: str
    consequence: str
    citation: str
    behind: DecisionRule | NotModelled

    @classmethod
    def of(cls, told: DecisionRule | NotModelled, world: World) -> Gap:
        """The part that a rule of the kind ``gap``, or a row of what is not modelled, tells of."""
        if isinstance(told, NotModelled):
            return cls(told.what, told.consequence, told.citation, told)
        return cls(told.title, told.consequence or "", world.places.registry.citation(told.provision), told)


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
    used: Applied | None
    """The licence exception that spares the licence."""
    review_policy: str
    requirements: tuple[Applied, ...]
    exceptions: tuple[Applied, ...]
    policies: tuple[Applied, ...]
    allocation: Applied | None
    quantities: Quantities
    duties: tuple[DutyDue, ...]
    asleep: tuple[DecisionRule, ...]
    """Requirements whose tests are met but whose instrument is not in force under the lens."""
    barred: tuple[Gap, ...] = ()
    """Parts of the law that are not modelled and stand between the transaction and a clearance."""
    review_open: tuple[DecisionRule, ...] = ()
    """Requirements and gaps that leave open how an application is decided."""
    searched: tuple[DecisionRule, ...] = ()
    """Requirements of the day among which none was found that applies, where none is."""

    @property
    def exception(self) -> str:
        """Code of the licence exception that spares the licence; empty where none does."""
        return "" if self.used is None else self.used.rule.code or ""


def decide(transaction: Transaction, world: World) -> Decision:
    """Decide what a transaction needs."""
    decision = _decide(transaction, world)
    return _by_cases(decision, transaction, world) if decision.outcome == "indeterminate" else decision


def _by_cases(decision: Decision, transaction: Transaction, world: World) -> Decision:
    """A decision that is open by a fact of a few values: what it comes to with each of them, it comes to."""
    found = decision.requirements
    open_tests = {part.test.operator for one in found if one.truth is None for part in one.finding.decisive(None)}
    for kind in (kinds()[name] for name in open_tests if name in kinds() and kinds()[name].cases):
        for fact in kind.facts:
            values = fact.form.values if isinstance(fact.form, Choice) else ()
            ways = [_decide(stating(transaction, fact, value), world) for value in values]
            if len({(way.outcome, way.exception) for way in ways}) == 1 and ways[0].outcome != "indeterminate":
                return _agreed(decision, ways)
    return decision


def _agreed(decision: Decision, ways: Sequence[Decision]) -> Decision:
    """An open decision as far as all ways to close it agree; duties of any of them may follow."""
    policies = {way.review_policy for way in ways}
    duties = {duty.rule.node.key: duty for way in ways for duty in way.duties}
    return replace(
        decision,
        outcome=ways[0].outcome,
        used=ways[0].used,
        review_policy=policies.pop() if len(policies) == 1 else "",
        review_open=max((way.review_open for way in ways), key=len),
        duties=tuple(duties.values()),
        barred=(),
        searched=ways[0].searched,
    )


def _decide(transaction: Transaction, world: World) -> Decision:
    """Decide by what is stated alone."""
    docket = world.docket(transaction.as_of, transaction.lens)
    case = _Case(transaction, world, docket, _left(docket, transaction, world))
    excluded = case.tried("exclusion")
    required = case.tried("requirement")
    sure = {applied.rule.node.key for applied in required if applied.truth}
    needed = sure or {applied.rule.node.key for applied in required}
    if _either(excluded):
        needed = set()
    exceptions = case.answering("exception", needed, sure, {applied.rule.node.key for applied in required} - sure)
    outcome = _outcome(_either(excluded), _either(required), _either(exceptions))
    gaps = [applied.rule for applied in case.tried("gap")]
    told: list[DecisionRule | NotModelled] = [*gaps, *world.barred(transaction)]
    barred = () if outcome in _STANDS else tuple(Gap.of(each, world) for each in told)
    outcome = "indeterminate" if barred else outcome
    passed = case.least([applied for applied in exceptions if applied.truth]) if outcome == _EXCEPTED else None
    policies = case.answering("review-policy", needed)
    review = _Review()
    if outcome == "licence-required":
        doubtful = {applied.rule.node.key for applied in required} - sure
        review = _reviewed(required, [*policies, *case.answering("review-policy", doubtful)], gaps)
    allocation = next((applied for applied in case.answering("allocation", needed) if applied.truth), None)
    judged = (each for each in policies if each.truth and review.policy in ("", each.rule.review_policy))
    uses = (*required, *judged) if passed is None else (passed,)
    used = {applied.rule.node.key for applied in uses}
    duties = case.answering("duty", used) if outcome != "not-subject" else ()
    return Decision(
        outcome=outcome,
        used=passed,
        review_policy=review.policy,
        review_open=review.left_open,
        requirements=(*excluded, *required),
        exceptions=exceptions,
        policies=policies,
        allocation=allocation,
        quantities=_quantities(case, allocation),
        duties=tuple(_due(applied, transaction.as_of) for applied in duties if applied.truth is not False),
        asleep=tuple(left.rule for left in case.left[_ASLEEP] if case.met(left)),
        barred=barred,
        searched=tuple(rule for rule, _ in case.docket.of("requirement")) if outcome == "no-licence-required" else (),
    )


_EXCEPTED = "licence-exception"
_STANDS = ("not-subject", "licence-required")
"""Outcomes that no part of the law left out could turn into a need for a licence."""


@dataclass(frozen=True)
class _Case:
    """A transaction and the rules that count on its day."""

    transaction: Transaction
    world: World
    docket: Docket
    left: Mapping[str, tuple[Left, ...]]

    def met(self, left: Left) -> Truth:
        """Whether the test of a rule holds (remembered for other quantities, if it does not turn on them)."""
        if isinstance(left.test, bool):
            return left.test
        if not left.steady:
            return holds(left.test, self.transaction, self.world)
        known = self.transaction.known
        if id(left) not in known:
            known[id(left)] = left, holds(left.test, self.transaction, self.world)
        return known[id(left)][1]

    def _apply(self, left: Left, met: Truth, covers: Truth = True) -> Applied:
        return Applied(left.rule, left.active, met, covers, self.transaction, self.world)

    def tried(self, kind: str) -> tuple[Applied, ...]:
        """Rules of a kind that apply, or may."""
        found = ((left, self.met(left)) for left in self.left.get(kind, ()))
        return tuple(self._apply(left, met) for left, met in found if met is not False)

    def least(self, passing: Sequence[Applied]) -> Applied | None:
        """The exception that asks least: one without a duty (certificate, notice) before one with, else the first."""

        def asks(applied: Applied) -> bool:
            return any(each.truth is not False for each in self.answering("duty", {applied.rule.node.key}))

        return min(passing, key=asks, default=None)

    def answering(
        self, kind: str, needed: Set[str], sure: Collection[str] = (), doubtful: Collection[str] = ()
    ) -> tuple[Applied, ...]:
        """Rules of a kind made for one of some rules; whether each covers all that are sure, and all that may be."""
        if not needed:
            return ()
        return tuple(
            self._apply(left, self.met(left), _covers(left.rule, sure, doubtful))
            for left in self.left.get(kind, ())
            if not needed.isdisjoint(left.rule.applies_to)
        )


_ASLEEP = "asleep"
_SHOWN = ("exception", "review-policy")
"""Kinds whose rules are shown where they fail."""


def _left(docket: Docket, transaction: Transaction, world: World) -> Mapping[str, tuple[Left, ...]]:
    """What is left to ask of the rules that count, by kind, once it is known what is shipped (remembered)."""
    goods = world.goods(transaction)
    if goods not in docket.left:
        asleep = tuple((rule, False) for rule in docket.asleep)
        docket.left[goods] = {
            kind: tuple(
                Left(rule, active, test, isinstance(test, bool) or is_steady(test))
                for rule, active in rules
                if (test := left_of(rule.when, transaction, world)) is not False or kind in _SHOWN
            )
            for kind, rules in {**docket.rules, _ASLEEP: asleep}.items()
        }
    return docket.left[goods]


def _covers(rule: DecisionRule, sure: Collection[str], doubtful: Collection[str]) -> Truth:
    if not all(each in rule.applies_to for each in sure):
        return False
    return True if all(each in rule.applies_to for each in doubtful) else None


def _either(found: Iterable[Applied]) -> Truth:
    return either(applied.truth for applied in found)


def _outcome(excluded: Truth, required: Truth, excepted: Truth) -> str:
    """The outcome; indeterminate where what is unknown could change it."""
    if excluded is True:
        return "not-subject"
    if required is False:
        return "no-licence-required"
    if excluded is None or required is None:
        return "indeterminate"
    if excepted is True:
        return _EXCEPTED
    return "indeterminate" if excepted is None else "licence-required"


def _due(applied: Applied, day: date) -> DutyDue:
    rule = applied.rule
    if rule.duty is None or rule.bearer is None or rule.due is None:
        raise ValueError(f"the rule {rule.node.key} is of kind duty and has none")
    return DutyDue(applied, rule.duty, rule.bearer, rule.due.on(day))


_STRICTNESS: tuple[ReviewPolicy, ...] = (
    "presumption-of-approval",
    "case-by-case",
    "presumption-of-denial",
    "policy-of-denial",
)
"""Review policies, the most lenient first."""


@dataclass(frozen=True)
class _Review:
    """How an application is decided: the strictest policy over the requirements, each by the first made for it."""

    policy: str = ""
    left_open: tuple[DecisionRule, ...] = ()


def _reviewed(requirements: Iterable[Applied], policies: Sequence[Applied], gaps: Iterable[DecisionRule]) -> _Review:
    """The strictest policy, given only where nothing else could be stricter.

    That could be a requirement that applies and has none on record, one that may apply and has, or a gap, whose policy
    is the strictest that it can bring, or not known.
    """
    found = [(each, _first_policy(each, policies)) for each in requirements]
    sure = [policy for each, policy in found if each.truth and policy is not None]
    if not sure:
        return _Review("", tuple(each.rule for each, _ in found if each.truth))
    strictest = max(sure, key=_STRICTNESS.index)
    weighed = [(each.rule, policy) for each, policy in found if each.truth or policy]
    weighed += [(gap, gap.review_policy) for gap in gaps]
    left_open = tuple(rule for rule, policy in weighed if _may_exceed(policy, strictest))
    return _Review("" if left_open else strictest, left_open)


def _may_exceed(policy: ReviewPolicy | None, strictest: ReviewPolicy) -> bool:
    """Whether a policy, which may not be known, can be stricter than another."""
    return _STRICTNESS.index(policy or _STRICTNESS[-1]) > _STRICTNESS.index(strictest)


def _first_policy(requirement: Applied, policies: Iterable[Applied]) -> ReviewPolicy | None:
    """The first policy that applies to a requirement; none where one that may stands before it and says otherwise."""
    doubtful: set[ReviewPolicy | None] = set()
    for applied in policies:
        if applied.truth is False or requirement.rule.node.key not in applied.rule.applies_to:
            continue
        policy = applied.rule.review_policy
        if applied.truth:
            return policy if doubtful <= {policy} else None
        doubtful.add(policy)
    return None


def _quantities(case: _Case, allocation: Applied | None) -> Quantities:
    each, total = (number(name, case.transaction, case.world) for name in ("tpp-per-unit", "tpp-total"))
    limit = next((rule.limit for rule, _ in case.docket.of("exception") if rule.code == "LPP"), None)
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
