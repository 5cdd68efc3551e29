"""What the page carries: every node, edge and source as columns of one JSON document, compressed.

Columns cost a third of what a list of objects does, and the page reads them into arrays without building an object per
node. The bytes depend on the network alone: nodes and edges are sorted, keys are sorted, the compression carries no
date and names no machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dualuse.analyse.connected import CHANNELS, ranks_of
from dualuse.explore.checks import EDGE_TEXTS, NODE_TEXTS
from dualuse.explore.clusters import cluster_columns
from dualuse.explore.folding import fold_table
from dualuse.explore.layout import CELL_HEIGHT, CELL_WIDTH, Layout, Network
from dualuse.explore.packing import pack_text, unpack_text
from dualuse.explore.strings import numbered, written
from dualuse.explore.style import KINDS, MARKS, kind_order, style_of
from dualuse.explore.view import View
from dualuse.model.sources import Source
from dualuse.network import frame_of
from dualuse.network.web import measured
from dualuse.release.facts import HOME, LICENCE
from dualuse.unnamed import carried_from, clock_of

MAKER = "the dualuse maintainers"
"""Who is named as the author when a view is cited; ``CITATION.cff`` says the same."""
_EXAMPLE_KINDS = ("organisation", "place", "instrument", "measure", "statement", "product", "group", "item")
_EXAMPLES = 3
_TYPED = ("measure", "organisation")
"""Kinds of node whose types decide by which paths a measure reaches somebody, and which path is told first."""
_EDGE_EXTRAS = ("text", "provision", "seen", "change")
"""What an edge may say beyond what it must: the matter in a sentence, the citation it rests on, when it was seen while
its start is not on record, and what a scenario does to it."""

_SEARCHED = ("claims", "conflicts", "edges", "guide", "history", "nodes")
"""Parts of the document that the page searches."""


@cache
def tile_rows() -> list[list[str]]:
    """Tile grid of the destinations: one tile each, roughly where it lies, so that Macau is as large as Russia."""
    text = (files("dualuse.explore") / "tiles.txt").read_text(encoding="utf-8")
    return [["" if tile == ".." else tile for tile in line.split()] for line in text.splitlines()]


def build_payload(
    network: Network,
    layout: Layout,
    view: View,
    *,
    texts: Mapping[str, object],
    guide: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Assemble the document the page reads.

    Args:
        network: The typed network; ``check_network`` has let it pass.
        layout: Positions of all nodes.
        view: What the page is about.
        texts: Interface texts, by language.
        guide: Saved questions and stories.

    Returns:
        A JSON-ready document; ``unpack(pack(document))`` gives it back.
    """
    frame, focus = frame_of(network), view.focus
    nodes = sorted(network)
    number = {node: index for index, node in enumerate(nodes)}
    claimed = {*_conflict_sources(view.conflicts), *(key for keys in view.claimed.get("sources", ()) for key in keys)}
    source_keys = sorted(_sources_used(network) | (claimed & set(frame.sources)))
    source_number = {key: index for index, key in enumerate(source_keys)}
    kinds = sorted({network.nodes[node]["kind"] for node in nodes}, key=kind_order)
    document: dict[str, object] = {
        "about": {
            "as_of": frame.as_of.isoformat(),
            "ask": view.ask,
            "carried_to": "" if carried_from(frame.as_of) is None else frame.as_of.isoformat(),
            "dataset": {
                "title": "dualuse",
                "version": frame.dataset.version,
                "sha256": frame.dataset.sha256,
                "known_on": frame.dataset.known_on.isoformat(),
                "creator": MAKER,
                "licence": LICENCE,
                "home": HOME,
            },
            "lens": str(frame.lens),
            "question": view.question,
            "scenario": view.scenario,
            "subject": view.subject or focus or "",
            "title": view.title,
            "today": "" if (today := clock_of(frame.as_of)) is None else today.isoformat(),
        },
        "claims": _numbered(view.claimed, source_number),
        "compared": view.compared,
        "cell": [CELL_WIDTH, CELL_HEIGHT],
        "clusters": cluster_columns(network, nodes, layout),
        "conflicts": list(view.conflicts),
        "edges": _edge_columns(network, number, source_number),
        "examples": _examples(network, nodes, focus),
        "focus": focus,
        "guide": guide or {"questions": [], "stories": []},
        "history": view.history,
        "kinds": [{"kind": kind, **_look(kind)} for kind in kinds],
        "landing": dict(view.landing),
        "lanes": [[lane.name, lane.left, lane.right, lane.top, lane.bottom] for lane in layout.lanes],
        "marks": MARKS,
        "nodes": _node_columns(network, nodes, kinds, source_number, layout),
        "reached": _with_sources(view.reached, {frame.sources[key].url: source_number[key] for key in source_keys}),
        "sources": _source_columns([frame.sources[key] for key in source_keys]),
        "texts": texts,
        "ways": [[channel, list(ranks_of(channel))] for channel in CHANNELS],
        "tiles": tile_rows() if view.history else [],
    }
    searched = json.dumps([document[part] for part in _SEARCHED], ensure_ascii=False)
    return document | {"fold": list(fold_table(searched))}


def pack(document: Mapping[str, object]) -> str:
    """Compress a document to one line of base64; the same document always gives the same line."""
    made = numbered(document)
    return pack_text(json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))


