"""How concentrated companies' revenue is, by region and by customer, as an interval of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.node import Node
from dualuse.questions.parameters import Arg, AsOf, Opt
from dualuse.questions.parts.amounts import Interval, interval, spoken
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Named, Phrase, phrase
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.analyse.concentration import Concentration as Index
    from dualuse.analyse.revenue import Share
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

MEANS = phrase("means.concentration_means")
LIMITS = phrase("means.concentration_limits")
ALL = "all"
"""Every period."""
_BY_REGION, _BY_CUSTOMER = "revenue by region", "revenue by customer"
_OF_REVENUE = "supplier-revenue"
_MOST = 30

_Links = Mapping[Node, Sequence[tuple[Node, Mapping[str, Any]]]]
"""Supplier -> customers with a sourced share of its revenue."""


@dataclass(frozen=True)
class Part:
    """A region or a customer, and its share in percent."""

    name: str
    min: float
    max: float


@dataclass(frozen=True)
class Concentrated:
    """The index of one whole: a company's revenue of a period by region, or its revenue by customer."""

    party: str
    id: str
    of: str
    period: str
    index: Interval
    level: str
    recorded: float
    parts: Sequence[Part]

    def seen(self) -> dict[str, Any]:
        """The index as people read it, with the two largest shares."""
        largest = Phrase.listed(
            phrase("supply.part", name=part.name, amount=interval(part.min, part.max)) for part in self.parts[:2]
        )
        return {
            "party": self.party,
            "of": self.of,
            "period": self.period,
            "index": interval(self.index.min, self.index.max),
            "level": self.level,
            "percent on record": self.recorded,
            "largest": largest,
        }


@dataclass(frozen=True)
class Concentration:
    """Wholes by what they are of, the most concentrated first."""

    means: str
    limits: str
    concentration: Sequence[Concentrated] = table()


def concentration(
    knowledge: Knowledge,
    *parties: Annotated[str, Arg("[PARTY]...")],
    period: Annotated[str, Opt("One period, latest, or all.", metavar="PERIOD")] = "latest",
    as_of: AsOf = None,
) -> Card[Concentration]:
    """Show how concentrated companies' revenue is, by region and by customer, as an interval of the index.

    Args:
        parties: Companies; every one with a sourced share if empty.
        as_of: Day on which supply links count.

    Raises:
        UsageError: no share is on record for the parties, or for the period.
        UnknownNameError: a name is not in the graph.
    """
    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    keys = [knowledge.names.key("organisation", party) for party in parties]
    regions = _in_period(_by_period(knowledge, keys), period)
    customers = _customers(network, keys)
    rows = [_of_regions(knowledge, key, when, found) for (key, when), found in sorted(regions.items())]
    rows += [_of_customers(network, supplier, found) for supplier, found in sorted(customers.items())]
    if not rows:
        wanted = f" for {', '.join(keys)}" if keys else ""
        when = "any" if period == ALL else period
        raise UsageError(f"no sourced share is on record{wanted} in period {when}; try --period all")
    rows.sort(key=lambda row: (row.of, -row.index.min, row.party, row.period))
    gaps = [
        Unknown(
            _rest(row),
            phrase("supply.who_holds"),
        )
        for row in rows
        if row.recorded < 99
    ]
    return knowledge.card(
        question={
            "command": "structure",
            "question": "concentration",
            "party": keys,
            "period": None if period == ALL else period,
        },
        as_of=day,
        answer=Concentration(MEANS, LIMITS, rows),
        because=unique(_receipts(network, [share for found in regions.values() for share in found], customers)),
        unknown=tuple(gaps),
    )


def _by_period(knowledge: Knowledge, keys: Sequence[str]) -> dict[tuple[str, str], list[Share]]:
    """Company and period -> its shares of revenue by region."""
    from dualuse.questions.parts.shares import read_shares

    grouped: dict[tuple[str, str], list[Share]] = defaultdict(list)
    for share in read_shares(knowledge.store):
        stated = share.low is not None and share.high is not None and not share.whole
        if stated and (not keys or share.organisation in keys):
            grouped[share.organisation, share.period].append(share)
    return dict(grouped)


def _in_period(found: dict[tuple[str, str], list[Share]], period: str) -> dict[tuple[str, str], list[Share]]:
    if period == ALL:
        return found
    if period != "latest":
        return {key: rows for key, rows in found.items() if key[1] == period}
    last: dict[str, str] = {}
    for organisation, when in sorted(found):
        last[organisation] = when
    return {key: rows for key, rows in found.items() if last[key[0]] == key[1]}


def _customers(network: Network, keys: Sequence[str]) -> _Links:
    found: dict[Node, list[tuple[Node, Mapping[str, Any]]]] = defaultdict(list)
    for supplier, customer, data in network.edges(data=True):
        sourced = data["kind"] == "supplies" and data.get("unit") == _OF_REVENUE and {"min", "max"} <= set(data)
        if sourced and (not keys or supplier.key in keys):
            found[supplier].append((customer, data))
    return dict(found)


def _of_regions(knowledge: Knowledge, key: str, period: str, shares: Sequence[Share]) -> Concentrated:
    from dualuse.analyse.concentration import concentration as index_of
    from dualuse.analyse.concentration import region_parts
    from dualuse.analyse.revenue import read_regions

    found = index_of(region_parts(read_regions(shares)))
    name = knowledge.names.label("organisation", key)
    return _row(name, Node("organisation", key), _BY_REGION, period, found)


