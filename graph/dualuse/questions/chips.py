"""Which chips on record may go where without a licence, on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.law.facts import Value
from dualuse.lens import Lens
from dualuse.questions.parameters import AsOf, InLens, Opt, several
from dualuse.questions.parts.facts import fact_options
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said, join, same, word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.decide import Decision
    from dualuse.law.settling import Settling
    from dualuse.law.transaction import Transaction
    from dualuse.registry import Registry

_OUTCOMES = ("not-subject", "no-licence-required", "licence-exception", "indeterminate", "licence-required")
"""From free to barred."""
_POLICIES = ("presumption-of-approval", "case-by-case", "", "presumption-of-denial", "policy-of-denial")
"""The same of licences that are needed; nothing where the policy is open."""
_FREE = _OUTCOMES[:3]


@dataclass(frozen=True)
class ChipTo:
    """A chip, a destination, and what it takes to ship one there; and what would settle what is open."""

    product: str
    name: str
    to: str
    outcome: str
    exception: str | None
    review_policy: str | None
    would_settle: str | None

    @property
    def rank(self) -> tuple[int, int]:
        """Its place from free to barred."""
        return _OUTCOMES.index(self.outcome), _POLICIES.index(self.review_policy or "")

    @property
    def words(self) -> Phrase:
        """What it takes, in one cell."""
        more = same(self.exception) if self.exception else word("review_policy", self.review_policy or "")
        return Phrase.listed([word("outcome", self.outcome), *([more] if more.en else [])], between=" ", han=" ")


@dataclass(frozen=True)
class Chips:
    """Chips by destination, from free to barred, then by name."""

    chips: Sequence[ChipTo] = table(whole=True)

    def seen(self, part: str) -> list[Any]:
        """One destination as it is; of several a column each, the chip that is freest in all of them first."""
        places = list(dict.fromkeys(row.to for row in self.chips))
        if len(places) < 2:
            return list(self.chips)
        by_chip: dict[tuple[str, str], dict[str, ChipTo]] = {}
        for row in self.chips:
            by_chip.setdefault((row.name, row.product), {})[row.to] = row
        order = sorted(by_chip, key=lambda chip: (sorted(row.rank for row in by_chip[chip].values())[::-1], chip))
        return [{"product": chip[1], **{to: by_chip[chip][to].words for to in sorted(places)}} for chip in order]


def chips(
    knowledge: Knowledge,
    *,
    to: Annotated[Sequence[str], Opt("Destination; several are compared.", metavar="PLACE", commas=True)] = (),
    quantity: Annotated[int, Opt("Units of each.", low=1)] = 1,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
    **known: Value | None,
) -> Card[Chips]:
    """Show which chips on record may go where on a day: without a licence, with an exception, or not at all.

    Args:
        known: What else is known, by option of the command or by name: ``hq``, ``end_use``, ``exporter`` ...

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: no destination, or a fact that cannot be.
    """
    from dualuse.law.asked import Asked, resolve
    from dualuse.law.decide import decide
    from dualuse.law.settling import Settling
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule

    places = several(to)
    if not places:
        raise UsageError("--to is needed: a destination, or several")
    day, through = knowledge.day(as_of), Lens.parse(lens)
    world = knowledge.law
    chips_ = world.control_list.chips
    asked = [resolve(knowledge.names, Asked(min(chips_), quantity, place, **known), day, through) for place in places]
    settling = Settling(world)
    rows: list[ChipTo] = []
    receipts: list[Receipt] = []
    for transaction in {each.to: each for each in asked}.values():
        for key in chips_:
            one = replace(transaction, product=key)
            decision = decide(one, world)
            rows.append(_row(one, knowledge.names.label("product", key), decision, settling))
            receipts += _receipts(decision, knowledge.registry)
    return knowledge.card(
        question={"command": "chips", "to": [each.to for each in asked], "quantity": quantity, **asked[0].stated},
        as_of=day,
        lens=through,
        answer=Chips(sorted(rows, key=lambda row: (row.rank, row.name, row.to))),
        because=unique(receipts),
        unknown=tuple(
            Unknown(phrase("open.not_modelled", what=part.what), part.consequence) for part in world.rules.not_modelled
        ),
        query=query(DecisionRule),
    )


def _row(asked: Transaction, label: str, decision: Decision, settling: Settling) -> ChipTo:
    return ChipTo(
        product=str(asked.product),
        name=label,
        to=asked.to,
        outcome=decision.outcome,
        exception=decision.exception or None,
        review_policy=decision.review_policy or None,
        would_settle=_settles(asked, decision, settling) if decision.outcome == "indeterminate" else None,
    )


def _settles(asked: Transaction, decision: Decision, settling: Settling) -> str | None:
    """The facts to state; where none would do, what stands between, or what is not on record."""
    found = settling.questions(asked, decision, only_open=True)
    if found:
        return phrase("open.give", options=Phrase.listed(f"--{each.fact.option}" for each in found))
    if decision.barred:
        parts = (phrase("open.not_modelled", what=part.what) for part in decision.barred)
        return Phrase.listed(parts, between="; ", han="；")
    tried = [applied for applied in (*decision.requirements, *decision.exceptions) if applied.truth is None]
    open_parts = (part for applied in tried for part in applied.finding.decisive(None))
    return Phrase.listed(dict.fromkeys(part.found or part.words for part in open_parts), between="; ", han="；") or None


def _receipts(decision: Decision, registry: Registry) -> list[Receipt]:
    """The rules that decide: requirements that apply, the exception used, the policy."""
    used = [] if decision.used is None else [decision.used]
    sure = [applied for applied in (*decision.requirements, *decision.policies) if applied.truth]
    rules = [applied.rule for applied in (*sure, *used)]
    barred = [registry.receipt(part.behind, part.what, part.citation) for part in decision.barred]
    return barred + [registry.receipt(rule, rule.title) for rule in rules]


_ASK = Said(
    "Which chips on record may go to {to} without a licence?",
    "紀錄中的哪些晶片無須許可即可運往{to}？",
    "记录中的哪些芯片无须许可即可运往{to}？",
)
_FREELY = Said(
    "{n} of {total} may go without a licence", "{total} 款中有 {n} 款無須許可", "{total} 款中有 {n} 款无须许可"
)
_COUNTED = Said("{outcome}: {n}", "{outcome}：{n}", "{outcome}：{n}")


def _sentence(told: Teller[Chips]) -> Sentence:
    return Sentence(_ASK.fill(to=told.part("to")), ("to",))


def _headline(told: Teller[Chips]) -> Headline:
    counts = Counter(row.outcome for row in told.answer.chips)
    free, total = sum(counts[outcome] for outcome in _FREE), counts.total()
    named = [_COUNTED.fill(outcome=told.name("outcome", each), n=counts[each]) for each in _OUTCOMES if counts[each]]
    return Headline(_FREELY.fill(n=free, total=total), join(named), "plain")


QUESTION = Question(
    chips,
    _sentence,
    _headline,
    examples=(
        "--to CN --hq CN --as-of 2026-06-01",
        "--to Poland --to Switzerland --to Vietnam --as-of 2025-06-01",
    ),
    more=fact_options,
)
