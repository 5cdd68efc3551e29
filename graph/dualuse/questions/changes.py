"""What changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import Opt
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

Kind = Literal["event", "membership", "measure", "statement", "case", "search"]


@dataclass(frozen=True)
class Change:
    """One change; ``certain`` is False when its date may also lie outside the period."""

    date: str
    kind: str
    id: str
    what: str
    certain: bool
    provision: str | None
    source: str

    def seen(self) -> dict[str, Any]:
        """The change as people read it; sources stand below, as receipts."""
        return {"date": self.date, "kind": self.kind, "what": self.what}


@dataclass(frozen=True)
class Changes:
    """Changes by day and kind."""

    changes: Sequence[Change] = table()


def changes(
    knowledge: Knowledge,
    start: Annotated[date | str, Opt("Day before the period.", flag="--from", metavar="DATE")],
    end: Annotated[date | str, Opt("Last day of the period.", flag="--to", metavar="DATE")],
    *,
    kinds: Annotated[Sequence[Kind], Opt("Keep only these kinds of change.", flag="--kind")] = (),
) -> Card[Changes]:
    """List what changed between two days: events, memberships, measures, statements, steps of cases.

    A month of which a search found nothing is told as such, with where it was made.

    Args:
        knowledge: The graph.
        start: Day before the period.
        end: Last day of the period.
        kinds: Kinds of change to keep; all if empty.

    Raises:
        UsageError: the period runs backwards.
    """
    from dualuse.law.changes import QUERIES, read_changes
    from dualuse.model.enforcement import Search
    from dualuse.model.read import query

    first, last = knowledge.day(start), knowledge.day(end)
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}; swap them")
    found = [
        change
        for change in read_changes(knowledge.store, first, last, knowledge.registry)
        if not kinds or change.kind in kinds
    ]
    gaps = [
        Unknown(f"the day of: {change.text}", f"{change.written} may lie outside the period")
        for change in found
        if not change.certain
    ]
    known_on = knowledge.version.known_on
    if last > known_on:
        gaps.insert(0, Unknown(f"what happened after {known_on}", f"the record ends there; {last} is later"))
    rows = [Change(c.written, c.kind, c.key, c.text, c.certain, c.provision or None, c.source) for c in found]
    return knowledge.card(
        question={"command": "changes", "from": first.isoformat(), "to": last.isoformat(), "kinds": list(kinds)},
        as_of=last,
        lens="",
        answer=Changes(rows),
        because=unique(Receipt(c.iri, c.text, c.provision, c.source, c.confidence) for c in found),
        unknown=tuple(dict.fromkeys(gaps)),
        query="\n\n".join((*(text for _, text in QUERIES), query(Search))),
    )


def _sentence(told: Teller[Changes]) -> Sentence:
    said = Said(
        "What changed after {start}, up to and including {end}?",
        "{start} 之後至 {end}（含當日）有何變動？",
        "{start} 之后至 {end}（含当日）有何变动？",
    )
    return Sentence(said.fill(start=told.part("from"), end=told.part("to")), ("from", "to"))


def _headline(told: Teller[Changes]) -> Headline:
    one, many = Said("1 change", "1 項變動", "1 项变动"), Said("{n} changes", "{n} 項變動", "{n} 项变动")
    return Headline(numbered(len(told.answer.changes), one, many))


QUESTION = Question(changes, _sentence, _headline, examples=("--from 2026-01-31 --to 2026-02-28 --kind membership",))
