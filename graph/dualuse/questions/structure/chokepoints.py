"""Which party or place, taken away, cuts the most supply paths of an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, Unknown, aside, optional, table, unique
from dualuse.errors import UsageError
from dualuse.node import Node
from dualuse.questions.parameters import AsOf, Opt
from dualuse.questions.parts.pictures import PLOT, drawing
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said

if TYPE_CHECKING:
    from dualuse.analyse.chokepoints import Chokepoint, Chokepoints
    from dualuse.analyse.plot import Bar
    from dualuse.analyse.structure import ItemSupply
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

End = Literal["products", "designers", "customers"]
"""Where supply paths end."""
MEANS = phrase("means.chokepoints_means")
LIMITS = phrase("means.chokepoints_limits")
_MOST = 30
_MOST_PLACES = 10


@dataclass(frozen=True)
class Cut:
    """A smallest set of parties whose absence cuts every path."""

    size: int
    parties: Sequence[str]
    by_tier: Mapping[str, int]


@dataclass(frozen=True)
class PlaceCut:
    """A smallest set of places that cuts every path, or 90 percent; beyond what is tried, how many it takes."""

    size: int | None
    places: Sequence[str] | None = optional()
    at_least: int | None = optional()


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item in one row: the first party and the first place."""

    item: str
    products: int
    paths: int
    party: str | None = optional()
    party_tier: str | None = optional()
    party_cuts: float | None = optional()
    place: str | None = optional()
    place_tier: str | None = optional()
    place_cuts: float | None = optional()
    smallest_cut: int
    smallest_place_cut: PlaceCut
    party_id: str | None = aside()
    place_id: str | None = aside()


@dataclass(frozen=True)
class Party:
    """A party, the paths its absence cuts, and the ends that nothing reaches without it."""

    party: str
    id: str
    tier: str
    paths: int
    percent: float
    cuts_off: Sequence[str]
    only_maker_of: int

    def seen(self) -> dict[str, Any]:
        """The party as people read it."""
        return {
            "party": self.party,
            "tier": self.tier,
            "paths": self.paths,
            "percent": self.percent,
            "only maker of": self.only_maker_of,
            "cuts off": _some(self.cuts_off),
        }


@dataclass(frozen=True)
class Place:
    """A place, the paths that the absence of all its suppliers cuts, and the ends that nothing reaches without them."""

    place: str
    id: str
    tier: str
    suppliers: int
    paths: int
    percent: float
    cuts_off: Sequence[str]

    def seen(self) -> dict[str, Any]:
        """The place as people read it."""
        return {
            "place": self.place,
            "tier": self.tier,
            "suppliers": self.suppliers,
            "paths": self.paths,
            "percent": self.percent,
            "cuts off": _some(self.cuts_off),
        }


def _some(names: Sequence[str]) -> str:
    few = Phrase.listed(names[:3])
    told = phrase("amount.and_more", names=few, n=len(names) - 3) if len(names) > 3 else few
    return phrase("amount.counted", n=len(names), names=told) if names else ""


@dataclass(frozen=True)
class Ranked:
    """Every item in a row; or, of one item, its parties and its places."""

    means: str
    limits: str
    items: Sequence[Item] | None = table(optional=True)
    item: str | None = optional()
    paths: int | None = optional()
    products: int | None = optional()
    ends: int | None = optional()
    smallest_cut: Cut | None = optional()
    smallest_place_cut: PlaceCut | None = optional()
    places_of_90_percent: PlaceCut | None = optional()
    parties: Sequence[Party] | None = table(optional=True)
    places: Sequence[Place] | None = table(optional=True)


def chokepoints(
    knowledge: Knowledge,
    *,
    item: Annotated[str | None, Opt("Control-list item by code, for example 3A090.a.", metavar="ITEM")] = None,
    to: Annotated[End | str, Opt("Where supply paths end.")] = "designers",
    as_of: AsOf = None,
) -> Card[Ranked]:
    """Rank parties and places by the supply paths of an item that their absence cuts.

    Args:
        item: A control-list item; every item that catches a product if not given, each with who comes first.

    Raises:
        UsageError: the item catches no product on the day, or *to* is unknown.
        UnknownNameError: the item is not in the graph.
    """
    from dualuse.analyse.structure import catching_items
    from dualuse.questions.parts.supply import vague_supply

    if to not in get_args(End):
        raise UsageError(f"supply paths end at {', '.join(get_args(End))}; not at {to!r}")
    day = knowledge.day(as_of)
    network = knowledge.network(as_of=day)
    if item is not None:
        return _of_item(knowledge, network, knowledge.names.key("item", item), to)
    return knowledge.card(
        question={"command": "structure", "question": "chokepoints", "to": to},
        as_of=day,
        answer=Ranked(MEANS, LIMITS, items=[_item(network, node, to) for node in catching_items(network)]),
        because=(),
        unknown=tuple(vague_supply(network)),
    )


