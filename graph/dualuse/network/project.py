"""Read a store into a network on a day and under a lens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from dualuse.card import read_version
from dualuse.law.events import read_all_events, read_kinds
from dualuse.law.groups import Places, read_places
from dualuse.law.status import status
from dualuse.lens import Lens
from dualuse.model.law import Event
from dualuse.network.edges import EDGE_KINDS
from dualuse.network.facts import read_facts
from dualuse.network.frame import Frame, set_frame
from dualuse.network.links import Links, read_links
from dualuse.network.web import Edge, Web
from dualuse.node import Node
from dualuse.registry import Registry, read_registry
from dualuse.span import Span
from dualuse.store.base import Store

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[Node]
else:
    Network = Any  # networkx is imported by who makes one

PROJECTIONS: dict[str, frozenset[str]] = {
    "all": frozenset(kind.kind for kind in EDGE_KINDS),
    "law": frozenset(
        {
            *("issued", "amends", "supersedes", "answered-by", "related", "stays", "does", "scopes", "treated-as"),
            *("names-place", "scopes-headquarters", "controls", "binds", "borne-by", "comprises", "puts-in-tier"),
            *("catches", "addresses"),
        }
    ),
    "supply": frozenset(("supplies", "made-by", "designed-by", "seats", "hosts", "owns")),
    "ownership": frozenset(("owns", "seats")),
    "speech": frozenset(("said", "spoke", "about", "issued", "member-of")),
}
"""Name of a projection -> the edge kinds in it."""


def project(
    store: Store,
    as_of: date,
    lens: str,
    *,
    name: str = "all",
    facts: bool = False,
    all_times: bool = False,
    places: Places | None = None,
    links: Links | None = None,
) -> Network:
    """Project a store to a network.

    Args:
        as_of: Day of law; an edge counts when it holds on the day or may, and says in ``certain`` which of the two.
        lens: ``codified``, ``enforced`` or ``announced``; sets ``status`` of instruments.
        name: A projection of ``PROJECTIONS``.
        facts: Whether nodes carry every recorded fact (for pages; slower).
        all_times: Whether edges that do not hold on the day are kept too (for pages with a time slider); each edge then
            says whether it is ``dated``, and when it was ``seen`` if its start is not on record.
        places: The places with the registry of sources, if they were read before.
        links: What is linked with what, if it was read before.

    Returns:
        A ``MultiDiGraph``; nodes and edges in sorted order. Things without an edge in the projection are left out.

    Raises:
        UsageError: no such lens.
    """
    import networkx as nx

    places = read_places(store) if places is None else places
    frame = _frame(store, as_of, lens, places.registry)
    links = read_links(store, frame.sources) if links is None else links
    edges = [edge for edge in links.edges if edge[2]["kind"] in PROJECTIONS[name]]
    edges = _of_all_times(edges) if all_times else _on(edges, as_of)
    names = sorted({end for edge in edges for end in edge[:2]})
    recorded = read_facts(store, names) if facts else {}
    law = _tiers(places, as_of) | _statuses(store, names, read_all_events(store), frame)
    network: Network = nx.MultiDiGraph()
    network.add_nodes_from(
        (node, links.things[node] | law.get(node, {}) | {"facts": recorded.get(node.iri, ())}) for node in names
    )
    network.add_edges_from(edges)
    set_frame(network, replace(frame, projection=name, all_times=all_times))
    return network


def walkable(
    store: Store,
    as_of: date,
    lens: str,
    judged: Collection[Node],
    *,
    registry: Registry | None = None,
    links: Links | None = None,
) -> Network:
    """The whole network for who walks it from some measures: no networkx, and the law is asked of these alone.

    Args:
        lens: As for :func:`project`.
        judged: Instruments, or measures of some; no other instrument has a ``status``, and no place a ``tier``.
        registry: The sources, if they were read before.
        links: What is linked with what, if it was read before.

    Returns:
        What :func:`project` gives, as far as :class:`~dualuse.network.web.Web` can be asked.
    """
    frame = _frame(store, as_of, lens, registry)
    links = read_links(store, frame.sources) if links is None else links
    edges = _on(links.edges, as_of)
    asked = {*judged, *(source for source, target, data in edges if data["kind"] == "does" and target in judged)}
    events = read_all_events(store, [node.key for node in asked if node.kind == "instrument"])
    law = _statuses(store, asked, events, frame)
    names = sorted({end for edge in edges for end in edge[:2]})
    network = cast("Network", Web(((node, links.things[node] | law.get(node, {})) for node in names), edges))
    set_frame(network, frame)
    return network


def _frame(store: Store, as_of: date, lens: str, registry: Registry | None) -> Frame:
    return Frame(as_of, Lens.parse(lens), read_version(store), read_registry(store) if registry is None else registry)


def _on(edges: Iterable[Edge], day: date) -> list[Edge]:
    """Edges that hold on a day, or may; each says which of the two."""
    found = []
    spans: dict[tuple[str, str], bool | None] = {}
    for source, target, data in edges:
        bounds = data["valid_from"], data["valid_to"]
        if bounds not in spans:
            spans[bounds] = Span.written(*bounds).on(day)
        if spans[bounds] is not False:
            found.append((source, target, data | {"certain": spans[bounds] is True}))
    return found


def _of_all_times(edges: list[Edge]) -> list[Edge]:
    """Edges of all times; of one that holds over a time and has no start on record, ``seen`` says when it was seen."""
    return [
        (source, target, data | {"seen": "" if data["valid_from"] or not data["dated"] else data["seen"]})
        for source, target, data in edges
    ]


def _tiers(places: Places, day: date) -> dict[Node, dict[str, str]]:
    return {Node("place", key): {"tier": str(places.tier_word(key, day) or "")} for key in places.tiers}


def _statuses(
    store: Store, nodes: Iterable[Node], events: Mapping[str, list[Event]], frame: Frame
) -> dict[Node, dict[str, str]]:
    kinds = read_kinds(store)
    day, known_on = frame.as_of, frame.dataset.known_on
    found = {}
    for node in nodes:
        if node.kind == "instrument":
            kind = kinds.get(node.key, "")
            answer = status(events.get(node.key, []), day, frame.lens, known_on=known_on, kind=kind)
            found[node] = {"status": answer.status}
    return found
