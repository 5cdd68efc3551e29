"""What a measure changes for a party, tie by tie, and by which paths it reaches it, edge by edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.errors import DualuseError, UnknownNameError, UsageError
from dualuse.lens import Lens
from dualuse.node import PARTIES, Node
from dualuse.questions.parameters import Arg, AsOf, InLens, Opt
from dualuse.questions.parts.difference_rows import Difference, TieChanged
from dualuse.questions.parts.measures import Needed, find_measure, inoperative, not_connected, would_take
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.said import Phrase, phrase
from dualuse.show.words import Said, join, numbered, word

if TYPE_CHECKING:
    from dualuse.analyse.connected import Path
    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

_MOST_PATHS = 50
_MOST_ROUTES = 8


@dataclass(frozen=True)
class Told:
    """A path, one sentence an edge, and how many others run along it."""

    channel: str
    path: Sequence[str]
    more_paths: int

    def seen(self) -> dict[str, Any]:
        """The path with one numbered sentence a line."""
        steps = (phrase("paths.numbered", n=number, said=step) for number, step in enumerate(self.path, start=1))
        told = Phrase.listed(steps, between="\n", han="\n")
        return {"channel": self.channel, "path": told, "more paths": self.more_paths}


@dataclass(frozen=True)
class Why:
    """What changes; paths, the most direct channels first; and what is missing where there is none."""

    ties: Sequence[TieChanged] = table()
    differences: Sequence[Difference] | None = table(optional=True)
    paths: Sequence[Told] = table(view="chains")
    would_take: Sequence[Needed] | None = table(optional=True)


def why(
    knowledge: Knowledge,
    party: Annotated[str, Arg()],
    measure: Annotated[str, Arg()],
    *,
    every: Annotated[bool, Opt("Every path, not only the shortest routes of each channel.", flag="--all")] = False,
    supply_hops: Annotated[int, Opt("How many supply links to follow.", flag="--depth", low=0, high=5)] = 1,
    as_of: AsOf = None,
    lens: InLens = Lens.CODIFIED,
) -> Card[Why]:
    """Tell what a MEASURE changes for a PARTY, tie by tie, and the paths by which it reaches it, edge by edge.

    A tie changes where ``check`` comes out otherwise with the measure in the law than without it. A path is a chain
    of sourced edges; nothing need change along it.

    Args:
        party: An organisation or a place.
        measure: An instrument or a single measure.
        every: Whether every path is told, not only the best of each shortest route (paths that differ only in the
            measure they start with, or in the receipt of an edge, are one), and people see every change.

    Raises:
        UnknownNameError: a name is not in the graph.
        UsageError: the measure stands where the party should, and the party where the measure should.
    """
    from dualuse.questions.parts.differences import Differences, nothing

    day, through = knowledge.day(as_of), Lens.parse(lens)
    node, source = _named(knowledge, party, measure)
    differences = Differences(knowledge, day, through)
    differences.judged = [source]
    network = differences.network
    asleep = inoperative(knowledge, network, [source])
    changed = differences.of(source, node)
    teller = differences.teller([changed])
    ties = [row for hit in changed.hit for row in teller.ties(hit)]
    patterns = [teller.place(changed, pattern, several=False) for pattern in changed.patterns]
    none = [] if asleep or ties or patterns else [nothing(knowledge, source, changed, day, through)]
    rows, receipts, gaps = ([], [], []) if asleep else _paths(knowledge, network, source, node, every, supply_hops)
    if not rows and not asleep:
        gaps.append(not_connected(node, [source]))
    return knowledge.card(
        question={"command": "why", "party": node, "measure": source.key, "all": every},
        as_of=day,
        lens=through,
        answer=Why(
            ties,
            patterns if node.kind == "place" else None,
            rows,
            None if rows else would_take(knowledge, network, [source], node, ()),
        ),
        because=unique([*teller.receipts, *receipts]),
        unknown=(*asleep, *none, *gaps, *differences.unknown([changed])),
    )


def _named(knowledge: Knowledge, party: str, measure: str) -> tuple[Node, Node]:
    """The party and the measure.

    Raises:
        UsageError: each stands in the place of the other.
        UnknownNameError: one is not in the graph.
    """
    try:
        return Node(*knowledge.names.find_any(PARTIES, party)), find_measure(knowledge, measure)
    except UnknownNameError as unknown:
        try:
            source, (_, key) = find_measure(knowledge, party), knowledge.names.find_any(PARTIES, measure)
        except DualuseError:
            raise unknown from None
        raise UsageError(f"the party comes first, then the measure. Did you mean: why {key} {source.key}") from None


def _paths(
    knowledge: Knowledge, network: Network, source: Node, party: Node, every: bool, supply_hops: int
) -> tuple[list[Told], list[Receipt], list[Unknown]]:
    """Paths from a measure to a party, with what they rest on and what is cut off or vague."""
    from dualuse.analyse.connected import CHANNELS
    from dualuse.questions.parts.paths import cited, doubts, receipt

    rows: list[Told] = []
    gaps: list[Unknown] = []
    found, receipts = _found(knowledge, network, source, party, supply_hops) if source in network else ({}, [])
    most = _MOST_PATHS if every else _MOST_ROUTES
    for channel in CHANNELS:
        paths = found.get(channel, [])
        chosen = [(path, len(paths) - 1) for path in paths] if every else _shortest(paths)
        for path, others in chosen[:most]:
            rows.append(Told(channel, [cited(network, step) for step in path], others))
            receipts += [receipt(network, step) for step in path]
        if len(chosen) > most:
            gaps.append(_cut(channel, len(chosen) - most, most, every))
        gaps += doubts(network, (path for path, _ in chosen[:most]))
    return rows, receipts, gaps


def _found(
    knowledge: Knowledge, network: Network, source: Node, party: Node, supply_hops: int
) -> tuple[dict[str, list[Path]], list[Receipt]]:
    """Channel -> paths to a party, best first; and the rules by which it is captured through its owners."""
    from dualuse.analyse.connected import reach
    from dualuse.network import frame_of
    from dualuse.questions.parts.captured import captures

    reached = reach(network, source, supply_hops=supply_hops, party=party)
    frame = frame_of(network)
    owned = captures(knowledge, network, [source], frame.as_of, frame.lens)
    found = {channel: paths for (_, channel), paths in reached.items()}
    caught = [effect for effect in owned.effects if effect.party == party]
    return found | {effect.channel: [effect.path] for effect in caught}, list(owned.receipts) if caught else []


def _shortest(paths: Sequence[Path]) -> list[tuple[Path, int]]:
    """Best path of each shortest route, and how many others run along it."""
    from dualuse.analyse.connected import routes

    found = routes(path for path in paths if len(path) == len(paths[0]))
    return [(route[0], len(route) - 1) for route in found]


def _cut(channel: str, left: int, most: int, every: bool) -> Unknown:
    what, how = ("paths", "at") if every else ("routes", "at_all")
    told = phrase(f"reach.cut_{what}", n=left, channel=word("channel", channel))
    return Unknown(told, phrase(f"reach.{how}", most=most))


_ASKED = Said(
    "What does “{measure}” change for {party}, and how does it reach it?",
    "「{measure}」為{party}改變了什麼，又如何及於它？",
    "“{measure}”为{party}改变了什么，又如何及于它？",
)
_NOTHING = Said("Nothing on record changes", "紀錄中無任何改變", "记录中无任何改变")
_TIES = (
    Said("1 tie changes", "1 項往來改變", "1 项往来改变"),
    Said("{n} ties change", "{n} 項往來改變", "{n} 项往来改变"),
)
_CASES = (
    Said("1 class of goods fares otherwise", "1 類貨物結果不同", "1 类货物结果不同"),
    Said("{n} classes of goods fare otherwise", "{n} 類貨物結果不同", "{n} 类货物结果不同"),
)
_NO_PATH = Said("No path on record", "紀錄中沒有路徑", "记录中没有路径")
_REACHED = Said("Reached through: {channels}", "可及途徑：{channels}", "可及途径：{channels}")


def _headline(told: Teller[Why]) -> Headline:
    answer = told.answer
    ties, goods = (
        sum(row.ties for row in answer.ties),
        {each for row in answer.differences or () for each in row.goods},
    )
    said = numbered(ties, *_TIES) if ties else numbered(len(goods), *_CASES) if goods else _NOTHING
    channels = join(told.name("channel", channel) for channel in dict.fromkeys(row.channel for row in answer.paths))
    return Headline(said, _REACHED.fill(channels=channels) if answer.paths else _NO_PATH)


QUESTION = Question(
    why,
    asks({("measure", "party"): _ASKED}),
    _headline,
    examples=("TSMC us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",),
)
