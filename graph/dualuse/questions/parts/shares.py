"""Rows of revenue by region, read from the graph."""

from __future__ import annotations

from dualuse.analyse.revenue import Share
from dualuse.namespaces import split_thing
from dualuse.registry import read_registry
from dualuse.store.base import Row, Store, value

SHARES_QUERY = """# Rows of revenue by region, with their bounds and receipts.
SELECT ?row ?organisation ?period ?region ?straddles ?low ?high ?basis ?confidence
       (GROUP_CONCAT(DISTINCT STR(?place); SEPARATOR=" ") AS ?places)
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?row a du:RevenueShare ; du:concernsOrganisation ?organisation ; du:fiscalPeriod ?period ; du:reportedRegion ?region ;
       du:straddles ?straddles ; du:confidence ?confidence ; dct:source ?source .
  OPTIONAL { ?row du:concernsPlace ?place }
  OPTIONAL { ?row du:shareMin ?low }
  OPTIONAL { ?row du:shareMax ?high }
  OPTIONAL { ?row du:attributionBasis ?basis }
}
GROUP BY ?row ?organisation ?period ?region ?straddles ?low ?high ?basis ?confidence
"""


def read_shares(store: Store) -> list[Share]:
    """Every row of revenue by region, sorted by row."""
    registry = read_registry(store)
    rows = sorted(store.select(SHARES_QUERY), key=lambda row: value(row, "row"))
    return [_share(row, registry.address(value(row, "sources").split())) for row in rows]


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
