"""Cards of scenarios: what changes, for whom; and which single move would change most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.analyse.exposure import Exposure, exposures
from dualuse.answers.check import Asked, answer_of, resolve
from dualuse.card import Card, Receipt, Unknown
from dualuse.knowledge import Knowledge
from dualuse.law.decide import decide
from dualuse.law.groups import Places, read_places
from dualuse.law.transaction import read_world
from dualuse.namespaces import GRAPH, split_thing
from dualuse.network import Network
from dualuse.node import Node
from dualuse.scenario import EXCLUSIVE, RESIDUAL, Edits, build_scenario
from dualuse.store.base import Store, value

DEFAULT_RULE = "us-ai-diffusion-ifr-2025-01"
_DECIDING = frozenset(Node("group", group) for group in (*EXCLUSIVE, "us-ai-residual"))


def whatif_card(
    knowledge: Knowledge,
    edits: Edits,
    as_of: date,
    lens: str,
    *,
    by: str | None = None,
    transactions: Sequence[tuple[str, Asked]] = (),
) -> Card[Any]:
    """What a scenario changes on a day: places, exposures of parties, and given transactions.

    Args:
        knowledge: The graph of today's facts.
        edits: What is changed.
        as_of: Day of law, and first day of the changes.
        lens: ``codified``, ``enforced`` or ``announced``.
        by: The instrument whose exposures are compared; the January 2025 rule if not given.
        transactions: Transactions to judge before and after, each with a name.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    key = knowledge.names.key("instrument", by or DEFAULT_RULE)
    other = Knowledge(build_scenario(knowledge.store, edits, as_of))
    before, after = (k.network(as_of=as_of, lens=lens) for k in (knowledge, other))
    rule = Node("instrument", key)
    was, will = exposures(before, rule), exposures(after, rule)
    answer = {
        "scenario": f"{GRAPH}scenario/{edits.name}",
        "places": _places(knowledge, read_places(knowledge.store, knowledge.registry), read_places(other.store), as_of),
        "exposures": _exposures(before, after, was, will),
        "transactions": _transactions(knowledge, other, transactions, as_of, lens),
        "claims": _claims(knowledge, other),
    }
    gaps = []
    if not was and not will:
        state = before.nodes[rule]["status"]
        gaps.append(
            Unknown(f"exposures to {key}", f"it is {state} on {as_of} under the lens {lens}, and reaches nobody")
        )
    question = {
        "command": "whatif",
        "move": [f"{place}:{group}" for place, group in edits.moves],
        "remove_exception": list(edits.removed_exceptions),
        "set_threshold": [f"{k}/{bound}={value:g}" for k, bound, value in edits.thresholds],
        "by": key,
    }
    why = "an assumption of this scenario, no fact"
    return knowledge.card(
        question=question,
        as_of=as_of,
        lens=lens,
        answer=answer,
        because=tuple(
            Receipt(str(answer["scenario"]), f"{name}: {', '.join(values)}", "", why, "")
            for name, values in question.items()
            if isinstance(values, list) and values
        ),
        unknown=tuple(gaps),
        query="",
        tables=("places", "exposures", "transactions", "claims"),
    )


def sweep_card(knowledge: Knowledge, as_of: date, lens: str, *, by: str | None = None) -> Card[Any]:
    """Rank every move of one country between the groups that decide a tier by how many exposures it changes.

    A move changes the exposures (party, channel) that run through the country, and through territories treated as it,
    under the group it leaves. Ties share a rank; what no source records is not counted.
    """
    key = knowledge.names.key("instrument", by or DEFAULT_RULE)
    network = knowledge.network(as_of=as_of, lens=lens)
    places = read_places(knowledge.store, knowledge.registry)
    touched: dict[str, set[tuple[Node, str]]] = {}
    for exposure in exposures(network, Node("instrument", key)):
        if exposure.place and exposure.group in _DECIDING:
            place = exposure.place.key
            treatment = places.treatment(place, as_of)
            root = place if treatment is None else treatment.parent
            touched.setdefault(root, set()).add((exposure.party, exposure.channel))
    moves = sorted(
        (
            (len(found), f"{place}:{target}")
            for place, found in touched.items()
            for target in _targets(places, place, as_of)
        ),
        key=lambda move: (-move[0], move[1]),
    )
    counts = [count for count, _ in moves]
    ranked = []
    for count, move in moves:
        place = move.partition(":")[0]
        parties = {party for party, _ in touched[place] if party.kind == "organisation"}
        ranked.append(
            {
                "rank": counts.index(count) + 1,
                "move": move,
                "place": knowledge.names.label("place", place),
                "exposures": count,
                "parties": len(parties),
            }
        )
    gap = Unknown(
        "sites, seats and revenue that no row records", "a country with few recorded ties ranks low for that alone"
    )
    return knowledge.card(
        question={"command": "whatif", "sweep": True, "by": key},
        as_of=as_of,
        lens=lens,
        answer={"moves": ranked},
        because=(),
        unknown=(gap,),
        query="",
        tables=("moves",),
    )


