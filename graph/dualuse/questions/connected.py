"""Whom a measure can reach along sourced edges, or which measures can reach a party, through which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from dualuse.card import Card, Fold, Unknown, aside, named, optional, table, unique
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.model.values import Channel
from dualuse.node import PARTIES, Node
from dualuse.questions.parameters import AsOf, InLens, Opt, must_be_among, several
from dualuse.questions.parts.amounts import Amount, sized
from dualuse.questions.parts.measures import (
    Needed,
    find_measure,
    inoperative,
    not_connected,
    untied,
    without_measures,
    would_take,
)
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Named, Phrase, phrase, same
from dualuse.show.words import Said, join, numbered

if TYPE_CHECKING:
    from dualuse.analyse.connected import Effect, Step
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network
    from dualuse.questions.parts.captured import Captures

Grouping = Literal["kind", "channel", "place"]
"""What parties in reach can be counted by."""
_NO_SEAT = "no seat recorded"
BY_CHANNEL = Fold(("channel",), names=("party",), order=get_args(Channel))


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A step of a path, and the address of what it rests on."""

    start: str = named("from")
    edge: str
    to: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A party reached through one channel, with its best path and the number of others; ``certain`` if one is."""

    by: str | None = optional()
    party: str
    id: str
    kind: str
    channel: str
    depth: int
    magnitude: Amount | None
    path: Sequence[Edge]
    more_paths: int
    certain: bool
    measure: str = aside("")
    along: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The effect as people read it: names in place of keys, the path on one line."""
        size = self.magnitude
        row: dict[str, Any] = {} if self.by is None else {"by": self.measure}
        path = Phrase.listed(self.along, between=" → ", han=" → ")
        return row | {
            "party": self.party,
            "channel": self.channel,
            "magnitude": "" if size is None else sized(size.min, size.max, size.unit),
            "path": path if self.certain else phrase("paths.perhaps_so", path=path),
            "more paths": self.more_paths,
        }


@dataclass(frozen=True, kw_only=True)
class Group:
    """Connected parties of one kind, through one channel, or seated in one place."""

    kind: str | None = optional()
    channel: str | None = optional()
    place: str | None = optional()
    parties: int
    effects: int
    channels: Mapping[str, int]
    members: Sequence[str]
    title: str = aside("")
    examples: Sequence[str] = aside(())

    @property
    def key(self) -> str:
        """The kind, the channel or the place."""
        return self.kind or self.channel or self.place or ""

    def seen(self) -> dict[str, Any]:
        """The group as people read it: a few members by name."""
        grouping = next(name for name in get_args(Grouping) if getattr(self, name) is not None)
        shown = Phrase.listed(self.examples)
        return {
            grouping: self.title,
            "parties": self.parties,
            "effects": self.effects,
            "channels": self.channels,
            "for example": phrase("amount.and_more", names=shown, n=self.parties - 3) if self.parties > 3 else shown,
        }


@dataclass(frozen=True)
class Connected:
    """Effects, or parties counted; and what is missing where a party is not reached."""

    connected: Sequence[Reached] | None = table(optional=True, view="steps", fold=BY_CHANNEL)
    groups: Sequence[Group] | None = table(optional=True)
    would_take: Sequence[Needed] | None = table(optional=True)


