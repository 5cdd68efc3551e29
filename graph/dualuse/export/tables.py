"""Nodes, edges and sources of a projection as CSV tables, with what they are beside them."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable

from dualuse.export.columns import EDGES, FLAGS, NODES, SOURCES, about, edge_rows, node_rows
from dualuse.harmless import no_formula
from dualuse.model.sources import Source
from dualuse.network import Network, frame_of

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def to_tables(network: Network, *, excel: bool = False) -> dict[str, bytes]:
    """File name -> bytes, UTF-8 with LF line ends: ``about.json``, ``edges.csv``, ``nodes.csv``, ``sources.csv``.

    Every projection has the same columns; ``about.json`` tells what they mean, and of which day and lens they are.
    Cells that a spreadsheet would take for a formula start with an apostrophe.

    Args:
        excel: Whether tables begin with the byte order mark by which Excel tells UTF-8.
    """
    mark = codecs.BOM_UTF8 if excel else b""
    sources = (_source(key, source) for key, source in frame_of(network).sources.items())
    tables = {
        "edges.csv": (EDGES, edge_rows(network)),
        "nodes.csv": (NODES, node_rows(network)),
        "sources.csv": (SOURCES, sources),
    }
    told = {
        **about(network),
        "licence": _LICENCE,
        "tables": {name: columns for name, (columns, _) in tables.items()},
    }
    described = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    written = {name: mark + _table(columns, rows) for name, (columns, rows) in tables.items()}
    return {"about.json": described.encode("utf-8"), **written}


def _source(key: str, source: Source) -> dict[str, object]:
    return {
        "key": key,
        "title": source.title,
        "class": source.source_class,
        "publisher": source.publisher,
        "issued": source.issued,
        "language": source.language,
        "licence": source.licence,
        "url": source.url,
        "note": source.note,
    }


def _table(columns: Iterable[str], rows: Iterable[dict[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(name, row.get(name)) for name in columns])
    return out.getvalue().encode("utf-8")


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name in FLAGS:
        return "true" if value else "false"
    text = " | ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return no_formula(text)
