"""How much of a company's revenue, sites and supply a measure touches, and the computing power on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from dualuse.card import Card, Receipt, Unknown, optional, table, unique
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.node import Node
from dualuse.questions.parameters import Arg, AsOf, InLens, Opt, must_be_among, several
from dualuse.questions.parts.amounts import interval, spoken
from dualuse.questions.parts.computed import Chips, Clusters, compute_of, tell_chips, tell_clusters
from dualuse.questions.parts.exposed import Revenue, Sites, Supply, revenue_of, sites_of, supply_of
from dualuse.questions.parts.measures import find_measure, inoperative
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Named, Phrase, phrase
from dualuse.show.words import Said, join, numbered, same

if TYPE_CHECKING:
    from datetime import date

    from dualuse.analyse.revenue import RevenueExposure, Share
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

DEFAULT_MEASURE = "us-ai-diffusion-ifr-2025-01"
Measured = Literal["revenue", "compute"]


@dataclass(frozen=True)
class Exposure:
    """The measure, the groups whose places count as touched and how many those are; then what is touched.

    Or chips that places received and clusters by tier; then the places are those with chips or clusters on record.
    """

    by: str
    groups: Sequence[str]
    places: int
    received: str | None = optional()
    spread: str | None = optional()
    revenue: Sequence[Revenue] = table()
    sites: Sequence[Sites] = table()
    supply: Sequence[Supply] = table()
    chips: Sequence[Chips] | None = table(optional=True)
    clusters: Sequence[Clusters] | None = table(optional=True)


def exposure(
    knowledge: Knowledge,
    *parties: Annotated[str, Arg("[PARTY]...")],
    by: Annotated[str | None, Opt("Instrument or measure.", metavar="MEASURE", default="the January 2025 rule")] = None,
    groups: Annotated[
        Sequence[str],
        Opt(
            "Groups whose places count as touched.",
            metavar="GROUP[,GROUP]",
            commas=True,
            default="those the measure allocates to or denies",
        ),
    ] = (),
    period: Annotated[
        str | None, Opt("One period as the company counts it, or: latest.", metavar="PERIOD", default="all")
    ] = None,
    measure: Annotated[
        Measured, Opt("Revenue, sites and supply of parties; or chips and clusters of places, against an allocation.")
    ] = "revenue",
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Exposure]:
    """Show how much of a company's revenue, sites and supply a measure touches, as intervals.

    A region that straddles groups, and revenue no row records, widen the interval upwards; nothing is guessed.
    With --measure compute: chips that places received, and clusters by tier.

    Args:
        parties: Organisations; every one with revenue on record if empty. For ``compute``, places.
        by: Instrument or measure; the January 2025 rule if not given.
        groups: Groups whose places count as touched, with or without ``us-``; chosen from the measure if empty.
        period: One period as the company counts it, or ``latest``; every period if not given.
        as_of: Day of law: which places are in which group.

    Raises:
        UsageError: no revenue is on record for the period, or groups or a period are given for ``compute``.
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.analyse.revenue import revenue_exposure
    from dualuse.analyse.touched import members
    from dualuse.questions.parts.shares import SHARES_QUERY, read_shares

    must_be_among("what is measured", [measure], Measured)
    day, through = knowledge.day(as_of), Lens.parse(lens)
    source = find_measure(knowledge, by or DEFAULT_MEASURE)
    if measure == "compute":
        if groups or period:
            raise UsageError("compute is counted by place and tier: leave out --groups and --period")
        return _compute(knowledge, source, parties, day, through)
    network = knowledge.walkable([source], as_of=day, lens=through)
    chosen = _groups(knowledge, network, source, several(groups))
    places = members(network, chosen)
    codes = frozenset(place.key for place in places)
    shares = read_shares(knowledge.store)
    asked = [knowledge.names.key("organisation", party) for party in parties]
    keys = asked or sorted({share.organisation for share in shares})
    blocked = inoperative(knowledge, network, [source])
    found = [] if blocked else revenue_exposure([share for share in shares if share.organisation in keys], codes)
    found = _in_period(found, period)
    nodes = [] if blocked else [Node("organisation", key) for key in keys]
    named = [group.key for group in chosen]
    return knowledge.card(
        question={
            "command": "exposure",
            "party": asked,
            "by": source.key,
            "groups": named if groups else [],
            "period": period,
        },
        as_of=day,
        lens=through,
        answer=Exposure(
            by=source.key,
            groups=named,
            places=len(places),
            revenue=[revenue_of(knowledge, entry, codes) for entry in found],
            sites=sites_of(knowledge, network, nodes, places),
            supply=supply_of(network, source, nodes, places),
        ),
        because=unique(_receipt(row) for entry in found for region in entry.regions for row in region.rows),
        unknown=tuple(blocked or (*_gaps(knowledge, asked, found), *_vague(network, chosen, nodes))),
        query=SHARES_QUERY,
    )


