"""What is not known of a transaction that bears on its decision, and what is taken for granted meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.law.decide import Decision
from dualuse.law.finding import Finding
from dualuse.law.kinds import Number, kinds
from dualuse.law.letters import letters_to_others
from dualuse.law.tests.exporter import EXPORTER
from dualuse.law.tests.number import RECEIVED
from dualuse.law.transaction import Transaction, World
from dualuse.law.truth import Truth, both, either, negate
from dualuse.said import Named, Phrase, phrase, quoted, same


def caveats(decision: Decision, transaction: Transaction, world: World) -> dict[str, str]:
    """What is not known -> what was taken instead."""
    found: dict[str, str] = {}
    if RECEIVED.of(transaction) is None and _counts_the_year(decision, world):
        found[phrase("open.received")] = phrase("open.received_taken")
    used = decision.used
    if used is not None and _were_it_stated(used.finding, transaction) is None:
        found[_whether(used.finding, transaction)] = phrase("open.shut_out", code=same(str(used.rule.code)))
    return found


def open_questions(decision: Decision, transaction: Transaction, world: World) -> dict[str, str]:
    """What is not known -> why it matters; without the parts of the law that no decision here looks at."""
    found: dict[str, str] = {phrase("open.not_modelled", what=each.what): each.consequence for each in decision.barred}
    tried = [*decision.requirements, *decision.exceptions, *decision.policies, *(d.applied for d in decision.duties)]
    for applied in tried:
        if applied.active is None:
            found[phrase("open.in_force", title=quoted(applied.rule.title))] = phrase("open.status_unknown")
        if applied.truth is None:
            for part in applied.finding.decisive(None):
                found[part.words] = phrase("open.decides", title=quoted(applied.rule.title))
    for applied in decision.policies:
        if applied.active and applied.met is False and _were_it_stated(applied.finding, transaction) is None:
            found[_whether(applied.finding, transaction)] = phrase(
                "open.judged_under", title=quoted(applied.rule.title)
            )
    for rule in decision.review_open:
        found[phrase("open.how_decided", title=quoted(rule.title))] = phrase("open.stricter")
    for letter in letters_to_others(decision, transaction, world):
        shipping = EXPORTER.of(transaction)
        who = Named.of({("organisation", shipping): shipping}) if shipping else phrase("open.nobody_stated")
        found[phrase("open.sent_letter", who=who, title=quoted(letter.title))] = phrase("open.letter_binds")
    found |= caveats(decision, transaction, world)
    if decision.allocation is not None and decision.outcome == "licence-required":
        found[phrase("open.allocation")] = phrase("open.of_whole")
    return found


def _whether(finding: Finding, transaction: Transaction) -> Phrase:
    """Whether everything holds that was not stated."""
    asked = Phrase.listed(dict.fromkeys(_to_state(finding, transaction)), between=" and ", han="；")
    return phrase("open.whether", asked=asked)


def unstated(kind: str, transaction: Transaction) -> bool:
    """Whether a kind of test looks only at facts that were not stated."""
    found = kinds().get(kind)
    asked = found.facts if found is not None and not isinstance(found.form, Number) else ()
    return bool(asked) and all(fact.of(transaction) is None for fact in asked)


def _were_it_stated(finding: Finding, transaction: Transaction) -> Truth:
    """Whether a test holds, what was not stated taken as not known."""
    if not finding.parts:
        return None if unstated(finding.test.operator, transaction) else finding.truth
    parts = [_were_it_stated(part, transaction) for part in finding.parts]
    match finding.test.operator:
        case "all":
            return both(parts)
        case "any":
            return either(parts)
        case _:
            return negate(either(parts))


def _to_state(finding: Finding, transaction: Transaction) -> Iterator[str]:
    """What tests ask that look only at facts which were not stated."""
    if not finding.parts and unstated(finding.test.operator, transaction):
        yield str(finding.test.says)
    for part in finding.parts:
        yield from _to_state(part, transaction)


def _counts_the_year(decision: Decision, world: World) -> bool:
    """Whether the exception used, or a duty that comes with it, looks at what was received before."""
    used = {applied.rule.node.key for applied in decision.exceptions if applied.truth}
    rules = (rule for rule in world.rules.rules if rule.node.key in used or not used.isdisjoint(rule.applies_to))
    return any(rule.when.reads("tpp-year") for rule in rules)
