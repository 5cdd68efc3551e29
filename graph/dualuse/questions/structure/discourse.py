"""Which speakers argue alike, and which against one another: discourse networks, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from dualuse.card import Card, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.model.values import Stance
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt, must_be_among, several
from dualuse.questions.parts.amounts import Interval, interval
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Phrase, phrase, same
from dualuse.show.words import Said, numbered, word

if TYPE_CHECKING:
    from dualuse.analyse.structure import Plain
    from dualuse.claims.speech import Act, Speech
    from dualuse.knowledge import Knowledge
    from dualuse.model.speech import Statement

Kind = Literal["congruence", "conflict", "subtract"]
"""What joins two speakers."""
Concept = Literal["ground", "measure"]
"""What a stance is taken on."""
Normalise = Literal["average", "jaccard", "none"]
"""What a count is divided by."""
MEANS = {kind: phrase(f"means.{kind}") for kind in ("congruence", "conflict", "subtract")}
_STABLE = phrase("means.stable")
LIMITS = phrase("means.discourse_limits")
_MOST = 30
_MOST_LISTED = 12


@dataclass(frozen=True)
class Tie:
    """Two speakers, the concepts they agree on and those they oppose each other on, and how firm that is."""

    speaker: str
    id: str
    other: str
    other_id: str
    weight: float
    if_one_is_left_out: Interval
    survives: bool
    alike: Sequence[str]
    against: Sequence[str]
    hangs_on: Sequence[str]
    statements: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The tie as people read it."""
        span = self.if_one_is_left_out
        return {
            "speakers": phrase("talk.pair", one=self.speaker, other=self.other),
            "weight": phrase("talk.weight", n=f"{self.weight:g}", span=interval(span.min, span.max)),
            "alike": self.alike,
            "against": self.against,
            "survives": self.survives,
        }


@dataclass(frozen=True)
class Discourse:
    """How many speak and are tied, how many ties survive without any one statement, and the ties by weight."""

    means: str
    limits: str
    statements: int
    speakers: int
    tied: int
    ties: int
    surviving: int
    discourse: Sequence[Tie] = table(whole=True)


def discourse(
    knowledge: Knowledge,
    *,
    about: Annotated[str | None, Opt("Only this instrument, by key or title.", metavar="MEASURE")] = None,
    kind: Annotated[Kind | str, Opt("Same stances, opposite ones, or the first less the second.")] = "congruence",
    concept: Annotated[Concept | str, Opt("A measure with a ground given, or the measure alone.")] = "ground",
    normalise: Annotated[
        Normalise | str, Opt("Divide by the mean number of positions, by that of both together, or not.")
    ] = "average",
    stance: Annotated[Sequence[Stance], Opt("Only such stances; may be repeated.")] = (),
    start: Annotated[date | str | None, Opt("First day of a window.", flag="--from", metavar="DATE")] = None,
    end: Annotated[date | str | None, Opt("Last day of a window.", flag="--to", metavar="DATE")] = None,
    as_of: AsOf = None,
) -> Card[Discourse]:
    """Tie speakers by the stances they share or oppose on measures and grounds.

    Args:
        stance: Stances that count; none means all but ``neutral``, which takes no side.
        as_of: Only what can have been said by this day.

    Raises:
        UnknownNameError: the measure is not in the graph.
        UsageError: the window runs backwards; or no such kind, concept, norm or stance.
    """
    from dualuse.analyse.discourse import discourse_network, stance_graph, taken_in
    from dualuse.claims.speech import read_speech
    from dualuse.model.read import query
    from dualuse.model.speech import Statement
    from dualuse.questions.parts.voices import Heard

    stances = several(stance)
    for what, given, values in (
        ("kind", [kind], Kind),
        ("concept", [concept], Concept),
        ("norm", [normalise], Normalise),
        ("stance", stances, Stance),
    ):
        must_be_among(what, given, values)
    measure = None if about is None else knowledge.names.key("instrument", about)
    asked = _Asked(knowledge, start, end, as_of)
    speech = read_speech(knowledge.store)
    inside, unsure = asked.acts(speech, measure, stances)
    taken = taken_in(inside, speech, concept, measure)
    graph = stance_graph(taken)
    network = discourse_network(graph, kind, normalise)
    rows = _rows(knowledge, network, measure)
    heard = Heard(knowledge, speech, knowledge.registry, None)
    heard.prepare(inside)
    used = {key for row in rows for key in row.statements}
    return knowledge.card(
        question={
            "command": "structure",
            "question": "discourse",
            "about": measure,
            "kind": kind,
            "concept": concept,
            "normalise": normalise,
            "stance": stances,
            "from": None if start is None else asked.first.isoformat(),
            "to": None if end is None else asked.last.isoformat(),
        },
        as_of=asked.day,
        answer=Discourse(
            Phrase.listed(
                [MEANS[kind], *(phrase(f"means.{each}") for each in (concept, normalise)), _STABLE], between=" ", han=""
            ),
            LIMITS,
            statements=len({each.statement for each in taken if each.stance != "neutral"}),
            speakers=len(network),
            tied=sum(1 for _, degree in network.degree() if degree),
            ties=len(rows),
            surviving=sum(row.survives for row in rows),
            discourse=rows,
        ),
        because=unique(heard.receipt(told) for act in inside if act.key in used for told in act.statements),
        unknown=tuple(_gaps(inside, unsure, {each.statement for each in taken}, rows)),
        query=query(Statement),
    )


