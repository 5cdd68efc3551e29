"""Which places a measure touches, and which sites and supply links of a party lie there.

A place is touched when it is in a group that the measure burdens. Which groups these are is a choice, made in one place
(:func:`burdened_groups`), told with every answer, and open to the reader (``--groups``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dualuse.analyse.connected import NAMING, PLACING, Magnitude, instrument_of
from dualuse.network import Network
from dualuse.node import Node

DENIAL = ("presumption-of-denial", "policy-of-denial")
_APPROVAL = "presumption-of-approval"
_EVERYWHERE = (Node("group", "us-world"), Node("group", "abroad"))
_SCOPING = ("scopes", NAMING)
_REQUIRING = ("licence-requirement", "prohibition")


@dataclass(frozen=True)
class SupplyTouched:
    """Supply links of a party, in one direction, whose other end a measure touches.

    Args:
        direction: ``customers`` or ``suppliers``.
        partners: Nodes of every partner on record.
        touched: Those the measure touches.
        share: Share of the party's own revenue from touched customers, in percent; None where no share is sourced.
    """

    direction: str
    partners: tuple[Node, ...]
    touched: tuple[Node, ...]
    share: Magnitude | None


def burdened_groups(network: Network, by: Node, policies: Mapping[Node, str]) -> tuple[Node, ...]:
    """Groups a measure burdens as destinations: under an allocation or a policy of denial, not approval alone.

    For the January 2025 rule these are the groups behind tiers 2 and 3, not Supplement No. 5, paragraph (a). Where an
    instrument allocates and denies nothing, they are the groups of its licence requirements and prohibitions; where it
    has none of these either, every group it scopes.

    Args:
        policies: Node of a measure -> key of its review policy, where it has one.

    Returns:
        Nodes of groups, and of places that measures name by themselves, sorted; the group of every destination is never
        among them.
    """
    instrument = instrument_of(network, by)
    if instrument not in network:
        return ()
    measures = {m for _, m, data in network.out_edges(instrument, data=True) if data["kind"] == "does"}
    if by != instrument:
        measures &= {by}
    denied = _scoped(network, (m for m in measures if policies.get(m) in DENIAL))
    approved = _scoped(network, (m for m in measures if policies.get(m) == _APPROVAL))
    allocated = _scoped(network, (m for m in measures if "allocation" in network.nodes[m]["types"]))
    required = _scoped(network, (m for m in measures if set(_REQUIRING) & set(network.nodes[m]["types"])))
    burdened = denied | (allocated - approved)
    return tuple(sorted(burdened or required or _scoped(network, measures)))


def members(network: Network, groups: Iterable[Node]) -> frozenset[Node]:
    """Nodes of the places that are surely in some groups on the day."""
    return frozenset(place for place, surely in _placed(network, groups) if surely)


def perhaps_members(network: Network, groups: Collection[Node]) -> frozenset[Node]:
    """Nodes of the places that may or may not be in some groups on the day."""
    return frozenset(place for place, _ in _placed(network, groups)) - members(network, groups)


def _placed(network: Network, groups: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """Places in some groups, with whether they surely are; a place that stands by itself is one."""
    for group in groups:
        if group.kind == "place":
            yield group, True
        for _, place, data in network.out_edges(group, data=True) if group in network else ():
            if data["kind"] in PLACING:
                yield place, data.get("certain", True)


def sites_in(network: Network, party: Node, places: Collection[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...], int]:
    """Places where a party has operating sites: those touched, those that may be, and the number of sites on record.

    Args:
        network: A projection with edges of the kind ``hosts``.

    Returns:
        Node of the place of each site that is surely there and touched, sorted, once per site; of each that may or may
        not be there on the day; and how many sites there are in all.
    """
    if party not in network:
        return (), (), 0
    hosts = [
        (a, data.get("certain", True)) for a, _, data in network.in_edges(party, data=True) if data["kind"] == "hosts"
    ]
    touched = [
        sorted(place for place, surely in hosts if surely is sought and place in places) for sought in (True, False)
    ]
    return tuple(touched[0]), tuple(touched[1]), len(hosts)


def supply_touched(
    network: Network, party: Node, places: Collection[Node], reached: Collection[Node]
) -> list[SupplyTouched]:
    """Suppliers and customers of a party that a measure touches.

    A partner is touched when its seat is in a touched place, or when the measure reaches it through *item* or
    *listing*.

    Args:
        network: A projection with edges of the kinds ``supplies`` and ``seats``.
        reached: Nodes of the parties reached through item or listing.

    Returns:
        Customers, then suppliers; a direction without a partner on record is left out. The share of a customer is of
        the party's revenue: least is the sum over touched customers, greatest is 100 less the sum over the others.

    Source:
        Channel ``supply`` of the ontology. Limits: a partner without a sourced share widens the interval.
    """
    if party not in network:
        return []
    hit = {node for node in network if _seated(network, node, places)} | set(reached)
    found = []
    for direction in ("customers", "suppliers"):
        edges = network.out_edges(party, data=True) if direction == "customers" else network.in_edges(party, data=True)
        links = [(b if direction == "customers" else a, data) for a, b, data in edges if data["kind"] == "supplies"]
        partners = sorted({partner for partner, _ in links})
        if partners:
            share = _share(links, hit) if direction == "customers" else None
            touched = tuple(partner for partner in partners if partner in hit)
            found.append(SupplyTouched(direction, tuple(partners), touched, share))
    return found


def _scoped(network: Network, measures: Iterable[Node]) -> set[Node]:
    edges = (edge for measure in measures for edge in network.out_edges(measure, data=True))
    return {group for _, group, data in edges if data["kind"] in _SCOPING and group not in _EVERYWHERE}


def _seated(network: Network, node: Node, places: Collection[Node]) -> bool:
    return any(place in places for place, _, data in network.in_edges(node, data=True) if data["kind"] == "seats")


def _share(links: list[tuple[Node, dict[str, object]]], hit: Collection[Node]) -> Magnitude | None:
    """Share of revenue from touched customers; each customer once, with the hull of its shares."""
    bounds: dict[Node, list[float]] = {}
    for partner, data in links:
        if data.get("unit") == "supplier-revenue":
            values = [value for value in (data.get("min"), data.get("max")) if isinstance(value, float)]
            bounds.setdefault(partner, []).extend(values)
    known = {partner: values for partner, values in bounds.items() if values}
    if not known:
        return None
    low = sum(min(values) for partner, values in known.items() if partner in hit)
    rest = sum(min(values) for partner, values in known.items() if partner not in hit)
    return Magnitude(round(low, 4), round(max(low, 100 - rest), 4), "percent of its revenue")
