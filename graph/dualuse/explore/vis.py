"""pyvis, used safely: only its data structure and the vis-network script inside its package.

pyvis loads other scripts from the network, escapes nothing in headings, writes files in the encoding of the machine and
starts a physics simulation. The subclass here replaces the template (nothing is fetched, everything is escaped) and
the writer (UTF-8), so that whatever a caller does with the returned network is safe. The import is late, and IPython,
which pyvis brings with it for one class, is left out.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from dualuse.errors import UsageError
from dualuse.explore.checks import check_network
from dualuse.explore.layout import Network, Point
from dualuse.explore.spread import Box, spread
from dualuse.explore.style import PRINT_OPTIONS, kind_order, style_of

if TYPE_CHECKING:
    import pyvis.network

_SIGN = 8
_FONT = 13
_LINE = 16
_GAP = 10
_LATIN, _HAN = 7.2, 13.5
"""Most that a letter takes at that size, in pixels, as fonts of offices and Linux have it."""
_WIDE, _LINES = 19, 2


def to_pyvis(network: Network, *, positions: Mapping[str, Point] | None = None) -> pyvis.network.Network:
    """A picture to print, and a network as pyvis knows it for those who want to go on with pyvis.

    Labels are short; the whole name of a node, and what an edge says, stand beside the pointer. Colour and sign tell
    the kind, with a legend; no node or label stands on another. Physics is off; no text is read as HTML.
    ``generate_html()`` of the returned object gives one offline page, ``write_html(path)`` writes it as UTF-8.

    Args:
        network: The typed network, as ``Knowledge.network`` gives it, or a part of it.
        positions: Node -> (x, y); :func:`dualuse.explore.spread.spread` finds them when left out.

    Returns:
        A directed ``pyvis.network.Network``; the given network is not changed.

    Raises:
        UsageError: *positions* lacks a node, or the network an attribute.

    Example:
        >>> to_pyvis(network).write_html("picture.html")  # doctest: +SKIP
    """
    check_network(network)
    labels = {node: short(network.nodes[node]["label"] or node) for node in network}
    if positions is None:
        positions = spread(network, {node: box(label) for node, label in labels.items()})
    missing = sorted(set(network) - set(positions))
    if missing:
        raise UsageError(f"positions lack {len(missing)} nodes, among them {missing[0]}. Give one for every node.")
    from dualuse.explore.vis_network import OfflineNetwork

    picture = OfflineNetwork()
    for node in sorted(network):
        x, y = positions[node]
        picture.add_node(node, label=labels[node], x=x, y=y, **_look(network.nodes[node]))
    # add_edge compares each new edge with all others; the list takes what it would have made of them
    picture.edges.extend(_edges(network))
    picture.legend = sorted({data["kind"] for _, data in network.nodes(data=True)}, key=kind_order)
    picture.set_options(json.dumps(PRINT_OPTIONS))
    return picture


def short(label: str) -> str:
    r"""A name on at most two short lines.

    Example:
        >>> short("Semiconductor Industry Association (SIA) of the United States")
        'Semiconductor\nIndustry …'
        >>> short("TSMC")
        'TSMC'
    """
    bare = label if label.startswith("(") else label.partition(" (")[0]
    wide = _WIDE // 2 if _han(bare) else _WIDE
    return "\n".join(textwrap.wrap(bare, wide, max_lines=_LINES, placeholder=" …") or [bare[:wide]])


def box(label: str) -> Box:
    """The room that a sign with a label below it needs, half of it on each side of the sign's middle."""
    lines = label.split("\n")
    width = max(sum(_HAN if _han(letter) else _LATIN for letter in line) for line in lines)
    return round(max(width, 2 * _SIGN)) + _GAP, 2 * (_SIGN + _LINE * len(lines)) + _GAP


def _han(text: str) -> bool:
    return any(east_asian_width(letter) in "WF" for letter in text)


def _look(attributes: Mapping[str, Any]) -> dict[str, Any]:
    style = style_of(attributes["kind"])
    return {
        "title": f"{attributes['label']} · {attributes['kind'].replace('-', ' ')}",
        "shape": style.pyvis_shape,
        "color": {"background": style.colour, "border": "#333333"},
        "font": {"size": _FONT, "color": "#111111", "strokeWidth": 3, "strokeColor": "#ffffff"},
        "size": _SIGN,
        "physics": False,
    }


def _edges(network: Network) -> list[dict[str, str]]:
    """Edges as pyvis has them, with what each says, in order."""
    made = []
    for start, end, data in sorted(network.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["kind"])):
        ends = (network.nodes[node]["label"] or node for node in (start, end))
        said = data.get("text") or f" {data['label'] or data['kind']} ".join(ends)
        made.append({"arrows": "to", "from": start, "title": said, "to": end})
    return made
