"""Why an instrument does not reach a party: what is on record, and what would have to be true for it to be reached.

It says what the graph lacks, channel by channel. It does not say that the missing fact is likely, and a fact nobody
recorded is no proof that it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualuse.analyse.connected import NAMING, PLACING, instrument_of, trades
from dualuse.network import Network
from dualuse.network.web import name
from dualuse.node import Node
from dualuse.said import Phrase, phrase

_SHOWN = 4


@dataclass(frozen=True)
class Missing:
    """What stands between an instrument and a party through one channel.

    Args:
        recorded: What is on record, in a sentence.
        needed: What would have to be true.
    """

    channel: str
    recorded: str
    needed: str


def missing(network: Network, by: Node, party: Node) -> list[Missing]:
    """What keeps a party from being connected, for each channel that could lead to it.

    Returns:
        One entry per channel through which nothing leads there, the most direct first. Sorted names within sentences.

    Source:
        The edges of the network, channel by channel. Limits: one missing fact a channel; combinations are not sought.
    """
    measures = _measures(network, by)
    groups = _out(network, measures, "scopes", NAMING)
    if party.kind == "place":
        return [_destination(network, groups, party)]
    seats = _out(network, measures, "scopes-headquarters")
    found = [
        _headquarters(network, seats, party),
        _duty(network, measures, party),
        _item(network, measures, party),
        _market(network, groups, party),
        _supply(network, party),
        _site(network, groups, party),
        _lacks("listing", "not_listed", "entry"),
    ]
    return [entry for entry in found if entry is not None]


def _measures(network: Network, by: Node) -> set[Node]:
    if by != instrument_of(network, by):
        return {by}
    return _out(network, {by}, "does") if by in network else set()


def _out(network: Network, nodes: set[Node], *kinds: str) -> set[Node]:
    return {
        b
        for node in nodes
        if node in network
        for _, b, data in network.out_edges(node, data=True)
        if data["kind"] in kinds
    }


def _places(network: Network, scope: set[Node]) -> set[Node]:
    """Places of groups, and those that a measure names by themselves."""
    return _out(network, scope, *PLACING) | {node for node in scope if node.kind == "place"}


def _into(network: Network, node: Node, *kinds: str) -> set[Node]:
    if node not in network:
        return set()
    return {source for source, _, data in network.in_edges(node, data=True) if data["kind"] in kinds}


def _names(network: Network, nodes: set[Node]) -> Phrase:
    """The first names by the alphabet, and how many more there are."""
    names = sorted(name(network, node) for node in nodes if node in network)
    if not names:
        return phrase("missing.nothing")
    told = Phrase.listed(names[:_SHOWN])
    return phrase("amount.and_more", names=told, n=len(names) - _SHOWN) if len(names) > _SHOWN else told


def _lacks(channel: str, recorded: str, needed: str, **parts: Phrase) -> Missing:
    """What stands between, by the names of two texts."""
    return Missing(channel, phrase(f"missing.{recorded}", **parts), phrase(f"missing.{needed}", **parts))


def _destination(network: Network, groups: set[Node], party: Node) -> Missing:
    own, scoped = _names(network, _into(network, party, *PLACING)), _names(network, groups)
    return _lacks("destination", "in_groups", "membership", own=own, scoped=scoped)


def _headquarters(network: Network, groups: set[Node], party: Node) -> Missing | None:
    seats = _into(network, party, "seats")
    if groups and seats & _out(network, groups, *PLACING):
        return None if trades(network, party) else _lacks("headquarters", "no_trade", "trade")
    if not groups:
        return _lacks("headquarters", "no_headquarters", "paragraph")
    parts = {"seats": _names(network, seats), "scoped": _names(network, groups)}
    return _lacks("headquarters", "seat" if seats else "no_seat", "seat_in", **parts)


def _duty(network: Network, measures: set[Node], party: Node) -> Missing | None:
    bearers = _out(network, measures, "binds")
    if party in _out(network, bearers, "borne-by"):
        return None
    return _lacks("duty", "no_role", "role", roles=_names(network, bearers))


def _item(network: Network, measures: set[Node], party: Node) -> Missing | None:
    items = _out(network, measures, "controls")
    caught = _out(network, items, "catches")
    designed = _into(network, party, "designed-by")
    if designed & caught:
        return None
    parts = {"products": _names(network, designed), "items": _names(network, items)}
    return _lacks("item", "not_caught" if designed else "no_product", "product", **parts)


def _market(network: Network, groups: set[Node], party: Node) -> Missing | None:
    markets = _into(network, party, "buys-from")
    if markets & _places(network, groups):
        return None
    parts = {"markets": _names(network, markets), "scoped": _names(network, groups)}
    return _lacks("market", "revenue" if markets else "no_revenue", "revenue_from", **parts)


def _supply(network: Network, party: Node) -> Missing:
    partners = (_out(network, {party}, "supplies") | _into(network, party, "supplies", "made-by")) - {party}
    return _lacks("supply", "deals" if partners else "no_partner", "link", partners=_names(network, partners))


def _site(network: Network, groups: set[Node], party: Node) -> Missing | None:
    sites = _into(network, party, "hosts")
    if sites & _places(network, groups):
        return None
    parts = {"sites": _names(network, sites), "scoped": _names(network, groups)}
    return _lacks("site", "sites" if sites else "no_site", "site_in", **parts)
