"""Cards on who is affected by what, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dualuse.analyse.affected import CHANNELS, OPERATIVE, Effect, Magnitude, Path, Step, affected, edge_data, reach
from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.network import Network
from dualuse.network.edges import EDGES_QUERY

PARTIES = ("organisation", "place")
_MOST_PATHS = 50


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
) -> Card:
    """Who is affected by instruments, or by which instruments a party is affected.

    Args:
        knowledge: The graph.
        as_of: Day of law.
        lens: ``codified``, ``enforced`` or ``announced``.
        by: Instruments by key or title.
        party: An organisation or a place; then *by* may be empty, which means every instrument.
        channels: Channels to keep; all if empty.
        kind: Kind of party to keep: ``place``, ``company``, or a type of organisation.
        supply_hops: How far supply is followed.

    Raises:
        UsageError: neither *by* nor *party* was given.
        UnknownNameError: a name is not in the graph.
    """
    if not by and party is None:
        raise UsageError("say which measure (--by) or which party (--party)")
    network = knowledge.network(as_of=as_of, lens=lens)
    wanted = None if party is None else ":".join(knowledge.names.find_any(PARTIES, party))
    keys = [knowledge.names.key("instrument", name) for name in by]
    instruments = [f"instrument:{key}" for key in keys] or [n for n in network if n.startswith("instrument:")]
    effects = [
        effect
        for instrument in instruments
        for effect in affected(network, instrument, supply_hops=supply_hops)
        if (wanted is None or effect.party == wanted)
        and (not channels or effect.channel in channels)
        and (kind is None or _is(network, effect.party, kind))
    ]
    effects.sort(key=lambda e: CHANNELS.index(e.channel))
    gaps = _inoperative(network, [f"instrument:{key}" for key in keys], lens)
    if not effects and not gaps:
        gaps = [_not_affected(wanted, keys)]
    rows = [_row(network, effect, several=len(instruments) > 1) for effect in effects]
    return Card(
        question={
            "command": "affected",
            "by": keys,
            "party": wanted,
            "channels": list(channels),
            "kind": kind,
            "supply_hops": supply_hops,
        },
        as_of=as_of,
        lens=lens,
        answer={"affected": rows},
        views={"affected": [_view(network, effect, several=len(instruments) > 1) for effect in effects]},
        because=unique(_receipt(network, step) for effect in effects for step in effect.path),
        unknown=tuple(gaps),
        query=EDGES_QUERY % {"kind": "…one query per kind of edge", "pattern": "…"},
        dataset=knowledge.version,
        tables=("affected",),
    )


def why_card(
    knowledge: Knowledge, party: str, measure: str, as_of: date, lens: str, *, every: bool = False, supply_hops: int = 1
) -> Card:
    """The paths by which a measure reaches a party: the shortest of each channel, or every one.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    network = knowledge.network(as_of=as_of, lens=lens)
    node = ":".join(knowledge.names.find_any(PARTIES, party))
    key = knowledge.names.key("instrument", measure)
    instrument = f"instrument:{key}"
    gaps = _inoperative(network, [instrument], lens)
    found = {} if gaps or instrument not in network else reach(network, instrument, supply_hops=supply_hops)
    rows: list[dict[str, Any]] = []
    receipts: list[Receipt] = []
    for channel in CHANNELS:
        paths = found.get((node, channel), [])
        shortest = [path for path in paths if len(path) == len(paths[0])]
        chosen = paths if every else shortest[:1]
        for path in chosen[:_MOST_PATHS]:
            rows.append(
                {
                    "channel": channel,
                    "path": [_cited(network, step) for step in path],
                    "more_paths": len(paths) - 1,
                }
            )
            receipts += [_receipt(network, step) for step in path]
        if len(chosen) > _MOST_PATHS:
            cut = len(chosen) - _MOST_PATHS
            gaps.append(Unknown(f"{cut} more paths by {channel} are not shown", f"the list is cut at {_MOST_PATHS}"))
    if not rows and not gaps:
        gaps.append(_not_affected(node, [key]))
    return Card(
        question={"command": "why", "party": node, "measure": key, "all": every},
        as_of=as_of,
        lens=lens,
        answer={"paths": rows},
        views={"paths": [_told(row) for row in rows]},
        because=unique(receipts),
        unknown=tuple(gaps),
        query="",
        dataset=knowledge.version,
        tables=("paths",),
    )


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A path with one sentence a line."""
    told = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(row["path"], start=1))
    return {"channel": row["channel"], "path": told, "more paths": row["more_paths"]}


def _is(network: Network, party: str, kind: str) -> bool:
    node = network.nodes[party]
    if kind in ("place", "organisation"):
        return bool(node["kind"] == kind)
    return any(name == kind or name.startswith(f"{kind}-") for name in node["types"])


def _inoperative(network: Network, instruments: Sequence[str], lens: str) -> list[Unknown]:
    gaps = []
    for instrument in instruments:
        state = network.nodes[instrument]["status"] if instrument in network else "unknown"
        if state not in OPERATIVE:
            label = network.nodes[instrument]["label"] if instrument in network else instrument
            why = f"under the lens {lens!r} it affects nobody while it is; see: dualuse status {instrument[11:]}"
            gaps.append(Unknown(f"{label} is {state} on {network.graph['as_of']}", why))
    return gaps


def _not_affected(party: str | None, instruments: Sequence[str]) -> Unknown:
    who = party or "anybody"
    what = ", ".join(instruments) or "any instrument"
    return Unknown(
        f"no sourced path leads from {what} to {who} on this day",
        "it would take a recorded seat, site, product, supply or listing that joins them; no record is no proof",
    )


def _row(network: Network, effect: Effect, *, several: bool) -> dict[str, Any]:
    size = effect.magnitude
    row: dict[str, Any] = {"by": effect.instrument.partition(":")[2]} if several else {}
    row |= {
        "party": network.nodes[effect.party]["label"],
        "id": effect.party,
        "kind": network.nodes[effect.party]["kind"],
        "channel": effect.channel,
        "depth": effect.depth,
        "magnitude": None if size is None else {"min": size.min, "max": size.max, "unit": size.unit},
        "path": [_step(network, step) for step in effect.path],
        "more_paths": effect.more_paths,
    }
    return row


def _view(network: Network, effect: Effect, *, several: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"by": _name(network, effect.instrument)} if several else {}
    names = [_name(network, step.target) for step in effect.path]
    return row | {
        "party": _name(network, effect.party),
        "channel": effect.channel,
        "magnitude": _size(effect.magnitude),
        "path": " → ".join(names),
        "more paths": effect.more_paths,
    }


def _size(magnitude: Magnitude | None) -> str:
    if magnitude is None:
        return ""
    low = "?" if magnitude.min is None else f"{magnitude.min:g}"
    high = "?" if magnitude.max is None else f"{magnitude.max:g}"
    return f"{low if low == high else f'{low} to {high}'} {magnitude.unit}"


def _step(network: Network, step: Step) -> dict[str, str]:
    data = edge_data(network, step)
    return {"from": step.source, "edge": step.kind, "to": step.target, "source": _address(network, data)}


def _address(network: Network, data: dict[str, Any]) -> str:
    registry = network.graph["sources"]
    for key in data["sources"]:
        if registry[key]["url"]:
            return str(registry[key]["url"])
    return f"https://w3id.org/dualuse/id/source/{data['sources'][0]}" if data["sources"] else str(data["iri"])


def _sentence(network: Network, step: Step) -> str:
    source, target = (step.target, step.source) if step.against else (step.source, step.target)
    return f"{_name(network, source)} {edge_data(network, step)['label']} {_name(network, target)}"


def _cited(network: Network, step: Step) -> str:
    provision = edge_data(network, step)["provision"]
    return f"{_sentence(network, step)} [{provision}]" if provision else _sentence(network, step)


def _name(network: Network, node: str) -> str:
    return str(network.nodes[node]["label"])


def _receipt(network: Network, step: Step) -> Receipt:
    data = edge_data(network, step)
    return Receipt(
        str(data["iri"]),
        _sentence(network, step),
        str(data["provision"]),
        _address(network, data),
        str(data["confidence"]),
    )


__all__ = ["PARTIES", "Path", "affected_card", "why_card"]
