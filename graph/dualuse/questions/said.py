"""Who stood where on a measure, on what grounds, when, and with what effect in law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from dualuse.card import Card, Fold, Unknown, optional, table, unique
from dualuse.errors import UsageError
from dualuse.model.values import Ground, Stance
from dualuse.questions.parameters import AsOf, Opt, must_be_among, several
from dualuse.questions.parts.voices import Heard, Held, Letter, Measure, Outside, Turned, Voiced
from dualuse.questions.question import Question, asks, counts
from dualuse.said import Named, Phrase, phrase, same
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.claims.positions import Window
    from dualuse.claims.speech import Act
    from dualuse.knowledge import Knowledge
    from dualuse.model.law import Event

_SPEAKERS = ("organisation", "person")

Side = Literal["either", "after", "before"]


@dataclass(frozen=True)
class Statements:
    """Statements with the measures they are about; or positions with letters; or changes of position."""

    acts: int
    positions: int
    by_stance: Mapping[str, int]
    event: str | None = optional()
    window: str | None = optional()
    changes: Sequence[Turned] | None = table(optional=True, whole=True)
    matrix: Sequence[Held] | None = table(optional=True, whole=True)
    letters: Sequence[Letter] | None = table(optional=True)
    statements: Sequence[Voiced] | None = table(
        optional=True, whole=True, fold=Fold(("stance",), order=get_args(Stance))
    )
    measures: Sequence[Measure] | None = table(optional=True)
    outside: Sequence[Outside] | None = table(optional=True)


def said(
    knowledge: Knowledge,
    *,
    about: Annotated[str | None, Opt("Instrument by key or title.", metavar="MEASURE")] = None,
    by: Annotated[str | None, Opt("Organisation or person by key or name.", metavar="WHO")] = None,
    within: Annotated[
        str | None, Opt("Only around an event: 72h, 3d, 1w; counted in whole days.", metavar="SPAN")
    ] = None,
    of: Annotated[
        str | None, Opt("The event: its kind (publication, announcement ...) or its key.", metavar="EVENT")
    ] = None,
    side: Annotated[Side, Opt("Which side of the event counts.")] = "either",
    stance: Annotated[Sequence[Stance], Opt("May be repeated.")] = (),
    ground: Annotated[Sequence[Ground], Opt("May be repeated.")] = (),
    matrix: Annotated[bool, Opt("One row for each party and stance, with its grounds.")] = False,
    changes: Annotated[bool, Opt("Where a party's stance on a measure changed.")] = False,
    sources: Annotated[
        Path | None,
        Opt("Folder with documents at hand: their words for what was said are shown.", path="folder", exists=True),
    ] = None,
    as_of: AsOf = None,
) -> Card[Statements]:
    """Tell who said what about a measure, on what grounds, and what their words do in law.

    Args:
        stance: Stances wanted; none means any.
        ground: Grounds of which one is wanted; none means any.
        as_of: Only what can have been said by this day.

    Raises:
        UnknownNameError: a measure or a speaker is not in the graph.
        UsageError: a window without an event, an event that is not there, or the reverse; two tables at a time;
            or no such stance or ground.
    """
    from dualuse.claims.speech import acts, read_speech
    from dualuse.model.read import query
    from dualuse.model.speech import Statement
    from dualuse.questions.parts.ledger import read_told
    from dualuse.questions.parts.twice import given_twice, warnings

    if matrix and changes:
        raise UsageError("--matrix and --changes are two different tables; ask for one at a time")
    stances, grounds = several(stance), several(ground)
    for what, given, values in (("stance", stances, Stance), ("ground", grounds, Ground), ("side", [side], Side)):
        must_be_among(what, given, values)
    day, names = knowledge.day(as_of), knowledge.names
    measure = None if about is None else names.key("instrument", about)
    who = None if by is None else names.find_any(_SPEAKERS, by)
    around = _window(knowledge, within, of, side, measure)
    told, speech = None if sources is None else read_told(knowledge, sources), read_speech(knowledge.store)
    twice = [] if told is None else given_twice(told, told.ledger.claims.values(), speech, day)
    doubted = {} if told is None else warnings(told, twice)
    heard = Heard(knowledge, speech, knowledge.registry, around, told, doubted.keys())
    statements = [
        statement
        for statement in heard.speech.statements.values()
        if statement.date.earliest <= day and (measure is None or measure in statement.instruments)
    ]
    everything = [act for act in acts(heard.speech, statements) if _is_by(act, who) and _fits(act, stances, grounds)]
    heard.prepare(everything)
    shown = [act for act in everything if around is None or around.place(act.first.date) in ("inside", "unsure")]
    return knowledge.card(
        question={
            "command": "said",
            "about": measure,
            "by": None if who is None else ":".join(who),
            "within": within,
            "of": of,
            "stance": stances,
            "ground": grounds,
        },
        as_of=day,
        answer=_answer(heard, everything, "changes" if changes else "matrix" if matrix else "statements"),
        because=unique(heard.receipt(statement) for act in shown for statement in act.statements),
        unknown=tuple(_gaps(heard, everything, changes)),
        query=query(Statement),
    )


def _window(knowledge: Knowledge, within: str | None, of: str | None, side: Side, measure: str | None) -> Window | None:
    from dualuse.claims.positions import find_event, read_hours, window
    from dualuse.law.events import read_events
    from dualuse.namespaces import thing

    if within is None and of is None:
        return None
    if not within or not of:
        raise UsageError("--within and --of go together, for example --within 72h --of publication")
    hours = read_hours(within)
    key = of.removeprefix("event:").removeprefix(thing("event", ""))
    instrument = measure or key.rpartition(".")[0]
    if ("instrument", instrument) not in knowledge.names.shown:
        raise UsageError(f"--of {of!r}: name the measure with --about, or give the key of an event")
    return window(find_event(key, read_events(knowledge.store, instrument)), hours, side)


def _is_by(act: Act, who: tuple[str, str] | None) -> bool:
    if who is None:
        return True
    kind, key = who
    return key in (act.signers if kind == "organisation" else [statement.speaker for statement in act.statements])


def _fits(act: Act, stances: Sequence[str], grounds: Sequence[str]) -> bool:
    if stances and {statement.stance for statement in act.statements}.isdisjoint(stances):
        return False
    return not grounds or not set(act.grounds).isdisjoint(grounds)


def _answer(heard: Heard, everything: Sequence[Act], form: Literal["changes", "matrix", "statements"]) -> Statements:
    from dualuse.claims import positions

    around = heard.around
    inside = [act for act in everything if around is None or around.place(act.first.date) == "inside"]
    held = positions.positions(inside, heard.speech)
    stances = Counter(position.stance for position in held)
    turned, plain, as_matrix = form == "changes", form == "statements", form == "matrix"
    event = None if around is None else around.event
    return Statements(
        acts=len(inside),
        positions=len(held),
        by_stance={stance: stances[stance] for stance in sorted(stances)},
        event=None if event is None else _event(event),
        window=None if around is None else f"{around.first}/{around.last}",
        changes=[heard.turned(each) for each in positions.changes(inside, heard.speech)] if turned else None,
        matrix=[heard.held(position) for position in held] if as_matrix else None,
        letters=[heard.letter(act) for act in inside if len(act.signers) > 1] if as_matrix else None,
        statements=[heard.voiced(act) for act in inside] if plain else None,
        measures=list(heard.measures(inside)) if plain else None,
        outside=None if around is None else [heard.outside(act, around) for act in everything if act not in inside],
    )


def _event(event: Event) -> Phrase:
    kind = Named.of({("event-kind", event.kind): event.kind})
    return phrase("dated.event", kind=kind, day=str(event.date), key=same(event.node.key))


def _gaps(heard: Heard, everything: Sequence[Act], changes: bool) -> Iterator[Unknown]:
    from dualuse.claims import positions
    from dualuse.claims.speech import reports

    around = heard.around
    unsure = [act for act in everything if around is not None and around.place(act.first.date) == "unsure"]
    if unsure:
        listed = same(", ".join(f"{act.key} ({act.first.date})" for act in unsure))
        yield Unknown(phrase("talk.in_window", listed=listed), phrase("talk.dated"))
    for change in positions.changes(everything, heard.speech) if changes else ():
        if not change.sure:
            first, then = change.before, change.after
            keys = {"one": same(first.node.key), "other": same(then.node.key)}
            what = phrase("talk.whether_first", day=str(first.date), later=str(then.date), **keys)
            yield Unknown(what, phrase("talk.other_way"))
    if heard.told is not None:
        reported = [claim.key for act in everything for claim in reports(act, heard.speech, heard.told.ledger)]
        yield from heard.told.excerpts.gaps(reported)
    if not everything:
        yield Unknown(phrase("talk.no_statement"), phrase("talk.silence"))


_ASKED = {
    (): Said("Who said what?", "誰說了什麼？", "谁说了什么？"),
    ("about",): Said("Who said what about “{about}”?", "各方對「{about}」說了什麼？", "各方对“{about}”说了什么？"),
}
_STATEMENTS = Said("{n} statements", "{n} 則表態", "{n} 则表态")
_STATEMENT = Said("1 statement", "1 則表態", "1 则表态")

QUESTION = Question(
    said,
    asks(_ASKED),
    counts("acts", _STATEMENT, _STATEMENTS),
    examples=(
        "--about us-ai-diffusion-ifr-2025-01 --within 72h --of publication --matrix",
        '--by "European Commission" --changes',
    ),
)
