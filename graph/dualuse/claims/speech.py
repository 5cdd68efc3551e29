"""Statements as speech acts: who made them, together with whom, and what effect they have in law.

A speech act is counted once however many statements record it: a joint letter is one act with several signers, and a
report of a statement is no second statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dualuse.claims.ledger import Node, one, read_nodes, several
from dualuse.dates import PartialDate
from dualuse.namespaces import ID, split_thing
from dualuse.store.base import Store, value

_JOINT = ("joint letter", "joint statement")
ORGANISATIONS_QUERY = """# Organisations with their types, seat and name.
SELECT ?organisation ?type ?place ?name WHERE {
  ?organisation du:organisationType ?type ; skos:prefLabel ?name FILTER(LANG(?name) = "en")
  OPTIONAL { ?organisation du:headquarteredIn ?place }
}"""


@dataclass(frozen=True)
class Organisation:
    """What an organisation is, as far as it matters who speaks for whom."""

    name: str
    types: frozenset[str]
    place: str


@dataclass(frozen=True)
class Statement:
    """A statement as recorded."""

    key: str
    said: PartialDate
    organisation: str
    speaker: str
    speaker_label: str
    instruments: tuple[str, ...]
    topic: str
    stance: str
    grounds: tuple[str, ...]
    demand: str
    summary: str
    quotation: str
    venue: str
    same_as: str
    sources: tuple[str, ...]
    confidence: str

    @property
    def iri(self) -> str:
        """Its IRI."""
        return f"{ID}statement/{self.key}"

    @property
    def joint(self) -> bool:
        """Whether it is a letter or statement made together with others."""
        return any(word in f"{self.venue} {self.speaker_label}".lower() for word in _JOINT)


@dataclass(frozen=True)
class Act:
    """One speech act: the statements that record it, and the organisations that made or signed it."""

    key: str
    statements: tuple[Statement, ...]
    signers: tuple[str, ...]

    @property
    def first(self) -> Statement:
        """The statement that stands for the act."""
        return next(statement for statement in self.statements if statement.key == self.key)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Grounds of all its statements."""
        return tuple(sorted({ground for statement in self.statements for ground in statement.grounds}))

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of all its statements, those of the first one in front."""
        ordered = (self.first, *self.statements)
        return tuple(dict.fromkeys(source for statement in ordered for source in statement.sources))

    def of(self, organisation: str) -> Statement:
        """The statement recorded for a signer, or the first one where none of its own is."""
        return next((s for s in self.statements if s.organisation == organisation), self.first)


@dataclass(frozen=True)
class Effect:
    """What a kind of act, or of voice, does in law; empty fields match anything."""

    key: str
    place: str
    instrument_kind: str
    organisation_type: str
    words: tuple[str, ...]
    force: str
    summary: str


@dataclass(frozen=True)
class Speech:
    """Statements and organisations by key, who signed with whom in which source, and what has which effect in law."""

    statements: dict[str, Statement]
    organisations: dict[str, Organisation]
    signed: dict[str, frozenset[str]]
    effects: tuple[Effect, ...]


def read_speech(store: Store) -> Speech:
    """Read statements, the organisations they speak for, and letters signed together."""
    statements = {key: _statement(key, node) for key, node in read_nodes(store, "Statement").items()}
    signed: dict[str, set[str]] = defaultdict(set)
    for node in read_nodes(store, "Affiliation").values():
        if one(node, "affiliationKind") == "co-signed-letter-with":
            for source in several(node, "wasDerivedFrom"):
                signed[source] |= {one(node, "organisation"), one(node, "other")}
    effects = tuple(_effect(key, node) for key, node in read_nodes(store, "LegalEffect").items())
    return Speech(statements, _organisations(store), {key: frozenset(signed[key]) for key in sorted(signed)}, effects)


def acts(speech: Speech, statements: Iterable[Statement]) -> list[Act]:
    """Join statements that record one speech act, by date and key.

    Args:
        speech: Everything said, so that the first record of an act is found even if it is not among *statements*.
        statements: The statements wanted.
    """
    together: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        together[_root(statement, speech.statements)].append(statement)
    found = []
    for key, members in together.items():
        if all(member.key != key for member in members):
            key = min(member.key for member in members)
        ordered = tuple(sorted(members, key=lambda member: member.key))
        found.append(Act(key, ordered, _signers(ordered, speech.signed)))
    return sorted(found, key=lambda act: (act.first.said.earliest, act.first.said.latest, act.key))


def _root(statement: Statement, known: Mapping[str, Statement]) -> str:
    """Key of the first record of a speech act; a ring of records is named by its least key."""
    seen = [statement.key]
    while (following := known[seen[-1]].same_as) in known:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _signers(statements: Sequence[Statement], signed: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Organisations of an act; of a joint letter also those that its source says signed it."""
    found = {statement.organisation for statement in statements}
    for statement in statements:
        if statement.joint:
            for source in statement.sources:
                also = signed.get(source, frozenset())
                found |= also if statement.organisation in also else frozenset()
    return tuple(sorted(found))


