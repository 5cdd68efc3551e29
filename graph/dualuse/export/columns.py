"""The columns of nodes, edges and sources: the same ones for every projection and every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dualuse.network import Network, frame_of

_NAMED = {
    "kind": "Kind of thing; the part of its identifier before the colon.",
    "label": "English name.",
    "label_zh_hant": "Name in Traditional Chinese; blank: none is recorded.",
    "label_zh_hans": "Name in Simplified Chinese; blank: none is recorded.",
    "aliases": "Other names and codes, joined by ' | '.",
    "types": "Types of an organisation, or kind of a measure, joined by ' | '.",
    "tier": "Tier of a place on the day; unknown where that turns on a date known in part.",
    "status": "Status of an instrument on the day under the lens.",
    "stance": "Stance of a statement.",
    "confidence": "How far what is said can be trusted: high, medium or low; blank: not graded.",
    "sources": "Keys of the sources, the strongest first, joined by ' | '.",
    "iri": "Address of the thing.",
}
NODES = {"id": "Identifier, kind:key.", **_NAMED}
"""Column of a node -> its meaning."""
EDGES = {
    "from": "Identifier of the node that it leads from.",
    "to": "Identifier of the node that it leads to.",
    "kind": "Kind of edge.",
    "relation": "Kind of relation as recorded, finer than the kind of edge: manufactures-for, invests-in.",
    "channel": "How the effect of a measure travels along it; blank: it does not.",
    "label": "What it says, read from source to target.",
    "text": "What the record behind it says.",
    "valid_from": "First day on which it holds, as exact as recorded; blank: no start is recorded.",
    "valid_to": "First day on which it no longer holds; blank: no end is recorded.",
    "dated": "Whether it holds over a time, so that a blank start means that none is on record.",
    "seen": "When a source first shows it; for revenue the year of the period, for makers of a chip its release.",
    "certain": "Whether it surely holds on the day, whichever days its dates mean; blank in a network of all times.",
    "min": "Least magnitude; blank: unknown, or none.",
    "max": "Greatest magnitude; blank: unknown, or none.",
    "unit": "What the magnitude counts; shares are in percent.",
    "period": "Period of the magnitude.",
    "estimate": "Whether it rests on an estimate.",
    "confidence": _NAMED["confidence"],
    "provision": "Paragraph that it rests on.",
    "sources": _NAMED["sources"],
    "iri": "Address of the record behind it.",
}
"""Column of an edge -> its meaning."""
SOURCES = {
    "key": "Key that the column sources names.",
    "title": "Title, or what the document is.",
    "class": "How near it is to the facts it is used for.",
    "publisher": "Who put it out.",
    "issued": "When it was issued, as exact as recorded; blank: not recorded.",
    "language": "ISO 639-1 code, with the script for Chinese.",
    "licence": "Licence, or law by which nobody holds a copyright; blank: not looked up.",
    "url": "Address; blank: none is recorded.",
    "note": "How it was read, or what to beware of.",
}
"""Column of a source -> its meaning."""
FLAGS = ("dated", "certain", "estimate")
NUMBERS = ("min", "max")


def about(network: Network) -> dict[str, str]:
    """What a network is of: projection, day, lens, choices and dataset."""
    frame = frame_of(network)
    return {
        "projection": frame.projection,
        "as_of": frame.as_of.isoformat(),
        "lens": str(frame.lens),
        "undated": frame.undated,
        "seen_by": "" if frame.seen_by is None else frame.seen_by.isoformat(),
        "all_times": "true" if frame.all_times else "false",
        "dataset_version": frame.dataset.version,
        "dataset_sha256": frame.dataset.sha256,
        "known_on": frame.dataset.known_on.isoformat(),
    }


def node_rows(network: Network) -> Iterator[dict[str, object]]:
    """The columns of each node, in order."""
    for node, data in network.nodes(data=True):
        yield {"id": node, **_picked(NODES, data)}


def edge_rows(network: Network) -> Iterator[dict[str, object]]:
    """The columns of each edge, in order; an edge that rests on no estimate says so."""
    for source, target, data in network.edges(data=True):
        yield {"from": source, "to": target, **_picked(EDGES, {"estimate": False, **data})}


def _picked(columns: Mapping[str, str], data: Mapping[str, object]) -> dict[str, object]:
    return {name: data[name] for name in columns if name in data}
