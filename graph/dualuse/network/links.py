"""What is linked with what, whatever the day: read from the graph when it is built, and kept beside it.

What a store keeps is named by the code and the queries that made it, so that what others made is not taken; then, as in
a store that keeps nothing, the graph itself is asked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dualuse.kept import name_of
from dualuse.namespaces import ID, split_thing
from dualuse.network.edges import EDGE_KINDS, EDGES_QUERY, EdgeKind
from dualuse.network.web import Edge
from dualuse.node import Node
from dualuse.registry import Registry
from dualuse.store.base import Row, Store, value

_MADE_BY = ("dualuse.network.edges", "dualuse.network.links")
_LISTS = ("aliases", "sources", "types")
"""Attributes that hold several values, which JSON knows only as lists."""

_LABELS = """# Names of every thing.
SELECT ?thing ?predicate ?name WHERE {
  VALUES ?predicate { rdfs:label skos:altLabel skos:notation }
  ?thing ?predicate ?name
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/dualuse/id/"))
}"""
_TRANSLATED = """# Translations of English names of things.
SELECT ?english ?name WHERE {
  ?any du:wording ?english, ?name .
  ?thing rdfs:label ?english
  FILTER(LANG(?english) = "en" && LANG(?name) != "en")
}"""

_NODES = """# What is known of every thing that stands in an edge.
SELECT ?thing ?confidence ?stance (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources) WHERE {
  ?thing du:confidence ?confidence .
  OPTIONAL { ?thing dct:source ?source . ?source du:sourceClass ?class }
  OPTIONAL { ?thing du:stance ?stance }
}
GROUP BY ?thing ?confidence ?stance"""

_TYPES = "SELECT ?thing ?type WHERE { ?thing du:organisationType|du:measureKind ?type }"


@dataclass(frozen=True)
class Links:
    """Every edge, sorted, and what is known of each thing that stands in one, sorted by its name."""

    edges: list[Edge]
    things: dict[Node, dict[str, Any]]


def read_links(store: Store, registry: Registry) -> Links:
    """Every edge of a graph and every thing that stands in one, as the store keeps them or else as the graph has them.

    Args:
        registry: Its sources.
    """
    kept = store.kept(kept_name())
    return links_of(store, registry) if kept is None else _decode(kept)


def kept_name() -> str:
    """Name of the file that a store keeps: the sum of the code and the queries that made it is in it."""
    return name_of("links", *_MADE_BY)


def encode(links: Links) -> bytes:
    """Links as a store keeps them."""
    return json.dumps({"edges": links.edges, "things": links.things}, ensure_ascii=False).encode("utf-8")


def _decode(kept: bytes) -> Links:
    told = json.loads(kept)
    nodes = {name: Node.parse(name) for name in told["things"]}
    for data in (*told["things"].values(), *(data for _, _, data in told["edges"])):
        data.update((name, tuple(data[name])) for name in _LISTS if name in data)
    edges = [(nodes[source], nodes[target], data) for source, target, data in told["edges"]]
    return Links(edges, {nodes[name]: data for name, data in told["things"].items()})


def links_of(store: Store, registry: Registry) -> Links:
    """Links as the graph has them."""
    edges = [edge for kind in EDGE_KINDS for edge in _edges(store, kind, registry)]
    things = sorted({end for edge in edges for end in edge[:2]})
    edges.sort(key=lambda edge: (edge[0], edge[1], edge[2]["kind"], edge[2]["iri"]))
    return Links(edges, _attributes(store, things, registry))


def _edges(store: Store, kind: EdgeKind, registry: Registry) -> Iterable[Edge]:
    for row in store.select(EDGES_QUERY % {"kind": kind.kind, "pattern": kind.pattern}):
        if "from" in row:
            yield Node.of(value(row, "from")), Node.of(value(row, "to")), _edge(kind, row, registry)


def _edge(kind: EdgeKind, row: Row, registry: Registry) -> dict[str, Any]:
    confidence = value(row, "confidence")
    data: dict[str, Any] = {
        "kind": kind.kind,
        "channel": kind.channel,
        "label": kind.label,
        "text": value(row, "text"),
        "relation": split_thing(value(row, "how"))[1] if "how" in row else kind.kind,
        "dated": kind.dated,
        "valid_from": value(row, "start"),
        "valid_to": value(row, "end"),
        "seen": value(row, "first"),
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
    if "period" in row:
        data["period"] = value(row, "period")
    return data


def _attributes(store: Store, names: list[Node], registry: Registry) -> dict[Node, dict[str, Any]]:
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
    wanted = set(names)
    _label(store, wanted, attributes)
    _translate(store, attributes)
    for row in store.select(_NODES):
        name = Node.of(value(row, "thing"))
        if name in wanted:
            sources = registry.ordered(value(row, "sources").split())
            attributes[name].update(confidence=split_thing(value(row, "confidence"))[1], sources=sources)
            if "stance" in row:
                attributes[name]["stance"] = split_thing(value(row, "stance"))[1]
    _type(store, wanted, attributes)
    return attributes


def _type(store: Store, wanted: set[Node], attributes: dict[Node, dict[str, Any]]) -> None:
    types: dict[Node, set[str]] = defaultdict(set)
    for row in store.select(_TYPES):
        types[Node.of(value(row, "thing"))].add(split_thing(value(row, "type"))[1])
    for name, found in types.items():
        if name in wanted:
            attributes[name]["types"] = tuple(sorted(found))


def _translate(store: Store, attributes: dict[Node, dict[str, Any]]) -> None:
    """Chinese names from translations, where a thing has none of its own."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for row in store.select(_TRANSLATED):
        slot = f"label_{getattr(row['name'], 'language', '').replace('-', '_')}"
        told[value(row, "english")][slot] = value(row, "name")
    for data in attributes.values():
        data.update((slot, name) for slot, name in told.get(data["label"], {}).items() if not data[slot])


def _label(store: Store, wanted: set[Node], attributes: dict[Node, dict[str, Any]]) -> None:
    aliases: dict[Node, set[str]] = defaultdict(set)
    codes: dict[Node, str] = {}
    for row in store.select(_LABELS):
        iri = value(row, "thing")
        if not iri.startswith(ID) or (name := Node.of(iri)) not in wanted:
            continue
        predicate = value(row, "predicate")
        text, language = value(row, "name"), getattr(row["name"], "language", None)
        named = predicate.endswith("#label")
        if language in ("zh-hant", "zh-hans"):
            slot = f"label_{language.replace('-', '_')}"
            attributes[name][slot] = attributes[name][slot] or text
        elif named and language == "en":
            attributes[name]["label"] = text
        if not named:
            aliases[name].add(text)
        if name.kind == "item" and predicate.endswith("notation"):
            codes[name] = text
    for name, found in aliases.items():
        attributes[name]["aliases"] = tuple(sorted(found))
    for name, code in codes.items():
        attributes[name]["label"] = f"{code} {attributes[name]['label']}"
