"""Computing power on record, row by row: chips received by kind, clusters by tier; and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dualuse.analyse.compute import NOTHING, Estimate, clusters, estimate_of, received, shares
from dualuse.card import Receipt, Unknown, aside, unique
from dualuse.node import Node
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase, same
from dualuse.show.words import Said, join

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.law.groups import Places
    from dualuse.model.items import Product
    from dualuse.model.relations import InstalledCompute
    from dualuse.model.rules import DecisionRule

_ORDER = ("US", "1", "2", "3", "unknown", "none")
_WHERE = {"US": "US", "unknown": "tier not known", "none": "no tier"}


@dataclass(frozen=True)
class Chips:
    """Chips of one kind that a place has received: how many, their total TPP, and how many country allocations."""

    place: str
    chip: str
    by_day: str
    chips: Estimate
    tpp: Estimate | None
    allocations: Estimate | None
    row: Node
    name: str = aside("")

    def seen(self) -> dict[str, Any]:
        """The numbers as people read them."""
        return {
            "place": self.name,
            "chip": self.chip,
            "received by": self.by_day,
            "chips": self.chips.written(),
            "TPP": "" if self.tpp is None else self.tpp.written(2),
            "country allocations": "" if self.allocations is None else self.allocations.written(2),
        }


@dataclass(frozen=True)
class Clusters:
    """Clusters in a tier (or a place asked for): what they can compute in H100 equivalents, and their share."""

    stage: str
    where: str
    as_of: str
    share: Estimate | None
    h100_equivalents: Estimate
    places: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The numbers as people read them."""
        return {
            "clusters": self.stage,
            "where": self.where,
            "counted on": self.as_of,
            "percent": "" if self.share is None else _percent(self.share),
            "H100 equivalents": self.h100_equivalents.written(),
            "in": " ".join(self.places),
        }


@dataclass(frozen=True)
class Computed:
    """Rows of both kinds, with their receipts and gaps."""

    chips: Sequence[Chips]
    clusters: Sequence[Clusters]
    because: tuple[Receipt, ...]
    unknown: tuple[Unknown, ...]


def compute_of(knowledge: Knowledge, source: Node, asked: Sequence[str], day: date) -> Computed:
    """Computing power on record on a day.

    Args:
        knowledge: The graph.
        source: Instrument or measure whose country allocation chips are held against.
        asked: Keys of places; every one with chips on record if empty.
        day: Day of which the numbers are to speak, and on which places are in their tiers.
    """
    from dualuse.model.read import read
    from dualuse.model.relations import InstalledCompute

    rows = read(knowledge.store, InstalledCompute)
    chips = [row for row in received(rows, day) if not asked or row.place in asked]
    limit = _allocation(knowledge, source)
    told, because, gaps = _chips(knowledge, chips, limit)
    gaps += [
        Unknown(
            phrase("compute.received", place=knowledge.names.label("place", key), day=day.isoformat()),
            phrase("compute.no_number"),
        )
        for key in asked
        if all(row.place != key for row in chips)
    ]
    if limit is None:
        gaps.append(Unknown(phrase("compute.allocations"), phrase("compute.no_rule", key=same(source.key))))
    counted = {stage: clusters(rows, stage, day) for stage in ("operating", "planned")}
    every = [row for found in counted.values() for row in found]
    places = knowledge.places
    spread: list[Clusters] = []
    for stage, found in counted.items():
        spread += _clusters(stage, found, places, asked, day)
        gaps += _not_counted(stage, found, day)
    because += [knowledge.registry.receipt(row, _told(row), "") for row in every]
    because += [
        places.told(tier, knowledge.names.label("place", key))
        for key in sorted({row.place for row in every if row.place})
        if (tier := places.tier(key, day)) is not None
    ]
    gaps = [*_limits(knowledge, [*chips, *every]), *gaps]
    return Computed(told, spread, unique(because), tuple(gaps))


def _allocation(knowledge: Knowledge, source: Node) -> DecisionRule | None:
    """The rule by which an instrument, or a paragraph of it, gives a country an allocation."""
    from dualuse.model.read import read
    from dualuse.model.rules import DecisionRule

    rules = read(knowledge.store, DecisionRule, where={"kind": ["allocation"]})
    if source.kind == "measure":
        from dualuse.model.law import Measure

        (measure,) = read(knowledge.store, Measure, keys=[source.key])
        return next((rule for rule in rules if rule.provision == measure.provision), None)
    return next((rule for rule in rules if rule.instrument == source.key), None)


