"""Cards on the structure of supply and speech: chokepoints, concentration, bridges, communities, centrality.

Each says in a sentence what it means and where it stops being true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dualuse.analyse.bridges import find_bridges
from dualuse.analyse.centrality import MEASURES, rank_central
from dualuse.analyse.chokepoints import Chokepoint, Chokepoints, rank_chokepoints, sole_makers, tiers_of
from dualuse.analyse.structure import NO_TIER, ItemSupply, Supply, catching_items, item_supply, supply_graph
from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.parts.paths import address

ENDS = ("products", "designers", "customers")
"""Where supply paths end."""


def chokepoints_card(knowledge: Knowledge, as_of: date, *, item: str | None = None, to: str = "designers") -> Card[Any]:
    """Which party or place, taken away, cuts the most supply paths of an item; without an item, the first of each item.

    Raises:
        UsageError: the item catches no product on the day, or *to* is not one of ``ENDS``.
        UnknownNameError: the item is not in the graph.
    """
    if to not in ENDS:
        raise UsageError(f"supply paths end at {', '.join(ENDS)}; not at {to!r}")
    network = knowledge.network(as_of=as_of)
    if item is None:
        answer: dict[str, Any] = {"items": [_summary(network, node, to) for node in catching_items(network)]}
        return structure_card(
            knowledge, as_of, {"question": "chokepoints", "to": to}, answer, MEANING["chokepoints"], ("items",)
        )
    key = knowledge.names.key("item", item)
    supply = item_supply(network, Node("item", key), to)
    found = rank_chokepoints(supply.graph, supply.ends)
    sole = sole_makers(supply.makers)
    answer = {
        "item": key,
        "paths": found.paths,
        "products": len(supply.makers),
        "ends": len(found.ends),
        "smallest_cut": _cut(network, supply.graph, found.cut),
        "smallest_place_cut": _place_cut(found),
        "parties": [_choke_row(network, found, entry, sole) for entry in found.parties],
        "places": [_place_row(network, found, entry) for entry in found.places],
    }
    gaps = _choke_gaps(network, supply, found)
    question = {"question": "chokepoints", "item": key, "to": to}
    receipts = supply_receipts(network, supply.graph)
    return structure_card(
        knowledge,
        as_of,
        question,
        answer,
        MEANING["chokepoints"],
        ("parties", "places"),
        gaps,
        receipts,
        views={
            "parties": [_choke_view(row) for row in answer["parties"]],
            "places": [_choke_view(row) for row in answer["places"]],
        },
    )


def bridges_card(knowledge: Knowledge, as_of: date) -> Card[Any]:
    """Which links and parties join parties seated in different tiers."""
    network = knowledge.network(as_of=as_of)
    graph = supply_graph(network)
    found = find_bridges(graph)
    answer: dict[str, Any] = {
        "blocs": [
            {"supplier_tier": pair[0], "customer_tier": pair[1], "links": count} for pair, count in found.counts.items()
        ],
        "parties": [
            {
                "party": label(network, broker.node),
                "id": broker.node,
                "tier": broker.tier,
                "partners": broker.partners,
                "between": broker.between,
                "splits": broker.splits,
            }
            for broker in found.brokers
        ],
        "links": [
            {
                "supplier": label(network, link.supplier),
                "customer": label(network, link.customer),
                "tiers": f"{link.tiers[0]} to {link.tiers[1]}",
                "only_link": link.only,
                "facts": list(graph.edges[link.supplier, link.customer]["facts"]),
            }
            for link in found.links
        ],
    }
    views = {
        "parties": [
            {
                "party": row["party"],
                "tier": row["tier"],
                "partners in other tiers": ", ".join(f"{count} in {tier}" for tier, count in row["partners"].items()),
                "between": f"{row['between']:.3f}",
                "pairs it alone joins": row["splits"],
            }
            for row in answer["parties"]
        ],
        "links": [{key: row[key] for key in ("supplier", "customer", "tiers", "only_link")} for row in answer["links"]],
    }
    cross = [(link.supplier, link.customer) for link in found.links]
    gaps = [
        Unknown(f"the tier of {label(network, node)}", "no seat with a tier is on record; its links join no blocs here")
        for node in graph
        if graph.nodes[node]["tier"] == NO_TIER
    ]
    receipts = supply_receipts(network, graph, cross)
    tables = ("blocs", "parties", "links")
    return structure_card(
        knowledge, as_of, {"question": "bridges"}, answer, MEANING["bridges"], tables, gaps, receipts, views=views
    )


def centrality_card(
    knowledge: Knowledge,
    as_of: date,
    *,
    item: str | None = None,
    measure: str = "betweenness",
    runs: int = 200,
    drop: float = 0.1,
    seed: int = 1,
) -> Card[Any]:
    """Which parties are central in the supply graph, each with the interval it keeps when links are left out.

    Raises:
        UsageError: the item catches no product on the day, the measure is unknown, or *runs* or *drop* is out of range.
        UnknownNameError: the item is not in the graph.
    """
    if measure not in MEASURES:
        raise UsageError(f"no measure of centrality {measure!r}; known: {', '.join(MEASURES)}")
    if runs < 1 or not 0 < drop < 1:
        raise UsageError(f"runs must be 1 or more, and drop between 0 and 1; got {runs} and {drop:g}")
    network = knowledge.network(as_of=as_of)
    key = None if item is None else knowledge.names.key("item", item)
    graph = supply_graph(network) if key is None else item_supply(network, Node("item", key), "customers").graph
    found = rank_central(graph, measure, runs=runs, drop=drop, seed=seed)
    rows = [
        {
            "rank": entry.rank,
            "party": label(network, entry.node),
            "id": entry.node,
            "tier": graph.nodes[entry.node]["tier"],
            "value": entry.value,
            "interval": {"min": entry.low, "max": entry.high},
            "ranks": {"min": entry.best, "max": entry.worst},
        }
        for entry in found
        if entry.value or entry.high
    ]
    views = [
        {
            "rank": row["rank"],
            "party": row["party"],
            "tier": row["tier"],
            measure: f"{row['value']:.4f}",
            "90 percent of runs": f"{row['interval']['min']:.4f} to {row['interval']['max']:.4f}",
            "rank in them": _span(row["ranks"]["min"], row["ranks"]["max"]),
        }
        for row in rows
    ]
    question = {
        "question": "centrality",
        "item": key,
        "measure": measure,
        "runs": runs,
        "drop": drop,
        "seed": seed,
    }
    answer = {"links": graph.number_of_edges(), "central": rows}
    receipts = supply_receipts(network, graph)
    return structure_card(
        knowledge, as_of, question, answer, MEANING["centrality"], ("central",), (), receipts, views={"central": views}
    )


MEANING = {
    "chokepoints": (
        "Each count is of recorded supply paths, from a supplier without a supplier on record to the first end, that "
        "are gone when the party, or every supplier seated in the place, is.",
        "Paths are alternatives here while a maker needs all its inputs, so a sole supplier of one input ranks too "
        "low (--to products looks at the makers alone); unrecorded suppliers would add paths; the seat stands for the "
        "place, wherever the plant is.",
    ),
    "bridges": (
        "A bridge joins parties whose seats are in different tiers on the day; between is the share of pairs across "
        "tiers whose shortest supply paths run through a party.",
        "It holds for recorded links, each counted as one whatever its size; a link says nothing on what may be "
        "shipped along it.",
    ),
    "centrality": (
        "The value says how much of the recorded supply graph hangs together through a party; the interval is what 90 "
        "percent of the runs with links left out give, and it may lie below the value, since links only go.",
        "It holds for links that are missing at random; gaps in the record cluster around parties nobody reported on, "
        "and a link counts the same whatever flows along it.",
    ),
    "concentration": (
        "The index is the sum of squared shares in percent, 10,000 for one holder; above 1,000 it is called moderate, "
        "above 1,800 high. Its interval is what the sourced shares allow, whoever holds the rest.",
        "It holds for shares of one period and one whole; a region is no single buyer, billing may differ from use, "
        "and shares of customers nobody reported can move it anywhere in the interval.",
    ),
    "communities": (
        "A community has more links inside than the sizes of its members lead one to expect; the adjusted Rand index "
        "is 1 where communities are the groups we know, and about 0 where they agree no more than by chance.",
        "It holds for what is on record and how it was coded; small communities melt into larger ones, and where "
        "searches disagree (agreement well below 1) the borders mean little.",
    ),
}
"""What each answer means, and where it stops being true."""


def structure_card(
    knowledge: Knowledge,
    as_of: date,
    question: dict[str, Any],
    answer: dict[str, Any],
    meaning: tuple[str, str],
    tables: tuple[str, ...],
    gaps: Iterable[Unknown] = (),
    receipts: Iterable[Receipt] = (),
    *,
    views: dict[str, list[dict[str, Any]]] | None = None,
) -> Card[Any]:
    """A card that says what it means and where it stops being true, before its rows."""
    return knowledge.card(
        question={"command": "structure", **question},
        as_of=as_of,
        lens="",
        answer={"means": meaning[0], "limits": meaning[1], **answer},
        views=views or {},
        because=unique(receipts),
        unknown=tuple(gaps),
        query="",
        tables=tables,
    )


def _summary(network: Network, item: Node, to: str) -> dict[str, Any]:
    """An item in one row: the first party and the first place."""
    supply = item_supply(network, item, to)
    found = rank_chokepoints(supply.graph, supply.ends)
    row: dict[str, Any] = {"item": item.key, "products": len(supply.makers), "paths": found.paths}
    for kind, ranked in (("party", found.parties), ("place", found.places)):
        if ranked:
            first = ranked[0]
            row[kind] = label(network, first.node)
            row[f"{kind}_tier"] = _tier(network, first.node)
            row[f"{kind}_cuts"] = _percent(first.paths, found.paths)
    return row | {"smallest_cut": len(found.cut), "smallest_place_cut": _place_cut(found)}


def _choke_row(network: Network, found: Chokepoints, entry: Chokepoint, sole: dict[str, int]) -> dict[str, Any]:
    return {
        "party": label(network, entry.node),
        "id": entry.node,
        "tier": _tier(network, entry.node),
        "paths": entry.paths,
        "percent": _percent(entry.paths, found.paths),
        "cuts_off": [label(network, end) for end in entry.ends],
        "only_maker_of": sole.get(entry.node, 0),
    }


def _place_row(network: Network, found: Chokepoints, entry: Chokepoint) -> dict[str, Any]:
    return {
        "place": label(network, entry.node),
        "id": entry.node,
        "tier": _tier(network, entry.node),
        "suppliers": len(entry.parties),
        "paths": entry.paths,
        "percent": _percent(entry.paths, found.paths),
        "cuts_off": [label(network, end) for end in entry.ends],
    }


def _choke_view(row: dict[str, Any]) -> dict[str, Any]:
    shown = {key.replace("_", " "): value for key, value in row.items() if key not in ("id", "cuts_off")}
    cut = row["cuts_off"]
    more = f" and {len(cut) - 3} more" if len(cut) > 3 else ""
    return shown | {"cuts off": f"{len(cut)}: {', '.join(cut[:3])}{more}" if cut else ""}


def _cut(network: Network, graph: Supply, cut: Sequence[str]) -> dict[str, Any]:
    return {"size": len(cut), "parties": [label(network, node) for node in cut], "by_tier": tiers_of(graph, cut)}


def _place_cut(found: Chokepoints) -> dict[str, Any]:
    places = [Node.parse(place).key for place in found.place_cut]
    return {"size": len(places), "places": places} if places or not found.paths else {"size": None, "at_least": 4}


def _choke_gaps(network: Network, supply: ItemSupply, found: Chokepoints) -> list[Unknown]:
    unmade = [product for product, makers in supply.makers.items() if not makers]
    gaps = []
    if unmade:
        names = ", ".join(label(network, product) for product in unmade[:4])
        gaps.append(
            Unknown(f"who makes {len(unmade)} of the products ({names})", "its paths are missing from the count")
        )
    if set(found.unsupplied) - set(unmade):
        names = ", ".join(label(network, node) for node in found.unsupplied)
        gaps.append(Unknown(f"who supplies {names}", "no supplier is on record; no path leads there"))
    if not found.complete:
        gaps.append(Unknown("the number of paths beyond the first 200,000", "supply runs in circles; counting was cut"))
    return gaps


def supply_receipts(network: Network, graph: Supply, edges: Iterable[tuple[str, str]] | None = None) -> list[Receipt]:
    """What the links of a supply graph rest on, one line a fact."""
    wanted = {fact for a, b in (graph.edges if edges is None else edges) for fact in graph.edges[a, b]["facts"]}
    facts: dict[str, Receipt] = {}
    for source, target, data in network.edges(data=True):
        if data["iri"] in wanted and data["kind"] in ("supplies", "made-by"):
            text = f"{label(network, source)} {data['label']} {label(network, target)}"
            facts[data["iri"]] = Receipt(data["iri"], text, "", address(network, data), str(data["confidence"]))
    return [facts[iri] for iri in sorted(facts)]


def label(network: Network, node: str) -> str:
    """English name of a node."""
    return str(network.nodes[Node.parse(node)]["label"])


def _tier(network: Network, node: str) -> str:
    named = Node.parse(node)
    if named.kind == "place":
        return str(network.nodes[named]["tier"]) or NO_TIER
    seats = sorted(place for place, _, data in network.in_edges(named, data=True) if data["kind"] == "seats")
    return _tier(network, seats[0]) if seats else NO_TIER


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


__all__ = [
    "ENDS",
    "MEANING",
    "bridges_card",
    "centrality_card",
    "chokepoints_card",
    "label",
    "structure_card",
    "supply_receipts",
]
