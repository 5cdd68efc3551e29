"""Statements as speech acts: who made them, together with whom, and what effect they have in law.

A speech act is counted once however many statements record it: a joint letter is one act with several signers, and a
report of a statement is no second statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dualuse.claims.ledger import Ledger
from dualuse.model.claims import Claim, LegalEffect
from dualuse.model.parties import Organisation
from dualuse.model.read import Records, read
from dualuse.model.relations import Affiliation
from dualuse.model.speech import Statement
from dualuse.store.base import Store

_SOON = timedelta(days=2)
"""How long after it was said a statement is still printed as news."""
_JOINT = ("joint letter", "joint statement")


@dataclass(frozen=True)
class Act:
    """One speech act: the statements that record it, and the organisations that made or signed it."""

    key: str
    statements: tuple[Statement, ...]
    signers: tuple[str, ...]

    @property
    def first(self) -> Statement:
        """The statement that stands for the act."""
        return next(statement for statement in self.statements if statement.node.key == self.key)

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
class Speech:
    """Statements and organisations by key, who signed with whom in which source, and what has which effect in law."""

    statements: dict[str, Statement]
    organisations: Records[Organisation]
    signed: dict[str, frozenset[str]]
    effects: tuple[LegalEffect, ...]


def read_speech(store: Store) -> Speech:
    """Read statements, the organisations they speak for, and letters signed together."""
    statements = {statement.node.key: statement for statement in read(store, Statement)}
    signed: dict[str, set[str]] = defaultdict(set)
    for tie in read(store, Affiliation, where={"kind": ("co-signed-letter-with",)}):
        for source in tie.sources:
            signed[source] |= {tie.organisation, tie.other}
    together = {key: frozenset(signed[key]) for key in sorted(signed)}
    return Speech(statements, Records(Organisation, store), together, tuple(read(store, LegalEffect)))


def is_joint(statement: Statement) -> bool:
    """Whether it is a letter or statement made together with others."""
    return any(word in _spoken(statement) for word in _JOINT)


def _spoken(statement: Statement) -> str:
    """Where a statement was made, and what its speaker is called, in small letters."""
    return f"{statement.speaker_label or ''} {statement.venue or ''}".lower()


def acts(speech: Speech, statements: Iterable[Statement]) -> list[Act]:
    """Join statements that record one speech act, by date and key.

    Args:
        speech: Everything said, so that the first record of an act is found even if it is not among *statements*.
    """
    together: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        together[_root(statement, speech.statements)].append(statement)
    found = []
    for key, members in together.items():
        if all(member.node.key != key for member in members):
            key = min(member.node.key for member in members)
        ordered = tuple(sorted(members, key=lambda member: member.node.key))
        found.append(Act(key, ordered, _signers(ordered, speech.signed)))
    return sorted(found, key=lambda act: (act.first.date.earliest, act.first.date.latest, act.key))


def _root(statement: Statement, known: Mapping[str, Statement]) -> str:
    """Key of the first record of a speech act; a ring of records is named by its least key."""
    seen = [statement.node.key]
    while (following := known[seen[-1]].same_as) is not None and following in known:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _signers(statements: Sequence[Statement], signed: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Organisations of an act; of a joint letter also those that its source says signed it."""
    found = {statement.organisation for statement in statements}
    for statement in statements:
        if is_joint(statement):
            for source in statement.sources:
                also = signed.get(source, frozenset())
                found |= also if statement.organisation in also else frozenset()
    return tuple(sorted(found))


def reports(act: Act, speech: Speech, ledger: Ledger) -> list[Claim]:
    """Claims of the ledger that report an act: of a signer, on one of its measures, printed within days of it.

    A claim that may as well report another act of the same party on the same measure is left out.
    """
    found = []
    for claim in ledger.claims.values():
        if claim.claimant is None or claim.instrument is None or not _may_report(claim, act.first, ledger):
            continue
        others = (
            statement
            for statement in speech.statements.values()
            if statement.organisation == claim.claimant and statement not in act.statements
        )
        if claim.claimant in act.signers and not any(_may_report(claim, other, ledger) for other in others):
            found.append(claim)
    return sorted(found, key=lambda claim: claim.key)


def _may_report(claim: Claim, statement: Statement, ledger: Ledger) -> bool:
    """Whether a claim is on a measure of a statement, of its speaker, and was printed on its day or soon after."""
    if claim.instrument not in statement.instruments:
        return False
    if claim.speaker and statement.speaker and claim.speaker != statement.speaker:
        return False
    first, last = ledger.passage(claim).days
    return statement.date.earliest <= last and first <= statement.date.latest + _SOON


def voice_effect(statement: Statement, speech: Speech) -> LegalEffect | None:
    """What a statement does in law, by who spoke and how: the most specific row that fits."""
    organisation = speech.organisations.get(statement.organisation)
    types = () if organisation is None else organisation.types
    place = None if organisation is None else organisation.headquarters
    spoken = _spoken(statement)
    fitting = [
        effect
        for effect in speech.effects
        if not effect.instrument_kind
        and effect.place in (None, place)
        and (not effect.organisation_type or effect.organisation_type in types)
        and (not effect.words or any(word in spoken for word in effect.words))
    ]
    return max(fitting, key=_specific, default=None)


def act_effect(kind: str, jurisdictions: Iterable[str], effects: Iterable[LegalEffect]) -> LegalEffect | None:
    """What a kind of instrument does in law in its legal order: the most specific row that fits."""
    orders = {None, *jurisdictions}
    fitting = [effect for effect in effects if effect.instrument_kind == kind and effect.place in orders]
    return max(fitting, key=_specific, default=None)


def _specific(effect: LegalEffect) -> tuple[int, str]:
    given = (effect.place, effect.instrument_kind, effect.organisation_type, effect.words)
    return sum(1 for part in given if part), effect.key
