"""What is lost along the supply graph if a party is cut off, as an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.errors import UsageError
from dualuse.node import Node
from dualuse.questions.parameters import Arg, AsOf
from dualuse.questions.parts.amounts import Interval, interval, spoken
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.analyse.risk import Risk as Found
    from dualuse.analyse.structure import Supply
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

MEANS = phrase("means.risk_means")
LIMITS = phrase("means.risk_limits")
_MOST = 30


@dataclass(frozen=True)
class AtRisk:
    """A party with its index, how many others may lose something without it, and who surely does."""

    party: str
    id: str
    tier: str
    index: Interval
    reaches: int
    surely: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The party as people read it."""
        return {
            "party": self.party,
            "tier": self.tier,
            "index": phrase("supply.runs", low=f"{self.index.min:.4f}", high=f"{self.index.max:.4f}"),
            "reaches": self.reaches,
            "surely reaches": self.surely,
        }


@dataclass(frozen=True)
class Risk:
    """How large the graph is and how many of its links have a share, and parties by least loss, then greatest."""

    means: str
    limits: str
    parties: int
    links: int
    shares_on_record: int
    risk: Sequence[AtRisk] = table()


def risk(
    knowledge: Knowledge,
    *parties: Annotated[str, Arg("[PARTY]...")],
    as_of: AsOf = None,
) -> Card[Risk]:
    """Rank parties of the supply graph by what is lost if one is cut off, as an interval.

    Args:
        parties: Parties to show; every one of the supply graph if empty.
        as_of: Day on which supply links count.

    Raises:
        UsageError: a party has no supply link on the day.
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.analyse.risk import rank_risk, supply_shares
    from dualuse.questions.parts.supply import label, vague_supply

    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    keys = [knowledge.names.key("organisation", party) for party in parties]
    graph = supply_shares(network)
    alone = [key for key in keys if Node("organisation", key) not in graph]
    if alone:
        raise UsageError(
            f"no supply link of {', '.join(alone)} is on record on {day}; `dualuse structure risk` lists who has one"
        )
    wanted = {Node("organisation", key) for key in keys} or set(graph)
    found = [entry for entry in rank_risk(graph) if entry.node in wanted]
    rows = [
        AtRisk(
            party=label(network, entry.node),
            id=entry.node,
            tier=graph.nodes[entry.node]["tier"],
            index=Interval(round(entry.low, 4), round(entry.high, 4)),
            reaches=len(entry.reaches),
            surely=[label(network, node) for node in entry.surely],
        )
        for entry in found
    ]
    shares = sum("sold" in data for _, _, data in graph.edges(data=True))
    return knowledge.card(
        question={"command": "structure", "question": "risk", "party": keys},
        as_of=day,
        answer=Risk(MEANS, LIMITS, len(graph), graph.number_of_edges(), shares, rows),
        because=unique(_receipts(network, graph, found)),
        unknown=(*_gaps(graph.number_of_edges(), shares), *vague_supply(network)),
    )


def _gaps(links: int, shares: int) -> list[Unknown]:
    """What widens the interval: shares of sales that are missing, and what no record here holds of any party."""
    widened = [
        Unknown(
            phrase("supply.share", n=links - shares, links=links),
            phrase("supply.share_open"),
        )
    ]
    return [
        *(widened if shares < links else ()),
        Unknown(
            phrase("supply.without"),
            phrase("supply.without_open"),
        ),
        Unknown(
            phrase("supply.output"),
            phrase("supply.output_open"),
        ),
    ]


def _receipts(network: Network, graph: Supply, found: Sequence[Found]) -> list[Receipt]:
    """Shares of sales first, then the other links, as far as they touch whom the parties reach."""
    from dualuse.analyse.risk import OF_SALES
    from dualuse.questions.parts.paths import address
    from dualuse.questions.parts.supply import label, supply_receipts

    near = {node for entry in found for node in (entry.node, *entry.reaches)}
    edges = [(supplier, customer) for supplier, customer in graph.edges if {supplier, customer} <= near]
    shares = []
    for supplier, customer, data in network.edges(data=True):
        if data["kind"] == "supplies" and data.get("unit") == OF_SALES and (supplier, customer) in edges:
            size = interval(data.get("min"), data.get("max"))
            named = {"supplier": label(network, supplier), "customer": label(network, customer)}
            text = phrase("supply.of_sales", amount=size, **named)
            shares.append(Receipt(data["iri"], text, "", address(network, data), str(data["confidence"])))
    told = {receipt.fact for receipt in shares}
    return shares + [receipt for receipt in supply_receipts(network, graph, edges) if receipt.fact not in told]


def _draw(card: Card[Risk], form: str) -> bytes:
    from dualuse.analyse.plot import Bar, clip, draw_bars

    bars = [
        Bar(f"{clip(row.party)} ({row.tier})", row.index.min, row.index.max, row.tier, note=f"reaches {row.reaches}")
        for row in card.answer.risk[:_MOST]
    ]
    title = f"Loss if this party is cut off, interval of the systemic risk index, {card.as_of.isoformat()}"
    return draw_bars(bars, form, title=title, axis="part of all output, 0 to 1", foot=card.answer.limits)


_OF_ALL = Said(
    "Whose cutting off would cost the supply graph most?",
    "切斷哪個對象，供應網路的損失最大？",
    "切断哪个对象，供应网络的损失最大？",
)
_OF = Said(
    "What would be lost if {party} were cut off?",
    "若切斷{party}，會損失多少？",
    "若切断{party}，会损失多少？",
)
_LOST = Said(
    "{party}: {percent} % of what all parties put out is lost",
    "{party}：全部產出損失 {percent} %",
    "{party}：全部产出损失 {percent} %",
)
_REACHES = Said(
    "May reach {n} other parties, surely {sure}",
    "可能波及 {n} 個其他對象，其中確定 {sure} 個",
    "可能波及 {n} 个其他对象，其中确定 {sure} 个",
)
_NOBODY = Said("No links on record", "紀錄中沒有供應關係", "记录中没有供应关系")


def _headline(told: Teller[Risk]) -> Headline:
    if not told.answer.risk:
        return Headline(_NOBODY, None, "open")
    first = told.answer.risk[0]
    percent = spoken(round(100 * first.index.min, 2), round(100 * first.index.max, 2))
    return Headline(
        _LOST.fill(party=told.name("id", first.id), percent=percent),
        _REACHES.fill(n=first.reaches, sure=len(first.surely)),
    )


QUESTION = Question(
    risk,
    asks({("question",): _OF_ALL, ("question", "party"): _OF}),
    _headline,
    examples=("NVIDIA --as-of 2025-06-01", "--as-of 2025-06-01 --plot risk.svg"),
    also=(PLOT,),
    act=drawing(_draw),
)
