"""An open, citable, point-in-time knowledge graph of export controls on AI chips.

Example:
    >>> import dualuse
    >>> knowledge = dualuse.open()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyvis.network import Network as Picture

    from dualuse.knowledge import Knowledge
    from dualuse.network import Network

__all__ = ["__version__", "open", "to_pyvis"]
__version__ = "0.2.0"


def open(location: str | None = None) -> Knowledge:  # noqa: A001 - the documented entry point, as in gzip.open
    """Open the graph: a store folder, a SPARQL 1.1 endpoint, or the shipped data built in memory.

    See :func:`dualuse.knowledge.open_knowledge`.
    """
    from dualuse.knowledge import open_knowledge

    return open_knowledge(location)


def to_pyvis(network: Network, *, positions: Mapping[str, tuple[int, int]] | None = None) -> Picture:
    """A network as a picture to print: a ``pyvis.network.Network`` whose ``write_html(path)`` writes one offline page.

    See :func:`dualuse.explore.vis.to_pyvis`.

    Example:
        >>> supply = dualuse.open().network("supply", as_of="2025-06-01")  # doctest: +SKIP
        >>> dualuse.to_pyvis(supply).write_html("supply.html")  # doctest: +SKIP
    """
    from dualuse.explore.vis import to_pyvis as draw

    return draw(network, positions=positions)