def _compute(knowledge: Knowledge, source: Node, asked: Sequence[str], day: date, lens: Lens) -> Card[Exposure]:
    from dualuse.model.read import query
    from dualuse.model.relations import InstalledCompute

    places = [knowledge.names.key("place", place) for place in asked]
    found = compute_of(knowledge, source, places, day)
    network = knowledge.walkable([source], as_of=day, lens=lens)
    spread = tell_clusters(found.clusters, day, places)
    held = {row.place for row in found.chips} | {place for row in found.clusters for place in row.places}
    return knowledge.card(
        question={"command": "exposure", "place": places, "by": source.key, "measure": "compute"},
        as_of=day,
        lens=lens,
        answer=Exposure(
            by=source.key,
            groups=(),
            places=len(held),
            received=tell_chips(found.chips[0], same(found.chips[0].name)).en if found.chips else None,
            spread=spread.en if spread else None,
            chips=found.chips,
            clusters=found.clusters,
        ),
        because=found.because,
        unknown=(*inoperative(knowledge, network, [source]), *found.unknown),
        query=query(InstalledCompute),
    )


def read_policies(knowledge: Knowledge) -> dict[Node, str]:
    """Node of a measure -> key of its review policy."""
    from dualuse.store.base import value

    rows = knowledge.store.select("SELECT ?measure ?policy WHERE { ?measure du:hasReviewPolicy ?policy }")
    return {Node.of(value(row, "measure")): Node.of(value(row, "policy")).key for row in rows}


def _groups(knowledge: Knowledge, network: Network, source: Node, given: Sequence[str]) -> tuple[Node, ...]:
    from dualuse.analyse.touched import burdened_groups

    if not given:
        return burdened_groups(network, source, read_policies(knowledge))
    known = knowledge.names.by_kind.get("group", {})
    keys = [knowledge.names.key("group", text if text.casefold() in known else f"us-{text}") for text in given]
    return tuple(sorted({Node("group", key) for key in keys}))


def _vague(network: Network, groups: Sequence[Node], nodes: Sequence[Node]) -> list[Unknown]:
    """Places, sites and supply links of which it is not known whether they count on the day."""
    from dualuse.analyse.touched import perhaps_members
    from dualuse.network import frame_of
    from dualuse.network.web import name
    from dualuse.questions.parts.paths import vague_links

    day = frame_of(network).as_of
    why = phrase("exposed.vague")
    places = sorted(name(network, place) for place in perhaps_members(network, groups))
    gaps = [Unknown(phrase("exposed.touched", place=place, day=day.isoformat()), why) for place in places]
    return gaps + vague_links(network, "supplies", "made-by", "hosts", parties=nodes)


def _in_period(found: list[RevenueExposure], period: str | None) -> list[RevenueExposure]:
    if period is None:
        return found
    if period == "latest":
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
            gaps.append(Unknown(phrase("exposed.revenue", who=who), phrase("exposed.not_derivable")))
    for entry in found:
        whose = {"who": knowledge.names.label("organisation", entry.organisation), "period": entry.period}
        if entry.unrecorded:
            what = phrase("exposed.of_revenue", n=f"{entry.unrecorded:g}", **whose)
            gaps.append(Unknown(what, phrase("exposed.no_row")))
        if entry.straddling:
            names = Phrase.listed(region.name for region in entry.regions if region.straddles or not region.places)
            what = phrase("exposed.straddles", names=names, **whose)
            gaps.append(Unknown(what, phrase("exposed.groups", n=f"{entry.straddling:g}")))
        bases = sorted({row.basis for region in entry.regions for row in region.rows if row.basis})
        if len(bases) > 1:
            why = phrase("exposed.attribute", bases=Phrase.listed(bases, between=" and by "))
            gaps.append(Unknown(phrase("exposed.basis", **whose), why))
        gaps += [
            Unknown(phrase("exposed.share", region=row.region, **whose), phrase("exposed.no_whole"))
            for row in entry.unusable
        ]
    return gaps


def _receipt(row: Share) -> Receipt:
    basis = phrase("exposed.by", basis=row.basis) if row.basis else ""
    who = Named.of({("organisation", row.organisation): row.organisation})
    given = {"period": row.period, "region": row.region, "amount": interval(row.low, row.high)}
    text = phrase("exposed.row", who=who, basis=basis, **given)
    return Receipt(row.iri, text, "", row.source, row.confidence)


def _draw(card: Card[Exposure], form: str) -> bytes:
    from dualuse.analyse.plot import Bar, clip, draw_bars

    answer = card.answer
    if answer.chips is not None:
        raise UsageError("--plot draws revenue by region; leave out --measure compute")
    if not answer.revenue:
        raise UsageError("there is no revenue by region to draw; see the unknowns of the answer")
    bars = []
    for row in answer.revenue:
        low, high = row.share.min or 0.0, row.share.max or 0.0
        note = "–".join(dict.fromkeys((f"{low:.0f}", f"{high:.0f}")))
        bars.append(Bar(f"{clip(row.party)}, {row.period}", low, high, note=note))
    foot = (
        f"Groups as of {card.as_of.isoformat()}: {', '.join(answer.groups)}. Full bar: surely from their places; "
        "hatched: what straddles groups or is not on record. Periods as each company counts them."
    )
    title = f"Revenue from places that {answer.by} touches"
    return draw_bars(bars, form, title=title, axis="percent of revenue", foot=foot)


