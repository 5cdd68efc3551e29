"""Which supply links and parties join parties seated in different tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dualuse.card import Card, Unknown, table, unique
from dualuse.questions.parameters import AsOf
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

MEANS = phrase("means.bridges_means")
LIMITS = phrase("means.bridges_limits")


@dataclass(frozen=True)
class Bloc:
    """How many links run from suppliers of one tier to customers of another, or of the same."""

    supplier_tier: str
    customer_tier: str
    links: int


@dataclass(frozen=True)
class Broker:
    """A party with partners in other tiers, how much runs through it, and the pairs that it alone joins."""

    party: str
    id: str
    tier: str
    partners: Mapping[str, int]
    between: float
    splits: int

    def seen(self) -> dict[str, Any]:
        """The party as people read it."""
        return {
            "party": self.party,
            "tier": self.tier,
            "partners in other tiers": Phrase.listed(
                phrase("supply.in_tier", n=count, tier=tier) for tier, count in self.partners.items()
            ),
            "between": f"{self.between:.3f}",
            "pairs it alone joins": self.splits,
        }


@dataclass(frozen=True)
class Link:
    """A link between parties in different tiers, and the facts it rests on."""

    supplier: str
    customer: str
    tiers: str
    only_link: bool
    facts: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The link as people read it; its facts stand below, as receipts."""
        return {
            "supplier": self.supplier,
            "customer": self.customer,
            "tiers": self.tiers,
            "only_link": self.only_link,
        }


@dataclass(frozen=True)
class Bridges:
    """Links by tier, the parties that join tiers, and the links that do."""

    means: str
    limits: str
    blocs: Sequence[Bloc] = table()
    parties: Sequence[Broker] = table()
    links: Sequence[Link] = table()


def bridges(knowledge: Knowledge, *, as_of: AsOf = None) -> Card[Bridges]:
    """Show the supply links and the parties that join parties seated in different tiers."""
    from dualuse.analyse.bridges import find_bridges
    from dualuse.analyse.structure import NO_TIER, supply_graph
    from dualuse.questions.parts.supply import label, supply_receipts, vague_supply

    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    graph = supply_graph(network)
    found = find_bridges(graph)
    cross = [(link.supplier, link.customer) for link in found.links]
    gaps = [
        Unknown(phrase("supply.tier_of", who=label(network, node)), phrase("supply.no_seat"))
        for node in graph
        if graph.nodes[node]["tier"] == NO_TIER
    ]
    return knowledge.card(
        question={"command": "structure", "question": "bridges"},
        as_of=day,
        answer=Bridges(
            MEANS,
            LIMITS,
            blocs=[Bloc(*pair, count) for pair, count in found.counts.items()],
            parties=[
                Broker(label(network, one.node), one.node, one.tier, one.partners, one.between, one.splits)
                for one in found.brokers
            ],
            links=[
                Link(
                    supplier=label(network, link.supplier),
                    customer=label(network, link.customer),
                    tiers=phrase("supply.tiers", one=link.tiers[0], other=link.tiers[1]),
                    only_link=link.only,
                    facts=list(graph.edges[link.supplier, link.customer]["facts"]),
                )
                for link in found.links
            ],
        ),
        because=unique(supply_receipts(network, graph, cross)),
        unknown=(*gaps, *vague_supply(network)),
    )


def _draw(card: Card[Bridges], form: str) -> bytes:
    from dualuse.analyse.plot import draw_matrix

    counts = {(row.supplier_tier, row.customer_tier): row.links for row in card.answer.blocs}
    tiers = sorted({tier for pair in counts for tier in pair})
    return draw_matrix(
        {(f"tier {supplier}", f"tier {customer}"): count for (supplier, customer), count in counts.items()},
        [f"tier {tier}" for tier in tiers],
        form,
        title=f"Supply links between tiers, {card.as_of.isoformat()}",
        axes_names=("supplier", "customer"),
        foot=card.answer.limits,
    )


_ASKED = Said(
    "Which supply links and parties join different tiers?",
    "哪些供應關係與對象連接不同級別？",
    "哪些供应关系与对象连接不同级别？",
)
_CROSS = Said(
    "{n} of {total} supply links join different tiers",
    "{total} 條供應關係中，{n} 條連接不同級別",
    "{total} 条供应关系中，{n} 条连接不同级别",
)
_MOST = Said(
    "Most runs through {party}: {share} % of the pairs across tiers",
    "經由{party}者最多：占跨級別配對的 {share}%",
    "经由{party}的最多：占跨级别配对的 {share}%",
)


def _sentence(told: Teller[Bridges]) -> Sentence:
    return Sentence(_ASKED, ("question",))


def _headline(told: Teller[Bridges]) -> Headline:
    answer = told.answer
    headline = _CROSS.fill(n=len(answer.links), total=sum(bloc.links for bloc in answer.blocs))
    if not answer.parties:
        return Headline(headline)
    first = answer.parties[0]
    return Headline(headline, _MOST.fill(party=told.name("id", first.id), share=f"{100 * first.between:.1f}"))


QUESTION = Question(
    bridges,
    _sentence,
    _headline,
    examples=("--as-of 2025-06-01",),
    also=(PLOT,),
    act=drawing(_draw),
)
