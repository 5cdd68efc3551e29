"""Cards on who is affected by what, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.analyse.affected import (
    CHANNELS,
    OPERATIVE,
    Effect,
    Path,
    affected,
    instrument_of,
    order,
    reach,
    routes,
)
from dualuse.analyse.missing import missing
from dualuse.answers.captured import captures
from dualuse.answers.paths import cited, name, receipt, size_words, step_row
from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.names import fold
from dualuse.network import Network, frame_of
from dualuse.network.edges import EDGES_QUERY
from dualuse.node import Node
from dualuse.questions.status import status
from dualuse.store.base import value

PARTIES = ("organisation", "place")
GROUPINGS = ("kind", "channel", "place")
"""What affected parties can be counted by."""
_MOST_PATHS = 50
_MOST_ROUTES = 8
_NO_SEAT = "no seat recorded"


def affected_card(
    knowledge: Knowledge,
    as_of: date,
    lens: str,
    *,
    by: Sequence[str] = (),
    party: str | None = None,
    channels: Sequence[str] = (),
    kind: str | None = None,
    supply_hops: int = 1,
    tier: int | None = None,
    group_by: str | None = None,
) -> Card[Any]:
    """Who is affected by instruments, or by which instruments a party is affected.

    Args:
        knowledge: The graph.
        as_of: Day of law.
        lens: ``codified``, ``enforced`` or ``announced``.
        by: Instruments, or single measures, by key or title.
        party: An organisation or a place; then *by* may be empty, which means every instrument.
        channels: Channels to keep; all if empty.
        kind: Kind of party to keep: ``place``, ``company``, or a type of organisation.
        supply_hops: How far supply is followed.
        tier: Keep only paths through a place in this tier on the day.
        group_by: One of ``GROUPINGS``: counts in place of a list.

    Raises:
        UsageError: neither *by* nor *party* was given, or *group_by* is unknown.
        UnknownNameError: a name is not in the graph.
    """
    if not by and party is None:
        raise UsageError("say which measure (--by) or which party (--party)")
    if group_by is not None and group_by not in GROUPINGS:
        raise UsageError(f"cannot count by {group_by!r}; known: {', '.join(GROUPINGS)}")
    network = knowledge.network(as_of=as_of, lens=lens)
    wanted = None if party is None else Node(*knowledge.names.find_any(PARTIES, party))
    asked = list(dict.fromkeys(find_measure(knowledge, given) for given in by))
    sources = asked or [n for n in network if n.kind == "instrument"]
    owned = captures(knowledge, network, sources, as_of, lens)
    effects = [
        effect
        for source in sources
        for effect in (
            *affected(network, source, supply_hops=supply_hops, tier="" if tier is None else str(tier)),
            *(effect for effect in owned.effects if effect.instrument == source and tier is None),
        )
        if (wanted is None or effect.party == wanted)
        and (not channels or effect.channel in channels)
        and (kind is None or _is(network, effect.party, kind))
    ]
    effects.sort(key=lambda effect: order(network, effect))
    keys = [source.key for source in asked]
    gaps = inoperative(knowledge, network, asked)
    if not effects and not gaps:
        gaps = [_not_affected(wanted, keys)]
    rules = owned.receipts if any(effect.channel == "ownership" for effect in effects) else ()
    if not channels or "ownership" in channels:
        gaps += owned.unknown
    several = len(sources) > 1
    answer, views, tables = _listed(network, effects, several=several)
    if group_by is not None:
        answer, views, tables = {"groups": _grouped(network, effects, group_by)}, {}, ("groups",)
        views = {"groups": [_group_view(network, row) for row in answer["groups"]]}
    if not effects and wanted is not None and asked:
        answer["would_take"] = _would_take(knowledge, network, asked, wanted, channels)
        tables = (*tables, "would_take")
    question: dict[str, Any] = {
        "command": "affected",
        "by": keys,
        "party": wanted,
        "channels": list(channels),
        "kind": kind,
        "supply_hops": supply_hops,
    }
    return knowledge.card(
        question=question
        | {key: value for key, value in (("tier", tier), ("group_by", group_by)) if value is not None},
        as_of=as_of,
        lens=lens,
        answer=answer,
        views=views,
        because=unique((*(receipt(network, step) for effect in effects for step in effect.path), *rules)),
        unknown=tuple(gaps),
        query=EDGES_QUERY % {"kind": "…one query per kind of edge", "pattern": "…"},
        tables=tables,
    )


def why_card(
    knowledge: Knowledge, party: str, measure: str, as_of: date, lens: str, *, every: bool = False, supply_hops: int = 1
) -> Card[Any]:
    """The paths by which a measure reaches a party: the shortest routes of each channel, or every path.

    Paths that differ only in the measure they start with, or in the receipt of an edge, are one route: the best is told
    and the others are counted.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    network = knowledge.network(as_of=as_of, lens=lens)
    node = Node(*knowledge.names.find_any(PARTIES, party))
    source = find_measure(knowledge, measure)
    gaps = inoperative(knowledge, network, [source])
    found = {} if gaps or source not in network else reach(network, source, supply_hops=supply_hops)
    receipts: list[Receipt] = []
    if found:
        owned = captures(knowledge, network, [source], as_of, lens)
        caught = [effect for effect in owned.effects if effect.party == node]
        found |= {(effect.party, effect.channel): [effect.path] for effect in caught}
        receipts += owned.receipts if caught else ()
    rows: list[dict[str, Any]] = []
    for channel in CHANNELS:
        paths = found.get((node, channel), [])
        chosen = [(path, len(paths) - 1) for path in paths] if every else _shortest(paths)
        most = _MOST_PATHS if every else _MOST_ROUTES
        for path, others in chosen[:most]:
            told = [cited(network, step) for step in path]
            rows.append({"channel": channel, "path": told, "more_paths": others})
            receipts += [receipt(network, step) for step in path]
        if len(chosen) > most:
            what = "paths" if every else "routes"
            how = "" if every else "; --all lists more"
            cut = len(chosen) - most
            gaps.append(Unknown(f"{cut} more {what} by {channel} are not shown", f"the list is cut at {most}{how}"))
    answer: dict[str, Any] = {"paths": rows}
    tables: tuple[str, ...] = ("paths",)
    key = source.key
    if not rows and not gaps:
        gaps.append(_not_affected(node, [key]))
    if not rows:
        answer["would_take"] = _would_take(knowledge, network, [source], node, ())
        tables = ("paths", "would_take")
    return knowledge.card(
        question={"command": "why", "party": node, "measure": key, "all": every},
        as_of=as_of,
        lens=lens,
        answer=answer,
        views={"paths": [_told(row) for row in rows]},
        because=unique(receipts),
        unknown=tuple(gaps),
        query="",
        tables=tables,
    )


