"""pyvis, used safely: only its data structure and the vis-network script inside its package.

pyvis loads other scripts from the network, escapes nothing in headings, writes files in the encoding of the machine and
starts a physics simulation. The subclass here replaces the template (nothing is fetched, everything is escaped) and
the writer (UTF-8), so that whatever a caller does with the returned network is safe. The import is late because pyvis
brings IPython with it.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dualuse.errors import UsageError
from dualuse.explore.checks import check_network
from dualuse.explore.layout import Network, Point, arrange
from dualuse.explore.style import VIS_OPTIONS, style_of

if TYPE_CHECKING:
    import pyvis.network


def to_pyvis(network: Network, *, positions: Mapping[str, Point] | None = None) -> pyvis.network.Network:
    """A network as pyvis knows it, for notebooks and for those who want to go on with pyvis.

    Every node has its place, colour, shape and label; physics is off; no tooltip holds HTML. ``generate_html()`` of the
    returned object gives one offline page, ``write_html(path)`` writes it as UTF-8.

    Args:
        network: The typed network.
        positions: Node -> (x, y); the explorer's own layout when left out.

    Returns:
        A directed ``pyvis.network.Network``; the given network is not changed.

    Raises:
        UsageError: *positions* lacks a node, or the network an attribute.

    Example:
        >>> to_pyvis(network).write_html("picture.html")  # doctest: +SKIP
    """
    check_network(network)
    if positions is None:
        positions = arrange(network).positions
    missing = sorted(set(network) - set(positions))
    if missing:
        raise UsageError(f"positions lack {len(missing)} nodes, among them {missing[0]}. Give one for every node.")
    with warnings.catch_warnings():
        # pyvis drags in IPython, whose own imports warn of their future; nothing a caller could act on
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        warnings.filterwarnings("ignore", category=SyntaxWarning)
        from dualuse.explore.vis_network import OfflineNetwork
    picture = OfflineNetwork()
    for node in sorted(network):
        attributes = network.nodes[node]
        style = style_of(attributes["kind"])
        x, y = positions[node]
        picture.add_node(
            node,
            label=attributes["label"] or node,
            shape=style.pyvis_shape,
            color=style.colour,
            size=8,
            x=x,
            y=y,
            physics=False,
        )
    # add_edge compares each new edge with all others; the list takes what it would have made of them
    picture.edges.extend(
        {"arrows": "to", "from": start, "label": kind, "to": end}
        for start, end, kind in sorted((start, end, data["kind"]) for start, end, data in network.edges(data=True))
    )
    picture.set_options(json.dumps(VIS_OPTIONS))
    return picture