class _Asked:
    """The days asked about."""

    def __init__(
        self, knowledge: Knowledge, start: date | str | None, end: date | str | None, as_of: date | str | None
    ) -> None:
        self.day = knowledge.day(as_of)
        self.first = date.min if start is None else knowledge.day(start)
        self.last = date.max if end is None else knowledge.day(end)
        if self.last < self.first:
            raise UsageError(f"--to {self.last} is before --from {self.first}; swap them")

    def acts(self, speech: Speech, measure: str | None, stances: Sequence[str]) -> tuple[list[Act], list[Act]]:
        """Speech acts within the days, and those that may lie outside."""
        from dualuse.claims.speech import acts

        wanted = [statement for statement in speech.statements.values() if self._fits(statement, measure, stances)]
        found = acts(speech, wanted)
        inside = [act for act in found if self.first <= act.first.date.earliest and act.first.date.latest <= self.last]
        return inside, [act for act in found if act not in inside]

    def _fits(self, statement: Statement, measure: str | None, stances: Sequence[str]) -> bool:
        said = statement.date
        can = said.earliest <= min(self.day, self.last) and said.latest >= self.first
        return can and measure in (None, *statement.instruments) and (not stances or statement.stance in stances)


def _rows(knowledge: Knowledge, network: Plain, measure: str | None) -> list[Tie]:
    """Ties by the weight that is left whichever statement is left out, then by weight, then by name."""
    rows = [
        Tie(
            speaker=_name(knowledge, one),
            id=one,
            other=_name(knowledge, other),
            other_id=other,
            weight=round(data["weight"], 4),
            if_one_is_left_out=Interval(round(data["low"], 4), round(data["high"], 4)),
            survives=not data["hangs_on"],
            alike=[_concept(knowledge, position, measure) for position in data["alike"]],
            against=[_concept(knowledge, position, measure) for position in data["against"]],
            hangs_on=data["hangs_on"],
            statements=data["statements"],
        )
        for one, other, data in network.edges(data=True)
    ]
    return sorted(rows, key=lambda row: (-_firm(row), -abs(row.weight), row.id, row.other_id))


def _firm(row: Tie) -> float:
    """How far from 0 a tie stays whichever statement is left out."""
    span = row.if_one_is_left_out
    return min(abs(span.min), abs(span.max)) if row.survives else 0.0


def _name(knowledge: Knowledge, node: str) -> str:
    named = Node.parse(node)
    return knowledge.names.label(named.kind, named.key)


def _concept(knowledge: Knowledge, position: tuple[str, str], measure: str | None) -> Phrase:
    """A concept and the stance on it in words; the measure is left out where it is the one asked about."""
    concept, stance = position
    subject, _, ground = concept.partition(" ")
    kind, _, key = subject.partition(":")
    title = key if kind == "topic" else knowledge.names.label(kind, key)
    parts = [*([] if key == measure else [title]), *([knowledge.names.label("ground", ground)] if ground else [])]
    side = word("stance", stance)
    return phrase("talk.position", stance=side, what=Phrase.listed(parts)) if parts else Phrase.of(side)


