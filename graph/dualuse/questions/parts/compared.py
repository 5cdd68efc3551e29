"""What differs between a graph and a scenario of it: places, exposures, transactions, claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dualuse.lens import Lens
from dualuse.said import Phrase, phrase
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.analyse.exposure import Exposure
    from dualuse.claims.settle import Assessment
    from dualuse.knowledge import Knowledge
    from dualuse.law.groups import Places
    from dualuse.network import Network
    from dualuse.node import Node
    from dualuse.store.base import Store


@dataclass(frozen=True)
class PlaceChanged:
    """A place whose tier or groups change."""

    place: str
    name: str
    tier_before: int | str | None
    tier_after: int | str | None
    left: Sequence[str]
    joined: Sequence[str]


@dataclass(frozen=True)
class ExposureChanged:
    """An exposure of a party that is gained, lost, or runs through another group."""

    party: str
    id: str
    channel: str
    through: str | None
    change: str
    before: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True)
class TransactionChanged:
    """A transaction that comes out differently."""

    transaction: str
    before: str
    after: str


@dataclass(frozen=True)
class ClaimChanged:
    """A claim that stands differently against the law; ``turns`` is its new result where that is another."""

    claim: str
    gloss: str
    before: str
    after: str
    turns: str | None


def places_changed(knowledge: Knowledge, before: Places, after: Places, day: date) -> list[PlaceChanged]:
    """Places whose tier or groups differ."""
    rows = []
    for place in sorted(before.tiers):
        was, will = before.tier_word(place, day), after.tier_word(place, day)
        old = [m.group for m in before.groups(place, day) if m.member(day)]
        new = [m.group for m in after.groups(place, day) if m.member(day)]
        if was != will or old != new:
            rows.append(
                PlaceChanged(
                    place=place,
                    name=knowledge.names.label("place", place),
                    tier_before=was,
                    tier_after=will,
                    left=sorted(set(old) - set(new)),
                    joined=sorted(set(new) - set(old)),
                )
            )
    return rows


def exposures_changed(
    before: Network, after: Network, was: frozenset[Exposure], will: frozenset[Exposure]
) -> list[ExposureChanged]:
    """Parties whose exposure is gained, lost, or runs through another group."""
    ends = {(e.party, e.channel, e.place) for e in was ^ will}
    rows = []
    for end in sorted(ends, key=lambda end: (end[0], end[1], end[2] or "")):
        party, channel, place = end
        old, new = _through(was - will, end), _through(will - was, end)
        network = before if party in before else after
        kept = bool(_through(was & will, end))
        change = "changed" if (old and new) or kept else "lost" if old else "gained"
        rows.append(
            ExposureChanged(
                party=network.nodes[party]["label"],
                id=party,
                channel=channel,
                through=place,
                change=change,
                before=[group for group in old if group],
                after=[group for group in new if group],
            )
        )
    return rows


def _through(found: frozenset[Exposure], end: tuple[Node, str, Node | None]) -> list[str]:
    """Groups through which a party is reached by a channel and a place; an empty one where it is by none."""
    return sorted("" if e.group is None else e.group.key for e in found if (e.party, e.channel, e.place) == end)


def transactions_changed(
    before: Knowledge, after: Knowledge, given: Sequence[tuple[str, Any]], day: date, lens: Lens
) -> list[TransactionChanged]:
    """Transactions that come out differently: the outcome, with the exception or the review policy."""
    from dualuse.law.asked import resolve
    from dualuse.law.decide import decide

    if not given:
        return []
    rows = []
    for name, asked in given:
        transaction = resolve(before.names, asked, day, lens)
        decisions = (decide(transaction, k.law) for k in (before, after))
        told = [(found.outcome, found.exception or found.review_policy) for found in decisions]
        if told[0] != told[1]:
            rows.append(TransactionChanged(name, " ".join(told[0]).strip(), " ".join(told[1]).strip()))
    return rows


_ASSESSMENTS = """SELECT ?claim ?gloss ?result ?law WHERE {
  ?assessment a du:Assessment ; du:assesses ?claim ; du:assessmentResult ?result ; du:lawValue ?law .
  ?claim dct:description ?gloss
}"""


def claims_changed(before: Knowledge, after: Knowledge) -> list[ClaimChanged]:
    """Claims whose standing against the law changes, or against which the law says something else."""
    was, will = (_assessed(each.store) for each in (before, after))
    changed = [claim for claim in sorted(was.keys() & will.keys()) if was[claim] != will[claim]]
    if not changed:
        return []
    first, then = (_held(each.store, changed) for each in (before, after))
    return [
        ClaimChanged(
            claim=claim,
            gloss=was[claim][0],
            before=_against(first[claim]),
            after=_against(then[claim]),
            turns=then[claim].result if then[claim].result != first[claim].result else None,
        )
        for claim in changed
    ]


def _held(store: Store, claims: Sequence[str]) -> dict[str, Assessment]:
    """Some claims held against the law again, for its words in every language: the graph has them in English."""
    from dualuse.claims.ledger import read_ledger
    from dualuse.claims.settle import assess
    from dualuse.claims.settlements import read_law, read_settlements

    ledger, settlements, law = read_ledger(store), read_settlements(store), read_law(store)
    found = {}
    for key in claims:
        claim = ledger.claims[key]
        held = assess(claim, settlements[claim.instrument, claim.attribute], law)
        if held is not None:
            found[key] = held
    return found


def _against(held: Assessment) -> Phrase:
    return phrase("settled.attribute", attribute=word("result", held.result), value=held.law.value)


def _assessed(store: Store) -> dict[str, tuple[str, str, str]]:
    from dualuse.namespaces import split_thing
    from dualuse.store.base import value

    return {
        split_thing(value(row, "claim"))[1]: (
            value(row, "gloss"),
            split_thing(value(row, "result"))[1],
            value(row, "law"),
        )
        for row in store.select(_ASSESSMENTS)
    }
