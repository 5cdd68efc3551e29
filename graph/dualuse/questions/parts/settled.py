"""What would settle a check: the facts nobody stated that could change its outcome, and what each answer leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dualuse.law.facts import Amount, Named, YesNo
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase, read_texts
from dualuse.show.labels import column
from dualuse.show.words import Said, same, word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.decide import Decision
    from dualuse.law.facts import Fact
    from dualuse.law.settling import Lead, Question
    from dualuse.law.transaction import Transaction, World

_MOST_NAMED = 3
_FIRST = Said(
    "What would settle it first: {fact} ({option}).",
    "最先要弄清的是：{fact}（{option}）。",
    "最先要弄清的是：{fact}（{option}）。",
)


@dataclass(frozen=True)
class Leads:
    """Answers to one question that lead to the same outcome; a flag, or values of the option.

    Args:
        answers: The answers; of a class of places the one that stands for them, and which they are.
        outcome: What they lead to.
        exception: The licence exception that is used.
        review_policy: How an application would be reviewed.
        as_now: Whether that is the outcome without an answer.
    """

    answers: Sequence[str]
    outcome: str
    exception: str | None
    review_policy: str | None
    as_now: bool

    @property
    def words(self) -> Phrase:
        """On one line."""
        many = self.as_now and len(self.answers) > _MOST_NAMED
        answers = phrase("settle.any_other") if many else Phrase.listed(self.answers)
        code, policy = self.exception, self.review_policy
        more = [*([same(code)] if code else []), *([word("review_policy", policy)] if policy else [])]
        to = Phrase.listed([word("outcome", self.outcome), *more], between=" ", han=" ")
        return phrase("settle.leads", answers=answers, to=to)


@dataclass(frozen=True)
class Settles:
    """A fact that was not stated and whose answer could change the outcome."""

    fact: str
    option: str
    asks: str
    leads: Sequence[Leads]
    open: bool
    """Whether the outcome turns on it now; else it was taken for granted."""
    with_option: str | None

    def seen(self) -> dict[str, Any]:
        """The fact with what its answers lead to, an outcome a line."""
        option = phrase("settle.with", option=self.option, other=self.with_option) if self.with_option else self.option
        lines = sorted(self.leads, key=lambda leads: leads.as_now)
        return {
            "option": option,
            "asks": self.asks,
            "leads to": Phrase.listed((each.words for each in lines), between="\n", han="\n"),
        }


def settling(transaction: Transaction, decision: Decision, world: World, knowledge: Knowledge) -> list[Settles]:
    """The facts that could change the outcome, the most decisive first."""
    from dualuse.law.settling import Settling

    return [
        Settles(
            fact=each.fact.name,
            option=f"--{each.fact.option}",
            asks=_asks(each.fact),
            leads=list(_leads(each, decision, knowledge)),
            open=each.open,
            with_option=None if each.with_ is None else f"--{each.with_.option}",
        )
        for each in Settling(world).questions(transaction, decision)
    ]


def _leads(question: Question, decision: Decision, knowledge: Knowledge) -> Iterator[Leads]:
    """What the answers lead to; those that lead to the same together."""
    told = _ranges(question.leads) if isinstance(question.fact.form, Amount) else _each(question, knowledge)
    by_outcome: dict[tuple[str, str, str], list[str]] = {}
    for answer, found in told:
        by_outcome.setdefault(_comes_to(found), []).append(answer)
    for (outcome, exception, policy), answers in by_outcome.items():
        as_now = (outcome, exception, policy) == _comes_to(decision)
        yield Leads(answers, outcome, exception or None, policy or None, as_now)


def _comes_to(decision: Decision) -> tuple[str, str, str]:
    return decision.outcome, decision.exception, decision.review_policy


def _each(question: Question, knowledge: Knowledge) -> Iterator[tuple[str, Decision]]:
    """Each answer as it is given on the command line, and what it leads to."""
    from dualuse.law.settling import another_than

    fact = question.fact
    for lead in question.leads:
        answer = str(lead.value)
        if isinstance(fact.form, YesNo):
            answer = f"--{fact.option}" if lead.value else f"--{fact.form.no}"
        elif isinstance(fact.form, Named) and fact.form.kind == "place":
            named = Phrase.listed((knowledge.names.label("group", group) for group in lead.groups), between=" and ")
            more = phrase("settle.more", n=lead.others) if lead.others else ""
            answer = phrase("settle.place", place=answer, groups=named or phrase("settle.none"), more=more)
        elif isinstance(fact.form, Named):
            kind = fact.form.kind
            another = answer == another_than(kind)
            answer = phrase(f"settle.another_{kind}") if another else Called.of({(kind, answer): answer})
        yield answer, lead.decision


def _asks(fact: Fact[Any]) -> str:
    """What a fact is, in Chinese too where ``texts.json`` has it."""
    row = read_texts("dualuse")["asks"].get(fact.name)
    return Phrase.of(Said(*row)) if row else fact.help


def _ranges(leads: Iterable[Lead]) -> Iterator[tuple[str, Decision]]:
    """Ranges of a number that lead to the same, and what they lead to."""
    runs = [list(run) for _, run in groupby(leads, key=lambda lead: _comes_to(lead.decision))]
    for place, run in enumerate(runs):
        low, high = (f"{lead.value:.15g}" for lead in (run[0], run[-1]))
        told = phrase("settle.range", low=low, high=high) if place else phrase("settle.up_to", high=high)
        yield told if place < len(runs) - 1 else phrase("settle.or_more", low=low), run[0].decision


def first_to_settle(found: Sequence[Settles] | None) -> Said | None:
    """A sentence that names the fact to settle first, where the outcome turns on one that was not stated."""
    if not found or not found[0].open:
        return None
    return _FIRST.fill(fact=column(found[0].fact), option=found[0].option)
