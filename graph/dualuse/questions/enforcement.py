"""Cases of enforcement: who is charged with what, or settled, under which instrument, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, aside, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import AsOf, Opt
from dualuse.questions.parts.cases import PRESUMED, Standing, gaps, standing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import phrase
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.model.enforcement import Step


@dataclass(frozen=True, kw_only=True)
class CaseTold:
    """A case as it stands on the day; amounts in millions of US dollars."""

    case: str
    title: str
    announced: str
    stage: str
    stage_on: str
    stages: Sequence[str]
    authorities: Sequence[str]
    parties: Sequence[str]
    persons: Sequence[str]
    involved: Sequence[str]
    charges: Sequence[str]
    alleged_under: str | None
    instruments: Sequence[str]
    provision: str | None
    products: Sequence[str]
    goods: str | None
    value_usd: float | None
    value_note: str | None
    penalty_usd: float | None
    conduct: str | None
    summary: str
    steps: Sequence[str]
    note: str | None
    names: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        return {
            "announced": self.announced,
            "title": self.title,
            "stages": [stage.replace("-", " ") for stage in self.stages],
            "parties": self.names,
            "persons_charged": self.persons,
            "value_usd": self.value_usd,
            "penalty_usd": self.penalty_usd,
            "case": self.case,
        }


@dataclass(frozen=True)
class Cases:
    """Cases by the day of their first step; ``means`` says what a charge is."""

    means: str
    cases: Sequence[CaseTold] = table(whole=True)


def enforcement(
    knowledge: Knowledge,
    *,
    party: Annotated[str | None, Opt("Organisation that a case charges or names, by key or name.")] = None,
    instrument: Annotated[str | None, Opt("Instrument that a case may be about, by key or name.")] = None,
    start: Annotated[date | str | None, Opt("Day before the period of a step.", flag="--from", metavar="DATE")] = None,
    end: Annotated[date | str | None, Opt("Last day of that period.", flag="--to", metavar="DATE")] = None,
    as_of: AsOf = None,
) -> Card[Cases]:
    """List cases of enforcement with charges, parties, amounts and how far each has come; a charge is no finding.

    Args:
        as_of: Only steps that can have been taken by this day.

    Raises:
        UnknownNameError: no such party or instrument.
        UsageError: the period runs backwards.
    """
    from dualuse.model.enforcement import Enforcement
    from dualuse.model.read import query, read

    day = knowledge.day(as_of)
    first = None if start is None else knowledge.day(start)
    last = None if end is None else knowledge.day(end)
    if first is not None and last is not None and last < first:
        raise UsageError(f"--to {last} is before --from {first}; swap them")
    who = None if party is None else knowledge.names.key("organisation", party)
    what = None if instrument is None else knowledge.names.key("instrument", instrument)
    found = [
        each
        for each in standing(read(knowledge.store, Enforcement), day)
        if (who is None or who in (*each.case.parties, *each.case.involved, *each.case.authorities))
        and (what is None or what in each.case.instruments)
        and any(_within(step, first, last) for step in each.steps)
    ]
    registry = knowledge.registry
    registry.prepare(step for each in found for step in each.steps)
    return knowledge.card(
        question={
            "command": "enforcement",
            "party": who,
            "instrument": what,
            "from": None if first is None else first.isoformat(),
            "to": None if last is None else last.isoformat(),
        },
        as_of=day,
        answer=Cases(PRESUMED, [_told(knowledge, each) for each in found]),
        because=unique(
            registry.receipt(
                step,
                phrase("case.step", case=each.case.title.en, day=str(step.date), told=step.text),
                registry.citation(each.case.provision),
            )
            for each in found
            for step in each.steps
        ),
        unknown=tuple(gaps(found, day)),
        query=query(Enforcement),
    )


def _within(step: Step, first: date | None, last: date | None) -> bool:
    return (first is None or step.date.latest > first) and (last is None or step.date.earliest <= last)


def _told(knowledge: Knowledge, found: Standing) -> CaseTold:
    case, days = found.case, (found.case.conduct_from, found.case.conduct_to)
    return CaseTold(
        case=case.node.key,
        title=case.title.en,
        announced=str(found.steps[0].date),
        stage=found.last.stage,
        stage_on=str(found.last.date),
        stages=found.stages,
        authorities=case.authorities,
        parties=case.parties,
        persons=case.persons,
        involved=case.involved,
        charges=case.charges,
        alleged_under=case.under,
        instruments=case.instruments,
        provision=case.provision,
        products=case.products,
        goods=case.goods,
        value_usd=case.value_usd,
        value_note=case.value_note,
        penalty_usd=case.penalty_usd,
        conduct="/".join("" if each is None else str(each) for each in days) if any(days) else None,
        summary=case.summary,
        steps=[f"{step.date}, {step.stage.replace('-', ' ')}: {step.text}" for step in found.steps],
        note=case.note,
        names=[knowledge.names.label("organisation", key) for key in case.parties],
    )


_ASKED = {
    (): Said("Which cases of enforcement are on record?", "紀錄中有哪些執法案件？", "记录中有哪些执法案件？"),
    ("party",): Said("Which cases concern {party}?", "哪些執法案件涉及{party}？", "哪些执法案件涉及{party}？"),
    ("instrument",): Said(
        "Which cases may be about “{instrument}”?",
        "哪些案件可能涉及「{instrument}」？",
        "哪些案件可能涉及“{instrument}”？",
    ),
}
_NONE = Said("No case on record fits", "紀錄中沒有相符的案件", "记录中没有相符的案件")
_ONE = Said("1 case; a charge is no finding", "1 件案件；指控並非認定", "1 件案件；指控并非认定")
_MANY = Said("{n} cases; a charge is no finding", "{n} 件案件；指控並非認定", "{n} 件案件；指控并非认定")


def _headline(told: Teller[Cases]) -> Headline:
    rows = told.answer.cases
    return Headline(numbered(len(rows), _ONE, _MANY), None, "plain") if rows else Headline(_NONE, None, "open")


QUESTION = Question(
    enforcement,
    asks(_ASKED),
    _headline,
    examples=("--party supermicro", "--from 2026-01-31 --to 2026-07-05"),
)