_ASKED = {
    ("party", "by"): Said(
        "How much of the revenue, sites and supply of {party} does “{by}” touch?",
        "「{by}」涉及{party}多少營收、據點與供應？",
        "“{by}”涉及{party}多少营收、据点与供应？",
    ),
    ("by",): Said(
        "How much of companies' revenue, sites and supply does “{by}” touch?",
        "「{by}」涉及各家公司多少營收、據點與供應？",
        "“{by}”涉及各家公司多少营收、据点与供应？",
    ),
}
_ASKED |= {
    ("by", "measure"): Said(
        "How much computing power is on record, held against “{by}”?",
        "對照「{by}」，紀錄中有多少算力？",
        "对照“{by}”，记录中有多少算力？",
    ),
    ("place", "by", "measure"): Said(
        "How much computing power of {place} is on record, held against “{by}”?",
        "對照「{by}」，紀錄中{place}有多少算力？",
        "对照“{by}”，记录中{place}有多少算力？",
    ),
}
_SHARE = Said("{share} % of revenue", "營收的 {share}%", "营收的 {share}%")
_IN = Said("{party}, {period}", "{party}，{period}", "{party}，{period}")
_PERIOD = Said("{period}: {share} %", "{period} 為 {share}%", "{period} 为 {share}%")
_BEFORE = Said("{now}. Before: {earlier}", "{now}。先前：{earlier}", "{now}。此前：{earlier}")
_FIRMS = Said("It touches revenue of {n} companies", "涉及 {n} 家公司的營收", "涉及 {n} 家公司的营收")
_FIRM = Said("It touches revenue of 1 company", "涉及 1 家公司的營收", "涉及 1 家公司的营收")
_MOST = Said(
    "The largest sure share: {party}, {period}, {share} %",
    "確定比例最高：{party}（{period}），{share}%",
    "确定比例最高：{party}（{period}），{share}%",
)
_SITES = Said("Sites: {n}", "據點：{n} 處", "据点：{n} 处")
_LINKS = Said("Supply links: {n}", "供應關係：{n} 條", "供应关系：{n} 条")
_NO_REVENUE = Said("Revenue by region is not on record.", "沒有依地區劃分的營收紀錄。", "没有按地区划分的营收记录。")
_NO_SUCH_REVENUE = Said(
    "No revenue on record comes from touched places.",
    "紀錄中沒有來自所涉地區的營收。",
    "记录中没有来自所涉地区的营收。",
)
_NOTHING = Said("Nothing on record", "紀錄中未涉及任何項目", "记录中未涉及任何项目")


def _headline(told: Teller[Exposure]) -> Headline:
    if told.answer.chips is not None:
        return _computed(told)
    rows = told.answer.revenue
    touched = {row.id for row in rows if row.share.max}
    if len({row.id for row in rows}) == 1:
        *earlier, last = rows
        now = _IN.fill(party=last.party, period=last.period)
        before = join(_PERIOD.fill(period=row.period, share=_share(row)) for row in earlier)
        return Headline(_SHARE.fill(share=_share(last)), _BEFORE.fill(now=now, earlier=before) if earlier else now)
    if touched:
        most = max(rows, key=lambda row: (row.share.min or 0, row.share.max or 0))
        detail = _MOST.fill(party=most.party, period=most.period, share=_share(most))
        return Headline(numbered(len(touched), _FIRM, _FIRMS), detail)
    least, greatest = (sum(int(end or 0) for end in ends) for ends in _ends(told.answer.sites))
    links = sum(row.touched for row in told.answer.supply)
    parts = [_SITES.fill(n=spoken(least, greatest))] if greatest else []
    parts += [_LINKS.fill(n=links)] if links else []
    detail = _NO_SUCH_REVENUE if rows else _NO_REVENUE
    return Headline(join(parts), detail) if parts else Headline(_NOTHING, None, "open")


def _computed(told: Teller[Exposure]) -> Headline:
    spread = tell_clusters(told.answer.clusters or (), told.card.as_of, told.asked.get("place", ()))
    used = ("groups", "places", "received", "spread")
    for row in (told.answer.chips or ())[:1]:
        return Headline(tell_chips(row, told.name("place", row.place)), spread, used=used)
    return Headline(spread, used=used) if spread else Headline(_NOTHING, None, "open")


def _share(row: Revenue) -> Said:
    return spoken(row.share.min, row.share.max)


def _ends(rows: Sequence[Sites]) -> tuple[list[float | None], list[float | None]]:
    return [row.sites.min for row in rows], [row.sites.max for row in rows]


QUESTION = Question(
    exposure,
    asks(_ASKED),
    _headline,
    examples=(
        "ASML --as-of 2025-06-01",
        "--period latest --groups macau-d5 --as-of 2025-06-01",
        "China --measure compute --as-of 2025-12-31",
    ),
    also=(PLOT,),
    act=drawing(_draw),
)
