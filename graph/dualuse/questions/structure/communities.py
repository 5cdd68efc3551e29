"""Which speakers give the same grounds, or which parties supply one another, held against side and tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, Receipt, Unknown, named, table, unique
from dualuse.errors import UsageError
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Sentence, Teller
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.analyse.communities import Communities as Found
    from dualuse.analyse.structure import Plain
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

Graph = Literal["speech", "supply"]
"""Graphs in which communities are sought."""
MEANS = phrase("means.communities_means")
LIMITS = phrase("means.communities_limits")

GROUNDS_QUERY = """# Grounds that parties give, one row a statement and ground; repeats of a statement are left out.
SELECT ?statement ?speaker ?person ?ground ?confidence (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?statement a du:Statement ; du:onBehalfOf ?speaker ; du:ground ?ground ; du:earliest ?said ;
             du:confidence ?confidence ; dct:source ?source .
  FILTER(STR(?said) <= "%s")
  FILTER NOT EXISTS { ?statement du:sameStatementAs ?first }
  OPTIONAL { ?statement prov:wasAssociatedWith ?person }
}
GROUP BY ?statement ?speaker ?person ?ground ?confidence
ORDER BY ?statement ?speaker ?ground
"""
_TYPES = "SELECT ?party ?type WHERE { ?party du:organisationType ?type } ORDER BY ?party ?type"
_SEATS = "SELECT ?party ?place WHERE { ?party du:headquarteredIn ?place } ORDER BY ?party ?place"
_STATE = ("government", "regulator", "legislature", "political-party")
_INDUSTRY = ("trade-association", "investor")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Community:
    """A community: its parties by side and by tier, the grounds in it, and who they are."""

    community: int
    parties: int
    sides: Mapping[str, int]
    tiers: Mapping[str, int]
    grounds: Sequence[str]
    members: Sequence[str]
    ids: Sequence[str]
    side_of: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The community as people read it: the first of its members."""
        left = len(self.members) - _MOST_NAMED
        few = Phrase.listed(self.members[:_MOST_NAMED])
        return {
            "community": self.community,
            "parties": self.parties,
            "sides": self.sides,
            "tiers": self.tiers,
            "grounds": Phrase.listed(self.grounds),
            "members": phrase("amount.and_more", names=few, n=left) if left > 0 else few,
        }


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An edge of the graph in which they were sought."""

    start: str = named("from")
    end: str = named("to")
    weight: float


@dataclass(frozen=True)
class Communities:
    """How well the graph falls apart, how like that is to sides and to tiers, and what it falls into."""

    means: str
    limits: str
    modularity: float
    agreement: float
    like_sides: float
    like_tiers: float
    communities: Sequence[Community] = table()
    edges: Sequence[Edge] = table(view="unseen")


def communities(
    knowledge: Knowledge,
    *,
    of: Annotated[Graph | str, Opt("Speakers and the grounds they give, or suppliers and customers.")] = "speech",
    runs: Annotated[int, Opt("Searches to choose from.", low=1, high=1000)] = 20,
    seed: Annotated[int, Opt("Start of the random choices.")] = 1,
    as_of: AsOf = None,
) -> Card[Communities]:
    """Find communities, and hold them against side (state, industry, observer) and tier.

    Args:
        as_of: Day of law; statements made later are left out.

    Raises:
        UsageError: no such graph, or *runs* is below 1.
    """
    from dualuse.analyse.communities import compare, find_communities

    if of not in get_args(Graph):
        raise UsageError(f"no communities of {of!r}; known: {', '.join(get_args(Graph))}")
    if runs < 1:
        raise UsageError(f"runs must be 1 or more, got {runs}")
    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    graph, receipts, gaps = (*_speech(knowledge, day), []) if of == "speech" else _supply(network)
    found = find_communities(graph, seed=seed, runs=runs)
    sides, tiers = _sides(knowledge), _tiers(knowledge, network)
    by_side, like_sides = compare(found.parts, sides)
    by_tier, like_tiers = compare(found.parts, tiers)
    return knowledge.card(
        question={"command": "structure", "question": "communities", "of": of, "seed": seed, "runs": runs},
        as_of=day,
        answer=Communities(
            MEANS,
            LIMITS,
            found.modularity,
            found.agreement,
            like_sides,
            like_tiers,
            communities=list(_rows(knowledge, found, sides, by_side, by_tier)),
            edges=_edges(knowledge, graph),
        ),
        because=unique(receipts),
        unknown=tuple(gaps),
    )


def _rows(
    knowledge: Knowledge,
    found: Found,
    sides: Mapping[str, str],
    by_side: Sequence[Mapping[str, int]],
    by_tier: Sequence[Mapping[str, int]],
) -> Iterator[Community]:
    for number, part in enumerate(found.parts):
        parties = [node for node in part if Node.parse(node).kind == "organisation"]
        grounds = [node for node in part if Node.parse(node).kind == "ground"]
        yield Community(
            community=number + 1,
            parties=len(parties),
            sides=by_side[number],
            tiers=by_tier[number],
            grounds=[_name(knowledge, node) for node in grounds],
            members=[_name(knowledge, node) for node in parties],
            ids=parties,
            side_of=[sides.get(node, "observer") for node in parties],
        )


def _edges(knowledge: Knowledge, graph: Plain) -> list[Edge]:
    found = sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2]))
    return [
        Edge(start=_name(knowledge, a), end=_name(knowledge, b), weight=data.get("weight", 1)) for a, b, data in found
    ]


def _sides(knowledge: Knowledge) -> dict[str, str]:
    """Node of an organisation -> ``state``, ``industry`` or ``observer``; the first that fits."""
    from dualuse.store.base import value

    types: dict[str, set[str]] = {}
    for row in knowledge.store.select(_TYPES):
        types.setdefault(Node.of(value(row, "party")), set()).add(Node.of(value(row, "type")).key)
    return {node: _side(found) for node, found in types.items()}


def _side(types: set[str]) -> str:
    if types & set(_STATE):
        return "state"
    if types & set(_INDUSTRY) or any(kind.startswith("company-") for kind in types):
        return "industry"
    return "observer"


def _speech(knowledge: Knowledge, day: date) -> tuple[Plain, list[Receipt]]:
    from dualuse.analyse.communities import speaker_graph
    from dualuse.model.speech import voice
    from dualuse.store.base import value

    said: list[tuple[str, str]] = []
    receipts = []
    for row in knowledge.store.select(GROUNDS_QUERY % day.isoformat()):
        speaker, ground = Node.of(value(row, "speaker")), Node.of(value(row, "ground"))
        said.append((speaker, ground))
        person = value(row, "person")
        people = [_name(knowledge, Node.of(person))] if person else []
        who = Phrase.of(Said(*(voice("{speaker}", *people),) * 3), speaker=_name(knowledge, speaker))
        text = phrase("supply.ground", who=who, ground=_name(knowledge, ground))
        source = knowledge.registry.address(value(row, "sources").split())
        confidence = Node.of(value(row, "confidence")).key
        receipts.append(Receipt(value(row, "statement"), text, "", source, confidence))
    return speaker_graph(said), receipts


def _supply(network: Network) -> tuple[Plain, list[Receipt], list[Unknown]]:
    from networkx import Graph as Undirected

    from dualuse.analyse.structure import supply_graph
    from dualuse.questions.parts.supply import supply_receipts, vague_supply

    graph = supply_graph(network)
    return Undirected(graph), supply_receipts(network, graph), vague_supply(network)


def _tiers(knowledge: Knowledge, network: Network) -> dict[str, str]:
    """Node of an organisation -> tier of its seat, where there is one."""
    from dualuse.analyse.structure import NO_TIER
    from dualuse.store.base import value

    tiers: dict[str, str] = {}
    for row in knowledge.store.select(_SEATS):
        place = Node.of(value(row, "place"))
        tier = str(network.nodes[place]["tier"]) if place in network else ""
        if tier and tier != NO_TIER:
            tiers[Node.of(value(row, "party"))] = tier
    return tiers


def _name(knowledge: Knowledge, node: str) -> str:
    named = Node.parse(node)
    return knowledge.names.label(named.kind, named.key)


def _draw(card: Card[Communities], form: str) -> bytes:
    from dualuse.analyse.plot import draw_groups

    answer = card.answer
    groups = [[*row.grounds, *row.members] for row in answer.communities]
    marks = {name: "ground" for row in answer.communities for name in row.grounds}
    for row in answer.communities:
        marks |= dict(zip(row.members, row.side_of, strict=True))
    edges = [(edge.start, edge.end) for edge in answer.edges]
    title = f"Communities of {card.question['of']}, {card.as_of.isoformat()}; a colour each"
    return draw_groups(groups, marks, edges, form, title=title, foot=answer.limits)


_ASKED = {
    "speech": Said("Which speakers give the same grounds?", "哪些發言方的理由相近？", "哪些发言方的理由相近？"),
    "supply": Said("Which parties supply one another?", "哪些對象彼此供應？", "哪些对象彼此供应？"),
}
_FOUND = Said("{n} communities", "{n} 個群體", "{n} 个群体")
_FOUND_ONE = Said("1 community", "1 個群體", "1 个群体")
_LIKE = Said(
    "Likeness to sides {sides}, to tiers {tiers} (1: the same, 0: chance).",
    "與立場陣營的相似度 {sides}，與級別的相似度 {tiers}（1 為相同，0 為偶然）。",
    "与立场阵营的相似度 {sides}，与级别的相似度 {tiers}（1 为相同，0 为偶然）。",
)


def _sentence(told: Teller[Communities]) -> Sentence:
    return Sentence(_ASKED[str(told.asked["of"])], ("question", "of"))


def _headline(told: Teller[Communities]) -> Headline:
    answer = told.answer
    detail = _LIKE.fill(sides=f"{answer.like_sides:.2f}", tiers=f"{answer.like_tiers:.2f}")
    return Headline(numbered(len(answer.communities), _FOUND_ONE, _FOUND), detail)


QUESTION = Question(
    communities,
    _sentence,
    _headline,
    examples=("--of supply --as-of 2025-06-01",),
    also=(PLOT,),
    act=drawing(_draw),
)
