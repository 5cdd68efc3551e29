"""Where an instrument, or a provision of one, stands on a day, with the timeline that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Unknown, optional, table, unique
from dualuse.lens import Lens
from dualuse.questions.parameters import Arg, AsOf, InLens
from dualuse.questions.parts.record import beyond
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.show.words import Said, capital, numbered, same

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.status import Answer
    from dualuse.model.law import Event


@dataclass(frozen=True)
class Reading:
    """One way to read the record, and the acts it rests on."""

    status: str
    why: str
    on: str


@dataclass(frozen=True)
class Part:
    """A provision whose own events give it another status than the whole."""

    provision: str
    status: str


@dataclass(frozen=True)
class Act:
    """A legal event, as a line of the timeline."""

    date: str
    event: str
    effect: str
    text: str
    until: str | None
    by: str | None
    scope: Sequence[str]
    past: bool
    source: str

    def seen(self) -> dict[str, Any]:
        """The line as people read it; sources stand below, as receipts."""
        until = f" (until {self.until})" if self.until else ""
        scope = f" Only: {'; '.join(self.scope)}." if self.scope else ""
        sign = "•" if self.past else "·"
        return {"": sign, "date": self.date, "event": self.event, "what": f"{self.text}{until}{scope}"}


@dataclass(frozen=True)
class Status:
    """The status, its readings where they differ, parts that stand elsewhere, and every act."""

    instrument: str
    title: str
    status: str
    provision: str | None = optional()
    readings: Sequence[Reading] | None = table(optional=True)
    parts: Sequence[Part] | None = table(optional=True)
    timeline: Sequence[Act] = table(view="timeline")


def status(
    knowledge: Knowledge,
    instrument: Annotated[str, Arg()],
    *,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Status]:
    """Show the status of an instrument or a provision on a day, with its timeline.

    Args:
        knowledge: The graph.
        instrument: An instrument or a provision, by key, citation or name.
        as_of: Day of law.
        lens: A lens.

    Raises:
        UnknownNameError: neither an instrument nor a provision of that name.
    """
    from dualuse.law.events import read_events, read_kinds, receipt
    from dualuse.law.status import status as status_of
    from dualuse.model.law import Event
    from dualuse.model.read import query
    from dualuse.node import Node

    day, through = knowledge.day(as_of), Lens.parse(lens)
    kind, key = knowledge.names.find_any(("instrument", "provision"), instrument)
    whole, provision = (key, "") if kind == "instrument" else (knowledge.registry.provisions[key].instrument, key)
    events = read_events(knowledge.store, whole)
    known_on, form = knowledge.version.known_on, read_kinds(knowledge.store, (whole,)).get(whole, "")
    found = status_of(events, day, through, known_on=known_on, kind=form, provision=provision)
    doubtful = found.status == "unknown" or len(found.readings) > 1
    parts = [] if provision else _parts(knowledge, events, day, through, form)
    decisive = [event for reading in found.readings for event in reading.events]
    return knowledge.card(
        question={"command": "status", "instrument": whole, "provision": provision or None},
        as_of=day,
        lens=through,
        answer=Status(
            instrument=whole,
            title=knowledge.names.label("instrument", whole),
            status=found.status,
            provision=knowledge.names.label("provision", provision) if provision else None,
            readings=[Reading(r.status, r.why, ", ".join(str(e.date) for e in r.events)) for r in found.readings]
            if doubtful
            else None,
            parts=parts or None,
            timeline=[_act(knowledge, event, day) for event in events],
        ),
        because=unique(receipt(event, knowledge.registry) for event in (*decisive, *events)),
        unknown=_open_questions(found, knowledge, day),
        query=query(Event, held_by=(Node("instrument", whole),)),
    )


def _open_questions(found: Answer, knowledge: Knowledge, day: date) -> tuple[Unknown, ...]:
    gaps = list(beyond(knowledge, day))
    if found.status == "unknown":
        readings = " or ".join(f"{reading.status} ({reading.why})" for reading in found.readings)
        settles = found.settles or "an act that says when it takes effect"
        gaps.append(Unknown(f"which reading holds: {readings}", f"it is the answer; what would settle it: {settles}"))
    return tuple(gaps)


def _parts(knowledge: Knowledge, events: list[Event], day: date, lens: Lens, kind: str) -> list[Part]:
    """Provisions whose own events give them another status than the whole."""
    from dualuse.law.status import status as status_of

    known_on = knowledge.version.known_on
    whole = status_of(events, day, lens, known_on=known_on, kind=kind).status
    rows = []
    for provision in sorted({part for event in events for part in event.scope}):
        own = status_of(events, day, lens, known_on=known_on, kind=kind, provision=provision).status
        if own != whole:
            rows.append(Part(knowledge.names.label("provision", provision), own))
    return rows


def _act(knowledge: Knowledge, event: Event, day: date) -> Act:
    return Act(
        date=str(event.date),
        event=event.kind,
        effect=event.effect,
        text=event.text,
        until=None if event.until is None else str(event.until),
        by=event.by,
        scope=[knowledge.names.label("provision", part) for part in sorted(event.scope)],
        past=event.date.latest <= day,
        source=knowledge.registry.address(event.sources),
    )


def _sentence(told: Teller[Status]) -> Sentence:
    if "provision" in told.asked:
        said = Said(
            "What is the status of {provision} in “{instrument}”?",
            "「{instrument}」中 {provision} 的效力狀態為何？",
            "“{instrument}”中 {provision} 的效力状态如何？",
        )
        return Sentence(
            said.fill(provision=told.part("provision"), instrument=told.part("instrument")),
            ("provision", "instrument"),
        )
    said = Said(
        "What is the status of “{instrument}”?", "「{instrument}」的效力狀態為何？", "“{instrument}”的效力状态如何？"
    )
    return Sentence(said.fill(instrument=told.part("instrument")), ("instrument",))


_READINGS = Said("{n} readings are possible.", "有 {n} 種可能的解讀。", "有 {n} 种可能的解读。")
_READING = Said("1 reading is possible.", "有 1 種可能的解讀。", "有 1 种可能的解读。")


def _headline(told: Teller[Status]) -> Headline:
    answer = told.answer
    tone = {"in-force": "yes", "unknown": "open"}.get(answer.status, "plain")
    detail = None
    if answer.readings:
        detail = numbered(len(answer.readings), _READING, _READINGS)
    elif told.card.because:
        detail = same(told.card.because[0].text)
    return Headline(capital(told.name("status", answer.status)), detail, tone, ("instrument", "title", "status"))


QUESTION = Question(
    status,
    _sentence,
    _headline,
    examples=(
        "us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --lens enforced",
        '"Affiliates Rule" --as-of 2026-11-22',
    ),
)