def find_measure(knowledge: Knowledge, given: str) -> Node:
    """Node of the instrument, or of the single measure, that a name means.

    Raises:
        UnknownNameError: it is neither.
    """
    known = knowledge.names.by_kind
    if fold(given) in known.get("measure", {}) and fold(given) not in known.get("instrument", {}):
        return Node("measure", knowledge.names.key("measure", given))
    return Node("instrument", knowledge.names.key("instrument", given))


def inoperative(knowledge: Knowledge, network: Network, sources: Sequence[Node]) -> list[Unknown]:
    """Why instruments affect nobody on the day under the lens; nothing for those that are operative."""
    frame = frame_of(network)
    under = f"under the lens {str(frame.lens)!r} it affects nobody while it is"
    gaps = []
    for instrument, state in dict.fromkeys(_standing(knowledge, network, source) for source in sources):
        if state not in OPERATIVE:
            label = knowledge.names.label(instrument.kind, instrument.key)
            why = f"{under}; see: dualuse status {instrument.key}"
            gaps.append(Unknown(f"{label} is {state} on {frame.as_of}", why))
    return gaps


def _standing(knowledge: Knowledge, network: Network, source: Node) -> tuple[Node, str]:
    """The instrument of a source, in the network on the day or not, and its status."""
    instrument = instrument_of(network, source)
    if instrument.kind == "measure":
        (row,) = knowledge.store.select(f"SELECT ?i WHERE {{ <{instrument.iri}> du:basedOn/eli:is_part_of ?i }}")
        instrument = Node.of(value(row, "i"))
    if instrument in network:
        return instrument, network.nodes[instrument]["status"]
    frame = frame_of(network)
    return instrument, status(knowledge, instrument.key, as_of=frame.as_of, lens=frame.lens).answer.status


