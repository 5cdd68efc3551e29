"""Nodes, edges and sources of a projection as CSV tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from dualuse.harmless import no_formula
from dualuse.network import Network, frame_of


def to_tables(network: Network) -> dict[str, bytes]:
    """File name -> bytes, UTF-8 with LF line ends: ``nodes.csv``, ``edges.csv``, ``sources.csv``.

    Cells that a spreadsheet would take for a formula start with an apostrophe.
    """
    nodes = ({"id": node, **_without_facts(data)} for node, data in network.nodes(data=True))
    edges = ({"from": source, "to": target, **data} for source, target, data in network.edges(data=True))
    sources: Iterator[dict[str, object]] = (
        {"key": key, "title": s.title, "url": s.url or "", "class": s.source_class, "publisher": s.publisher or ""}
        for key, s in frame_of(network).sources.items()
    )
    return {"edges.csv": _table(edges), "nodes.csv": _table(nodes), "sources.csv": _table(sources)}


def _without_facts(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key != "facts"}


def _table(rows: Iterable[dict[str, object]]) -> bytes:
    found = list(rows)
    names = list(dict.fromkeys(key for row in found for key in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in found:
        writer.writerow([_cell(row.get(name)) for name in names])
    return out.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = " | ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return no_formula(text)
