"""What a measure touches of a party, row by row: revenue by period, sites, links of supply."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import aside
from dualuse.node import Node
from dualuse.questions.parts.amounts import Amount, interval
from dualuse.said import Phrase, phrase, same

if TYPE_CHECKING:
    from dualuse.analyse.revenue import Region as Sold
    from dualuse.analyse.revenue import RevenueExposure
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

_NAMED = 4
"""Partners that are named in a row."""
_PLANNED = """# Sites that are planned.
SELECT ?site ?organisation ?place WHERE {
  ?site du:concernsOrganisation ?organisation ; du:concernsPlace ?place ; du:stage stage:planned
}"""


@dataclass(frozen=True)
class Region:
    """A region as a source names it: how it stands to the touched places, and its share of revenue."""

    region: str
    places: Sequence[str]
    standing: str
    min: float
    max: float
    rows: Sequence[str]


@dataclass(frozen=True)
class Stated:
    """What one source states."""

    min: float | None
    max: float | None
    source: str


@dataclass(frozen=True)
class Disagreement:
    """A region of which sources state different shares."""

    region: str
    values: Sequence[Stated]

    @property
    def shares(self) -> Phrase:
        """The shares as people read them."""
        return Phrase.listed((interval(each.min, each.max) for each in self.values), between=" or ", han="或")


@dataclass(frozen=True)
class Revenue:
    """Share of a period's revenue from the touched places, in percent."""

    party: str
    id: str
    period: str
    share: Amount
    recorded: float
    straddling: float
    unrecorded: float
    regions: Sequence[Region]
    disagreements: Sequence[Disagreement]

    def seen(self) -> dict[str, Any]:
        """The share as people read it, with the regions that are surely inside."""
        inside = (
            phrase("exposed.region", region=r.region, share=interval(r.min, r.max))
            for r in self.regions
            if r.standing == "inside"
        )
        disputes = (phrase("exposed.disputed", region=each.region, shares=each.shares) for each in self.disagreements)
        return {
            "party": self.party,
            "period": self.period,
            "percent of revenue": str(self.share),
            "surely": Phrase.listed(inside),
            "straddling": self.straddling or "",
            "unrecorded": self.unrecorded or "",
            "sources disagree": Phrase.listed(disputes, between="; ", han="；"),
        }


@dataclass(frozen=True)
class Sites:
    """Sites of a party in the touched places; planned ones count at the upper end only."""

    party: str
    id: str
    sites: Amount
    recorded: int
    places: Sequence[str]
    planned: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The sites as people read them."""
        return {
            "party": self.party,
            "sites touched": str(self.sites),
            "of sites on record": self.recorded,
            "in": " ".join(self.places),
            "planned": " ".join(self.planned),
        }


@dataclass(frozen=True)
class Supply:
    """Customers or suppliers of a party that the measure touches, and their share of its revenue."""

    party: str
    id: str
    direction: str
    recorded: int
    touched: int
    share: Amount | None
    partners: Sequence[str]
    who: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The links as people read them: a few partners by name."""
        who, more = Phrase.listed(map(same, self.who[:_NAMED])), len(self.who) - _NAMED
        return {
            "party": self.party,
            "direction": phrase(f"exposed.{self.direction}"),
            "touched": phrase("exposed.of", n=self.touched, all=self.recorded),
            "percent of its revenue": "" if self.share is None else str(self.share),
            "who": phrase("amount.and_more", names=who, n=more) if more > 0 else who,
        }


def revenue_of(knowledge: Knowledge, entry: RevenueExposure, codes: Collection[str]) -> Revenue:
    """A share of revenue as a row."""
    return Revenue(
        party=knowledge.names.label("organisation", entry.organisation),
        id=Node("organisation", entry.organisation),
        period=entry.period,
        share=Amount(entry.low, entry.high, "percent of revenue"),
        recorded=entry.recorded,
        straddling=entry.straddling,
        unrecorded=entry.unrecorded,
        regions=[_region(region, codes) for region in entry.regions],
        disagreements=[
            Disagreement(region.name, [Stated(row.low, row.high, row.source) for row in region.rows])
            for region in entry.regions
            if region.disputed
        ],
    )


def _region(region: Sold, codes: Collection[str]) -> Region:
    rows = [row.iri for row in region.rows]
    return Region(region.name, sorted(region.places), region.standing(codes), region.low, region.high, rows)


def sites_of(knowledge: Knowledge, network: Network, nodes: Sequence[Node], places: Collection[Node]) -> list[Sites]:
    """The sites of parties that have any on record, or planned in a touched place."""
    from dualuse.analyse.touched import sites_in

    planned = _planned(knowledge)
    rows = []
    for node in nodes:
        touched, perhaps, recorded = sites_in(network, node, places)
        coming = sorted(place for place in planned.get(node, []) if place in places)
        if recorded or coming:
            found = Amount(len(touched), len(touched) + len(perhaps) + len(coming), "sites")
            name = knowledge.names.label(node.kind, node.key)
            places_of = [[place.key for place in listed] for listed in (touched, coming)]
            rows.append(Sites(name, node, found, recorded, *places_of))
    return rows


def _planned(knowledge: Knowledge) -> Mapping[Node, list[Node]]:
    """Organisation -> places of its planned sites."""
    from dualuse.store.base import value

    planned: dict[Node, list[Node]] = {}
    for row in knowledge.store.select(_PLANNED):
        planned.setdefault(Node.of(value(row, "organisation")), []).append(Node.of(value(row, "place")))
    return planned


def supply_of(network: Network, source: Node, nodes: Sequence[Node], places: Collection[Node]) -> list[Supply]:
    """The customers and suppliers of parties that have any on record."""
    from dualuse.analyse.connected import every_path
    from dualuse.analyse.touched import supply_touched
    from dualuse.network.web import name

    every = every_path(network, source, supply_hops=0)
    reached = {party for party, channel in every if channel in ("item", "listing")}
    rows = []
    for node in nodes:
        for found in supply_touched(network, node, places, reached):
            share = None if found.share is None else Amount(found.share.min, found.share.max, found.share.unit)
            rows.append(
                Supply(
                    party=name(network, node),
                    id=node,
                    direction=found.direction,
                    recorded=len(found.partners),
                    touched=len(found.touched),
                    share=share,
                    partners=list(found.touched),
                    who=[name(network, partner) for partner in found.touched],
                )
            )
    return rows
