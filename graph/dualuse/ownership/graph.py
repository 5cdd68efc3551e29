"""Holdings and listings of the knowledge graph on a day, each with its receipt.

Kinds ``owns`` and ``part-of`` are holdings; a blank bound is unknown, but ``part-of`` means wholly held, so there a
blank is 100 percent. Kinds ``invests-in``, ``affiliate-of`` and ``agreed-to-acquire`` count only where a share is
given, and are reported otherwise. A holding without dates counts on every day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dualuse.card import Receipt
from dualuse.namespaces import split_thing, thing
from dualuse.ownership.book import Table
from dualuse.ownership.findings import Findings
from dualuse.ownership.intervals import DOUBTFUL, OUT, read_span
from dualuse.ownership.rows import Builder
from dualuse.registry import Registry, read_registry
from dualuse.said import Named, Phrase, phrase
from dualuse.store.base import Row, Store, value

HOLDINGS_QUERY = """# Every stake, with its bounds, its dates and its sources.
SELECT ?fact ?owner ?owned ?kind ?low ?high ?start ?end ?seen ?confidence
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?fact a du:Ownership ; du:owner ?owner ; du:owned ?owned ; du:ownershipKind ?kind ; du:confidence ?confidence ;
        dct:source ?source .
  OPTIONAL { ?fact du:shareMin ?low }
  OPTIONAL { ?fact du:shareMax ?high }
  OPTIONAL { ?fact du:validFrom ?start }
  OPTIONAL { ?fact du:validTo ?end }
  OPTIONAL { ?fact du:seenOn ?seen }
}
GROUP BY ?fact ?owner ?owned ?kind ?low ?high ?start ?end ?seen ?confidence
"""

LISTINGS_QUERY = """# Every party on a list, with its dates and its sources.
SELECT ?fact ?party ?programme ?listed ?start ?end ?confidence
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?fact a du:PartyListing ; du:listedParty ?party ; du:programme ?programme ; du:confidence ?confidence ;
        dct:source ?source .
  OPTIONAL { ?fact du:listedOn ?listed }
  OPTIONAL { ?fact du:validFrom ?start }
  OPTIONAL { ?fact du:validTo ?end }
}
GROUP BY ?fact ?party ?programme ?listed ?start ?end ?confidence
"""

WHOLLY = "part-of"
SURELY_HELD = ("owns", WHOLLY)
"""Kinds of link that are holdings even where no share is given."""


@dataclass
class GraphHoldings:
    """Holdings of the graph on a day.

    Args:
        table: Parties by key; the row's place is the number of its receipt.
        receipts: One for every stake of the graph.
        undated: How many of the holdings that count have no dates.
        seen: First and last date on which the sources of these saw them, or blank.
    """

    table: Table
    receipts: list[Receipt] = field(default_factory=list)
    undated: int = 0
    seen: tuple[str, str] = ("", "")


@dataclass
class Listings:
    """Parties on some lists on a day.

    Args:
        sure: Party -> receipts, for those that are surely on one.
        doubtful: The same for those whose day of listing or removal may lie on either side of the day.
        lists: Lists of which the graph has any party, whatever the day.
    """

    sure: dict[str, list[Receipt]] = field(default_factory=dict)
    doubtful: dict[str, list[Receipt]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()

    def renamed(self, called: Mapping[str, str]) -> Listings:
        """The same parties under other names; what is listed for sure under one of several is so."""
        sure, doubtful = _renamed(self.sure, called), _renamed(self.doubtful, called)
        return Listings(sure, {name: rest for name, rest in doubtful.items() if name not in sure}, self.lists)


def _renamed(group: Mapping[str, list[Receipt]], called: Mapping[str, str]) -> dict[str, list[Receipt]]:
    found: dict[str, list[Receipt]] = {}
    for name, receipts in group.items():
        found.setdefault(called.get(name, name), []).extend(receipts)
    return found


def read_holdings(
    store: Store, day: date, parties: Iterable[str] = (), registry: Registry | None = None
) -> GraphHoldings:
    """Read the stakes of a graph.

    Args:
        parties: Keys of parties to have in the table whether or not anyone holds them.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    builder, receipts = Builder(day, in_percent=True), []
    seen: list[str] = []
    for row in sorted(store.select(HOLDINGS_QUERY), key=lambda row: value(row, "fact")):
        owner, owned, kind = _keys(row, "owner", "owned", "kind")
        low, high = value(row, "low"), value(row, "high")
        receipts.append(_receipt(row, _held(owner, kind, owned, _words(kind, low, high)), registry))
        if kind not in SURELY_HELD and not (low or high):
            pair = phrase("held.pair", owner=_party(owner), owned=_party(owned))
            builder.findings.add("not-a-holding", pair, phrase("held.no_share", kind=_kind(kind)))
            continue
        if kind == WHOLLY:
            low, high = low or "100", high or "100"
        cells = (owner, owned, low, high, value(row, "start"), value(row, "end"), "")
        before = len(builder.columns[0])
        builder.add(cells, len(receipts) - 1)
        if len(builder.columns[0]) > before and not (cells[4] or cells[5]):
            seen.append(value(row, "seen"))
    for party in parties:
        builder.names.add(party)
    dates = sorted(filter(None, seen))
    span = (dates[0], dates[-1]) if dates else ("", "")
    return GraphHoldings(builder.table(), receipts, len(seen), span)