def voice_effect(statement: Statement, speech: Speech) -> Effect | None:
    """What a statement does in law, by who spoke and how: the most specific row that fits."""
    organisation = speech.organisations.get(statement.organisation)
    types = frozenset[str]() if organisation is None else organisation.types
    place = "" if organisation is None else organisation.place
    spoken = f"{statement.speaker_label} {statement.venue}".lower()
    fitting = [
        effect
        for effect in speech.effects
        if not effect.instrument_kind
        and effect.place in ("", place)
        and (not effect.organisation_type or effect.organisation_type in types)
        and (not effect.words or any(word in spoken for word in effect.words))
    ]
    return max(fitting, key=_specific, default=None)


def act_effect(instrument_kind: str, jurisdictions: Iterable[str], effects: Iterable[Effect]) -> Effect | None:
    """What a kind of instrument does in law in its legal order: the most specific row that fits."""
    orders = {"", *jurisdictions}
    fitting = [effect for effect in effects if effect.instrument_kind == instrument_kind and effect.place in orders]
    return max(fitting, key=_specific, default=None)


def _specific(effect: Effect) -> tuple[int, str]:
    given = (effect.place, effect.instrument_kind, effect.organisation_type, effect.words)
    return sum(1 for part in given if part), effect.key


def _organisations(store: Store) -> dict[str, Organisation]:
    types: dict[str, set[str]] = defaultdict(set)
    found: dict[str, tuple[str, str]] = {}
    for row in store.select(ORGANISATIONS_QUERY):
        key = split_thing(value(row, "organisation"))[1]
        types[key].add(split_thing(value(row, "type"))[1])
        found[key] = value(row, "name"), split_thing(value(row, "place"))[1] if "place" in row else ""
    return {key: Organisation(name, frozenset(types[key]), place) for key, (name, place) in sorted(found.items())}


def _statement(key: str, node: Node) -> Statement:
    return Statement(
        key=key,
        said=PartialDate(one(node, "saidOn")),
        organisation=one(node, "onBehalfOf"),
        speaker=one(node, "wasAssociatedWith"),
        speaker_label=one(node, "speakerLabel"),
        instruments=several(node, "aboutInstrument"),
        topic=one(node, "topic"),
        stance=one(node, "stance"),
        grounds=several(node, "ground"),
        demand=one(node, "demand"),
        summary=one(node, "description"),
        quotation=one(node, "quotation"),
        venue=one(node, "venue"),
        same_as=one(node, "sameStatementAs"),
        sources=several(node, "wasDerivedFrom"),
        confidence=one(node, "confidence"),
    )


def _effect(key: str, node: Node) -> Effect:
    return Effect(
        key=key,
        place=one(node, "inLegalOrder"),
        instrument_kind=one(node, "ofInstrumentKind"),
        organisation_type=one(node, "ofOrganisationType"),
        words=several(node, "voiceWord"),
        force=one(node, "legalForce"),
        summary=one(node, "description"),
    )