def _shortest(paths: Sequence[Path]) -> list[tuple[Path, int]]:
    """Best path of each shortest route, and how many others run along it."""
    found = routes(path for path in paths if len(path) == len(paths[0]))
    return [(route[0], len(route) - 1) for route in found]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A path with one sentence a line."""
    told = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(row["path"], start=1))
    return {"channel": row["channel"], "path": told, "more paths": row["more_paths"]}


def _is(network: Network, party: Node, kind: str) -> bool:
    node = network.nodes[party]
    if kind in ("place", "organisation"):
        return bool(node["kind"] == kind)
    return any(held == kind or held.startswith(f"{kind}-") for held in node["types"])


def _not_affected(party: str | None, instruments: Sequence[str]) -> Unknown:
    who = party or "anybody"
    what = ", ".join(instruments) or "any instrument"
    return Unknown(
        f"no sourced path leads from {what} to {who} on this day",
        "it would take a recorded seat, site, product, supply or listing that joins them; no record is no proof",
    )


def _would_take(
    knowledge: Knowledge, network: Network, sources: Sequence[Node], party: Node, channels: Sequence[str]
) -> list[dict[str, str]]:
    """What would have to be true for a party to be affected, measure by measure."""
    rows = []
    for source in sources:
        several = {"by": source.key} if len(sources) > 1 else {}
        _, state = _standing(knowledge, network, source)
        if state not in OPERATIVE:
            recorded = f"the instrument is {state} on this day under the lens {frame_of(network).lens}"
            needed = "a day and a lens on which it is in force, or effective and not yet due"
            rows.append(several | {"channel": "any", "recorded": recorded, "needed": needed})
        for entry in missing(network, source, party):
            if not channels or entry.channel in channels:
                rows.append(several | {"channel": entry.channel, "recorded": entry.recorded, "needed": entry.needed})
    return rows


_Shown = tuple[dict[str, Any], dict[str, list[dict[str, Any]]], tuple[str, ...]]
# an answer, its views and its tables


def _listed(network: Network, effects: Sequence[Effect], *, several: bool) -> _Shown:
    rows = [_row(network, effect, several=several) for effect in effects]
    views = [_view(network, effect, several=several) for effect in effects]
    return {"affected": rows}, {"affected": views}, ("affected",)


def _grouped(network: Network, effects: Sequence[Effect], group_by: str) -> list[dict[str, Any]]:
    """Affected parties counted by kind, channel or place; most parties first, a party of two kinds in both."""
    members: dict[str, set[str]] = {}
    channels: dict[str, Counter[str]] = {}
    for effect in effects:
        for group in _groups_of(network, effect, group_by):
            members.setdefault(group, set()).add(effect.party)
            channels.setdefault(group, Counter())[effect.channel] += 1
    rows: list[dict[str, Any]] = [
        {
            group_by: group,
            "parties": len(found),
            "effects": channels[group].total(),
            "channels": {channel: channels[group][channel] for channel in CHANNELS if channels[group][channel]},
            "members": sorted(found),
        }
        for group, found in members.items()
    ]
    if group_by == "channel":
        return sorted(rows, key=lambda row: CHANNELS.index(row["channel"]))
    return sorted(rows, key=lambda row: (-row["parties"], row[group_by]))


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


def _group_view(network: Network, row: dict[str, Any]) -> dict[str, Any]:
    shown = dict(row)
    names = [name(network, member) for member in shown.pop("members")[:3]]
    code = shown.get("place")
    if code not in (None, _NO_SEAT):
        shown["place"] = f"{name(network, Node('place', code))} ({code})"
    more = f" and {row['parties'] - 3} more" if row["parties"] > 3 else ""
    return shown | {"for example": f"{', '.join(names)}{more}"}


def _row(network: Network, effect: Effect, *, several: bool) -> dict[str, Any]:
    size = effect.magnitude
    row: dict[str, Any] = {"by": effect.instrument.key} if several else {}
    row |= {
        "party": network.nodes[effect.party]["label"],
        "id": effect.party,
        "kind": network.nodes[effect.party]["kind"],
        "channel": effect.channel,
        "depth": effect.depth,
        "magnitude": None if size is None else {"min": size.min, "max": size.max, "unit": size.unit},
        "path": [step_row(network, step) for step in effect.path],
        "more_paths": effect.more_paths,
    }
    return row


def _view(network: Network, effect: Effect, *, several: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"by": name(network, effect.instrument)} if several else {}
    names = [name(network, step.target) for step in effect.path]
    return row | {
        "party": name(network, effect.party),
        "channel": effect.channel,
        "magnitude": size_words(effect.magnitude),
        "path": " → ".join(names),
        "more paths": effect.more_paths,
    }


__all__ = ["GROUPINGS", "PARTIES", "Path", "affected_card", "find_measure", "inoperative", "why_card"]
