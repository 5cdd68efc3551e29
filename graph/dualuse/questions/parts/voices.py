"""Statements, positions, letters and changes of position as rows: who said what, and what it does in law."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, named, optional
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase, same
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.claims.positions import Change, Position, Window
    from dualuse.claims.speech import Act, Speech
    from dualuse.knowledge import Knowledge
    from dualuse.model.speech import Statement
    from dualuse.node import Node
    from dualuse.questions.parts.ledger import Told
    from dualuse.registry import Registry


@dataclass(frozen=True)
class Reported:
    """Words with which a document at hand reports what was said, and where they stand."""

    claim: str
    where: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Voiced:
    """What one party, or several together, said at once, and what such words do in law."""

    statement: str
    date: str
    days: int | None = optional()
    who: Sequence[str]
    speaker: str | None
    stance: str
    grounds: Sequence[str]
    demand: str | None
    summary: str
    quotation: str | None
    venue: str | None
    records: Sequence[str]
    legal_effect: str | None
    effect_why: str | None
    receipt: str
    words: Sequence[Reported] | None = optional()

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        named = self.speaker is None or any(self.speaker in each for each in self.who)
        who = Phrase.listed(self.who, between="; ", han="；")
        return {
            "statement": self.statement,
            "date": self.date,
            "who": who if named else phrase("dated.speaker", people=who, organisation=str(self.speaker)),
            "stance": self.stance,
            "grounds": self.grounds,
            "summary": self.summary,
            "legal_effect": self.legal_effect,
            "receipt": self.receipt,
            "words": [f"{each.text} ({each.claim}: {each.where})" for each in self.words or ()],
        }


@dataclass(frozen=True)
class Measure:
    """An instrument spoken about, with what it does in law; what is said about it does nothing."""

    measure: str
    title: str
    kind: str
    legal_effect: str | None
    effect_why: str | None


@dataclass(frozen=True)
class Held:
    """A stance of a party, its grounds, and where it was taken: alone, or in letters with others."""

    party: str
    name: str
    stance: str
    grounds: Sequence[str]
    dates: Sequence[str]
    days: int | None
    statements: Sequence[str]
    letters: Sequence[str]
    receipt: str

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        return {
            "who": self.name,
            "stance": self.stance,
            "grounds": self.grounds,
            "dates": self.dates,
            "statements": [*self.statements, *(phrase("dated.joint", letter=same(letter)) for letter in self.letters)],
            "receipt": self.receipt,
        }


@dataclass(frozen=True)
class Letter:
    """A letter of several parties."""

    letter: str
    date: str
    stance: str
    signers: Sequence[str]
    demand: str | None
    receipt: str


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A party's stance on a measure, and the next one that differs."""

    party: str
    name: str
    measure: str
    before: str = named("from")
    from_date: str
    from_speaker: str | None
    to: str
    to_date: str
    to_speaker: str | None
    order_known: bool
    statements: Sequence[str]
    receipt: str

    def seen(self) -> dict[str, Any]:
        """What fits a line."""
        return {
            "who": self.name,
            "measure": self.measure,
            "from": _turned(self.before, self.from_date, self.from_speaker),
            "to": _turned(self.to, self.to_date, self.to_speaker),
            "order known": self.order_known,
            "statements": self.statements,
            "receipt": self.receipt,
        }


@dataclass(frozen=True)
class Outside:
    """What was said outside the window, or cannot be placed."""

    statement: str
    date: str
    where: str
    who: Sequence[str]
    stance: str


def _turned(stance: str, day: str, speaker: str | None) -> Phrase:
    return phrase("dated.turned", stance=word("stance", stance), day=day, speaker=str(speaker))


def spoken_by(organisation: str, *people: str) -> str:
    """Who spoke and for whom: the persons first, where any is named."""
    if not people:
        return organisation
    return phrase("dated.speaker", people=Phrase.listed(people), organisation=organisation)