def unpack(text: str) -> dict[str, object]:
    """Read back what ``pack`` wrote.

    Example:
        >>> unpack(pack({"label": "輝達"}))
        {'label': '輝達'}
    """
    return written(json.loads(unpack_text(text)))


def _look(kind: str) -> dict[str, object]:
    """Colour and shape of a kind, as the page draws them."""
    style = style_of(kind)
    return {"colour": style.colour, "known": kind in KINDS, "shape": style.shape}


def _sources_used(network: Network) -> set[str]:
    """Keys of the sources that a node or an edge names."""
    parts = [data for _, data in network.nodes(data=True)] + [data for *_, data in network.edges(data=True)]
    return {key for part in parts for key in part["sources"]}


def _source_columns(sources: Sequence[Source]) -> dict[str, list[str]]:
    """One list for each thing that is shown of a source."""
    return {
        "key": [source.key for source in sources],
        "title": [source.title for source in sources],
        "url": [source.url or "" for source in sources],
        "class": [source.source_class for source in sources],
        "publisher": [source.publisher or "" for source in sources],
    }


def _with_sources(reached: Mapping[str, Any], numbers: Mapping[str | None, int]) -> dict[str, object]:
    """What the law changes, with the number of a source that the page has in place of its address."""
    if not reached:
        return {}
    cited = [[text, provision, numbers.get(url, url), sure] for text, provision, url, sure in reached["receipts"]]
    return {**reached, "receipts": cited}


def _numbered(claimed: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, object]:
    """Claims with the numbers of their sources in place of the keys."""
    if not claimed:
        return {}
    return {**claimed, "sources": [[numbers[key] for key in keys if key in numbers] for keys in claimed["sources"]]}


def _conflict_sources(conflicts: Sequence[Mapping[str, Any]]) -> set[str]:
    """Keys of the sources that conflicting claims stand in."""
    return {source["source"] for row in conflicts for told in row["values"] for source in told["sources"]}


def _own_facts(network: Network, node: str) -> list[list[str]]:
    """Facts of a node without those that its links tell already: the value is the name of a neighbour."""
    near = {network.nodes[other]["label"] for other in (*network.successors(node), *network.predecessors(node))}
    return [[name, value] for name, value in network.nodes[node]["facts"] if value not in near]


def _amount(data: Mapping[str, Any]) -> str:
    """Magnitude of an edge, where one is given: ``12–15 percent of revenue``."""
    bounds = [f"{data[name]:g}" for name in ("min", "max") if name in data]
    if not bounds:
        return ""
    unit = measured(data) if "unit" in data else ""
    return f"{'–'.join(dict.fromkeys(bounds))} {unit}".strip()


def _finer(data: Mapping[str, Any]) -> str:
    """The relation as recorded, where it says more than the kind of the edge: ``manufactures-for``."""
    relation = str(data.get("relation", ""))
    return "" if relation == data["kind"] else relation


def _node_columns(
    network: Network, nodes: list[str], kinds: list[str], source_number: Mapping[str, int], layout: Layout
) -> dict[str, list[object]]:
    """One list per attribute, all in the order of *nodes*; kinds as positions in *kinds*."""
    position = {kind: index for index, kind in enumerate(kinds)}
    rows = [network.nodes[node] for node in nodes]
    columns: dict[str, list[object]] = {name: [row[name] for row in rows] for name in NODE_TEXTS}
    return columns | {
        "aliases": [list(row["aliases"]) for row in rows],
        "facts": [_own_facts(network, node) for node in nodes],
        "id": list(nodes),
        "kind": [position[row["kind"]] for row in rows],
        "sources": [[source_number[key] for key in row["sources"]] for row in rows],
        "change": [str(row.get("change", "")) for row in rows],
        "types": [" ".join(row.get("types", ())) if row["kind"] in _TYPED else "" for row in rows],
        "status": [str(row.get("status", "")) for row in rows],
        "x": [layout.positions[node][0] for node in nodes],
        "y": [layout.positions[node][1] for node in nodes],
    }


def _edge_columns(
    network: Network, number: Mapping[str, int], source_number: Mapping[str, int]
) -> dict[str, list[object]]:
    """One list per attribute, edges sorted by their ends and then by all they say."""
    rows = sorted(
        (
            number[start],
            number[end],
            *(attributes[name] for name in EDGE_TEXTS),
            *(str(attributes.get(name, "")) for name in _EDGE_EXTRAS),
            _amount(attributes),
            _finer(attributes),
            int(bool(attributes.get("dated"))),
            [source_number[key] for key in attributes["sources"]],
        )
        for start, end, attributes in network.edges(data=True)
    )
    names = ("from", "to", *EDGE_TEXTS, *_EDGE_EXTRAS, "amount", "relation", "dated", "sources")
    return {name: [row[column] for row in rows] for column, name in enumerate(names)}


def _examples(network: Network, nodes: list[str], focus: str | None) -> list[str]:
    """Up to three nodes to click first: the focus, then the most linked one of each kind people start from."""
    chosen = [focus] if focus is not None else []
    used = {network.nodes[node]["kind"] for node in chosen}
    for kind in _EXAMPLE_KINDS:
        candidates = [node for node in nodes if network.nodes[node]["kind"] == kind and kind not in used]
        if candidates and len(chosen) < _EXAMPLES:
            chosen.append(min(candidates, key=lambda node: (-network.degree(node), node)))
    return chosen
