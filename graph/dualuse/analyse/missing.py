"""Why an instrument does not reach a party: what is on record, and what would have to be true for it to be reached.

It says what the graph lacks, channel by channel. It does not say that the missing fact is likely, and a fact nobody
recorded is no proof that it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualuse.analyse.connected import NAMING, PLACING, instrument_of, trades
from dualuse.network import Network
from dualuse.node import Node

_SHOWN = 4


@dataclass(frozen=True)
class Missing:
    """What stands between an instrument and a party through one channel.

    Args:
        channel: The channel.
        recorded: What is on record, in a sentence.
        needed: What would have to be true.
    """

    channel: str
    recorded: str
    needed: str


def missing(network: Network, by: Node, party: Node) -> list[Missing]:
    """What keeps a party from being connected, for each channel that could lead to it.

    Args:
        network: A projection of the whole graph on a day and under a lens.
        by: Node of an instrument or of a measure.
        party: Node of an organisation or a place; it may be absent from the network.

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
        Missing("listing", "the measure's instrument does not list it", "an entry for it on a list of this instrument"),
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


def _names(network: Network, nodes: set[Node]) -> str:
    labels = sorted(str(network.nodes[node]["label"]) for node in nodes if node in network)
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return f"{', '.join(labels[:_SHOWN])}{more}" if labels else "nothing"


def _destination(network: Network, groups: set[Node], party: Node) -> Missing:
    own = _into(network, party, *PLACING)
    recorded = f"it is in {_names(network, own)}; the measure scopes {_names(network, groups)}"
    return Missing("destination", recorded, f"membership in one of: {_names(network, groups)}")


def _headquarters(network: Network, groups: set[Node], party: Node) -> Missing | None:
    seats = _into(network, party, "seats")
    if groups and seats & _out(network, groups, *PLACING):
        if trades(network, party):
            return None
        return Missing("headquarters", "its seat is in scope, but it neither buys nor sells", "that it trades in goods")
    if not groups:
        return Missing("headquarters", "the measure looks at no headquarters", "a paragraph that scopes headquarters")
    place = f"its seat is in {_names(network, seats)}" if seats else "no seat is recorded"
    return Missing("headquarters", place, f"a seat in {_names(network, groups)}")


def _duty(network: Network, measures: set[Node], party: Node) -> Missing | None:
    bearers = _out(network, measures, "binds")
    if party in _out(network, bearers, "borne-by"):
        return None
    return Missing(
        "duty", f"it is recorded as none of: {_names(network, bearers)}", "that it acts in one of these roles"
    )


def _item(network: Network, measures: set[Node], party: Node) -> Missing | None:
    items = _out(network, measures, "controls")
    caught = _out(network, items, "catches")
    designed = _into(network, party, "designed-by")
    if designed & caught:
        return None
    recorded = f"{_names(network, designed)}: not caught" if designed else "no product of its own is recorded"
    return Missing("item", recorded, f"a product within the thresholds of {_names(network, items)}")


def _market(network: Network, groups: set[Node], party: Node) -> Missing | None:
    markets = _into(network, party, "buys-from")
    if markets & _places(network, groups):
        return None
    recorded = f"revenue from {_names(network, markets)}" if markets else "no revenue by place is recorded"
    return Missing("market", recorded, f"sourced revenue from {_names(network, groups)}")


def _supply(network: Network, party: Node) -> Missing:
    partners = (_out(network, {party}, "supplies") | _into(network, party, "supplies", "made-by")) - {party}
    recorded = f"it deals with {_names(network, partners)}" if partners else "no supplier or customer is recorded"
    return Missing("supply", recorded, "a supply link to a party reached through item or listing")


def _site(network: Network, groups: set[Node], party: Node) -> Missing | None:
    sites = _into(network, party, "hosts")
    if sites & _places(network, groups):
        return None
    recorded = f"sites in {_names(network, sites)}" if sites else "no site is recorded"
    return Missing("site", recorded, f"an operating site in {_names(network, groups)}")