def _of_item(knowledge: Knowledge, network: Network, key: str, to: str) -> Card[Ranked]:
    from dualuse.analyse.chokepoints import rank_chokepoints, sole_makers, tiers_of
    from dualuse.analyse.structure import item_supply
    from dualuse.network import frame_of
    from dualuse.questions.parts.supply import label, supply_receipts, vague_supply

    supply = item_supply(network, Node("item", key), to)
    found = rank_chokepoints(supply.graph, supply.ends)
    sole = sole_makers(supply.makers)
    return knowledge.card(
        question={"command": "structure", "question": "chokepoints", "item": key, "to": to},
        as_of=frame_of(network).as_of,
        answer=Ranked(
            MEANS,
            LIMITS,
            item=key,
            paths=found.paths,
            products=len(supply.makers),
            ends=len(found.ends),
            smallest_cut=Cut(
                len(found.cut), [label(network, node) for node in found.cut], tiers_of(supply.graph, found.cut)
            ),
            smallest_place_cut=_place_cut(found, found.place_cut),
            places_of_90_percent=_place_cut(found, found.cover, 5) if found.complete else None,
            parties=[_party(network, found, entry, sole) for entry in found.parties],
            places=[_place(network, found, entry) for entry in found.places],
        ),
        because=unique(supply_receipts(network, supply.graph)),
        unknown=(*_gaps(network, supply, found), *vague_supply(network)),
    )


def _item(network: Network, item: Node, to: str) -> Item:
    from dualuse.analyse.chokepoints import rank_chokepoints
    from dualuse.analyse.structure import item_supply
    from dualuse.questions.parts.supply import label

    supply = item_supply(network, item, to)
    found = rank_chokepoints(supply.graph, supply.ends)
    firsts: dict[str, Any] = {}
    for kind, ranked in (("party", found.parties), ("place", found.places)):
        if ranked:
            first = ranked[0]
            firsts |= {kind: label(network, first.node), f"{kind}_id": first.node}
            firsts[f"{kind}_tier"] = _tier(network, first.node)
            firsts[f"{kind}_cuts"] = _percent(first.paths, found.paths)
    return Item(
        item=item.key,
        products=len(supply.makers),
        paths=found.paths,
        **firsts,
        smallest_cut=len(found.cut),
        smallest_place_cut=_place_cut(found, found.place_cut),
    )


def _party(network: Network, found: Chokepoints, entry: Chokepoint, sole: Mapping[str, int]) -> Party:
    from dualuse.questions.parts.supply import label

    return Party(
        party=label(network, entry.node),
        id=entry.node,
        tier=_tier(network, entry.node),
        paths=entry.paths,
        percent=_percent(entry.paths, found.paths),
        cuts_off=[label(network, end) for end in entry.ends],
        only_maker_of=sole.get(entry.node, 0),
    )


def _place(network: Network, found: Chokepoints, entry: Chokepoint) -> Place:
    from dualuse.questions.parts.supply import label

    return Place(
        place=label(network, entry.node),
        id=entry.node,
        tier=_tier(network, entry.node),
        suppliers=len(entry.parties),
        paths=entry.paths,
        percent=_percent(entry.paths, found.paths),
        cuts_off=[label(network, end) for end in entry.ends],
    )


def _place_cut(found: Chokepoints, cut: Sequence[str], tried: int = 3) -> PlaceCut:
    places = [Node.parse(place).key for place in cut]
    return PlaceCut(len(places), places) if places or not found.paths else PlaceCut(None, at_least=tried + 1)