def connected(
    knowledge: Knowledge,
    *,
    by: Annotated[
        Sequence[str],
        Opt(
            "Instrument, or one measure of it, by key or title; may be repeated.",
            metavar="MEASURE[,MEASURE]",
            commas=True,
        ),
    ] = (),
    party: Annotated[str | None, Opt("Organisation or place by key, code or name.", metavar="PARTY")] = None,
    channels: Annotated[Sequence[Channel | str], Opt("Keep only these channels.", flag="--channel")] = (),
    kind: Annotated[
        str | None, Opt("Keep one kind of party: place, company, company-cloud, government ...", metavar="KIND")
    ] = None,
    supply_hops: Annotated[
        int,
        Opt(
            "How many supply links to follow beyond a party reached through item or listing.",
            flag="--depth",
            low=0,
            high=5,
        ),
    ] = 1,
    tier: Annotated[int | None, Opt("Keep only paths through a place in this tier on the day.", low=1, high=3)] = None,
    group_by: Annotated[Grouping | str | None, Opt("Count parties in place of listing them.")] = None,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Connected]:
    """List whom a measure can reach along sourced edges, or which measures can reach a party.

    That is more than whom it changes: see ``affected``.

    Args:
        party: An organisation or a place; then *by* may be empty, which means every instrument.

    Raises:
        UsageError: neither *by* nor *party* was given, or *group_by* or a channel is unknown.
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.network.edges import EDGES_QUERY
    from dualuse.questions.parts.captured import captures
    from dualuse.questions.parts.paths import doubts, receipt

    _check(by, party, channels, group_by)
    day, through = knowledge.day(as_of), Lens.parse(lens)
    wanted = None if party is None else Node(*knowledge.names.find_any(PARTIES, party))
    asked = list(dict.fromkeys(find_measure(knowledge, given) for given in several(by)))
    if asked and tier is None:
        network = knowledge.walkable(asked, as_of=day, lens=through)
    else:
        network = knowledge.network(as_of=day, lens=through)
    sources = asked or [node for node in network if node.kind == "instrument"]
    owned = captures(knowledge, network, sources, day, through)
    found = [
        effect
        for effect in _effects(network, sources, owned, supply_hops, tier)
        if (wanted is None or effect.party == wanted)
        and (not channels or effect.channel in channels)
        and (kind is None or _is(network, effect.party, kind))
    ]
    gaps = inoperative(knowledge, network, asked)
    if not found:
        gaps += without_measures(knowledge, asked)
    if not found and not gaps:
        gaps = [not_connected(wanted, asked), *(untied(knowledge, asked) if wanted is None else ())]
    if not channels or "ownership" in channels:
        gaps += owned.unknown
    gaps += doubts(network, (effect.path for effect in found if not effect.certain))
    gaps += _vague_tiers(network, found) if tier is not None else []
    rules = owned.receipts if any(effect.channel == "ownership" for effect in found) else ()
    missing = not found and wanted is not None and asked
    several_sources = len(sources) > 1
    more = {key: given for key, given in (("tier", tier), ("group_by", group_by)) if given is not None}
    return knowledge.card(
        question={
            "command": "connected",
            "by": [source.key for source in asked],
            "party": wanted,
            "channels": list(channels),
            "kind": kind,
            "supply_hops": supply_hops,
        }
        | more,
        as_of=day,
        lens=through,
        answer=Connected(
            connected=[_reached(network, e, several_sources) for e in found] if group_by is None else None,
            groups=None if group_by is None else _grouped(network, found, group_by),
            would_take=would_take(knowledge, network, asked, wanted, channels) if missing and wanted else None,
        ),
        because=unique((*(receipt(network, step) for effect in found for step in effect.path), *rules)),
        unknown=tuple(gaps),
        query=EDGES_QUERY % {"kind": "…one query per kind of edge", "pattern": "…"},
    )


def _check(by: Sequence[str], party: str | None, channels: Sequence[str], group_by: str | None) -> None:
    if not by and party is None:
        raise UsageError("say which measure (--by) or which party (--party)")
    must_be_among("way to count", () if group_by is None else [group_by], Grouping)
    must_be_among("channel", channels, Channel)


def _effects(
    network: Network, sources: Sequence[Node], owned: Captures, supply_hops: int, tier: int | None
) -> list[Effect]:
    """Whom each source reaches, the most direct channels first."""
    from dualuse.analyse.connected import connected as connected_by
    from dualuse.analyse.connected import order

    found = [
        effect
        for source in sources
        for effect in connected_by(network, source, supply_hops=supply_hops, tier="" if tier is None else str(tier))
    ]
    if tier is None:
        found += [effect for source in sources for effect in owned.effects if effect.instrument == source]
    return sorted(found, key=lambda effect: order(network, effect))


def _vague_tiers(network: Network, effects: Sequence[Effect]) -> list[Unknown]:
    """Places on the paths of effects whose tier on the day is not known, which were kept all the same."""
    from dualuse.analyse.connected import place_of
    from dualuse.network import frame_of
    from dualuse.network.web import name

    found = {place[0] for effect in effects if (place := place_of(effect.path)) is not None}
    day = frame_of(network).as_of.isoformat()
    vague = sorted(name(network, place) for place in found if network.nodes[place]["tier"] == "unknown")
    return [Unknown(phrase("reach.which_tier", who=who, day=day), phrase("reach.kept")) for who in vague]


def _is(network: Network, party: Node, kind: str) -> bool:
    node = network.nodes[party]
    if kind in ("place", "organisation"):
        return bool(node["kind"] == kind)
    return any(held == kind or held.startswith(f"{kind}-") for held in node["types"])


def _reached(network: Network, effect: Effect, several_sources: bool) -> Reached:
    from dualuse.network.web import name

    size, node = effect.magnitude, network.nodes[effect.party]
    return Reached(
        by=effect.instrument.key if several_sources else None,
        party=Named.of({(effect.party.kind, effect.party.key): node["label"]}),
        id=effect.party,
        kind=node["kind"],
        channel=effect.channel,
        depth=effect.depth,
        magnitude=None if size is None else Amount(size.min, size.max, size.unit),
        path=[_edge(network, step) for step in effect.path],
        more_paths=effect.more_paths,
        certain=effect.certain,
        measure=name(network, effect.instrument),
        along=[name(network, step.target) for step in effect.path],
    )


def _edge(network: Network, step: Step) -> Edge:
    from dualuse.analyse.connected import edge_data
    from dualuse.questions.parts.paths import address

    source = address(network, edge_data(network, step))
    return Edge(start=step.source, edge=step.kind, to=step.target, source=source)


def _grouped(network: Network, effects: Sequence[Effect], group_by: str) -> list[Group]:
    """Connected parties counted by kind, channel or place; most parties first, a party of two kinds in both."""
    members: dict[str, set[Node]] = {}
    channels: dict[str, Counter[str]] = {}
    for effect in effects:
        for group in _groups_of(network, effect, group_by):
            members.setdefault(group, set()).add(effect.party)
            channels.setdefault(group, Counter())[effect.channel] += 1
    rows = [_group(network, group_by, group, sorted(members[group]), channels[group]) for group in members]
    if group_by == "channel":
        return sorted(rows, key=lambda row: _CHANNELS.index(row.key))
    return sorted(rows, key=lambda row: (-row.parties, row.key))


_CHANNELS: tuple[str, ...] = get_args(Channel)


def _group(network: Network, group_by: str, group: str, members: Sequence[Node], channels: Counter[str]) -> Group:
    from dualuse.network.web import name

    seat = group_by == "place" and group != _NO_SEAT
    return Group(
        **{group_by: group},
        parties=len(members),
        effects=channels.total(),
        channels={channel: channels[channel] for channel in _CHANNELS if channels[channel]},
        members=members,
        title=phrase("reach.placed", place=name(network, Node("place", group)), key=same(group)) if seat else group,
        examples=[name(network, member) for member in members[:3]],
    )


def _groups_of(network: Network, effect: Effect, group_by: str) -> list[str]:
    node = network.nodes[effect.party]
    if group_by == "channel":
        return [effect.channel]
    if node["kind"] == "place":
        return [effect.party.key if group_by == "place" else "place"]
    if group_by == "kind":
        return sorted({kind.partition("-")[0] if kind.startswith("company-") else kind for kind in node["types"]})
    seats = {s for s, _, data in network.in_edges(effect.party, data=True) if data["kind"] == "seats"}
    return sorted(seat.key for seat in seats) or [_NO_SEAT]


_ASKED = {
    (): Said("Who is connected?", "哪些對象有關聯？", "哪些对象有关联？"),
    ("by",): Said("Whom can “{by}” reach?", "「{by}」可及哪些對象？", "“{by}”可及哪些对象？"),
    ("party",): Said("Which measures can reach {party}?", "哪些措施可及{party}？", "哪些措施可及{party}？"),
    ("by", "party"): Said("How can “{by}” reach {party}?", "「{by}」如何及於{party}？", "“{by}”如何及于{party}？"),
}
_NOBODY = Said("Nobody on record", "紀錄中無關聯對象", "记录中无关联对象")
_CONNECTED = Said("{n} in reach", "{n} 個對象可及", "{n} 个对象可及")
_LINKS, _LINK = Said("{n} links", "{n} 條關聯", "{n} 条关联"), Said("1 link", "1 條關聯", "1 条关联")
_OF = Said("{group}: {n}", "{group}：{n}", "{group}：{n}")


def _headline(told: Teller[Connected]) -> Headline:
    answer = told.answer
    if answer.groups:
        by = told.card.question["group_by"]
        parties = {member for group in answer.groups for member in group.members}
        detail = join(_OF.fill(group=told.name(by, group.key), n=group.parties) for group in answer.groups)
        return Headline(numbered(len(parties), _CONNECTED, _CONNECTED), detail if by != "place" else None)
    rows = answer.connected
    if not rows:
        return Headline(_NOBODY)
    channels = Counter(row.channel for row in rows)
    detail = join(_OF.fill(group=told.name("channel", channel), n=count) for channel, count in channels.items())
    if told.card.question.get("party"):
        return Headline(numbered(len(rows), _LINK, _LINKS), detail)
    return Headline(numbered(len({row.party for row in rows}), _CONNECTED, _CONNECTED), detail)


QUESTION = Question(
    connected,
    asks(_ASKED),
    _headline,
    examples=(
        "--by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --kind company",
        "--party NVIDIA --as-of 2025-06-01",
        "--by us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01 --tier 2 --group-by kind",
    ),
)
