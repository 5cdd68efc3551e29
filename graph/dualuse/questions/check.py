"""What one transaction needs, with every rule tried and why; or, row by row, what a table of them needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, optional, table, unique
from dualuse.errors import UsageError
from dualuse.law.facts import Value
from dualuse.law.truth import Truth
from dualuse.lens import Lens
from dualuse.questions.parameters import AsOf, InLens, Opt, Parameter
from dualuse.questions.parts.facts import fact_options
from dualuse.questions.parts.lenses import Under, in_one_clause, letter_notes, other_lenses, status_notes
from dualuse.questions.parts.settled import Settles, first_to_settle, settling
from dualuse.questions.parts.under import Law, order_of, said_under
from dualuse.questions.question import Headline, Invocation, Question, Sentence, Teller
from dualuse.said import Phrase, phrase, quoted
from dualuse.show.words import Said, join, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.decide import Applied, Decision
    from dualuse.law.transaction import Transaction, World
    from dualuse.registry import Registry

_RESULTS: dict[Truth, str] = {True: "pass", False: "fail", None: "unknown"}
_APPLIES: dict[Truth, str] = {True: "applies", None: "unknown"}
_NOT_COVERED: dict[Truth, str] = {False: "open.not_covered", None: "open.cover_unknown"}


@dataclass(frozen=True)
class Barrier:
    """A part of the law that no rule holds and that stands between the transaction and a clearance."""

    part: str
    why: str
    provision: str


@dataclass(frozen=True)
class Requirement:
    """A requirement that applies, or may, or an exclusion."""

    rule: str
    provision: str
    result: str
    why: str


@dataclass(frozen=True)
class Tried:
    """A licence exception that was tried, and the conditions that failed or are open."""

    code: str
    result: str
    failed: Sequence[str]
    provision: str

    def seen(self) -> dict[str, Any]:
        """The exception with a condition a line."""
        why = "\n".join(self.failed)
        return {"code": self.code, "result": self.result, "why": why, "provision": self.provision}


@dataclass(frozen=True)
class Numbers:
    """Numbers of the transaction; None is not known or not meant."""

    tpp_per_unit: float | None
    tpp_total: float | None
    h100_equivalents: float | None
    allocation_share: float | None
    lpp_limit_units: int | None


@dataclass(frozen=True)
class Duty:
    """What must be done, by whom, by when."""

    what: str
    bearer: str
    due: str
    provision: str


@dataclass(frozen=True)
class Note:
    """Something that changes how the answer is read."""

    note: str


@dataclass(frozen=True)
class Decided:
    """What the transaction needs; ``under`` and ``otherwise`` say so of the lenses that give something else."""

    outcome: str
    exception: str | None
    review_policy: str | None
    would_settle: Sequence[Settles] | None = table(optional=True)
    otherwise: str | None = optional()
    no_requirement_in: Sequence[str] | None = optional()
    """Paragraphs whose requirements are in force on the day, where none of them applies."""
    may_help: Sequence[str] | None = optional()
    """Licence exceptions that the law leaves open to what applies and that no rule holds."""
    stands_between: Sequence[Barrier] | None = table(optional=True)
    requirements: Sequence[Requirement] = table()
    under: Sequence[Under] | None = table(optional=True)
    exceptions: Sequence[Tried] = table(view="exceptions")
    quantities: Numbers | None = optional()
    duties: Sequence[Duty] = table()
    notes: Sequence[Note] | None = table(optional=True)


def check(
    knowledge: Knowledge,
    item: Annotated[str | None, Opt("Chip by name, or paragraph of the control list.", metavar="SKU|ECCN")] = None,
    quantity: Annotated[int, Opt("Units.", low=1)] = 1,
    to: Annotated[str | None, Opt("Destination.", metavar="PLACE")] = None,
    *,
    under: Law = "US",
    ask: Annotated[bool, Opt("Only the facts not stated that could change the outcome.")] = False,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
    **known: Value | None,
) -> Card[Decided]:
    """Decide what one transaction needs: licence, exception, review policy, duties, and what is unknown.

    Args:
        known: What else is known, by option of the command or by name: ``hq``, ``end_use``, ``exporter`` ...

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: no item or no destination, a quantity that cannot be, a fact that no test asks for, or a law
            without rules on record.
    """
    from dualuse.law.asked import Asked
    from dualuse.model.read import query
    from dualuse.model.rules import DecisionRule
    from dualuse.questions.parts.consignment import Consignment

    if item is None or to is None:
        raise UsageError("--item and --to are needed (or --batch FILE)")
    day, through = knowledge.day(as_of), Lens.parse(lens)
    order = order_of(knowledge, under)
    case = Consignment(knowledge, Asked(item, quantity, to, **known), day, order)
    transaction = case.transaction(through)
    world = knowledge.law_of(transaction, order)
    decision, of_consignee = case.decided(through, world)
    settles = None
    if ask or decision.outcome == "indeterminate":
        settles = settling(transaction, decision, knowledge.law_under(order), knowledge)
    if ask:
        return knowledge.card(
            question={"command": "check", **_question(transaction, order), "ask": True},
            as_of=day,
            lens=through,
            answer=Decided(decision.outcome, decision.exception or None, decision.review_policy or None, settles),
            because=(),
            unknown=(),
            query=query(DecisionRule),
        )
    tried = (*decision.requirements, *decision.exceptions, *decision.policies)
    knowledge.registry.prepare([*(applied.rule for applied in tried), *(duty.rule for duty in decision.duties)])
    others = other_lenses(decision, transaction, world, knowledge, lambda other: case.decided(other, world)[0])
    notes = [
        *status_notes(decision, transaction, world, knowledge),
        *letter_notes(decision, transaction, world, knowledge),
    ]
    return knowledge.card(
        question={"command": "check", **_question(transaction, order)},
        as_of=day,
        lens=through,
        answer=_answer(
            decision,
            settles,
            others,
            [*case.notes(through), *(note.text for note in notes)],
            knowledge.registry.citation,
        ),
        because=unique([*case.receipts(through), *_receipts(decision, knowledge.registry), *notes]),
        unknown=(*of_consignee, *_gaps(decision, transaction, world)),
        query=query(DecisionRule),
    )


def _answer(
    decision: Decision,
    settles: Sequence[Settles] | None,
    others: Sequence[Under],
    notes: Sequence[str],
    cited: Callable[[str], str],
) -> Decided:
    numbers, said = decision.quantities, in_one_clause(others)
    return Decided(
        outcome=decision.outcome,
        exception=decision.exception or None,
        review_policy=decision.review_policy or None,
        would_settle=settles or None,
        otherwise=said,
        no_requirement_in=list(dict.fromkeys(cited(rule.provision) for rule in decision.searched)) or None,
        may_help=_may_help(decision) or None,
        stands_between=[Barrier(part.what, part.consequence, part.citation) for part in decision.barred] or None,
        requirements=[
            Requirement(
                rule=applied.rule.title,
                provision=cited(applied.rule.provision),
                result=_APPLIES[applied.truth],
                why=Phrase.listed(_why(applied), between="; ", han="；"),
            )
            for applied in decision.requirements
        ],
        under=others or None,
        exceptions=[
            Tried(applied.rule.code or "", _RESULTS[applied.truth], _failed(applied), cited(applied.rule.provision))
            for applied in decision.exceptions
        ],
        quantities=Numbers(
            numbers.tpp_per_unit,
            numbers.tpp_total,
            numbers.h100_equivalents,
            numbers.allocation_share,
            numbers.lpp_limit_units,
        ),
        duties=[
            Duty(duty.what, duty.bearer, duty.due.isoformat(), cited(duty.rule.provision)) for duty in decision.duties
        ],
        notes=[Note(note) for note in notes] or None,
    )


def _may_help(decision: Decision) -> list[str]:
    """Exceptions that no rule holds, where a licence is needed or may be and they could spare it."""
    if decision.outcome not in ("licence-required", "indeterminate"):
        return []
    applied = (each.rule for each in decision.requirements if each.rule.kind == "requirement")
    return sorted({exception for rule in applied for exception in rule.other_exceptions})


def _why(applied: Applied) -> list[Phrase]:
    """What decides a requirement; what is only not so because nobody stated it is left out where something else is."""
    from dualuse.law.caveats import unstated

    parts = list(applied.finding.decisive(applied.truth))
    told = [part for part in parts if not (part.refused and unstated(part.test.operator, applied.transaction))]
    return [part.words for part in told or parts]


def _failed(applied: Applied) -> list[Phrase]:
    """Conditions that failed, or that are unknown where none failed."""
    if applied.truth is True:
        return []
    words = [part.words for part in applied.finding.decisive(applied.truth)] if applied.met is applied.truth else []
    if applied.covers is applied.truth:
        words.append(phrase(_NOT_COVERED[applied.covers]))
    return words or [phrase("open.active_unknown", title=quoted(applied.rule.title))]


def _question(transaction: Transaction, order: str) -> dict[str, Any]:
    from dualuse.law.transaction import UNITED_STATES

    values: dict[str, Any] = {"under": None if order == UNITED_STATES else order}
    values |= {"quantity": transaction.quantity, "to": transaction.to}
    values |= {"product": transaction.product, "item": transaction.item, **transaction.stated}
    return {name: value for name, value in values.items() if value is not None}


def _receipts(decision: Decision, registry: Registry) -> list[Receipt]:
    applied = [*decision.requirements, *decision.exceptions]
    applied += [policy for policy in decision.policies if policy.truth is not False]
    applied += [] if decision.allocation is None else [decision.allocation]
    rules = [each.rule for each in applied] + [duty.rule for duty in decision.duties]
    barred = [registry.receipt(part.behind, part.what, part.citation) for part in decision.barred]
    return barred + [registry.receipt(rule, rule.title) for rule in rules]


def _gaps(decision: Decision, transaction: Transaction, world: World) -> list[Unknown]:
    from dualuse.law.caveats import open_questions

    gaps = open_questions(decision, transaction, world)
    parts = world.rules.not_modelled
    gaps |= {phrase("open.not_modelled", what=left_out.what): left_out.consequence for left_out in parts}
    return [Unknown(what, why) for what, why in gaps.items()]


_ASK = Said(
    "What does it take to ship {quantity}\u00a0×\u00a0{what}{origin} to {to}?",
    "{origin}運送 {quantity} × {what} 至{to}，需要什麼許可？",
    "{origin}运送 {quantity} × {what} 至{to}，需要什么许可？",
)
_FROM = Said(" from {origin}", "從{origin}", "从{origin}")
_EXCEPTION = Said("Licence exception {code}", "許可證例外 {code}", "许可例外 {code}")
_REVIEW = Said(
    "An application would be judged under: {policy}.",
    "許可申請的審查政策：{policy}。",
    "许可申请的审查政策：{policy}。",
)
_MEANS = {
    "licence-exception": Said(
        "No licence is needed while the conditions of the exception are met.",
        "符合該例外的條件時，無須申請許可。",
        "符合该例外的条件时，无须申请许可。",
    ),
    "licence-required": Said(
        "No exception on record covers it.", "現有紀錄中沒有可用的例外。", "现有记录中没有可用的例外。"
    ),
    "no-licence-required": Said(
        "No requirement found in: {where}.",
        "以下規定中均未發現許可要求：{where}。",
        "以下规定中均未发现许可要求：{where}。",
    ),
    "not-subject": Said("These rules do not reach it.", "這些規則不適用於此交易。", "这些规则不适用于此交易。"),
    "indeterminate": Said(
        "What is not known decides it: see below.",
        "答案取決於尚不清楚的事，見下文。",
        "答案取决于尚不清楚的事，见下文。",
    ),
}
_TONES = {"licence-required": "no", "indeterminate": "open"}


def _sentence(told: Teller[Decided]) -> Sentence:
    what = "product" if "product" in told.asked else "item"
    said = _ASK.fill(
        quantity=f"{told.asked['quantity']:,}",
        what=told.named(what),
        origin=_FROM.fill(origin=told.part("origin")) if "origin" in told.asked else same(""),
        to=told.part("to"),
    )
    return Sentence(said_under(told, said), ("under", "origin", "to", "product", "item", "quantity"))


def _headline(told: Teller[Decided]) -> Headline:
    answer = told.answer
    code, policy = answer.exception, answer.review_policy
    said = _EXCEPTION.fill(code=code) if code else told.name("outcome", answer.outcome)
    detail = _REVIEW.fill(policy=told.name("review_policy", policy)) if policy else _MEANS.get(answer.outcome)
    if detail is not None and answer.no_requirement_in:
        detail = detail.fill(where="; ".join(answer.no_requirement_in))
    if answer.outcome == "indeterminate":
        detail = first_to_settle(answer.would_settle) or detail
    also = None if answer.otherwise is None else told.worded(answer.otherwise)
    detail = join(filter(None, (detail, also)), between=" ", han="") if also else detail
    tone = _TONES.get(answer.outcome, "yes")
    return Headline(said, detail, tone, ("outcome", "exception", "review_policy", "otherwise"))


def _act(asked: Invocation) -> None:
    """Check one transaction, or a table of them."""
    batch = asked.extra["batch"]
    if batch is None:
        asked.show(asked.card())
        return
    from dualuse.questions.parts.tables import judge_table

    if asked.values["ask"]:
        raise UsageError("--ask goes with one transaction; a table tells in `unknown` what is not known of each row")
    if asked.values["item"] is not None or asked.values["to"] is not None:
        raise UsageError("--batch holds the transactions; leave --item and --to out")
    judge_table(asked, batch, asked.extra["jobs"])


QUESTION = Question(
    check,
    _sentence,
    _headline,
    examples=(
        '--item "H100 SXM" --quantity 2000 --to CH --hq CH --as-of 2025-05-15',
        "--item 4E091 --to Canada --hq Canada --as-of 2025-06-01",
        '--under CN --item "CN gallium" --to US --as-of 2025-06-02',
        "--batch shipments.csv --jobs 2 --as-of 2025-06-01 -o results.csv",
    ),
    more=fact_options,
    also=(
        Parameter(
            "batch",
            Opt("CSV of transactions in place of one; columns as these options. Results go out as CSV.", exists=True),
            Path,
            several=False,
            default=None,
        ),
        Parameter("jobs", Opt("With --batch: processes to judge in.", low=1, high=64), int, several=False, default=1),
    ),
    act=_act,
)