def _gaps(network: Network, supply: ItemSupply, found: Chokepoints) -> list[Unknown]:
    from dualuse.questions.parts.supply import label

    unmade = [product for product, makers in supply.makers.items() if not makers]
    gaps = []
    if unmade:
        names = Phrase.listed(label(network, product) for product in unmade[:4])
        gaps.append(Unknown(phrase("supply.who_makes", n=len(unmade), names=names), phrase("supply.paths_missing")))
    if set(found.unsupplied) - set(unmade):
        names = Phrase.listed(label(network, node) for node in found.unsupplied)
        gaps.append(Unknown(phrase("supply.who_supplies", names=names), phrase("supply.no_supplier")))
    if not found.complete:
        gaps.append(Unknown(phrase("supply.many_paths"), phrase("supply.circles")))
    return gaps


def _tier(network: Network, node: str) -> str:
    from dualuse.analyse.structure import NO_TIER

    named = Node.parse(node)
    if named.kind == "place":
        return str(network.nodes[named]["tier"]) or NO_TIER
    seats = sorted(place for place, _, data in network.in_edges(named, data=True) if data["kind"] == "seats")
    return _tier(network, seats[0]) if seats else NO_TIER


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _draw(card: Card[Ranked], form: str) -> bytes:
    from dualuse.analyse.plot import draw_bars

    answer, day = card.answer, card.as_of.isoformat()
    if answer.items is not None:
        bars = [
            _bar(f"{row.item}: {row.party}", row.party_cuts or 0.0, row.party_tier or "")
            for row in answer.items
            if row.party is not None
        ]
        title = f"First chokepoint of each item, {day}"
    else:
        bars = [_bar(row.party, row.percent, row.tier) for row in (answer.parties or ())[:_MOST]]
        bars += [_bar(f"all of {row.place}", row.percent, row.tier) for row in (answer.places or ())[:_MOST_PLACES]]
        title = f"Who cuts most of the {answer.paths} supply paths of {answer.item}, {day}"
    return draw_bars(bars, form, title=title, axis="percent of supply paths", foot=answer.limits)


def _bar(label: str, value: float, tier: str) -> Bar:
    from dualuse.analyse.plot import Bar, clip

    return Bar(clip(label), value, value, tier, note="no tier" if tier == "none" else f"tier {tier}")


_OF_ITEM = Said(
    "Whose absence would cut most supply paths of {item}?",
    "少了誰，{item} 的供應路徑中斷最多？",
    "少了谁，{item} 的供应路径中断最多？",
)
_OF_EACH = Said(
    "Whose absence would cut most supply paths of each item?",
    "少了誰，各物項的供應路徑中斷最多？",
    "少了谁，各物项的供应路径中断最多？",
)
_NO_PATHS = Said("No supply path on record", "紀錄中沒有供應路徑", "记录中没有供应路径")
_CUTS = Said("{who}: {percent} % of supply paths", "{who}：{percent}% 的供應路徑", "{who}：{percent}% 的供应路径")
_ALL_OF = Said(
    "All suppliers in {place}: {percent} %", "{place}的全部供應商：{percent}%", "{place}的全部供应商：{percent}%"
)
_FIRST = Said(
    "{who}: first for {n} of {total} items",
    "{who}：在 {total} 個物項中的 {n} 個居首",
    "{who}：在 {total} 个物项中的 {n} 个居首",
)


def _headline(told: Teller[Ranked]) -> Headline:
    answer = told.answer
    if answer.items is not None:
        return _of_each(told, answer.items)
    if not answer.parties or not answer.places:
        return Headline(_NO_PATHS, None, "open", ("item",))
    party, place = answer.parties[0], answer.places[0]
    detail = _ALL_OF.fill(place=told.name("id", place.id), percent=f"{place.percent:g}")
    return Headline(_CUTS.fill(who=told.name("id", party.id), percent=f"{party.percent:g}"), detail, "plain", ("item",))


def _of_each(told: Teller[Ranked], items: Sequence[Item]) -> Headline:
    """Which party, and which place, comes first for most items."""
    firsts = []
    for found in (Counter(row.party_id for row in items), Counter(row.place_id for row in items)):
        who, n = next(((who, n) for who, n in found.most_common() if who), (None, 0))
        firsts += [_FIRST.fill(who=told.name("id", who), n=n, total=len(items))] if who else []
    return Headline(firsts[0], firsts[1] if len(firsts) > 1 else None) if firsts else Headline(_NO_PATHS, None, "open")


QUESTION = Question(
    chokepoints,
    asks({("question",): _OF_EACH, ("question", "item"): _OF_ITEM}),
    _headline,
    examples=("--as-of 2025-06-01", "--item 3A090.a --to products --as-of 2025-06-01"),
    also=(PLOT,),
    act=drawing(_draw),
)
