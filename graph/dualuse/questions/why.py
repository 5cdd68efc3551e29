"""By which paths a measure reaches a party, edge by edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from dualuse.card import Card, Receipt, Unknown, table, unique
from dualuse.lens import Lens
from dualuse.node import PARTIES, Node
from dualuse.questions.parameters import Arg, AsOf, InLens, Opt
from dualuse.questions.parts.measures import Needed, find_measure, inoperative, not_connected, would_take
from dualuse.questions.question import Headline, Question, Teller, asks
from dualuse.show.words import Said, join, numbered

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
        told = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(self.path, start=1))
        return {"channel": self.channel, "path": told, "more paths": self.more_paths}


@dataclass(frozen=True)
class Why:
    """Paths, the most direct channels first; and what is missing where there is none."""

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
    """Tell the paths by which a MEASURE reaches a PARTY, edge by edge, each with its receipt.

    Args:
        knowledge: The graph.
        party: An organisation or a place.
        measure: An instrument or a single measure.
        every: Whether every path is told, not only the best of each shortest route: paths that differ only in the
            measure they start with, or in the receipt of an edge, are one route.
        supply_hops: How far supply is followed.
        as_of: Day of law.
        lens: A lens.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    from dualuse.analyse.connected import CHANNELS
    from dualuse.questions.parts.paths import cited, doubts, receipt

    day, through = knowledge.day(as_of), Lens.parse(lens)
    node = Node(*knowledge.names.find_any(PARTIES, party))
    source = find_measure(knowledge, measure)
    network = knowledge.walkable([source], as_of=day, lens=through)
    gaps = inoperative(knowledge, network, [source])
    found: dict[str, list[Path]] = {}
    receipts: list[Receipt] = []
    if not gaps and source in network:
        found, receipts = _found(knowledge, network, source, node, supply_hops)
    rows: list[Told] = []
    for channel in CHANNELS:
        paths = found.get(channel, [])
        chosen = [(path, len(paths) - 1) for path in paths] if every else _shortest(paths)
        most = _MOST_PATHS if every else _MOST_ROUTES
        for path, others in chosen[:most]:
            rows.append(Told(channel, [cited(network, step) for step in path], others))
            receipts += [receipt(network, step) for step in path]
        if len(chosen) > most:
            gaps.append(_cut(channel, len(chosen) - most, most, every))
        gaps += doubts(network, (path for path, _ in chosen[:most]))
    if not rows and not gaps:
        gaps.append(not_connected(node, [source]))
    return knowledge.card(
        question={"command": "why", "party": node, "measure": source.key, "all": every},
        as_of=day,
        lens=through,
        answer=Why(rows, None if rows else would_take(knowledge, network, [source], node, ())),
        because=unique(receipts),
        unknown=tuple(gaps),
        query="",
    )


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
    what, how = ("paths", "") if every else ("routes", "; --all lists more")
    return Unknown(f"{left} more {what} by {channel} are not shown", f"the list is cut at {most}{how}")


_ASKED = Said("How does “{measure}” reach {party}?", "「{measure}」如何影響{party}？", "“{measure}”如何影响{party}？")
_NO_PATH = Said("No path on record", "紀錄中沒有路徑", "记录中没有路径")
_REACHED = Said("Reached through {n} channels", "經由 {n} 種途徑受影響", "经由 {n} 种途径受影响")
_REACHED_ONCE = Said("Reached through 1 channel", "經由 1 種途徑受影響", "经由 1 种途径受影响")


def _headline(told: Teller[Why]) -> Headline:
    channels = list(dict.fromkeys(row.channel for row in told.answer.paths))
    if not channels:
        return Headline(_NO_PATH)
    detail = join(told.name("channel", channel) for channel in channels)
    return Headline(numbered(len(channels), _REACHED_ONCE, _REACHED), detail)


QUESTION = Question(
    why,
    asks({("measure", "party"): _ASKED}),
    _headline,
    examples=("TSMC us-ai-diffusion-ifr-2025-01 --as-of 2025-06-01",),
)
