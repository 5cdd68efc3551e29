"""What a transaction needs under the lenses that were not asked, where that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dualuse.card import aside
from dualuse.lens import Lens
from dualuse.questions.parts.standing import in_words
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said, find, join, same, word

if TYPE_CHECKING:
    from dualuse.card import Receipt
    from dualuse.knowledge import Knowledge
    from dualuse.law.decide import Decision
    from dualuse.law.transaction import Transaction, World

_EXCEPTION = Said("licence exception {code}", "許可證例外 {code}", "许可例外 {code}")
_UNDER = Said("Under the lens {lens}: {outcome}.", "以「{lens}」視角：{outcome}。", "以“{lens}”视角：{outcome}。")
_BECAUSE = Said(" ({why})", "（{why}）", "（{why}）")
_STANDS = Said("{instrument}: {status}", "{instrument}：{status}", "{instrument}：{status}")


@dataclass(frozen=True)
class Under:
    """What a transaction needs under another lens, and the status of the law that makes the difference."""

    lens: str
    outcome: str
    exception: str | None
    review_policy: str | None
    duties: Sequence[str]
    why: Sequence[str]
    said: Phrase | None = aside()
    """The outcome with its reason, in three languages; the lens left out."""


def other_lenses(
    decision: Decision,
    transaction: Transaction,
    world: World,
    knowledge: Knowledge,
    decided: Callable[[Lens], Decision],
) -> list[Under]:
    """What the lenses that were not asked give, where outcome, exception or review policy differ.

    Args:
        decision: The decision under the lens that was asked.
        transaction: What was decided.
        world: What the law needs of the graph.
        knowledge: The graph.
        decided: Decides it under another lens.
    """
    found = []
    for lens in Lens:
        if lens == transaction.lens:
            continue
        other = decided(lens)
        if _comes_to(other) != _comes_to(decision):
            found.append(_under(other, lens, list(_why(decision, other, transaction, lens, world, knowledge))))
    return found


def _comes_to(decision: Decision) -> tuple[str, str, str]:
    return decision.outcome, decision.exception, decision.review_policy


def _under(decision: Decision, lens: Lens, why: list[Phrase]) -> Under:
    outcome = small(find("outcome", decision.outcome) or same(decision.outcome))
    if decision.exception:
        outcome = _EXCEPTION.fill(code=decision.exception)
    policy = find("review_policy", decision.review_policy)
    if policy is not None:
        outcome = join((outcome, policy))
    told = [Phrase.of(_BECAUSE, why=Phrase.listed(why, between="; ", han="；"))] if why else []
    return Under(
        lens=lens.value,
        outcome=decision.outcome,
        exception=decision.exception or None,
        review_policy=decision.review_policy or None,
        duties=list(dict.fromkeys(duty.what for duty in decision.duties)),
        why=why,
        said=Phrase.listed([outcome, *told], between="", han=""),
    )


def small(said: Said) -> Said:
    """A text as it stands inside an English sentence."""
    return Said(said.en[:1].lower() + said.en[1:], *said[1:])


def _why(
    asked: Decision, other: Decision, transaction: Transaction, lens: Lens, world: World, knowledge: Knowledge
) -> Iterator[Phrase]:
    """The instruments of the requirements that one lens has and the other has not, as they stand under the other."""
    here, there = ({applied.rule.node.key: applied.rule for applied in each.requirements} for each in (asked, other))
    apart = [rule for key, rule in (here | there).items() if (key in here) is not (key in there)]
    told: dict[tuple[str, Said], None] = {}
    for rule in apart:
        given = (rule.instrument, rule.provision, transaction.as_of)
        stands, stood = world.status(*given, lens), world.status(*given, transaction.lens)
        if stands.status != stood.status:
            told[rule.instrument, in_words(stands)] = None
    for instrument, words in told:
        yield Phrase.of(_STANDS, instrument=knowledge.names.label("instrument", instrument), status=words)


def in_one_clause(found: Sequence[Under]) -> Phrase | None:
    """A clause that says what the other lenses give; None where they give the same."""
    if not found:
        return None
    groups: dict[str, list[Said]] = {}
    for each in found:
        groups.setdefault(each.said or each.outcome, []).append(find("lens", each.lens) or same(each.lens))
    clauses = [Phrase.of(_UNDER, lens=join(lenses, between=" and "), outcome=said) for said, lenses in groups.items()]
    return Phrase.listed(clauses, between=" ", han="")


def letter_notes(decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> list[Receipt]:
    """That somebody else who ships the same thing was told to ask for a licence: a warning to this exporter."""
    from dualuse.law.letters import letters_to_others
    from dualuse.law.tests.exporter import EXPORTER

    shipping = EXPORTER.of(transaction)
    who = knowledge.names.label("organisation", shipping) if shipping else phrase("letters.nobody")
    return [
        knowledge.registry.receipt(rule, phrase("letters.binds", title=rule.title, who=who))
        for rule in letters_to_others(decision, transaction, world)
    ]


def status_notes(decision: Decision, transaction: Transaction, world: World, knowledge: Knowledge) -> list[Receipt]:
    """What the status of an instrument does to the answer: which it is, and since which act.

    Told of requirements that would apply were their instrument in force, and of those that apply because a regulator
    said that it enforces them.
    """
    notes = []
    held = [applied.rule for applied in decision.requirements if applied.truth]
    asleep = list(decision.asleep)
    for instrument, provision in dict.fromkeys((rule.instrument, rule.provision) for rule in asleep + held):
        found = world.status(instrument, provision, transaction.as_of, transaction.lens)
        label = knowledge.names.label("instrument", instrument)
        if found.status == "in-force":
            label = phrase("letters.with", label=label, cited=same(knowledge.registry.citation(provision)))
        for reading in found.readings:
            for event in reading.events:
                if found.status == "in-force" and event.kind != "enforcement":
                    continue
                lens, status = word("lens", transaction.lens), word("status", found.status)
                when, told = str(event.date), event.text
                text = phrase("letters.status", label=label, status=status, lens=lens, date=when, told=told)
                notes.append(knowledge.registry.receipt(event, text))
    return notes