def _of_customers(network: Network, supplier: Node, links: Sequence[tuple[Node, Mapping[str, Any]]]) -> Concentrated:
    from dualuse.analyse.concentration import Part as Held
    from dualuse.analyse.concentration import concentration as index_of
    from dualuse.questions.parts.supply import label

    bounds: dict[Node, list[float]] = defaultdict(list)
    for customer, data in links:
        bounds[customer] += [data["min"], data["max"]]
    parts = [Held(label(network, customer), min(values), max(values)) for customer, values in sorted(bounds.items())]
    return _row(label(network, supplier), supplier, _BY_CUSTOMER, "", index_of(parts))


def _row(party: str, node: Node, of: str, period: str, found: Index) -> Concentrated:
    from dualuse.analyse.concentration import level

    return Concentrated(
        party=party,
        id=node,
        of=of,
        period=period,
        index=Interval(found.low, found.high),
        level=level(found),
        recorded=round(min(found.recorded, 100.0), 2),
        parts=[Part(part.name, part.low, part.high) for part in found.parts],
    )


def _rest(row: Concentrated) -> Phrase:
    """What of a whole no row holds."""
    given = {"n": f"{100 - row.recorded:g}", "of": phrase(f"supply.{row.of}"), "who": row.party}
    told = phrase("supply.rest", period=row.period, **given)
    return told if row.period else phrase("supply.rest_ever", **given)


def _receipts(network: Network, shares: Iterable[Share], customers: _Links) -> list[Receipt]:
    """What was sold where, then to whom."""
    from dualuse.questions.parts.paths import address
    from dualuse.questions.parts.supply import label

    found = []
    for share in shares:
        who = Named.of({("organisation", share.organisation): share.organisation})
        given = {"period": share.period, "region": share.region, "amount": interval(share.low, share.high)}
        text = phrase("supply.sold", who=who, **given)
        found.append(Receipt(share.iri, text, "", share.source, share.confidence))
    for supplier, links in sorted(customers.items()):
        for customer, data in links:
            size = interval(data["min"], data["max"])
            named = {"supplier": label(network, supplier), "customer": label(network, customer)}
            text = phrase("supply.of_sales", amount=size, **named)
            found.append(Receipt(str(data["iri"]), text, "", address(network, dict(data)), str(data["confidence"])))
    return found


def _draw(card: Card[Concentration], form: str) -> bytes:
    from dualuse.analyse.plot import Bar, clip, draw_bars

    bars = [
        Bar(
            f"{clip(row.party)} {row.period}".strip(),
            row.index.min,
            row.index.max,
            note=row.of.removeprefix("revenue by "),
        )
        for row in card.answer.concentration[:_MOST]
    ]
    title = "Concentration of revenue, interval of the Herfindahl-Hirschman index"
    return draw_bars(bars, form, title=title, axis="index, 0 to 10,000", foot=card.answer.limits)


_OF_ALL = Said("How concentrated is companies' revenue?", "各公司的營收有多集中？", "各公司的营收有多集中？")
_OF = Said("How concentrated is the revenue of {party}?", "{party}的營收有多集中？", "{party}的营收有多集中？")
_LEVELS = {"low": Said("Low", "低", "低"), "moderate": Said("Moderate", "中", "中"), "high": Said("High", "高", "高")}
_LEVEL = Said("{level}: index {index}", "集中度{level}：指數 {index}", "集中度{level}：指数 {index}")
_SPAN = Said("{low} to {high}", "{low}至{high}", "{low}至{high}")
_OF_WHOLE = {
    _BY_REGION: Said("{party}, by region, {period}", "{party}，依地區，{period}", "{party}，按地区，{period}"),
    _BY_CUSTOMER: Said("{party}, by customer", "{party}，依客戶", "{party}，按客户"),
}
_HIGH = Said(
    "{n} of {total} surely highly concentrated",
    "{total} 項中 {n} 項確定為高度集中",
    "{total} 项中 {n} 项确定为高度集中",
)
_MOST_OF = Said("Highest: {what}; index {index}", "最高：{what}；指數 {index}", "最高：{what}；指数 {index}")


def _headline(told: Teller[Concentration]) -> Headline:
    rows = told.answer.concentration
    most = max(rows, key=lambda row: (row.index.min, row.index.max))
    what = _OF_WHOLE[most.of].fill(party=told.name("id", most.id), period=most.period)
    index = spoken(most.index.min, most.index.max)
    if len(rows) == 1:
        low, _, high = most.level.partition(" to ")
        level = _SPAN.fill(low=_LEVELS[low], high=_LEVELS[high]) if high else _LEVELS[low]
        return Headline(_LEVEL.fill(level=level, index=index), what)
    sure = sum(row.level == "high" for row in rows)
    return Headline(numbered(sure, _HIGH, _HIGH, total=len(rows)), _MOST_OF.fill(what=what, index=index))


QUESTION = Question(
    concentration,
    asks({("question",): _OF_ALL, ("question", "party"): _OF}),
    _headline,
    examples=("TSMC --period all --as-of 2025-06-01",),
    also=(PLOT,),
    act=drawing(_draw),
)
