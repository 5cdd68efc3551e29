"""The card on statements: who stood where on a measure, on what grounds, when, and with what effect in law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.claims.ledger import NODES_QUERY
from dualuse.claims.positions import Change, Position, Window, changes, find_event, positions, read_hours, window
from dualuse.claims.speech import Act, Speech, Statement, act_effect, acts, read_speech, voice_effect
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.events import read_events
from dualuse.namespaces import split_thing, thing
from dualuse.registry import Registry, read_registry
from dualuse.store.base import value

SPEAKERS = ("organisation", "person")
_INSTRUMENTS = """SELECT ?instrument ?title ?kind ?jurisdiction WHERE {
  ?instrument a du:Instrument ; rdfs:label ?title ; du:instrumentKind ?kind ; du:jurisdiction ?jurisdiction }"""


@dataclass(frozen=True)
class Asked:
    """What was asked for; empty means anything."""

    about: str = ""
    by: str = ""
    within: str = ""
    of: str = ""
    side: str = "either"
    stances: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    matrix: bool = False
    changes: bool = False


@dataclass(frozen=True)
class _Heard:
    knowledge: Knowledge
    speech: Speech
    registry: Registry

    def organisation(self, key: str) -> str:
        found = self.speech.organisations.get(key)
        return key if found is None else found.name

    def holder(self, link: str, organisation: str) -> str:
        kind, _, key = link.partition(":")
        if kind == "person":
            return f"{self.knowledge.names.label('person', key)} ({self.organisation(organisation)})"
        return self.organisation(key)

    def speaker(self, statement: Statement) -> str | None:
        label = self.knowledge.names.label("person", statement.speaker) if statement.speaker else ""
        return label or statement.speaker_label or None

    def receipt(self, statement: Statement) -> Receipt:
        grounds = f" ({', '.join(statement.grounds)})" if statement.grounds else ""
        text = f"{statement.said}: {self.organisation(statement.organisation)} {statement.stance}{grounds}"
        return Receipt(statement.iri, text, "", self.registry.address(statement.sources), statement.confidence)


def said_card(knowledge: Knowledge, as_of: date, asked: Asked) -> Card[Any]:
    """Statements, or positions, or changes of position.

    Args:
        knowledge: The graph.
        as_of: Only what can have been said by this day.
        asked: What is wanted.

    Raises:
        UnknownNameError: a measure or a speaker is not in the graph.
        UsageError: a window without an event, an event that is not there, or the reverse.
    """
    heard = _Heard(knowledge, read_speech(knowledge.store), read_registry(knowledge.store))
    about = knowledge.names.key("instrument", asked.about) if asked.about else ""
    by = knowledge.names.find_any(SPEAKERS, asked.by) if asked.by else None
    around = _window(knowledge, asked, about)
    statements = [
        statement
        for statement in heard.speech.statements.values()
        if statement.said.earliest <= as_of and (not about or about in statement.instruments)
    ]
    everything = [act for act in acts(heard.speech, statements) if _fits(act, by, asked)]
    inside = [act for act in everything if around is None or around.place(act.first.said) == "inside"]
    answer, tables = _answer(heard, inside, everything, asked, around)
    shown = [act for act in everything if around is None or around.place(act.first.said) in ("inside", "unsure")]
    return knowledge.card(
        question={
            "command": "said",
            "about": about or None,
            "by": None if by is None else ":".join(by),
            "within": asked.within or None,
            "of": asked.of or None,
            "stance": list(asked.stances),
            "ground": list(asked.grounds),
        },
        as_of=as_of,
        lens="",
        answer=answer,
        because=unique(heard.receipt(statement) for act in shown for statement in act.statements),
        unknown=tuple(_gaps(heard, everything, around, asked)),
        query=NODES_QUERY.format(name="Statement"),
        tables=tables,
    )


def _window(knowledge: Knowledge, asked: Asked, about: str) -> Window | None:
    if not asked.within and not asked.of:
        return None
    if not asked.within or not asked.of:
        raise UsageError("--within and --of go together, for example --within 72h --of publication")
    hours = read_hours(asked.within)
    key = asked.of.removeprefix("event:").removeprefix(thing("event", ""))
    instrument = about or key.rpartition(".")[0]
    if ("instrument", instrument) not in knowledge.names.shown:
        raise UsageError(f"--of {asked.of!r}: name the measure with --about, or give the key of an event")
    return window(find_event(key, read_events(knowledge.store, instrument)), hours, asked.side)


def _fits(act: Act, by: tuple[str, str] | None, asked: Asked) -> bool:
    if by is not None:
        kind, key = by
        named = act.signers if kind == "organisation" else tuple(statement.speaker for statement in act.statements)
        if key not in named:
            return False
    stances = {statement.stance for statement in act.statements}
    if asked.stances and stances.isdisjoint(asked.stances):
        return False
    return not asked.grounds or not set(act.grounds).isdisjoint(asked.grounds)


def _answer(
    heard: _Heard, inside: Sequence[Act], everything: Sequence[Act], asked: Asked, around: Window | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    held = positions(inside, heard.speech)
    stances = Counter(position.stance for position in held)
    answer: dict[str, Any] = {
        "acts": len(inside),
        "positions": len(held),
        "by_stance": {stance: stances[stance] for stance in sorted(stances)},
    }
    if around is not None:
        answer["event"] = f"{around.event.kind} of {around.event.on} ({split_thing(around.event.iri)[1]})"
        answer["window"] = f"{around.first}/{around.last}"
    tables: tuple[str, ...]
    if asked.changes:
        answer["changes"] = [_change_row(heard, change) for change in changes(inside, heard.speech)]
        tables = ("changes",)
    elif asked.matrix:
        answer["matrix"] = [_position_row(heard, position, around) for position in held]
        answer["letters"] = [_letter_row(heard, act) for act in inside if len(act.signers) > 1]
        tables = ("matrix", "letters")
    else:
        answer["statements"] = [_act_row(heard, act, around) for act in inside]
        answer["measures"] = _measure_rows(heard, inside)
        tables = ("statements", "measures")
    if around is not None:
        answer["outside"] = [_outside_row(heard, act, around) for act in everything if act not in inside]
        tables = (*tables, "outside")
    return answer, tables


def _position_row(heard: _Heard, position: Position, around: Window | None) -> dict[str, Any]:
    own = [act for act in position.acts if len(act.signers) == 1]
    letters = [act for act in position.acts if len(act.signers) > 1]
    first = (own or letters)[0]
    return {
        "party": position.holder.partition(":")[2],
        "name": heard.holder(position.holder, position.organisation),
        "stance": position.stance,
        "grounds": list(position.grounds),
        "dates": sorted({str(act.first.said) for act in position.acts}),
        "days": None if around is None else around.days(first.first.said),
        "statements": [act.of(position.organisation).key for act in own],
        "letters": [act.key for act in letters],
        "receipt": heard.registry.address(first.sources),
    }


def _letter_row(heard: _Heard, act: Act) -> dict[str, Any]:
    return {
        "letter": act.key,
        "date": str(act.first.said),
        "stance": act.first.stance,
        "signers": [heard.organisation(signer) for signer in act.signers],
        "demand": act.first.demand or None,
        "receipt": heard.registry.address(act.sources),
    }


def _act_row(heard: _Heard, act: Act, around: Window | None) -> dict[str, Any]:
    first = act.first
    effect = voice_effect(first, heard.speech)
    row: dict[str, Any] = {"statement": act.key, "date": str(first.said)}
    if around is not None:
        row["days"] = around.days(first.said)
    return row | {
        "who": [heard.organisation(signer) for signer in act.signers],
        "speaker": heard.speaker(first),
        "stance": first.stance,
        "grounds": list(act.grounds),
        "demand": first.demand or None,
        "summary": first.summary,
        "quotation": first.quotation or None,
        "venue": first.venue or None,
        "records": [statement.key for statement in act.statements],
        "legal_effect": None if effect is None else effect.force,
        "effect_why": None if effect is None else effect.summary,
        "receipt": heard.registry.address(act.sources),
    }


def _measure_rows(heard: _Heard, inside: Iterable[Act]) -> list[dict[str, Any]]:
    """Instruments spoken about, with what each does in law; what is said about them does nothing."""
    wanted = {instrument for act in inside for statement in act.statements for instrument in statement.instruments}
    found: dict[str, tuple[str, str, set[str]]] = {}
    for row in heard.knowledge.store.select(_INSTRUMENTS):
        key = split_thing(value(row, "instrument"))[1]
        if key in wanted:
            kind = split_thing(value(row, "kind"))[1]
            found.setdefault(key, (value(row, "title"), kind, set()))[2].add(value(row, "jurisdiction"))
    rows = []
    for key, (title, kind, jurisdictions) in sorted(found.items()):
        effect = act_effect(kind, jurisdictions, heard.speech.effects)
        rows.append(
            {
                "measure": key,
                "title": title,
                "kind": kind,
                "legal_effect": None if effect is None else effect.force,
                "effect_why": None if effect is None else effect.summary,
            }
        )
    return rows


def _outside_row(heard: _Heard, act: Act, around: Window) -> dict[str, Any]:
    return {
        "statement": act.key,
        "date": str(act.first.said),
        "where": around.place(act.first.said),
        "who": [heard.organisation(signer) for signer in act.signers],
        "stance": act.first.stance,
    }


def _change_row(heard: _Heard, change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "party": change.holder.partition(":")[2],
        "name": heard.holder(change.holder, after.organisation),
        "measure": change.instrument,
        "from": before.stance,
        "from_date": str(before.said),
        "from_speaker": heard.speaker(before),
        "to": after.stance,
        "to_date": str(after.said),
        "to_speaker": heard.speaker(after),
        "order_known": change.sure,
        "statements": [before.key, after.key],
        "receipt": heard.registry.address(after.sources),
    }


def _gaps(heard: _Heard, everything: Sequence[Act], around: Window | None, asked: Asked) -> Iterator[Unknown]:
    unsure = [act for act in everything if around is not None and around.place(act.first.said) == "unsure"]
    if unsure:
        named = ", ".join(f"{act.key} ({act.first.said})" for act in unsure)
        yield Unknown(f"whether these lie in the window: {named}", "they are dated to a month or a year only")
    if asked.changes:
        for change in changes(everything, heard.speech):
            if not change.sure:
                first, then = change.before, change.after
                what = f"whether {first.key} ({first.said}) came before {then.key} ({then.said})"
                yield Unknown(what, "the change may have gone the other way, or two voices differed")
    if not everything:
        yield Unknown("no statement in the record fits", "silence in the record is no proof that nothing was said")