def _targets(places: Places, place: str, as_of: date) -> list[str]:
    tier = places.tier(place, as_of)
    groups = {1: [RESIDUAL, "d5"], 2: ["supp5a", "d5"], 3: [RESIDUAL, "supp5a"]}
    return [] if tier is None else groups[tier.tier]


def _places(knowledge: Knowledge, before: Places, after: Places, as_of: date) -> list[dict[str, Any]]:
    rows = []
    for place in sorted(before.tiers):
        was, will = before.tier(place, as_of), after.tier(place, as_of)
        old = [m.group for m in before.groups(place, as_of) if m.standing == "member"]
        new = [m.group for m in after.groups(place, as_of) if m.standing == "member"]
        if (was and was.tier) != (will and will.tier) or old != new:
            rows.append(
                {
                    "place": place,
                    "name": knowledge.names.label("place", place),
                    "tier_before": was.tier if was else None,
                    "tier_after": will.tier if will else None,
                    "left": sorted(set(old) - set(new)),
                    "joined": sorted(set(new) - set(old)),
                }
            )
    return rows


def _exposures(
    before: Network, after: Network, was: frozenset[Exposure], will: frozenset[Exposure]
) -> list[dict[str, Any]]:
    """Parties whose exposure is gained, lost, or runs through another group."""
    ends = {(e.party, e.channel, e.place) for e in was ^ will}
    rows = []
    for party, channel, place in sorted(ends, key=lambda end: (end[0], end[1], end[2] or "")):
        old = sorted(
            e.group.key for e in was - will if e.group and (e.party, e.channel, e.place) == (party, channel, place)
        )
        new = sorted(
            e.group.key for e in will - was if e.group and (e.party, e.channel, e.place) == (party, channel, place)
        )
        network = before if party in before else after
        kept = any((e.party, e.channel, e.place) == (party, channel, place) for e in was & will)
        change = "changed" if (old and new) or kept else "lost" if old else "gained"
        rows.append(
            {
                "party": network.nodes[party]["label"],
                "id": party,
                "channel": channel,
                "through": place,
                "change": change,
                "before": [group for group in old if group],
                "after": [group for group in new if group],
            }
        )
    return rows


def _through(found: frozenset[Exposure], end: tuple[Node, str, Node | None]) -> list[str]:
    """Groups through which a party is reached by a channel and a place; an empty one where it is by none."""
    return sorted("" if e.group is None else e.group.key for e in found if (e.party, e.channel, e.place) == end)


def _transactions(
    before: Knowledge, after: Knowledge, given: Sequence[tuple[str, Asked]], as_of: date, lens: str
) -> list[dict[str, Any]]:
    if not given:
        return []
    worlds = [read_world(k.store, k.version.known_on, k.registry) for k in (before, after)]
    rows = []
    for name, asked in given:
        transaction = resolve(before.names, asked, as_of, lens)
        old, new = (answer_of(decide(transaction, world)) for world in worlds)
        told = [(a["outcome"], a["exception"] or a["review_policy"] or "") for a in (old, new)]
        if told[0] != told[1]:
            rows.append({"transaction": name, "before": " ".join(told[0]).strip(), "after": " ".join(told[1]).strip()})
    return rows


_ASSESSMENTS = """SELECT ?claim ?gloss ?result ?law WHERE {
  ?assessment a du:Assessment ; du:assesses ?claim ; du:assessmentResult ?result ; du:lawValue ?law .
  ?claim dct:description ?gloss
}"""


def _claims(before: Knowledge, after: Knowledge) -> list[dict[str, Any]]:
    """Claims whose standing against the law changes, or against which the law says something else."""
    was, will = (_assessed(each.store) for each in (before, after))
    rows = []
    for claim in sorted(was.keys() & will.keys()):
        (gloss, result, law), (_, new_result, new_law) = was[claim], will[claim]
        if (result, law) != (new_result, new_law):
            rows.append(
                {
                    "claim": claim,
                    "gloss": gloss,
                    "before": f"{result}: {law}",
                    "after": f"{new_result}: {new_law}",
                    "turns": new_result if new_result != result else None,
                }
            )
    return rows


def _assessed(store: Store) -> dict[str, tuple[str, str, str]]:
    return {
        split_thing(value(row, "claim"))[1]: (
            value(row, "gloss"),
            split_thing(value(row, "result"))[1],
            value(row, "law"),
        )
        for row in store.select(_ASSESSMENTS)
    }
