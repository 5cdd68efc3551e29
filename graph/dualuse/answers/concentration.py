"""Cards on concentration: the index of a company's revenue by region, and of its revenue by customer, as intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dualuse.analyse.concentration import Concentration, Part, concentration, level, region_parts
from dualuse.analyse.revenue import Share, read_regions
from dualuse.answers.structure import MEANING, label, structure_card
from dualuse.card import Card, Receipt, Unknown
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.network import Network
from dualuse.node import Node
from dualuse.questions.parts.amounts import interval
from dualuse.questions.parts.paths import address
from dualuse.questions.parts.shares import LATEST, read_shares

_OF_REVENUE = "supplier-revenue"


def concentration_card(
    knowledge: Knowledge, as_of: date, *, parties: Sequence[str] = (), period: str | None = LATEST
) -> Card[Any]:
    """How concentrated companies' revenue is, by region and by customer.

    Args:
        knowledge: The graph.
        as_of: Day on which supply links count.
        parties: Companies; every one with a sourced share if empty.
        period: One period of revenue by region, ``latest`` for the last of each company, or None for all.

    Raises:
        UsageError: no share is on record for the parties, or for the period.
        UnknownNameError: a name is not in the graph.
    """
    network = knowledge.network(as_of=as_of)
    keys = [knowledge.names.key("organisation", party) for party in parties]
    shares = [
        share
        for share in read_shares(knowledge.store)
        if share.low is not None
        and share.high is not None
        and not share.whole
        and (not keys or share.organisation in keys)
    ]
    regions = _in_period(_by_period(shares), period)
    rows = [_region_row(knowledge, key, when, found) for (key, when), found in sorted(regions.items())]
    customers = _customers(network, keys)
    rows += [_customer_row(network, supplier, found) for supplier, found in sorted(customers.items())]
    if not rows:
        wanted = f" for {', '.join(keys)}" if keys else ""
        raise UsageError(f"no sourced share is on record{wanted} in period {period or 'any'}; try --period all")
    rows.sort(key=lambda row: (row["of"], -row["index"]["min"], row["party"], row["period"]))
    gaps = [
        Unknown(
            f"{100 - row['recorded']:g} percent of {row['of']} of {row['party']} {row['period']}".strip(),
            "no row says who holds it",
        )
        for row in rows
        if row["recorded"] < 99
    ]
    receipts = [_receipt(share) for found in regions.values() for share in found]
    receipts += [
        _link_receipt(network, supplier, *link) for supplier, found in sorted(customers.items()) for link in found
    ]
    views = [
        {
            "party": row["party"],
            "of": row["of"],
            "period": row["period"],
            "index": interval(row["index"]["min"], row["index"]["max"]),
            "level": row["level"],
            "percent on record": row["recorded"],
            "largest": ", ".join(f"{part['name']} {interval(part['min'], part['max'])}" for part in row["parts"][:2]),
        }
        for row in rows
    ]
    return structure_card(
        knowledge,
        as_of,
        {"question": "concentration", "party": keys, "period": period},
        {"concentration": rows},
        MEANING["concentration"],
        ("concentration",),
        gaps,
        receipts,
        views={"concentration": views},
    )


def _by_period(shares: Iterable[Share]) -> dict[tuple[str, str], list[Share]]:
    grouped: dict[tuple[str, str], list[Share]] = defaultdict(list)
    for share in shares:
        grouped[share.organisation, share.period].append(share)
    return dict(grouped)


def _in_period(found: dict[tuple[str, str], list[Share]], period: str | None) -> dict[tuple[str, str], list[Share]]:
    if period is None:
        return found
    if period != LATEST:
        return {key: rows for key, rows in found.items() if key[1] == period}
    last: dict[str, str] = {}
    for organisation, when in sorted(found):
        last[organisation] = when
    return {key: rows for key, rows in found.items() if last[key[0]] == key[1]}


def _customers(network: Network, keys: Sequence[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Supplier -> customers with a sourced share of its revenue."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for supplier, customer, data in network.edges(data=True):
        sourced = data["kind"] == "supplies" and data.get("unit") == _OF_REVENUE and {"min", "max"} <= set(data)
        if sourced and (not keys or supplier.key in keys):
            found[supplier].append((customer, data))
    return dict(found)


def _region_row(knowledge: Knowledge, key: str, period: str, shares: Sequence[Share]) -> dict[str, Any]:
    found = concentration(region_parts(read_regions(shares)))
    return _row(
        knowledge.names.label("organisation", key), Node("organisation", key), "revenue by region", period, found
    )


def _customer_row(network: Network, supplier: str, links: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    bounds: dict[str, list[float]] = defaultdict(list)
    for customer, data in links:
        bounds[customer] += [data["min"], data["max"]]
    parts = [Part(label(network, customer), min(values), max(values)) for customer, values in sorted(bounds.items())]
    return _row(label(network, supplier), supplier, "revenue by customer", "", concentration(parts))


def _row(party: str, node: str, of: str, period: str, found: Concentration) -> dict[str, Any]:
    return {
        "party": party,
        "id": node,
        "of": of,
        "period": period,
        "index": {"min": found.low, "max": found.high},
        "level": level(found),
        "recorded": round(min(found.recorded, 100.0), 2),
        "parts": [{"name": part.name, "min": part.low, "max": part.high} for part in found.parts],
    }


def _receipt(share: Share) -> Receipt:
    text = f"{share.organisation} {share.period} {share.region}: {interval(share.low, share.high)} percent"
    return Receipt(share.iri, text, "", share.source, share.confidence)


def _link_receipt(network: Network, supplier: str, customer: str, data: dict[str, Any]) -> Receipt:
    size = interval(data["min"], data["max"])
    text = f"{label(network, supplier)} supplies {label(network, customer)}: {size} percent of its revenue"
    return Receipt(str(data["iri"]), text, "", address(network, data), str(data["confidence"]))


__all__ = ["concentration_card"]
