"""Whom an instrument can reach, through which channel, along which path: connected, which is more than affected.

A party is reached only along edges that have a source. Nothing is scored: a magnitude is an interval where one is
sourced, and is left out otherwise. What it does not say: how much a party loses, or whether a licence was to be had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, get_args

from dualuse.model.values import Channel
from dualuse.network import Network
from dualuse.network.web import measured
from dualuse.node import Node

CHANNELS = get_args(Channel)
"""Channels, the most direct first."""

OPERATIVE = ("in-force", "effective-not-due")
"""Statuses under which an instrument reaches anybody."""

PLACING = ("comprises", "puts-in-tier")
"""Kinds of edge from a group to a place in it."""

NAMING = "names-place"
"""Kind of edge from a measure to a place that it names by itself."""

_SUPPLY_FROM = ("item", "listing")
_REQUIREMENT_FIRST = ("licence-requirement", "prohibition", "threshold", "review-policy", "allocation", "duty")
_LIMIT_FIRST = ("allocation", "review-policy", "licence-requirement", "prohibition", "duty", "condition")
_POLICY_FIRST = ("review-policy", "licence-requirement", "prohibition", "condition", "duty", "licence-exception")
_RANKS = {
    "headquarters": _POLICY_FIRST,
    "item": _REQUIREMENT_FIRST,
    "supply": _REQUIREMENT_FIRST,
}


class Step(NamedTuple):
    """One edge of a path, in the direction it is told; steps are sorted by where they lead, then by receipt.

    Args:
        target: Where it ends.
        iri: Node behind it.
        source: Where it starts, as told.
        kind: Kind of the edge.
        against: Whether it is told against its own direction.
        certain: Whether it surely holds on the day.
    """

    target: Node
    iri: str
    source: Node
    kind: str
    against: bool = False
    certain: bool = True


Path = tuple[Step, ...]
_CERTAIN = attrgetter("certain")


@dataclass(frozen=True)
class Magnitude:
    """An interval with its unit; a bound that no source gives is None."""

    min: float | None
    max: float | None
    unit: str


@dataclass(frozen=True)
class Effect:
    """A party reached through one channel, with its best path and the number of others; ``certain`` if one is."""

    instrument: Node
    party: Node
    channel: str
    path: Path
    more_paths: int
    magnitude: Magnitude | None
    certain: bool = True

    @property
    def depth(self) -> int:
        """Edges between the instrument and the party."""
        return len(self.path)


def connected(network: Network, by: Node, *, supply_hops: int = 1, tier: str = "") -> list[Effect]:
    """Everyone an instrument can reach.

    Args:
        network: A projection of the whole graph (``PROJECTIONS["all"]``) on a day and under a lens.
        by: Node of the instrument, ``instrument:…``, or of one of its measures, ``measure:…``.
        supply_hops: How far to follow supply from a party reached through *item* or *listing*.
        tier: Keep only paths through a place in this tier on the day, ``"1"``, ``"2"`` or ``"3"``; all if empty.

    Returns:
        One effect per party and channel, sorted by directness of the channel, size (largest first) and name. Empty when
        the instrument's status on the day is not operative.

    Source:
        The channels are those of the ontology's scheme ``channel``. Limits: no licence is assumed granted or refused.
    """
    instrument = instrument_of(network, by)
    if instrument not in network or network.nodes[instrument]["status"] not in OPERATIVE:
        return []
    effects = []
    for (party, channel), every in sorted(every_path(network, by, supply_hops=supply_hops).items()):
        paths = [path for path in every if in_tier(network, path, tier)] if tier else every
        if paths:
            best = min(paths, key=_order_of_paths(network, channel))
            size = _magnitude(network, channel, paths)
            certain = any(sure(path) and (not tier or in_tier(network, path, tier, surely=True)) for path in paths)
            effects.append(Effect(by, party, channel, best, len(paths) - 1, size, certain))
    return sorted(effects, key=lambda effect: order(network, effect))


def instrument_of(network: Network, by: Node) -> Node:
    """The instrument a measure is in; an instrument is its own."""
    if by.kind != "measure" or by not in network:
        return by
    return next((source for source, _, data in network.in_edges(by, data=True) if data["kind"] == "does"), by)


def place_of(path: Path) -> tuple[Node, Node] | None:
    """Place a path runs through, and the group it is in there, or the measure that names it; None without a place."""
    step = next((step for step in path if step.kind in (*PLACING, NAMING)), None)
    return None if step is None else (step.target, step.source)


def in_tier(network: Network, path: Path, tier: str, *, surely: bool = False) -> bool:
    """Whether a path runs through a place that is in a tier, or may be unless *surely*."""
    found = place_of(path)
    return found is not None and network.nodes[found[0]]["tier"] in ((tier,) if surely else (tier, "unknown"))


def sure(path: Path) -> bool:
    """Whether every edge of a path surely holds on the day."""
    return all(map(_CERTAIN, path))


def reach(
    network: Network, by: Node, *, supply_hops: int = 1, party: Node | None = None
) -> dict[tuple[Node, str], list[Path]]:
    """Paths by which an instrument, or one measure of it, reaches parties, or one: (party, channel) -> best first."""
    every = every_path(network, by, supply_hops=supply_hops)
    return {
        (reached, channel): sorted(found, key=_order_of_paths(network, channel))
        for (reached, channel), found in sorted(every.items())
        if party in (None, reached)
    }


def every_path(network: Network, by: Node, *, supply_hops: int = 1) -> dict[tuple[Node, str], list[Path]]:
    """What :func:`reach` gives, in no order.

    Listings and answers of other authorities belong to an instrument as a whole, so a measure alone has none.
    """
    instrument = instrument_of(network, by)
    whole = instrument == by
    measures = [(step,) for step in _steps(network, instrument, "does") if whole or step.target == by]
    grouped = _extend(network, _extend(network, measures, "scopes"), *PLACING)
    places = grouped + _extend(network, measures, NAMING)
    seats = _extend(network, _extend(network, measures, "scopes-headquarters"), *PLACING)
    products = _extend(network, _extend(network, measures, "controls"), "catches")
    answers = [(step,) for step in _steps(network, instrument, "answered-by") if whole]
    reached: dict[str, Iterable[Path]] = {
        "destination": places,
        "headquarters": [path for path in _extend(network, seats, "seats") if trades(network, path[-1].target)],
        "duty": _extend(network, _extend(network, measures, "binds"), "borne-by")
        + _extend(network, measures, "addresses"),
        "item": _extend(network, products, "designed-by"),
        "market": _extend(network, places, "buys-from"),
        "site": _extend(network, places, "hosts"),
        "listing": [(step,) for step in _steps(network, instrument, "lists") if whole],
        "counter": _grow(network, answers, _steps_against, ("issued",)),
        "supply": _extend(network, products, "made-by"),
    }
    paths: dict[tuple[Node, str], list[Path]] = defaultdict(list)
    for channel, found in reached.items():
        for path in found:
            paths[path[-1].target, channel].append(path)
    _follow_supply(network, paths, supply_hops)
    return paths


def routes(paths: Iterable[Path]) -> list[list[Path]]:
    """Paths that differ only in the measure they start with, or in the receipt of an edge, put together; best first.

    Example:
        >>> rule, m, n, place = (Node.parse(text) for text in ("instrument:i", "measure:m", "measure:n", "place:P"))
        >>> step, other = Step(m, "x", rule, "does"), Step(n, "y", rule, "does")
        >>> place = (Step(place, "z", m, "scopes"), Step(place, "z", n, "scopes"))
        >>> [len(route) for route in routes([(step, place[0]), (other, place[1])])]
        [2]
    """
    found: dict[tuple[tuple[str, str], ...], list[Path]] = defaultdict(list)
    for path in paths:
        found[tuple((step.kind, step.target) for step in (path[1:] if len(path) > 1 else path))].append(path)
    return list(found.values())


def trades(network: Network, party: Node) -> bool:
    """Whether a party buys or sells goods; a ministry or an association is not reached by where it sits."""
    return any(
        kind.startswith("company-") or kind in ("investor", "university") for kind in network.nodes[party]["types"]
    )


def _follow_supply(network: Network, paths: dict[tuple[Node, str], list[Path]], hops: int) -> None:
    """Go from each party connected through item or listing to its suppliers and customers, on its best path only."""
    frontier: dict[Node, Path] = {}
    for (party, channel), found in sorted(paths.items()):
        if channel in _SUPPLY_FROM:
            best = min(found, key=_order_of_paths(network, channel))
            if party not in frontier or _reach_order(best) < _reach_order(frontier[party]):
                frontier[party] = best
    sources = set(frontier)
    for _ in range(hops):
        fresh: dict[Node, Path] = {}
        for party, path in sorted(frontier.items()):
            passed = {step.source for step in path}
            for step in (*_steps(network, party, "supplies"), *_steps_against(network, party, "supplies")):
                if step.target not in sources and step.target not in passed:
                    longer = (*path, step)
                    paths[step.target, "supply"].append(longer)
                    fresh.setdefault(step.target, longer)
        sources |= set(fresh)
        frontier = fresh


def _steps(network: Network, node: Node, *kinds: str) -> list[Step]:
    """Steps along the edges of some kinds, each once: what stands in two places of the record is one step."""
    return _once(
        Step(target, data["iri"], node, data["kind"], certain=data.get("certain", True))
        for _, target, data in network.out_edges(node, data=True)
        if data["kind"] in kinds
    )


def _steps_against(network: Network, node: Node, *kinds: str) -> list[Step]:
    return _once(
        Step(source, data["iri"], node, data["kind"], against=True, certain=data.get("certain", True))
        for source, _, data in network.in_edges(node, data=True)
        if data["kind"] in kinds
    )


def _once(steps: Iterable[Step]) -> list[Step]:
    return list(dict.fromkeys(steps))


def _grow(
    network: Network, paths: Iterable[Path], steps: Callable[..., list[Step]], kinds: tuple[str, ...]
) -> list[Path]:
    onward: dict[Node, list[Step]] = {}
    grown: list[Path] = []
    for path in paths:
        end = path[-1].target
        if end not in onward:
            onward[end] = steps(network, end, *kinds)
        grown += [(*path, step) for step in onward[end]]
    return grown


def _extend(network: Network, paths: Iterable[Path], *kinds: str) -> list[Path]:
    return _grow(network, paths, _steps, kinds)


def _reach_order(path: Path) -> tuple[bool, int]:
    return not sure(path), len(path)


def ranks_of(channel: str) -> tuple[str, ...]:
    """Kinds of measure in the order in which paths of a channel are told."""
    return _RANKS.get(channel, _LIMIT_FIRST)


def _order_of_paths(network: Network, channel: str) -> Callable[[Path], Any]:
    """Sort key of paths: what surely holds, then the shorter, then what the measure does, as fits the channel."""
    ranks = ranks_of(channel)
    rank_of: dict[Node, int] = {}

    def key(path: Path) -> Any:
        measure = path[0].target
        if measure not in rank_of:
            kinds = network.nodes[measure]["types"]
            rank_of[measure] = min((ranks.index(kind) for kind in kinds if kind in ranks), default=len(ranks))
        # what is caught decides before which measure says so: upper-band items stand before lower-band ones
        return not all(map(_CERTAIN, path)), len(path), rank_of[measure], path[1:], path[0]

    return key


def order(network: Network, effect: Effect) -> tuple[int, float, str]:
    """Sort key of effects: directness of the channel, size (largest first), name."""
    size = effect.magnitude
    largest = 0.0 if size is None else (size.max if size.max is not None else size.min or 0.0)
    return CHANNELS.index(effect.channel), -largest, network.nodes[effect.party]["label"].casefold()


def _magnitude(network: Network, channel: str, paths: list[Path]) -> Magnitude | None:
    match channel:
        case "item":
            return _products(network, paths)
        case "site":
            least = len({path[-1].iri for path in paths if sure(path)})
            return Magnitude(least, len({path[-1].iri for path in paths}), "sites")
        case "market":
            return _market(network, paths)
        case "supply":
            return _share(network, sorted(paths, key=_order_of_paths(network, channel)))
    return None


def _products(network: Network, paths: list[Path]) -> Magnitude:
    """Products caught: at least on sourced numbers and what surely holds, at most when the rest is taken in."""
    caught: dict[str, bool] = {}
    for path in paths:
        catch = next(step for step in path if step.kind == "catches")
        sourced = sure(path) and not edge_data(network, catch).get("estimate", False)
        caught[catch.target] = caught.get(catch.target, False) or sourced
    return Magnitude(sum(caught.values()), len(caught), "products")


def _market(network: Network, paths: list[Path]) -> Magnitude | None:
    """Sum of the shares of the latest period, each row of the source once."""
    shares: dict[str, dict[str, tuple[float | None, float | None]]] = defaultdict(dict)
    for path in paths:
        data = edge_data(network, path[-1])
        if "unit" in data:
            shares[measured(data)][data["iri"]] = (data.get("min"), data.get("max"))
    if not shares:
        return None
    unit = max(shares)
    surely = {path[-1].iri for path in paths if sure(path)}
    lows = [low if iri in surely else 0.0 for iri, (low, _) in shares[unit].items() if low is not None]
    highs = [high for _, high in shares[unit].values() if high is not None]
    return Magnitude(round(sum(lows), 4) if lows else None, round(sum(highs), 4) if highs else None, unit)


def _share(network: Network, paths: list[Path]) -> Magnitude | None:
    for path in paths:
        data = edge_data(network, path[-1])
        if "unit" in data:
            return Magnitude(data.get("min"), data.get("max"), measured(data))
    return None


def edge_data(network: Network, step: Step) -> dict[str, Any]:
    """Attributes of the edge behind a step."""
    source, target = (step.target, step.source) if step.against else (step.source, step.target)
    edges = network.get_edge_data(source, target) or {}
    return next(data for data in edges.values() if data["iri"] == step.iri and data["kind"] == step.kind)
