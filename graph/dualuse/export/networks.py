"""A projection as GraphML or GEXF, with the day and the lens inside."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import networkx as nx

from dualuse.harmless import in_xml
from dualuse.network import Network, frame_of

if TYPE_CHECKING:
    Flat = nx.MultiDiGraph[str]
else:
    Flat = nx.MultiDiGraph

_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')


def flat(network: Network) -> Flat:
    """The network with attributes that every format can carry: text, numbers, booleans; lists joined by ``" | "``."""
    plain: Flat = nx.MultiDiGraph()
    frame = frame_of(network)
    plain.graph.update(
        as_of=frame.as_of.isoformat(),
        lens=str(frame.lens),
        dataset_version=frame.dataset.version,
        dataset_sha256=frame.dataset.sha256,
    )
    for node, data in network.nodes(data=True):
        plain.add_node(in_xml(node), **{key: _plain(value) for key, value in data.items() if key != "facts"})
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        values = {key: _plain(value) for key, value in data.items()}
        plain.add_edge(in_xml(source), in_xml(target), key=str(number), **values)
    return plain


def _plain(value: object) -> str | float | bool:
    if isinstance(value, tuple):
        return in_xml(" | ".join(str(item) for item in value))
    if isinstance(value, float | bool):
        return value
    return in_xml(str(value))


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
    """GEXF 1.2, with the day, the lens and the dataset as its description.

    The day a file was written is left out, so that the same graph gives the same bytes.
    """
    plain = flat(network)
    # "label" and "kind" are names the format itself uses; networkx keeps them apart from attributes
    for _, data in plain.nodes(data=True):
        data["name"] = data["label"]
    for _, _, data in plain.edges(data=True):
        data["relation"] = data["kind"]
    out = io.BytesIO()
    nx.write_gexf(plain, out, version="1.2draft")
    about = escape(", ".join(f"{name} {value}" for name, value in sorted(plain.graph.items())))
    made = f"</creator>\n    <description>{about}</description>".encode()
    return _STAMP.sub(b"", out.getvalue()).replace(b"</creator>", made, 1)
