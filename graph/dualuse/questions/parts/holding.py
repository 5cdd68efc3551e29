"""The stakes that lead to a party, of the graph or of a file, solved: shares through all chains, and control."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from dualuse.card import Receipt, Unknown
from dualuse.errors import UnknownNameError, UsageError
from dualuse.ownership.control import Controller, controllers
from dualuse.ownership.graph import read_holdings
from dualuse.ownership.integrated import Stakes, integrated, stakes_above
from dualuse.ownership.matching import match
from dualuse.ownership.read import read_edges
from dualuse.ownership.shares import HUNDRED, SCALE, percent
from dualuse.ownership.spelling import UNNAMED
from dualuse.questions.parts.amounts import Interval, interval
from dualuse.questions.parts.holder import Holder
from dualuse.questions.parts.stakes import known_names
from dualuse.said import phrase

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.ownership.book import Table
_MOST_ROWS = 1_000_000
_MOST_OWNERS = 2_000
_CONTROL = {"captured": "controls", "possible": "may-control"}
_ULTIMATE = {"yes": "ultimate", "possible": "may-be-ultimate", "circle": "circle", "no": "no"}
_ORDER = (*_ULTIMATE.values(), None)


@dataclass(frozen=True)
class Above:
    """What stands above a party."""

    party: str
    rows: list[Holder]
    receipts: list[Receipt]
    unknown: list[Unknown]


def above(knowledge: Knowledge, party: str, edges: Path | None, day: date) -> Above:
    """Who holds a party on a day.

    Raises:
        UsageError: a file cannot be read, or too many stakes lead to the party.
        UnknownNameError: the party is not known.
    """
    if edges is None:
        key = knowledge.names.key("organisation", party)
        held = read_holdings(knowledge.store, day, [key], knowledge.registry)
        stakes = stakes_above(held.table, key)
        receipts = [held.receipts[int(held.table.place[data["origin"]])] for _, _, data in _sorted(stakes)]
        labels = {owner: knowledge.names.label("organisation", owner) for owner in stakes}
        gaps = [Unknown(phrase("held.dates", n=held.undated), phrase("held.every_day"))]
        return Above(key, _rows(stakes, key, labels), receipts, [*(gaps if held.undated else ()), *_gaps(stakes, ())])
    table = read_edges(edges, day)
    if len(table.owner) > _MOST_ROWS:
        raise UsageError(f"{edges}: more than {_MOST_ROWS:,} holdings; cut it down to those above the party")
    matched = match(table, [], known_names(knowledge), [party])
    name = matched.called.get(party, party)
    try:
        stakes = stakes_above(matched.table, name)
    except KeyError:
        raise UnknownNameError(f"no party {party!r} in {edges}") from None
    told = [_of_file(matched.table, edges.name, *edge) for edge in _sorted(stakes)]
    slips = [pair for pair in matched.maybe if {*pair} & {*stakes}]
    return Above(name, _rows(stakes, name, {}), [each for each in told if each], _gaps(stakes, slips))


def _sorted(stakes: Stakes) -> list[tuple[Any, Any, dict[str, Any]]]:
    return sorted(stakes.edges(data=True), key=lambda edge: edge[:2])


def _of_file(table: Table, file: str, owner: str, owned: str, data: Mapping[str, Any]) -> Receipt | None:
    """The source that a row of a file names for a stake."""
    source = int(table.source[data["origin"]]) if len(table.source) else -1
    if source < 0:
        return None
    share = interval(percent(data["low"]), percent(data["high"]))
    where = f"{file} row {int(table.place[data['origin']])}"
    return Receipt("", f"{owner} holds {share} % of {owned}", where, table.sources[source], "unrated")


def _rows(stakes: Stakes, party: str, labels: Mapping[str, str]) -> list[Holder]:
    if (owners := len(stakes) - 1) > _MOST_OWNERS:
        raise UsageError(f"{owners:,} owners stand above {party}; at most {_MOST_OWNERS:,} are solved exactly")
    control = {each.party: each for each in controllers(stakes, party)}
    rows = [_row(stakes, owner, party, labels, control.get(owner)) for owner in sorted({*stakes} - {party, UNNAMED})]
    shown = [row for row in rows if row.share.max]
    return sorted(shown, key=lambda row: (_ORDER.index(row.ultimate), -row.share.min, -row.share.max, row.owner))


def _row(stakes: Stakes, owner: str, party: str, labels: Mapping[str, str], control: Controller | None) -> Holder:
    low, high = integrated(stakes, owner, [UNNAMED] if UNNAMED in stakes else []).get(party, (Fraction(0),) * 2)
    direct = stakes.get_edge_data(owner, party, {"low": 0, "high": 0})
    return Holder(
        owner=owner,
        name=labels.get(owner),
        direct=Interval(percent(direct["low"]), percent(direct["high"])),
        share=Interval(
            math.floor(low * HUNDRED * SCALE) / SCALE,
            math.ceil(high * HUNDRED * SCALE) / SCALE,
        ),
        control="no" if control is None else _CONTROL[control.result],
        ultimate=None if control is None else _ULTIMATE[control.ultimate],
        along=[labels.get(step, step) for step in nx.shortest_path(stakes, owner, party)],
    )


def _gaps(stakes: Stakes, slips: object) -> list[Unknown]:
    """What the shares leave open."""
    gaps = []
    if UNNAMED in stakes:
        gaps.append(Unknown(phrase("held.nameless"), phrase("held.any_of")))
    if slips:
        gaps.append(Unknown(phrase("held.slips"), phrase("held.as_several")))
    gaps.append(Unknown(phrase("held.unrecorded"), phrase("held.hold_rest")))
    gaps.append(Unknown(phrase("held.votes"), phrase("held.shares_votes")))
    return gaps