def _chips(
    knowledge: Knowledge, rows: Sequence[InstalledCompute], limit: DecisionRule | None
) -> tuple[list[Chips], list[Receipt], list[Unknown]]:
    from dualuse.model.items import Product
    from dualuse.model.read import read

    keys = {key for row in rows for key in row.products}
    products = {product.node.key: product for product in read(knowledge.store, Product, keys=keys)}
    told, gaps = [], []
    for row in rows:
        kinds = [products[key] for key in row.products]
        tpp, gap = _total(row, kinds)
        gaps += gap
        told.append(
            Chips(
                place=row.place or "",
                chip=row.value or "",
                by_day=str(row.as_of),
                chips=estimate_of(row),
                tpp=tpp,
                allocations=tpp.times(1 / limit.limit, 1 / limit.limit) if tpp and limit and limit.limit else None,
                row=row.node,
                name=knowledge.names.label("place", row.place) if row.place else "",
            )
        )
    told.sort(key=lambda each: -((each.tpp.max if each.tpp else 0) or 0))
    receipts = [knowledge.registry.receipt(row, _told(row), "") for row in rows]
    receipts += [
        knowledge.registry.receipt(product, phrase("compute.tpp", name=product.name, n=f"{product.tpp:,g}"), "")
        for _, product in sorted(products.items())
        if product.tpp is not None
    ]
    if limit is not None:
        text = phrase("compute.limit", title=limit.title, n=f"{limit.limit:,.0f}")
        receipts.append(knowledge.registry.receipt(limit, text))
    return told, receipts, gaps


def _total(row: InstalledCompute, kinds: Sequence[Product]) -> tuple[Estimate | None, list[Unknown]]:
    """Total TPP of chips; from the weakest to the strongest of what goes by one name."""
    known = [kind.tpp for kind in kinds if kind.tpp is not None]
    if not known or len(known) < len(kinds):
        return None, [Unknown(phrase("compute.total", chip=same(str(row.value))), phrase("compute.no_tpp"))]
    if min(known) == max(known):
        return estimate_of(row).times(known[0], known[0]), []
    names = ", ".join(f"{kind.name} {kind.tpp:,g}" for kind in kinds)
    what = phrase("compute.versions", chip=same(str(row.value)))
    gap = Unknown(what, phrase("compute.differs", names=same(names)))
    return estimate_of(row).times(min(known), max(known)), [gap]


def _clusters(
    stage: str, rows: Sequence[InstalledCompute], places: Places, asked: Sequence[str], day: date
) -> list[Clusters]:
    if not rows:
        return []
    by_tier: dict[str, list[InstalledCompute]] = {}
    for row in rows:
        if row.place:
            by_tier.setdefault(_tier(places, row.place, day), []).append(row)
    nowhere = _sum(row for row in rows if not row.place)
    spread = shares({tier: _sum(found) for tier, found in by_tier.items()}, nowhere)
    counted = str(rows[0].as_of)

    def told(where: str, share: Estimate | None, found: Sequence[InstalledCompute]) -> Clusters:
        return Clusters(stage, where, counted, share, _sum(found), sorted(row.place for row in found if row.place))

    answer = [
        told(_WHERE.get(tier, phrase("compute.tier", tier=tier)), spread[tier], by_tier[tier])
        for tier in sorted(by_tier, key=_ORDER.index)
    ]
    single = shares({row.place: estimate_of(row) for row in rows if row.place}, nowhere)
    answer += [told(row.place, single[row.place], [row]) for row in rows if row.place and row.place in asked]
    if nowhere != NOTHING:
        answer.append(told(phrase("compute.place_not_named"), None, [row for row in rows if not row.place]))
    return answer


def _tier(places: Places, place: str, day: date) -> str:
    word = places.tier_word(place, day)
    return "US" if place == "US" and word is not None else "none" if word is None else str(word)


def _sum(rows: Iterable[InstalledCompute]) -> Estimate:
    return sum((estimate_of(row) for row in rows), NOTHING)


def _told(row: InstalledCompute) -> Phrase:
    where = Called.of({("place", row.place): row.place}) if row.place else phrase("compute.nowhere")
    stage = phrase(f"compute.{row.stage or 'received_stage'}")
    what = phrase("compute.chips", chip=same(str(row.value))) if row.unit == "chips" else phrase("compute.clusters")
    note = phrase("compute.note", note=row.note) if row.note else ""
    given = {"day": str(row.as_of), "amount": estimate_of(row).written()}
    return phrase("compute.row", what=what, where=where, stage=stage, note=note, **given)


