"""Cards on exposure: how much of a company's revenue, sites and supply a measure touches, as intervals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.analyse.affected import reach
from dualuse.analyse.revenue import Region, RevenueExposure, Share, revenue_exposure
from dualuse.analyse.touched import burdened_groups, members, sites_in, supply_touched
from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import split_thing
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.parts.amounts import interval
from dualuse.questions.parts.measures import find_measure, inoperative
from dualuse.questions.parts.paths import name
from dualuse.registry import read_registry
from dualuse.store.base import Row, Store, value

DEFAULT_MEASURE = "us-ai-diffusion-ifr-2025-01"
LATEST = "latest"

SHARES_QUERY = """# Rows of revenue by region, with their bounds and receipts.
SELECT ?row ?organisation ?period ?region ?straddles ?low ?high ?basis ?confidence
       (GROUP_CONCAT(DISTINCT STR(?place); SEPARATOR=" ") AS ?places)
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?row a du:RevenueShare ; du:organisation ?organisation ; du:period ?period ; du:region ?region ;
       du:straddles ?straddles ; du:confidence ?confidence ; prov:wasDerivedFrom ?source .
  OPTIONAL { ?row du:place ?place }
  OPTIONAL { ?row du:shareMin ?low }
  OPTIONAL { ?row du:shareMax ?high }
  OPTIONAL { ?row du:attributionBasis ?basis }
}
GROUP BY ?row ?organisation ?period ?region ?straddles ?low ?high ?basis ?confidence
"""

_POLICIES = "SELECT ?measure ?policy WHERE { ?measure du:reviewPolicy ?policy }"
_PLANNED = """# Sites that are planned.
SELECT ?site ?organisation ?place WHERE {
  ?site du:organisation ?organisation ; du:place ?place ; du:stage stage:planned
}"""


def exposure_card(
    knowledge: Knowledge,
    as_of: date,
    lens: str,
    *,
    parties: Sequence[str] = (),
    by: str | None = None,
    groups: Sequence[str] = (),
    period: str | None = None,
) -> Card[Any]:
    """Revenue, sites and supply of companies that a measure touches.

    Args:
        knowledge: The graph.
        as_of: Day of law: which places are in which group.
        lens: ``codified``, ``enforced`` or ``announced``.
        parties: Organisations; every one with revenue on record if empty.
        by: Instrument or measure; the January 2025 rule if not given.
        groups: Groups whose places count as touched, with or without ``us-``; chosen from the measure if empty.
        period: One period as the company counts it, or ``latest``; every period if not given.

    Raises:
        UsageError: no revenue is on record for the period.
        UnknownNameError: a name is not in the graph.
    """
    network = knowledge.network(as_of=as_of, lens=lens)
    source = find_measure(knowledge, by or DEFAULT_MEASURE)
    chosen = _groups(knowledge, network, source, groups)
    places = members(network, chosen)
    shares = read_shares(knowledge.store)
    asked = [knowledge.names.key("organisation", party) for party in parties]
    keys = asked or sorted({share.organisation for share in shares})
    blocked = inoperative(knowledge, network, [source])
    codes = places_of(places)
    found = [] if blocked else revenue_exposure([share for share in shares if share.organisation in keys], codes)
    found = _in_period(found, period)
    nodes = [] if blocked else [Node("organisation", key) for key in keys]
    answer: dict[str, Any] = {
        "by": source.key,
        "groups": [group.key for group in chosen],
        "places": len(places),
        "revenue": [_revenue_row(knowledge, entry, codes) for entry in found],
        "sites": _sites(knowledge, network, nodes, places),
        "supply": _supply(network, source, nodes, places),
    }
    return knowledge.card(
        question={
            "command": "exposure",
            "party": asked,
            "by": answer["by"],
            "groups": [group.key for group in chosen] if groups else [],
            "period": period,
        },
        as_of=as_of,
        lens=lens,
        answer=answer,
        views={
            "revenue": [_revenue_view(row) for row in answer["revenue"]],
            "sites": [_sites_view(row) for row in answer["sites"]],
            "supply": [_supply_view(network, row) for row in answer["supply"]],
        },
        because=unique(_receipt(row) for entry in found for region in entry.regions for row in region.rows),
        unknown=tuple(blocked or _gaps(knowledge, asked, found)),
        query=SHARES_QUERY,
        tables=("revenue", "sites", "supply"),
    )


def read_shares(store: Store) -> list[Share]:
    """Every row of revenue by region, sorted by row."""
    registry = read_registry(store)
    rows = sorted(store.select(SHARES_QUERY), key=lambda row: value(row, "row"))
    return [_share(row, registry.address(value(row, "sources").split())) for row in rows]


def read_policies(store: Store) -> dict[Node, str]:
    """Node of a measure -> key of its review policy."""
    return {Node.of(value(row, "measure")): split_thing(value(row, "policy"))[1] for row in store.select(_POLICIES)}


def places_of(nodes: frozenset[Node]) -> frozenset[str]:
    """Keys of the places of some nodes."""
    return frozenset(node.key for node in nodes)


def _share(row: Row, source: str) -> Share:
    low, high = value(row, "low"), value(row, "high")
    return Share(
        iri=value(row, "row"),
        organisation=split_thing(value(row, "organisation"))[1],
        period=value(row, "period"),
        region=value(row, "region"),
        places=frozenset(split_thing(iri)[1] for iri in value(row, "places").split()),
        straddles=value(row, "straddles") == "true",
        low=float(low) if low else None,
        high=float(high) if high else None,
        decimals=max((len(text.partition(".")[2]) for text in (low, high)), default=0),
        basis=value(row, "basis"),
        source=source,
        confidence=split_thing(value(row, "confidence"))[1],
    )


def _groups(knowledge: Knowledge, network: Network, source: Node, given: Sequence[str]) -> tuple[Node, ...]:
    if not given:
        return burdened_groups(network, source, read_policies(knowledge.store))
    known = knowledge.names.by_kind.get("group", {})
    keys = [knowledge.names.key("group", text if text.casefold() in known else f"us-{text}") for text in given]
    return tuple(sorted({Node("group", key) for key in keys}))


def _in_period(found: list[RevenueExposure], period: str | None) -> list[RevenueExposure]:
    if period is None:
        return found
    if period == LATEST:
        last = {entry.organisation: entry.period for entry in found}
        return [entry for entry in found if entry.period == last[entry.organisation]]
    kept = [entry for entry in found if entry.period == period]
    if found and not kept:
        periods = sorted({entry.period for entry in found})
        raise UsageError(
            f"no revenue by region is on record for {period!r}; on record: {', '.join(periods)}, or latest"
        )
    return kept


def _gaps(knowledge: Knowledge, asked: Sequence[str], found: Sequence[RevenueExposure]) -> list[Unknown]:
    gaps = []
    for key in asked:
        if not any(entry.organisation == key for entry in found):
            who = knowledge.names.label("organisation", key)
            gaps.append(Unknown(f"revenue of {who} by region", "not derivable: no row gives a share"))
    for entry in found:
        who = f"{knowledge.names.label('organisation', entry.organisation)}, {entry.period}"
        if entry.unrecorded:
            what = f"{entry.unrecorded:g} percent of the revenue of {who}"
            gaps.append(Unknown(what, "no row says where it comes from; it widens the interval upwards"))
        if entry.straddling:
            names = ", ".join(region.name for region in entry.regions if region.straddles or not region.places)
            what = f"what of {names} is touched ({who})"
            gaps.append(Unknown(what, f"it straddles groups: up to {entry.straddling:g} percent more"))
        bases = sorted({row.basis for region in entry.regions for row in region.rows if row.basis})
        if len(bases) > 1:
            gaps.append(Unknown(f"one basis for {who}", f"rows attribute revenue by {' and by '.join(bases)}"))
        gaps += [
            Unknown(f"the share of {row.region} ({who})", "the row gives an amount and no whole to divide it by")
            for row in entry.unusable
        ]
    return gaps


def _revenue_row(knowledge: Knowledge, entry: RevenueExposure, codes: frozenset[str]) -> dict[str, Any]:
    return {
        "party": knowledge.names.label("organisation", entry.organisation),
        "id": Node("organisation", entry.organisation),
        "period": entry.period,
        "share": {"min": entry.low, "max": entry.high, "unit": "percent of revenue"},
        "recorded": entry.recorded,
        "straddling": entry.straddling,
        "unrecorded": entry.unrecorded,
        "regions": [_region(region, codes) for region in entry.regions],
        "disagreements": [
            {"region": region.name, "values": [{"min": r.low, "max": r.high, "source": r.source} for r in region.rows]}
            for region in entry.regions
            if region.disputed
        ],
    }


def _region(region: Region, codes: frozenset[str]) -> dict[str, Any]:
    return {
        "region": region.name,
        "places": sorted(region.places),
        "standing": region.standing(codes),
        "min": region.low,
        "max": region.high,
        "rows": [row.iri for row in region.rows],
    }


def _revenue_view(row: dict[str, Any]) -> dict[str, Any]:
    inside = [f"{r['region']} {interval(r['min'], r['max'])}" for r in row["regions"] if r["standing"] == "inside"]
    disputes = [
        f"{entry['region']}: {' or '.join(interval(v['min'], v['max']) for v in entry['values'])}"
        for entry in row["disagreements"]
    ]
    return {
        "party": row["party"],
        "period": row["period"],
        "percent of revenue": interval(row["share"]["min"], row["share"]["max"]),
        "surely": ", ".join(inside),
        "straddling": row["straddling"] or "",
        "unrecorded": row["unrecorded"] or "",
        "sources disagree": "; ".join(disputes),
    }


def _sites(
    knowledge: Knowledge, network: Network, nodes: Sequence[Node], places: frozenset[Node]
) -> list[dict[str, Any]]:
    planned: dict[Node, list[Node]] = {}
    for row in knowledge.store.select(_PLANNED):
        planned.setdefault(Node.of(value(row, "organisation")), []).append(Node.of(value(row, "place")))
    rows = []
    for node in nodes:
        touched, recorded = sites_in(network, node, places)
        coming = sorted(place for place in planned.get(node, []) if place in places)
        if recorded or coming:
            rows.append(
                {
                    "party": knowledge.names.label(node.kind, node.key),
                    "id": node,
                    "sites": {"min": len(touched), "max": len(touched) + len(coming), "unit": "sites"},
                    "recorded": recorded,
                    "places": [place.key for place in touched],
                    "planned": [place.key for place in coming],
                }
            )
    return rows


def _sites_view(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": row["party"],
        "sites touched": interval(row["sites"]["min"], row["sites"]["max"]),
        "of sites on record": row["recorded"],
        "in": " ".join(row["places"]),
        "planned": " ".join(row["planned"]),
    }


def _supply(network: Network, source: Node, nodes: Sequence[Node], places: frozenset[Node]) -> list[dict[str, Any]]:
    reached = {party for party, channel in reach(network, source, supply_hops=0) if channel in ("item", "listing")}
    rows = []
    for node in nodes:
        for found in supply_touched(network, node, places, reached):
            share = found.share
            rows.append(
                {
                    "party": name(network, node),
                    "id": node,
                    "direction": found.direction,
                    "recorded": len(found.partners),
                    "touched": len(found.touched),
                    "share": None if share is None else {"min": share.min, "max": share.max, "unit": share.unit},
                    "partners": list(found.touched),
                }
            )
    return rows


def _supply_view(network: Network, row: dict[str, Any]) -> dict[str, Any]:
    names = [name(network, partner) for partner in row["partners"]]
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    share = row["share"]
    return {
        "party": row["party"],
        "direction": row["direction"],
        "touched": f"{row['touched']} of {row['recorded']}",
        "percent of its revenue": "" if share is None else interval(share["min"], share["max"]),
        "who": f"{', '.join(names[:4])}{more}",
    }


def _receipt(row: Share) -> Receipt:
    basis = f", by {row.basis}" if row.basis else ""
    text = f"{row.organisation} {row.period} {row.region}: {interval(row.low, row.high)} percent{basis}"
    return Receipt(row.iri, text, "", row.source, row.confidence)


__all__ = ["DEFAULT_MEASURE", "LATEST", "exposure_card", "read_policies", "read_shares"]