def _gaps(inside: Sequence[Act], unsure: Sequence[Act], taken: set[str], rows: Sequence[Tie]) -> Iterator[Unknown]:
    """What makes no tie because the record does not say enough of it."""
    if unsure:
        yield Unknown(phrase("talk.in_window", listed=_listed(unsure)), phrase("talk.dated"))
    silent = [act for act in inside if all(each.stance == "neutral" for each in act.statements)]
    if silent:
        what = phrase("talk.agree_with", n=_number(silent), listed=_listed(silent))
        yield Unknown(what, phrase("talk.no_side"))
    bare = [act for act in inside if act.key not in taken and act not in silent]
    if bare:
        yield Unknown(
            phrase("talk.ground", n=_number(bare), listed=_listed(bare)),
            phrase("talk.none_coded"),
        )
    vague = sum(1 for row in rows if row.alike and all(_is_vague(position) for position in row.alike))
    if vague:
        yield Unknown(
            phrase("talk.direction", n=vague),
            phrase("talk.no_direction"),
        )
    if not rows:
        yield Unknown(phrase("talk.argues"), phrase("talk.no_tie"))


def _is_vague(position: str) -> bool:
    return not position.startswith(("supports", "opposes"))


def _number(acts: Sequence[Act]) -> Phrase:
    return phrase("talk.statement") if len(acts) == 1 else phrase("talk.statements", n=len(acts))


def _listed(acts: Sequence[Act]) -> Phrase:
    left = len(acts) - _MOST_LISTED
    few = Phrase.listed(same(act.key) for act in acts[:_MOST_LISTED])
    return phrase("amount.and_more", names=few, n=left) if left > 0 else few


def _draw(card: Card[Discourse], form: str) -> bytes:
    from dualuse.analyse.plot import Bar, clip, draw_spans

    bars = [
        Bar(
            f"{clip(row.speaker, 30)} – {clip(row.other, 30)}",
            row.if_one_is_left_out.min,
            row.if_one_is_left_out.max,
            mark=row.weight,
        )
        for row in card.answer.discourse[:_MOST]
    ]
    title = f"{str(card.question['kind']).capitalize()} of speakers, interval without any one statement, {card.as_of}"
    axis = f"weight (normalised: {card.question['normalise']})"
    return draw_spans(bars, form, title=title, axis=axis, foot=card.answer.limits)


_ASKED = {
    "congruence": Said("Which speakers argue alike?", "哪些發言方的論點相同？", "哪些发言方的论点相同？"),
    "conflict": Said("Which speakers argue against each other?", "哪些發言方的論點對立？", "哪些发言方的论点对立？"),
    "subtract": Said(
        "Which speakers agree on more than they oppose each other on?",
        "哪些發言方的共識多於對立？",
        "哪些发言方的共识多于对立？",
    ),
}
_ABOUT = {
    "congruence": Said(
        "Which speakers argue alike about “{about}”?",
        "關於「{about}」，哪些發言方的論點相同？",
        "关于「{about}」，哪些发言方的论点相同？",
    ),
    "conflict": Said(
        "Which speakers argue against each other about “{about}”?",
        "關於「{about}」，哪些發言方的論點對立？",
        "关于「{about}」，哪些发言方的论点对立？",
    ),
    "subtract": Said(
        "Which speakers agree on more about “{about}” than they oppose each other on?",
        "關於「{about}」，哪些發言方的共識多於對立？",
        "关于「{about}」，哪些发言方的共识多于对立？",
    ),
}
_TIES = Said("{n} ties", "{n} 條連結", "{n} 条连结")
_TIE = Said("1 tie", "1 條連結", "1 条连结")
_SURVIVE = Said(
    "{n} of {ties} survive leaving out any one statement; they tie {tied} of {speakers} speakers.",
    "{ties} 條中有 {n} 條在略去任一則表態後仍在；{speakers} 個發言方中有 {tied} 個相連。",
    "{ties} 条中有 {n} 条在略去任一则表态后仍在；{speakers} 个发言方中有 {tied} 个相连。",
)


def _sentence(told: Teller[Discourse]) -> Sentence:
    kind = str(told.asked["kind"])
    if "about" in told.asked:
        return Sentence(_ABOUT[kind].fill(about=told.part("about")), ("question", "kind", "about"))
    return Sentence(_ASKED[kind], ("question", "kind"))


def _headline(told: Teller[Discourse]) -> Headline:
    answer = told.answer
    detail = _SURVIVE.fill(n=answer.surviving, ties=answer.ties, tied=answer.tied, speakers=answer.speakers)
    return Headline(
        numbered(answer.ties, _TIE, _TIES),
        detail if answer.ties else None,
        "plain" if answer.ties else "open",
        ("ties", "surviving", "tied", "speakers") if answer.ties else ("ties",),
    )


QUESTION = Question(
    discourse,
    _sentence,
    _headline,
    examples=(
        "--about us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",
        "--kind conflict --concept measure --from 2025-01-13 --to 2025-05-13 --plot conflict.svg",
    ),
    also=(PLOT,),
    act=drawing(_draw),
)