@dataclass(frozen=True)
class Heard:
    """What is on record, with what is needed to tell it.

    Args:
        knowledge: The graph.
        speech: Everything said.
        registry: The sources.
        around: The days asked about; None means any.
        told: The ledger, with the words of claims in documents at hand; None where none are looked for.
        doubted: Claims whose words are likely another speaker's.
    """

    knowledge: Knowledge
    speech: Speech
    registry: Registry
    around: Window | None
    told: Told | None = None
    doubted: Collection[str] = ()

    def prepare(self, acts: Sequence[Act]) -> None:
        """Read at once what acts are told by: their sources, and who speaks in them."""
        self.registry.prepare(statement for act in acts for statement in act.statements)
        self.speech.organisations.of({signer for act in acts for signer in act.signers})

    def organisation(self, key: str) -> str:
        """Name of an organisation."""
        found = self.speech.organisations.get(key)
        return key if found is None else found.name.en

    def receipt(self, statement: Statement) -> Receipt:
        """A statement as a line of evidence."""
        named = Phrase.listed(Called.of({("ground", key): key}) for key in statement.grounds)
        grounds = phrase("dated.grounds", grounds=named) if named else ""
        who = self._voice(statement.organisation, [statement])
        day, stance = str(statement.date), word("stance", statement.stance)
        text = phrase("dated.statement", day=day, who=who, stance=stance, grounds=grounds)
        return self.registry.receipt(statement, text, "")

    def held(self, position: Position) -> Held:
        """A position as a row."""
        own = [act for act in position.acts if len(act.signers) == 1]
        letters = [act for act in position.acts if len(act.signers) > 1]
        first = (own or letters)[0]
        return Held(
            party=position.holder.key,
            name=self._holder(position.holder, position.organisation),
            stance=position.stance,
            grounds=position.grounds,
            dates=sorted({str(act.first.date) for act in position.acts}),
            days=self._days(first),
            statements=[act.of(position.organisation).node.key for act in own],
            letters=[act.key for act in letters],
            receipt=self.registry.address(first.sources),
        )

    def letter(self, act: Act) -> Letter:
        """A letter as a row."""
        return Letter(
            letter=act.key,
            date=str(act.first.date),
            stance=act.first.stance,
            signers=self._signers(act),
            demand=act.first.demand,
            receipt=self.registry.address(act.sources),
        )

    def voiced(self, act: Act) -> Voiced:
        """What was said at once as a row."""
        from dualuse.claims.speech import voice_effect

        first = act.first
        effect = voice_effect(first, self.speech)
        return Voiced(
            statement=act.key,
            date=str(first.date),
            days=self._days(act),
            who=self._signers(act),
            speaker=self._speaker(first),
            stance=first.stance,
            grounds=act.grounds,
            demand=first.demand,
            summary=first.summary,
            quotation=first.quotation.text if first.quotation else None,
            venue=first.venue,
            records=[statement.node.key for statement in act.statements],
            legal_effect=None if effect is None else effect.force,
            effect_why=None if effect is None else effect.summary,
            receipt=self.registry.address(act.sources),
            words=list(self.reported(act)) or None,
        )

    def reported(self, act: Act) -> Iterator[Reported]:
        """Words of claims that report an act, and no other of the same party on the same measure."""
        from dualuse.claims.speech import reports

        told = self.told
        for claim in () if told is None else reports(act, self.speech, told.ledger):
            words = None if told is None else told.excerpts.words.get(claim.key)
            if words is not None and claim.key not in self.doubted:
                yield Reported(claim.key, words.place, words.text)

    def outside(self, act: Act, around: Window) -> Outside:
        """What was said outside the days asked about as a row."""
        place = around.place(act.first.date)
        return Outside(act.key, str(act.first.date), place, self._signers(act), act.first.stance)

    def turned(self, change: Change) -> Turned:
        """A change of position as a row."""
        before, after = change.before, change.after
        return Turned(
            party=change.holder.key,
            name=self._holder(change.holder, after.organisation),
            measure=change.instrument,
            before=before.stance,
            from_date=str(before.date),
            from_speaker=self._speaker(before),
            to=after.stance,
            to_date=str(after.date),
            to_speaker=self._speaker(after),
            order_known=change.sure,
            statements=[before.node.key, after.node.key],
            receipt=self.registry.address(after.sources),
        )

    def measures(self, acts: Iterable[Act]) -> Iterator[Measure]:
        """Instruments spoken about, by key."""
        from dualuse.claims.speech import act_effect
        from dualuse.model.law import Instrument
        from dualuse.model.read import read

        wanted = {instrument for act in acts for statement in act.statements for instrument in statement.instruments}
        for found in read(self.knowledge.store, Instrument, keys=wanted):
            effect = act_effect(found.kind, found.jurisdiction, self.speech.effects)
            force, why = (None, None) if effect is None else (effect.force, effect.summary)
            yield Measure(found.node.key, found.title.en, found.kind, force, why)

    def _signers(self, act: Act) -> list[str]:
        """Who speaks in an act: for each organisation the persons first, where any is named."""
        return [self._voice(each, [s for s in act.statements if s.organisation == each]) for each in act.signers]

    def _voice(self, organisation: str, statements: Sequence[Statement]) -> str:
        people = dict.fromkeys(self._speaker(statement) for statement in statements if statement.speaker)
        return spoken_by(self.organisation(organisation), *filter(None, people))

    def _holder(self, node: Node, organisation: str) -> str:
        if node.kind == "person":
            return spoken_by(self.organisation(organisation), self.knowledge.names.label("person", node.key))
        return self.organisation(node.key)

    def _speaker(self, statement: Statement) -> str | None:
        if statement.speaker is None:
            return statement.speaker_label
        return statement.signed(self.knowledge.names.label("person", statement.speaker))

    def _days(self, act: Act) -> int | None:
        return None if self.around is None else self.around.days(act.first.date)
