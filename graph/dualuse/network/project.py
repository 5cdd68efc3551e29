"""Read a store into a network on a day and under a lens."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx

from dualuse.card import read_version
from dualuse.law.events import read_all_events
from dualuse.law.groups import read_places
from dualuse.law.status import status
from dualuse.lens import Lens
from dualuse.namespaces import ID, split_thing
from dualuse.network.edges import EDGE_KINDS, EDGES_QUERY, EdgeKind
from dualuse.network.facts import read_facts
from dualuse.network.frame import Frame, set_frame
from dualuse.node import Node
from dualuse.registry import Registry, read_registry
from dualuse.span import Span
from dualuse.store.base import Row, Store, value

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[Node]
else:
    Network = nx.MultiDiGraph

Edge = tuple[Node, Node, dict[str, Any]]

PROJECTIONS: dict[str, frozenset[str]] = {
    "all": frozenset(kind.kind for kind in EDGE_KINDS),
    "law": frozenset(
        {
            *("issued", "amends", "supersedes", "answered-by", "related", "stays", "does", "scopes", "treated-as"),
            *("scopes-headquarters", "controls", "binds", "borne-by", "comprises", "puts-in-tier", "catches"),
        }
    ),
    "supply": frozenset(("supplies", "made-by", "designed-by", "seats", "hosts", "owns")),
    "ownership": frozenset(("owns", "seats")),
    "speech": frozenset(("said", "spoke", "about", "issued", "member-of")),
}
"""Name of a projection -> the edge kinds in it."""

_LABELS = """# Names of every thing.
SELECT ?thing ?predicate ?name WHERE {
  VALUES ?predicate { skos:prefLabel foaf:name dct:title rdfs:label skos:altLabel skos:notation }
  ?thing ?predicate ?name
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/dualuse/id/"))
}"""

_NODES = """# What is known of every thing that stands in an edge.
SELECT ?thing ?confidence ?stance (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources) WHERE {
  ?thing du:confidence ?confidence .
  OPTIONAL { ?thing prov:wasDerivedFrom ?source . ?source a du:SourceDocument }
  OPTIONAL { ?thing du:stance ?stance }
}
GROUP BY ?thing ?confidence ?stance"""

_SEEN = "SELECT ?thing ?day WHERE { ?thing du:observedFrom|du:seenOn ?day }"
_DATED = frozenset(kind.kind for kind in EDGE_KINDS if "?start" in kind.pattern)
"""Edge kinds that hold over a time: without a start, the start is not on record."""


def project(
    store: Store,
    as_of: date,
    lens: str,
    *,
    name: str = "all",
    facts: bool = False,
    all_times: bool = False,
    registry: Registry | None = None,
) -> Network:
    """Project a store to a network.

    Args:
        store: Where to read.
        as_of: Day of law; an edge counts when it holds on the day or may, and says in ``certain`` which of the two.
        lens: ``codified``, ``enforced`` or ``announced``; sets ``status`` of instruments.
        name: A projection of ``PROJECTIONS``.
        facts: Whether nodes carry every recorded fact (for pages; slower).
        all_times: Whether edges that do not hold on the day are kept too (for pages with a time slider); each edge then
            says whether it is ``dated``, and when it was ``seen`` if its start is not on record.
        registry: The sources, if they were read before.

    Returns:
        A ``MultiDiGraph``; nodes and edges in sorted order. Things without an edge in the projection are left out.

    Raises:
        UsageError: no such lens.
    """
    lens = Lens.parse(lens)
    network: Network = nx.MultiDiGraph()
    registry = read_registry(store) if registry is None else registry
    found: list[Edge] = []
    for edge_kind in EDGE_KINDS:
        if edge_kind.kind in PROJECTIONS[name]:
            found.extend(_edges(store, edge_kind, None if all_times else as_of, registry))
    if all_times:
        _date(store, found)
    names = sorted({end for edge in found for end in edge[:2]})
    attributes = _attributes(store, names, as_of, lens, registry)
    recorded = read_facts(store) if facts else {}
    for node in names:
        network.add_node(node, **attributes[node], facts=recorded.get(node.iri, ()))
    for source, target, data in sorted(found, key=lambda edge: (edge[0], edge[1], edge[2]["kind"], edge[2]["iri"])):
        network.add_edge(source, target, **data)
    set_frame(network, Frame(as_of, lens, read_version(store), registry))
    return network


def _date(store: Store, edges: list[Edge]) -> None:
    """Say of each edge whether it holds over a time and, where no start is recorded, when it was seen."""
    seen = {value(row, "thing"): value(row, "day") for row in store.select(_SEEN)}
    for _, _, data in edges:
        data["dated"] = data["kind"] in _DATED
        data["seen"] = "" if data["valid_from"] or not data["dated"] else seen.get(data["iri"], "")


def _edges(store: Store, kind: EdgeKind, as_of: date | None, registry: Registry) -> list[Edge]:
    edges = []
    for row in store.select(EDGES_QUERY % {"kind": kind.kind, "pattern": kind.pattern}):
        holds = as_of is None or Span.of(row, "start", "end").on(as_of)
        if "from" in row and holds is not False:
            data = _edge(kind, row, registry) | ({} if as_of is None else {"certain": holds is True})
            edges.append((Node.of(value(row, "from")), Node.of(value(row, "to")), data))
    return edges


def _edge(kind: EdgeKind, row: Row, registry: Registry) -> dict[str, Any]:
    confidence = value(row, "confidence")
    data: dict[str, Any] = {
        "kind": kind.kind,
        "channel": kind.channel,
        "label": kind.label,
        "text": value(row, "text"),
        "valid_from": value(row, "start"),
        "valid_to": value(row, "end"),
        "confidence": split_thing(confidence)[1] if confidence else "",
        "iri": value(row, "behind"),
        "provision": value(row, "citation"),
        "sources": registry.ordered(value(row, "sources").split()),
    }
    if value(row, "estimate") == "true":
        data["estimate"] = True
    for bound in ("min", "max"):
        if bound in row:
            data[bound] = float(value(row, bound))
    if "unit" in row and ("min" in data or "max" in data):
        data["unit"] = value(row, "unit")
    return data


def _attributes(
    store: Store, names: list[Node], as_of: date, lens: str, registry: Registry
) -> dict[Node, dict[str, Any]]:
    wanted = set(names)
    attributes: dict[Node, dict[str, Any]] = {
        name: {
            "kind": name.kind,
            "label": name.key,
            "label_zh_hant": "",
            "label_zh_hans": "",
            "aliases": (),
            "iri": name.iri,
            "tier": "",
            "confidence": "",
            "stance": "",
            "status": "",
            "types": (),
            "sources": (),
        }
        for name in names
    }
    _label(store, wanted, attributes)
    for row in store.select(_NODES):
        name = Node.of(value(row, "thing"))
        if name in wanted:
            sources = registry.ordered(value(row, "sources").split())
            attributes[name].update(confidence=split_thing(value(row, "confidence"))[1], sources=sources)
            if "stance" in row:
                attributes[name]["stance"] = split_thing(value(row, "stance"))[1]
    _type(store, wanted, attributes)
    places = read_places(store, registry)
    known_on = read_version(store).known_on
    events = read_all_events(store, registry)
    kinds = {
        split_thing(value(row, "i"))[1]: split_thing(value(row, "k"))[1]
        for row in store.select("SELECT ?i ?k WHERE { ?i du:instrumentKind ?k }")
    }
    for name in names:
        if name.kind == "place":
            attributes[name]["tier"] = str(places.tier_word(name.key, as_of) or "")
        elif name.kind == "instrument":
            key = name.key
            answer = status(events.get(key, []), as_of, lens, known_on=known_on, kind=kinds.get(key, ""))
            attributes[name]["status"] = answer.status
    return attributes


def _type(store: Store, wanted: set[Node], attributes: dict[Node, dict[str, Any]]) -> None:
    types: dict[Node, set[str]] = defaultdict(set)
    for row in store.select("SELECT ?thing ?type WHERE { ?thing du:organisationType|du:measureKind ?type }"):
        types[Node.of(value(row, "thing"))].add(split_thing(value(row, "type"))[1])
    for name, found in types.items():
        if name in wanted:
            attributes[name]["types"] = tuple(sorted(found))


def _label(store: Store, wanted: set[Node], attributes: dict[Node, dict[str, Any]]) -> None:
    aliases: dict[Node, set[str]] = defaultdict(set)
    ranks: dict[Node, int] = {}
    codes: dict[Node, str] = {}
    order = ("rdfs:label", "dct:title", "foaf:name", "skos:prefLabel")
    for row in store.select(_LABELS):
        iri = value(row, "thing")
        if not iri.startswith(ID) or (name := Node.of(iri)) not in wanted:
            continue
        predicate = value(row, "predicate")
        text, language = value(row, "name"), getattr(row["name"], "language", None)
        rank = next((i for i, p in enumerate(order) if predicate.endswith(p.split(":")[1])), -1)
        if language is not None and language.lower() in ("zh-hant", "zh-hans"):  # Oxigraph lowers language tags
            slot = f"label_{language.lower().replace('-', '_')}"
            attributes[name][slot] = attributes[name][slot] or text
        elif rank > ranks.get(name, -1) and language == "en":
            ranks[name] = rank
            attributes[name]["label"] = text
        if rank == -1:
            aliases[name].add(text)
        if name.kind == "item" and predicate.endswith("notation"):
            codes[name] = text
    for name, found in aliases.items():
        attributes[name]["aliases"] = tuple(sorted(found))
    for name, code in codes.items():
        attributes[name]["label"] = f"{code} {attributes[name]['label']}"
