"""Who is affected because listed parties own it: the 50 % cascade, told as edges from a listing to the party."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dualuse.analyse.connected import OPERATIVE, Effect, Magnitude, Path, Step, sure
from dualuse.card import Receipt, Unknown
from dualuse.network import Network
from dualuse.network.web import name
from dualuse.node import Node
from dualuse.ownership.shipped import is_named
from dualuse.said import phrase, same
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.ownership.outcome import Outcome
    from dualuse.ownership.records import OwnershipRule

HELD = "percent held in sum"
"""Unit of the magnitude of the channel *ownership*."""


@dataclass(frozen=True)
class Captures:
    """Parties that instruments reach through the channel *ownership*, the rules that say so, and what is open."""

    effects: tuple[Effect, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    unknown: tuple[Unknown, ...] = ()


def captures(
    knowledge: Knowledge, network: Network, sources: Sequence[Node], as_of: date, lens: str, *, rule_of: str = ""
) -> Captures:
    """Parties captured through the listings of instruments, under the 50 % rules in force on a day.

    Shares add up over every listed owner, whichever instrument listed it; a party belongs to an instrument if a chain
    of owners that count leads from a party which that instrument lists.

    Args:
        knowledge: The graph.
        network: Its projection on the day and under the lens.
        sources: Nodes of instruments; a measure alone lists nobody.
        as_of: Day of law.
        lens: ``codified``, ``enforced`` or ``announced``.
        rule_of: Key of the instrument whose 50 % rules alone are applied; every rule if empty.

    Returns:
        Effects with the path from the listing along the stakes, and as magnitude the share held in sum, in percent. An
        unknown for each party that may be captured, and for each rule that is not in force.
    """
    listed = {source: found for source in sources if (found := _listed(network, source))}
    alone = sources[0] if len(sources) == 1 and sources[0].kind == "instrument" else None
    if not listed and not (alone and is_named(alone.key)):
        return Captures()
    return _captures(knowledge, network, listed, alone, as_of, lens, rule_of)


def _captures(
    knowledge: Knowledge,
    network: Network,
    listed: Mapping[Node, dict[str, Step]],
    alone: Node | None,
    as_of: date,
    lens: str,
    rule_of: str,
) -> Captures:
    from dualuse.ownership.findings import Findings
    from dualuse.ownership.graph import read_holdings, read_listings
    from dualuse.ownership.outcome import cascade
    from dualuse.ownership.records import read_rules
    from dualuse.ownership.standing import IN_FORCE, standing

    effects: list[Effect] = []
    receipts: list[Receipt] = []
    unknown: list[Unknown] = []
    for key, rule in read_rules().items():
        if rule_of not in ("", rule.instrument):
            continue
        parties = read_listings(knowledge.store, as_of, [one.key for one in rule.lists], Findings(), knowledge.registry)
        reached = {source: _among(steps, parties.sure) for source, steps in listed.items()}
        if alone is not None and rule.instrument == alone.key:
            affiliates = phrase("held.affiliates", key=same(key))
            unknown.append(Unknown(phrase("held.whom", rule=rule.title.said), affiliates))
        if not any(reached.values()):
            continue
        law = standing(knowledge.store, rule, as_of, lens, knowledge.version.known_on, knowledge.registry)
        if law.status not in IN_FORCE:
            unknown.append(_not_in_force(key, rule, law.status))
            continue
        table = read_holdings(knowledge.store, as_of, registry=knowledge.registry).table
        outcome = cascade(table, sorted(parties.sure), doubtful=sorted(parties.doubtful), threshold=rule.threshold)
        before = len(effects)
        for source, steps in reached.items():
            effects += _reached(network, outcome, source, steps)
            unknown += _open(network, outcome, steps, rule)
        if len(effects) > before:
            receipts += law.receipts
    return Captures(tuple(effects), tuple(receipts), tuple(dict.fromkeys(unknown)))


def _among(steps: dict[str, Step], parties: Collection[str]) -> dict[str, Step]:
    return {party: step for party, step in steps.items() if party in parties}


def _listed(network: Network, source: Node) -> dict[str, Step]:
    """Parties that an operative instrument lists, by key, with the edge that says so."""
    if source not in network or network.nodes[source].get("status") not in OPERATIVE:
        return {}
    return {
        target.key: Step(target, data["iri"], source, "lists", certain=data["certain"])
        for _, target, data in network.out_edges(source, data=True)
        if data["kind"] == "lists"
    }


def _reached(network: Network, outcome: Outcome, source: Node, listed: dict[str, Step]) -> list[Effect]:
    effects = []
    for number in outcome.restricted():
        row = outcome.row(number)
        if row["result"] == "captured" and (path := _path(network, outcome, row["party"], listed, ())):
            size = Magnitude(row["share"]["min"], row["share"]["max"], HELD)
            effects.append(Effect(source, path[-1].target, "ownership", path, 0, size, sure(path)))
    return effects


def _path(network: Network, outcome: Outcome, party: str, listed: dict[str, Step], seen: tuple[str, ...]) -> Path:
    """Shortest chain of owners that count, from a party listed here; empty if there is none."""
    found: list[Path] = []
    for stake in outcome.row(outcome.number(party))["through"]:
        owner = stake["owner"]
        if stake["result"] not in ("listed", "captured") or owner in (party, *seen):
            continue
        step = _stake(network, owner, party)
        start = (listed[owner],) if owner in listed else _path(network, outcome, owner, listed, (*seen, party))
        if step is not None and start:
            found.append((*start, step))
    return min(found, key=lambda path: (len(path), [step.source for step in path]), default=())


def _stake(network: Network, owner: str, owned: str) -> Step | None:
    holder, held = Node("organisation", owner), Node("organisation", owned)
    edges = network.get_edge_data(holder, held) or {}
    stakes = sorted((not data["certain"], data["iri"]) for data in edges.values() if data["kind"] == "owns")
    return Step(held, stakes[0][1], holder, "owns", certain=not stakes[0][0]) if stakes else None


def _open(network: Network, outcome: Outcome, listed: dict[str, Step], rule: OwnershipRule) -> list[Unknown]:
    rows = (outcome.row(number) for number in outcome.restricted())
    return [
        Unknown(
            phrase(
                "held.whether_captured", party=name(network, Node("organisation", row["party"])), title=rule.title.said
            ),
            phrase(
                "held.holds", low=f"{row['share']['min']:g}", high=f"{row['share']['max']:g}", key=same(row["party"])
            ),
        )
        for row in rows
        if row["result"] == "possible" and any(stake["owner"] in listed for stake in row["through"])
    ]


def _not_in_force(key: str, rule: OwnershipRule, state: str) -> Unknown:
    how = "held.maybe_idle" if state == "unknown" else "held.idle"
    told = phrase(how, rule=rule.title.said, state=word("status", state), key=same(key))
    return Unknown(phrase("held.who_else"), told)
