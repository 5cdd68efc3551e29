"""A projection as GraphML or GEXF, with the day, the lens and what was chosen inside."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import networkx as nx

from dualuse.dates import PartialDate
from dualuse.export.columns import FLAGS, NUMBERS, about, edge_rows, node_rows
from dualuse.harmless import in_xml
from dualuse.network import Network

if TYPE_CHECKING:
    Flat = nx.MultiDiGraph[str]
else:
    Flat = nx.MultiDiGraph

_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')
_GEXF = "http://www.gexf.net/1.2draft"
_ENDS = ("from", "to")


def flat(network: Network) -> Flat:
    """The network with attributes that every format can carry: text, numbers, truths; lists joined by ``" | "``.

    Every projection has the same attributes: a text that is blank is there, a number or a truth that is unknown is not.
    """
    plain: Flat = nx.MultiDiGraph()
    plain.graph.update(about(network))
    for row in node_rows(network):
        node = in_xml(str(row.pop("id")))
        plain.add_node(node, **{name: _plain(name, value) for name, value in row.items()})
    for number, row in enumerate(edge_rows(network)):
        source, target = (in_xml(str(row.pop(end))) for end in _ENDS)
        plain.add_edge(source, target, key=str(number), **{name: _plain(name, value) for name, value in row.items()})
    return plain


def _plain(name: str, value: object) -> str | float | bool:
    if name in FLAGS:
        return bool(value)
    if name in NUMBERS:
        return float(str(value))
    text = " | ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return in_xml(text)


def to_graphml(network: Network) -> bytes:
    """GraphML; truths as XML Schema writes them, which networkx does not."""
    out = io.BytesIO()
    nx.write_graphml_xml(flat(network), out)
    content = out.getvalue()
    truths = b"|".join(re.findall(rb'<key id="(d\d+)"[^>]* attr.type="boolean"', content))
    if not truths:
        return content
    truth = rb'(<data key="(?:%s)">)(True|False)(</data>)' % truths
    return re.sub(truth, lambda found: found[1] + found[2].lower() + found[3], content)


def to_gexf(network: Network) -> bytes:
    """GEXF 1.2, dynamic: edges and nodes have their days, so that Gephi's timeline moves them.

    An edge is there from the first day that its start can mean to the last before the latest that its end can; a node
    for as long as one of its edges, and always where one has no start or no end. The day a file was written is left
    out, so that the same graph gives the same bytes.
    """
    plain = flat(network)
    _time(plain)
    # "label" and "kind" are names the format itself uses; networkx keeps them apart from attributes
    for _, data in plain.nodes(data=True):
        data["name"] = data["label"]
    for _, _, data in plain.edges(data=True):
        data["edge_kind"] = data["kind"]
    out = io.BytesIO()
    nx.write_gexf(plain, out, version="1.2draft")
    said = escape(", ".join(f"{name} {value}" for name, value in sorted(plain.graph.items())))
    made = f"</creator>\n    <description>{said}</description>".encode()
    return _STAMP.sub(b"", _without_keys(out.getvalue())).replace(b"</creator>", made, 1)


def _time(plain: Flat) -> None:
    """Give every edge and node the days between which it is there, where they are bounded."""
    spells: dict[str, list[tuple[str, str]]] = {node: [] for node in plain}
    for source, target, data in plain.edges(data=True):
        spell = _spell(data)
        _bound(data, spell)
        spells[source].append(spell)
        spells[target].append(spell)
    for node, found in spells.items():
        first, last = ([spell[end] for spell in found] for end in (0, 1))
        _bound(plain.nodes[node], (min(first) if all(first) else "", max(last) if all(last) else ""))


def _spell(data: Mapping[str, Any]) -> tuple[str, str]:
    """First and last day of an edge, both included; empty where there is no bound."""
    start, end = (data.get(name, "") for name in ("valid_from", "valid_to"))
    first = PartialDate(start).earliest.isoformat() if start else ""
    last = (PartialDate(end).latest - timedelta(days=1)).isoformat() if end else ""
    return first, max(first, last) if last else ""


def _bound(data: dict[str, Any], spell: Iterable[str]) -> None:
    data.update((name, day) for name, day in zip(("start", "end"), spell, strict=True) if day)


def _without_keys(content: bytes) -> bytes:
    """GEXF without the attribute in which networkx keeps the number of an edge."""
    ElementTree.register_namespace("", _GEXF)
    root = ElementTree.fromstring(content)  # noqa: S314 - what was written here
    for declared in root.iter(f"{{{_GEXF}}}attributes"):
        for attribute in [each for each in declared if each.get("title") == "networkx_key"]:
            number = attribute.get("id")
            declared.remove(attribute)
            for values in root.iter(f"{{{_GEXF}}}attvalues"):
                for value in [each for each in values if each.get("for") == number]:
                    values.remove(value)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