def read_listings(
    store: Store, day: date, lists: Collection[str], findings: Findings, registry: Registry | None = None
) -> Listings:
    """Read the parties on some lists.

    Args:
        lists: Keys of the lists that count.
        findings: Listings without any date are noted here.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    found, known = Listings(), set()
    for row in sorted(store.select(LISTINGS_QUERY), key=lambda row: value(row, "fact")):
        party, programme = _keys(row, "party", "programme")
        known.add(programme)
        if programme not in lists:
            continue
        start, end = value(row, "listed") or value(row, "start"), value(row, "end")
        standing = read_span(start, end).on(day)
        if not start:
            findings.add("undated", party, phrase("held.undated", list=Named.of({("programme", programme): programme})))
        if standing != OUT:
            since = phrase("held.since", day=start) if start else ""
            receipt = _receipt(row, _listed(party, programme, since), registry)
            group = found.doubtful if standing == DOUBTFUL else found.sure
            group.setdefault(party, []).append(receipt)
    doubtful = {party: receipts for party, receipts in found.doubtful.items() if party not in found.sure}
    return Listings(found.sure, doubtful, frozenset(known))


def _keys(row: Row, *names: str) -> list[str]:
    return [split_thing(value(row, name))[1] for name in names]


def _words(kind: str, low: str, high: str) -> str:
    if kind == WHOLLY and not (low or high):
        return phrase("held.wholly")
    if not (low or high):
        return phrase("held.not_known")
    if low == high:
        return phrase("held.exactly", n=low)
    return phrase("held.between", low=low or 0, high=high or 100)


def _kind(kind: str) -> Named:
    return Named.of({("ownership-kind", kind): kind})


def _party(key: str) -> Named:
    return Named.of({("organisation", key): key})


def _held(owner: str, kind: str, owned: str, share: str) -> Phrase:
    return phrase("held.owns", owner=_party(owner), kind=_kind(kind), owned=_party(owned), share=share)


def _listed(party: str, programme: str, since: str) -> Phrase:
    named = Named.of({("programme", programme): programme})
    return phrase("held.listed", party=_party(party), list=named, since=since)


def _receipt(row: Row, text: str, registry: Registry) -> Receipt:
    sources = value(row, "sources").split()
    address = registry.address(sources) or thing("source", split_thing(sources[0])[1])
    return Receipt(value(row, "fact"), text, "", address, split_thing(value(row, "confidence"))[1])
