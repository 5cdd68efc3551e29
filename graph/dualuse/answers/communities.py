"""Cards on communities: speakers by the grounds they give, and parties by who supplies whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import networkx as nx

from dualuse.analyse.communities import compare, find_communities, speaker_graph
from dualuse.analyse.structure import NO_TIER, Plain, supply_graph
from dualuse.answers.structure import MEANING, structure_card, supply_receipts
from dualuse.card import Card, Receipt
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import split_thing
from dualuse.network import Network
from dualuse.node import Node
from dualuse.store.base import Store, value

GRAPHS = ("speech", "supply")

GROUNDS_QUERY = """# Grounds that parties give, one row a statement and ground; repeats of a statement are left out.
SELECT ?statement ?speaker ?ground ?confidence (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?statement a du:Statement ; du:onBehalfOf ?speaker ; du:ground ?ground ; du:earliest ?said ;
             du:confidence ?confidence ; prov:wasDerivedFrom ?source .
  FILTER(STR(?said) <= "%s")
  FILTER NOT EXISTS { ?statement du:sameStatementAs ?first }
}
GROUP BY ?statement ?speaker ?ground ?confidence
ORDER BY ?statement ?speaker ?ground
"""

_TYPES = "SELECT ?party ?type WHERE { ?party du:organisationType ?type } ORDER BY ?party ?type"
_SEATS = "SELECT ?party ?place WHERE { ?party du:headquarteredIn ?place } ORDER BY ?party ?place"
_STATE = ("government", "regulator", "legislature", "political-party")
_INDUSTRY = ("trade-association", "investor")


def communities_card(
    knowledge: Knowledge, as_of: date, *, of: str = "speech", seed: int = 1, runs: int = 20
) -> Card[Any]:
    """Communities of speakers and grounds, or of suppliers and customers, held against side and tier.

    Args:
        knowledge: The graph.
        as_of: Day of law; statements made later are left out.
        of: One of ``GRAPHS``.
        seed: Of the first search.
        runs: Searches, 1 or more.

    Raises:
        UsageError: no such graph, or *runs* is below 1.
    """
    if of not in GRAPHS:
        raise UsageError(f"no communities of {of!r}; known: {', '.join(GRAPHS)}")
    if runs < 1:
        raise UsageError(f"runs must be 1 or more, got {runs}")
    network = knowledge.network(as_of=as_of)
    graph, receipts = _speech(knowledge, as_of) if of == "speech" else _supply(network)
    found = find_communities(graph, seed=seed, runs=runs)
    sides = read_sides(knowledge.store)
    tiers = _tiers(knowledge, network.nodes)
    by_side, side_index = compare(found.parts, sides)
    by_tier, tier_index = compare(found.parts, tiers)
    rows: list[dict[str, Any]] = []
    for number, part in enumerate(found.parts):
        parties = [node for node in part if Node.parse(node).kind == "organisation"]
        grounds = [node for node in part if Node.parse(node).kind == "ground"]
        rows.append(
            {
                "community": number + 1,
                "parties": len(parties),
                "sides": by_side[number],
                "tiers": by_tier[number],
                "grounds": [_name(knowledge, node) for node in grounds],
                "members": [_name(knowledge, node) for node in parties],
                "ids": parties,
                "side_of": [sides.get(node, "observer") for node in parties],
            }
        )
    views = [
        {
            "community": row["community"],
            "parties": row["parties"],
            "sides": row["sides"],
            "tiers": row["tiers"],
            "grounds": ", ".join(row["grounds"]),
            "members": _some(row["members"]),
        }
        for row in rows
    ]
    answer = {
        "modularity": found.modularity,
        "agreement": found.agreement,
        "like_sides": side_index,
        "like_tiers": tier_index,
        "communities": rows,
        "edges": [
            {"from": _name(knowledge, a), "to": _name(knowledge, b), "weight": data.get("weight", 1)}
            for a, b, data in sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2]))
        ],
    }
    question = {"question": "communities", "of": of, "seed": seed, "runs": runs}
    return structure_card(
        knowledge,
        as_of,
        question,
        answer,
        MEANING["communities"],
        ("communities", "edges"),
        (),
        receipts,
        views={"communities": views, "edges": []},
    )


def read_sides(store: Store) -> dict[str, str]:
    """Node of an organisation -> ``state``, ``industry`` or ``observer``; the first that fits."""
    types: dict[str, set[str]] = {}
    for row in store.select(_TYPES):
        types.setdefault(Node.of(value(row, "party")), set()).add(split_thing(value(row, "type"))[1])
    return {node: _side(found) for node, found in types.items()}


def _side(types: set[str]) -> str:
    if types & set(_STATE):
        return "state"
    if types & set(_INDUSTRY) or any(kind.startswith("company-") for kind in types):
        return "industry"
    return "observer"


def _speech(knowledge: Knowledge, as_of: date) -> tuple[Plain, list[Receipt]]:
    registry = knowledge.registry
    said: list[tuple[str, str]] = []
    receipts = []
    for row in knowledge.store.select(GROUNDS_QUERY % as_of.isoformat()):
        speaker, ground = Node.of(value(row, "speaker")), Node.of(value(row, "ground"))
        said.append((speaker, ground))
        text = f"{_name(knowledge, speaker)} gives {_name(knowledge, ground)} as a ground"
        source = registry.address(value(row, "sources").split())
        confidence = split_thing(value(row, "confidence"))[1]
        receipts.append(Receipt(value(row, "statement"), text, "", source, confidence))
    return speaker_graph(said), receipts


def _supply(network: Network) -> tuple[Plain, list[Receipt]]:
    graph = supply_graph(network)
    return nx.Graph(graph), supply_receipts(network, graph)


def _tiers(knowledge: Knowledge, nodes: Mapping[Node, Mapping[str, Any]]) -> dict[str, str]:
    """Node of an organisation -> tier of its seat, where there is one."""
    tiers: dict[str, str] = {}
    for row in knowledge.store.select(_SEATS):
        place = Node.of(value(row, "place"))
        tier = str(nodes[place]["tier"]) if place in nodes else ""
        if tier and tier != NO_TIER:
            tiers[Node.of(value(row, "party"))] = tier
    return tiers


def _name(knowledge: Knowledge, node: str) -> str:
    named = Node.parse(node)
    return knowledge.names.label(named.kind, named.key)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return f"{', '.join(names[:6])}{more}"


__all__ = ["GRAPHS", "communities_card", "read_sides"]
