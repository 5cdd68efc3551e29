"""What a reading is held against: claims of the ledger, what settles them, positions taken, and ties of parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dualuse.claims.ledger import Ledger, read_ledger
from dualuse.claims.positions import holder
from dualuse.claims.settle import Assessment
from dualuse.claims.settlements import Law, read_law, read_settlements
from dualuse.claims.speech import Speech, acts, read_speech
from dualuse.model.claims import Claim, Settlement
from dualuse.model.read import read
from dualuse.model.relations import Operation, Ownership, Supply
from dualuse.model.values import Stance
from dualuse.node import Node
from dualuse.store.base import Store

Verdict = Literal["contradicts", "new", "agrees", "cannot tell"]
"""What a candidate is to the record and to the law, what a reader looks at first in front."""
Tie = Supply | Ownership | Operation
_STATE = ("government", "regulator")
"""Kinds of body by which a state speaks."""


@dataclass(frozen=True)
class Finding:
    """What a candidate is to the record and to the law.

    Args:
        verdict: The verdict.
        between: Why; for what cannot be told, what stands between.
        assessment: How the law stands to it, where that settles it.
        settlement: How it is settled.
        same: What of the record says the same.
        other: What of the record says otherwise.
    """

    verdict: Verdict
    between: str
    assessment: Assessment | None = None
    settlement: Settlement | None = None
    same: tuple[Node, ...] = ()
    other: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Stood:
    """A side on an instrument that the record has somebody take, from the first to the last day it can have been."""

    node: Node
    stance: str
    first: date
    last: date


@dataclass(frozen=True)
class Record:
    """The record.

    Args:
        ledger: Claims by key.
        settlements: How the law settles an attribute of an instrument.
        law: What calculations of the law read.
        speech: What was said by whom.
        stands: (who, instrument) -> sides taken, by day.
        ties: Who supplies, owns and runs what.
    """

    ledger: Ledger
    settlements: Mapping[tuple[str | None, str], Settlement]
    law: Law
    speech: Speech
    stands: Mapping[tuple[Node, str], Sequence[Stood]]
    ties: Sequence[Tie]

    def holder(self, organisation: str, person: str) -> Node:
        """Who holds a position: in a legislature the member who speaks, else the body."""
        known = self.speech.organisations.get(organisation)
        in_chamber = known is not None and "legislature" in known.types
        return Node("person", person) if person and (in_chamber or not organisation) else _body(organisation)

    def kin(self, who: Node, instrument: str) -> list[Stood]:
        """Sides that other bodies of the same state take."""
        known = self.speech.organisations.get(who.key) if who.kind == "organisation" else None
        if known is None or set(known.types).isdisjoint(_STATE):
            return []
        return [
            stood
            for (other, about), found in sorted(self.stands.items())
            for stood in found
            if about == instrument and other != who and self._is_of(other, known.headquarters)
        ]

    def _is_of(self, body: Node, place: str | None) -> bool:
        known = self.speech.organisations.get(body.key) if body.kind == "organisation" else None
        return known is not None and known.headquarters == place and not set(known.types).isdisjoint(_STATE)


def _body(organisation: str) -> Node:
    return Node("organisation", organisation)


def read_record(store: Store) -> Record:
    """Read what readings are held against."""
    ledger, speech = read_ledger(store), read_speech(store)
    ties: tuple[Tie, ...] = (*read(store, Supply), *read(store, Ownership), *read(store, Operation))
    settlements = read_settlements(store)
    return Record(ledger, settlements, read_law(store), speech, _stands(ledger, speech), ties)


def _stands(ledger: Ledger, speech: Speech) -> dict[tuple[Node, str], list[Stood]]:
    found: dict[tuple[Node, str], list[Stood]] = defaultdict(list)
    for act in acts(speech, speech.statements.values()):
        for signer in act.signers:
            said = act.of(signer)
            stood = Stood(said.node, said.stance, said.date.earliest, said.date.latest)
            for instrument in said.instruments:
                found[holder(act, signer, speech), instrument].append(stood)
    for claim in ledger.claims.values():
        if is_side(claim) and claim.party and claim.instrument:
            stood = Stood(claim.node, claim.value, *ledger.passage(claim).days)
            found[_body(claim.party), claim.instrument].append(stood)
    return {each: sorted(stood, key=lambda s: (s.first, s.last, s.node)) for each, stood in found.items()}


def is_side(claim: Claim) -> bool:
    """Whether a claim says that a party takes one of the sides which statements are coded by."""
    return claim.attribute == "position" and claim.affirmed and claim.value in get_args(Stance)
