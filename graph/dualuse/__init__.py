"""An open, citable, point-in-time knowledge graph of export controls on AI chips.

Example:
    >>> import dualuse
    >>> knowledge = dualuse.open()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(location: str | None = None) -> Knowledge:  # noqa: A001 - the documented entry point, as in gzip.open
    """Open the graph: a store folder, a SPARQL 1.1 endpoint, or the shipped data built in memory.

    See :func:`dualuse.knowledge.open_knowledge`.
    """
    from dualuse.knowledge import open_knowledge

    return open_knowledge(location)
