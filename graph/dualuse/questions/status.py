"""Where an instrument, or a provision of one, stands on a day, with its timeline; or how far the record reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Unknown, aside, optional, table, unique
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.questions.parameters import Arg, AsOf, InLens, Opt
from dualuse.questions.parts.record import Reached, ReadAgain
from dualuse.questions.parts.standing import in_words, told_apart
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said, capital, join, numbered, same, word

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
    """A provision whose own events give it another status than the whole under one of the lenses."""

    provision: str
    status: str
    codified: str
    enforced: str
    announced: str


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
        told: str = phrase("dated.until", told=self.text, day=self.until) if self.until else self.text
        if self.scope:
            told = phrase("dated.only", told=told, parts=Phrase.listed(self.scope, between="; ", han="；"))
        sign = "•" if self.past else "·"
        return {"": sign, "date": self.date, "event": self.event, "what": told}


@dataclass(frozen=True)
class CaseUnder:
    """A case of enforcement that may be about the instrument; a charge is no finding."""

    case: str
    title: str
    announced: str
    stage: str
    stage_on: str


@dataclass(frozen=True)
class Status:
    """The status under the lens asked and under each, its readings where they differ, parts, every act, and cases.

    ``in_short`` says in one sentence in what the lenses differ. Asked of the record, it has ``record`` and
    ``read_again`` alone.
    """

    in_short: str = optional()
    instrument: str = optional()
    title: str = optional()
    status: str = optional()
    codified: str = optional()
    enforced: str = optional()
    announced: str = optional()
    provision: str | None = optional()
    readings: Sequence[Reading] | None = table(optional=True)
    parts: Sequence[Part] | None = table(optional=True)
    timeline: Sequence[Act] | None = table(optional=True, view="timeline")
    cases: Sequence[CaseUnder] | None = table(optional=True)
    record: Sequence[Reached] | None = table(optional=True)
    read_again: Sequence[ReadAgain] | None = table(optional=True)
    said: Said | None = aside()


def status(
    knowledge: Knowledge,
    instrument: Annotated[str | None, Arg("[INSTRUMENT]")] = None,
    *,
    record: Annotated[
        bool, Opt("How far the record reaches, authority by authority, against --as-of or today; no instrument.")
    ] = False,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Status]:
    """Show the status of an instrument or a provision on a day under each lens, with its timeline.

    With --record: how far the record reaches of each authority that issued an instrument, how many days ago that
    is, and how often facts of the record that were read again were wrong.

    Args:
        instrument: An instrument or a provision, by key, citation or name.
        as_of: Day of law; of the record, the day against which ages are reckoned, today if not given.

    Raises:
        UsageError: neither an instrument nor the record is asked of, or both are.
        UnknownNameError: neither an instrument nor a provision of that name.
    """
    if record:
        if instrument is not None:
            raise UsageError("--record tells of the whole record: leave the instrument out")
        return _of_record(knowledge, as_of)
    if instrument is None:
        raise UsageError("name an instrument or a provision, or ask how far the record reaches: --record")
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
    ask = partial(status_of, events, day, known_on=known_on, kind=form)
    lenses = [through, *(other for other in Lens if other is not through)]
    by_lens = {each: ask(each, provision=provision) for each in lenses}
    found = by_lens[through]
    parts = [] if provision else _parts(events, by_lens, ask)
    said = told_apart(
        {each: in_words(answer) for each, answer in by_lens.items()}, _elsewhere(knowledge, by_lens, parts)
    )
    decisive = [event for answer in by_lens.values() for reading in answer.readings for event in reading.events]
    knowledge.registry.prepare(events)
    return knowledge.card(
        question={"command": "status", "instrument": whole, "provision": provision or None},
        as_of=day,
        lens=through,
        answer=Status(
            in_short=said.en,
            instrument=whole,
            title=knowledge.names.label("instrument", whole),
            status=found.status,
            codified=by_lens[Lens.CODIFIED].status,
            enforced=by_lens[Lens.ENFORCED].status,
            announced=by_lens[Lens.ANNOUNCED].status,
            provision=knowledge.names.label("provision", provision) if provision else None,
            readings=_told(found),
            parts=[
                Part(
                    knowledge.names.label("provision", key),
                    own[through].status,
                    **{each.value: answer.status for each, answer in own.items()},
                )
                for key, own in parts
            ]
            or None,
            timeline=[_act(knowledge, event, day) for event in events],
            cases=None if provision else _cases(knowledge, whole, day) or None,
            said=said,
        ),
        because=unique(receipt(event, knowledge.registry) for event in (*decisive, *events)),
        unknown=_open_questions(found),
        query=query(Event, held_by=(Node("instrument", whole),)),
    )


def _of_record(knowledge: Knowledge, as_of: date | str | None) -> Card[Status]:
    """How far the record reaches."""
    from dualuse.questions.parts.record import record_on
    from dualuse.unnamed import TODAY

    day = knowledge.day(TODAY if as_of is None else as_of)
    found = record_on(knowledge, day)
    return knowledge.card(
        question={"command": "status", "record": True},
        as_of=day,
        answer=Status(record=found.reached, read_again=found.read_again),
        because=unique(found.receipts),
        unknown=tuple(found.unknown),
        query=found.query,
    )


def _cases(knowledge: Knowledge, instrument: str, day: date) -> list[CaseUnder]:
    """Cases on record that may be about an instrument, as they stand on a day."""
    from dualuse.model.enforcement import Enforcement
    from dualuse.model.read import read
    from dualuse.questions.parts.cases import standing

    return [
        CaseUnder(each.case.node.key, each.case.title.en, str(each.steps[0].date), each.last.stage, str(each.last.date))
        for each in standing(read(knowledge.store, Enforcement, where={"instruments": (instrument,)}), day)
    ]


def _told(found: Answer) -> list[Reading] | None:
    """The readings of a status that is not known, or rests on more than one."""
    if found.status != "unknown" and len(found.readings) == 1:
        return None
    return [
        Reading(each.status, each.why, ", ".join(str(event.date) for event in each.events)) for each in found.readings
    ]


def _open_questions(found: Answer) -> tuple[Unknown, ...]:
    if found.status != "unknown":
        return ()
    told = ((word("status", reading.status), reading.why) for reading in found.readings)
    readings = Phrase.listed(
        (phrase("status.reading", status=status, why=why) for status, why in told), between=" or ", han="，或"
    )
    settles = found.settles or phrase("status.an_act")
    return (Unknown(phrase("status.which", readings=readings), phrase("status.settles", settles=settles)),)


_ByLens = Mapping[Lens, "Answer"]


def _parts(events: Sequence[Event], whole: _ByLens, ask: Callable[..., Answer]) -> list[tuple[str, _ByLens]]:
    """Provisions whose own events give them another status than the whole, under one of the lenses."""
    found: list[tuple[str, _ByLens]] = []
    for provision in sorted({part for event in events for part in event.scope}):
        own = {lens: ask(lens, provision=provision) for lens in whole}
        if any(answer.status != whole[lens].status for lens, answer in own.items()):
            found.append((provision, own))
    return found


def _elsewhere(
    knowledge: Knowledge, whole: _ByLens, parts: Sequence[tuple[str, _ByLens]]
) -> dict[Lens, list[tuple[str, Said]]]:
    """Lens -> the provisions that stand elsewhere than the whole under it, in words."""
    return {
        lens: [
            (knowledge.names.label("provision", key), in_words(own[lens]))
            for key, own in parts
            if own[lens].status != answer.status
        ]
        for lens, answer in whole.items()
    }


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
    if "record" in told.asked:
        return Sentence(_REACHES, ("record",))
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


def _headline(told: Teller[Status]) -> Headline:
    answer = told.answer
    if answer.record is not None:
        from dualuse.law.reach import STALE

        late = sum(each.horizon == STALE for each in answer.record)
        return Headline(numbered(late, _ONE, _MANY, all=len(answer.record)), tone="open" if late else "plain")
    by_lens = {lens.value: getattr(answer, lens.value) for lens in Lens}
    asked = told.card.lens
    named = {lens: told.name("status", status) for lens, status in by_lens.items()}
    order = sorted(named, key=lambda lens: lens != asked)
    each = join(
        (_UNDER.fill(lens=told.name("lens", lens), status=named[lens]) for lens in order), between="; ", han="；"
    )
    agreed = len(set(by_lens.values())) == 1
    tone = "open" if answer.status == "unknown" else "yes" if agreed and answer.status == "in-force" else "plain"
    used = ("in_short", "instrument", "title", "status", *by_lens)
    said = _EVERYWHERE.fill(status=named[order[0]]) if agreed else each
    return Headline(capital(said), answer.said or same(answer.in_short), tone, used)


_UNDER = Said("{lens}: {status}", "{lens}：{status}", "{lens}：{status}")
_EVERYWHERE = Said("{status} under every lens", "{status}（三種視角皆同）", "{status}（三种视角皆同）")
_REACHES = Said("How far does the record reach?", "紀錄涵蓋至何時？", "记录涵盖至何时？")
_ONE = Said(
    "The record of 1 authority of {all} is past its horizon",
    "{all} 個機關中，有 1 個的紀錄已逾時限",
    "{all} 个机关中，有 1 个的记录已逾时限",
)
_MANY = Said(
    "The record of {n} authorities of {all} is past its horizon",
    "{all} 個機關中，有 {n} 個的紀錄已逾時限",
    "{all} 个机关中，有 {n} 个的记录已逾时限",
)
QUESTION = Question(
    status,
    _sentence,
    _headline,
    examples=(
        "us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --lens enforced",
        '"Affiliates Rule" --as-of 2026-11-22',
        "--record",
    ),
)
