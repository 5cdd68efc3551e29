"""Which parties are central in the supply graph, and how firmly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, aside, table, unique
from dualuse.errors import UsageError
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt
from dualuse.questions.parts.amounts import Interval, interval, spoken
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

Measure = Literal["betweenness", "links", "reach"]
"""Measures of centrality."""
MEANS = phrase("means.centrality_means")
LIMITS = phrase("means.centrality_limits")
_MOST = 30


@dataclass(frozen=True)
class Central:
    """A party with its rank and value, and the intervals that both keep in the runs."""

    rank: int
    party: str
    id: str
    tier: str
    value: float
    interval: Interval
    ranks: Interval
    measure: str = aside("value")

    def seen(self) -> dict[str, Any]:
        """The party as people read it; its value stands under the measure."""
        return {
            "rank": self.rank,
            "party": self.party,
            "tier": self.tier,
            self.measure: f"{self.value:.4f}",
            "90 percent of runs": phrase(
                "supply.runs", low=f"{self.interval.min:.4f}", high=f"{self.interval.max:.4f}"
            ),
            "rank in them": interval(self.ranks.min, self.ranks.max),
        }


@dataclass(frozen=True)
class Centrality:
    """How many links the graph has, and its parties by rank."""

    means: str
    limits: str
    links: int
    central: Sequence[Central] = table()


def centrality(
    knowledge: Knowledge,
    *,
    item: Annotated[str | None, Opt("Control-list item by code, for example 3A090.a.", metavar="ITEM")] = None,
    measure: Annotated[
        Measure | str, Opt("Shortest paths through a party, its links, or the parties downstream of it.")
    ] = "betweenness",
    runs: Annotated[int, Opt("Runs with links left out.", low=1, high=10_000)] = 200,
    drop: Annotated[float, Opt("Share of the links left out in each run.", low=0, high=1, between=True)] = 0.1,
    seed: Annotated[int, Opt("Start of the random choices.")] = 1,
    as_of: AsOf = None,
) -> Card[Centrality]:
    """Rank parties of the supply graph by centrality, each with the interval it keeps when links are left out.

    Args:
        item: A control-list item; the whole supply graph if not given.

    Raises:
        UsageError: the item catches no product on the day, no such measure, or *runs* or *drop* is out of range.
        UnknownNameError: the item is not in the graph.
    """
    from dualuse.analyse.centrality import rank_central
    from dualuse.analyse.structure import item_supply, supply_graph
    from dualuse.questions.parts.supply import label, supply_receipts, vague_supply

    if measure not in get_args(Measure):
        raise UsageError(f"no measure of centrality {measure!r}; known: {', '.join(get_args(Measure))}")
    if runs < 1 or not 0 < drop < 1:
        raise UsageError(f"runs must be 1 or more, and drop between 0 and 1; got {runs} and {drop:g}")
    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    key = None if item is None else knowledge.names.key("item", item)
    graph = supply_graph(network) if key is None else item_supply(network, Node("item", key), "customers").graph
    rows = [
        Central(
            rank=entry.rank,
            party=label(network, entry.node),
            id=entry.node,
            tier=graph.nodes[entry.node]["tier"],
            value=entry.value,
            interval=Interval(entry.low, entry.high),
            ranks=Interval(entry.best, entry.worst),
            measure=measure,
        )
        for entry in rank_central(graph, measure, runs=runs, drop=drop, seed=seed)
        if entry.value or entry.high
    ]
    return knowledge.card(
        question={
            "command": "structure",
            "question": "centrality",
            "item": key,
            "measure": measure,
            "runs": runs,
            "drop": drop,
            "seed": seed,
        },
        as_of=day,
        answer=Centrality(MEANS, LIMITS, graph.number_of_edges(), rows),
        because=unique(supply_receipts(network, graph)),
        unknown=tuple(vague_supply(network)),
    )


def _draw(card: Card[Centrality], form: str) -> bytes:
    from dualuse.analyse.plot import Bar, clip, draw_spans

    bars = [
        Bar(f"{clip(row.party)} ({row.tier})", row.interval.min, row.interval.max, row.tier, row.value)
        for row in card.answer.central[:_MOST]
    ]
    day, measure = card.as_of.isoformat(), card.question["measure"]
    title = f"Centrality ({measure}) in the supply graph, {day}; tier in brackets"
    axis = "diamond: whole graph; line: 90 percent of runs with links left out"
    return draw_spans(bars, form, title=title, axis=axis, foot=card.answer.limits)


_ASKED = Said(
    "Which parties are central in the supply graph?",
    "供應網路中，哪些對象最居中樞？",
    "供应网络中，哪些对象最处于中心？",
)
_OF_ITEM = Said(
    "Which parties are central in the supply of {item}?",
    "{item} 的供應網路中，哪些對象最居中樞？",
    "{item} 的供应网络中，哪些对象最处于中心？",
)
_FIRST = Said("{party} ranks first", "{party}居首", "{party}居首")
_FIRM = Said(
    "Rank {ranks} in 90 % of the runs with links left out",
    "略去部分關係後，九成試算中排名第 {ranks}",
    "略去部分关系后，九成试算中排名第 {ranks}",
)
_NOBODY = Said("No links on record", "紀錄中沒有供應關係", "记录中没有供应关系")


def _headline(told: Teller[Centrality]) -> Headline:
    if not told.answer.central:
        return Headline(_NOBODY, None, "open")
    first = told.answer.central[0]
    detail = _FIRM.fill(ranks=spoken(first.ranks.min, first.ranks.max))
    return Headline(_FIRST.fill(party=told.name("id", first.id)), detail)


QUESTION = Question(
    centrality,
    asks({("question",): _ASKED, ("question", "item"): _OF_ITEM}),
    _headline,
    examples=("--as-of 2025-06-01 --plot centrality.png",),
    also=(PLOT,),
    act=drawing(_draw),
)
