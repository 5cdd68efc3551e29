"""Sides taken, held against those on record: of the same party on the same measure.

A side is that of a party and a measure. Only supporting and opposing exclude each other, and only on the same day: on
another day the party may have changed its mind, or another of its voices spoke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

from dualuse.model.values import Stance
from dualuse.news.against.record import Finding, Record, Stood
from dualuse.news.claims.candidates import Claim, Statement
from dualuse.node import Node
from dualuse.said import Named, Phrase, phrase, same

_OPPOSITE = {"supports": "opposes", "opposes": "supports"}


def statement_findings(statements: Sequence[Statement], record: Record) -> list[Finding]:
    """What each candidate statement is to the statements and positions on record, in the same order."""
    return [_statement(said, record) for said in statements]


def side(record: Record, claim: Claim, written: date | None) -> Finding | None:
    """What a candidate claim that somebody takes a side is to the record; None where it is of another kind."""
    if claim.attribute != "position" or claim.value not in get_args(Stance):
        return None
    if not claim.instrument:
        return Finding("cannot tell", phrase("against.no_measure"))
    if not claim.party and not claim.person:
        return Finding("cannot tell", phrase("against.whose"))
    who = record.holder(claim.party, claim.person)
    if claim.polarity == "negated":
        return _denied(record, who, claim.instrument, claim.value)
    return _taken(record, who, claim.instrument, claim.value, written)


def _statement(said: Statement, record: Record) -> Finding:
    if not said.instruments:
        return Finding("cannot tell", phrase("against.no_measure"))
    if not said.organisation and not said.speaker:
        return Finding("cannot tell", phrase("against.who"))
    day = date.fromisoformat(said.date) if said.date else None
    who = record.holder(said.organisation, said.speaker)
    found = [_taken(record, who, instrument, said.stance, day) for instrument in said.instruments]
    return _worst(found)


def _worst(found: Sequence[Finding]) -> Finding:
    """Of a side on several measures: what contradicts, then what is new, then what cannot be told."""
    order = ("contradicts", "new", "cannot tell", "agrees")
    return min(found, key=lambda each: order.index(each.verdict))


def _taken(record: Record, who: Node, instrument: str, stance: str, day: date | None) -> Finding:
    known = record.stands.get((who, instrument), ())
    same = tuple(stood.node for stood in known if stood.stance == stance)
    against = [stood for stood in known if stood.stance == _OPPOSITE.get(stance)]
    other = tuple(stood.node for stood in against)
    if any(day is not None and stood.first <= day <= stood.last for stood in against):
        if same:
            return Finding("cannot tell", phrase("against.both_sides"), same=same, other=other)
        return Finding("contradicts", phrase("against.other_side"), other=other)
    if same:
        return Finding("agrees", phrase("against.same_side"), same=same, other=other)
    if against:
        told = phrase("against.another_day")
        return Finding("cannot tell", told, other=other)
    kin = [stood for stood in record.kin(who, instrument) if stood.stance == stance]
    if kin:
        told = phrase("against.another_body")
        return Finding("cannot tell", told, same=tuple(stood.node for stood in kin))
    return Finding("new", Phrase.listed(_beside(known), between="; ", han="；") or phrase("against.no_side"))


def _beside(known: Sequence[Stood]) -> Iterator[str]:
    """Other sides on record that do not exclude one."""
    for stance in dict.fromkeys(stood.stance for stood in known):
        days = ", ".join(dict.fromkeys(str(stood.first) for stood in known if stood.stance == stance))
        yield phrase("against.beside", stance=Named.of({("stance", stance): stance}), days=same(days))


def _denied(record: Record, who: Node, instrument: str, stance: str) -> Finding:
    """A side that is said not to be taken: it agrees with the opposite one, and the same one contradicts it."""
    known = record.stands.get((who, instrument), ())
    taken = tuple(stood.node for stood in known if stood.stance == stance)
    opposite = tuple(stood.node for stood in known if stood.stance == _OPPOSITE.get(stance))
    if taken and opposite:
        return Finding("cannot tell", phrase("against.both_sides"), same=opposite, other=taken)
    if taken:
        told = phrase("against.no_longer")
        return Finding("cannot tell", told, other=taken)
    if opposite:
        return Finding("agrees", phrase("against.opposite_side"), same=opposite)
    return Finding("new", phrase("against.no_side"))