def _not_counted(stage: str, rows: Sequence[InstalledCompute], day: date) -> list[Unknown]:
    """What clusters of a stage do not tell about a day."""
    named = phrase(f"compute.{stage}")
    if not rows:
        return [Unknown(phrase("compute.on_day", stage=named, day=day.isoformat()), phrase("compute.none_early"))]
    gaps = []
    counted = rows[0].as_of
    if str(counted) != str(day):
        which = "first_count" if counted.latest > day else "last_count"
        why = phrase(f"compute.{which}", counted=str(counted))
        gaps.append(Unknown(phrase("compute.itself", stage=named, day=day.isoformat()), why))
    nowhere = _sum(row for row in rows if not row.place)
    if nowhere != NOTHING:
        what = phrase("compute.where", stage=named, n=nowhere.written())
        gaps.append(Unknown(what, phrase("compute.no_place")))
    if stage == "planned":
        gaps.append(Unknown(phrase("compute.built"), phrase("compute.kept_out")))
    else:
        gaps.append(Unknown(phrase("compute.twice"), phrase("compute.phases")))
    return gaps


def _limits(knowledge: Knowledge, rows: Iterable[InstalledCompute]) -> list[Unknown]:
    """What the sources say that they do not cover."""
    sources = [knowledge.registry[key] for key in sorted({key for row in rows for key in row.sources})]
    return [Unknown(phrase("compute.leaves_out", title=source.title), source.note) for source in sources if source.note]


def _percent(share: Estimate) -> str:
    middle = "" if share.central is None else f"{share.central:.1f} "
    return f"{middle}[{share.min or 0:.1f}-{share.max or 0:.1f}]"


# -- the answer in a few words ----------------------------------------------------------------------------------------

_RECEIVED = Said(
    "{chip} delivered to {place}: {chips}{tpp}{allocations}",
    "交付{place}的 {chip}：{chips}{tpp}{allocations}",
    "交付{place}的 {chip}：{chips}{tpp}{allocations}",
)
_TPP = Said(" = {n} TPP", "，合 {n} TPP", "，合 {n} TPP")
_ALLOCATIONS = Said(" = {n} country allocations", "，相當於 {n} 個國家配額", "，相当于 {n} 个国家配额")
_SPREAD = {
    "operating": Said(
        "existing clusters by tier on {day}: {parts}", "{day} 既有叢集依級別：{parts}", "{day} 现有集群按级别：{parts}"
    ),
    "planned": Said("planned: {parts}", "規劃中：{parts}", "规划中：{parts}"),
}
_IN_TIER = Said("tier {tier} {n} %", "第 {tier} 級 {n}%", "第 {tier} 级 {n}%")
_IN_HOME = Said("US {n} %", "美國 {n}%", "美国 {n}%")
_ELSEWHERE = Said("{where} {n} %", "{where} {n}%", "{where} {n}%")


def tell_chips(row: Chips, place: Said) -> Said:
    """How many chips of a kind a place received, in three languages."""
    empty = Said("", "", "")
    return _RECEIVED.fill(
        chip=row.chip,
        place=place,
        chips=row.chips.written(),
        tpp=empty if row.tpp is None else _TPP.fill(n=_middle(row.tpp)),
        allocations=empty if row.allocations is None else _ALLOCATIONS.fill(n=_middle(row.allocations)),
    )


def _middle(estimate: Estimate) -> str:
    central = estimate.central
    return estimate.written(2) if central is None else Estimate(central, central, central).written(2)


def tell_clusters(rows: Sequence[Clusters], day: date, asked: Sequence[str]) -> Said | None:
    """How clusters are spread over the tiers, in three languages; None where none are on record."""
    told = []
    for stage, said in _SPREAD.items():
        parts = [
            _part(row.where, row.share)
            for row in rows
            if row.stage == stage and row.share is not None and row.share.central is not None and row.where not in asked
        ]
        if parts:
            told.append(said.fill(day=day.isoformat(), parts=join(parts)))
    return join(told, between="; ", han="；") if told else None


def _part(where: str, share: Estimate) -> Said:
    number = f"{share.central:.1f}"
    if where == "US":
        return _IN_HOME.fill(n=number)
    tier = where.removeprefix("tier ")
    return (_IN_TIER.fill(tier=tier, n=number)) if tier.isdigit() else _ELSEWHERE.fill(where=where, n=number)
