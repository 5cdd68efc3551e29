"""Which edges a reader takes whose start is on no record: all of them, none, or those that were seen by a day.

A network of a day holds a tie of unknown start, since it may have held; one of 1990 then holds what sources first saw
in 2025. Who wants no such tie says so, and what has no edge left goes too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.network.frame import UNDATED, Undated, frame_of, set_frame
from dualuse.network.project import Network


def known(network: Network, *, undated: Undated = "keep", seen_by: date | None = None) -> Network:
    """A network with those of its edges whose start is on record, or taken to be known.

    Args:
        network: A projection; left as it is.
        undated: Whether edges that hold over a time and have no start on record are kept or dropped.
        seen_by: Day by which an edge without a start must have been seen, as far as that is on record: one that its
            source surely shows later only is dropped, as is a chip released later, or revenue of a later year.

    Raises:
        UsageError: ``undated`` is neither of the two.
    """
    if undated not in UNDATED:
        raise UsageError(f"no such choice for undated: {undated!r}; known: {', '.join(UNDATED)}")
    if undated == "keep" and seen_by is None:
        return network
    edges = [edge for edge in network.edges(data=True) if _taken(edge[2], undated, seen_by)]
    ends = {end for edge in edges for end in edge[:2]}
    found: Network = network.__class__()
    found.graph.update(network.graph)
    set_frame(found, replace(frame_of(network), undated=undated, seen_by=seen_by))
    found.add_nodes_from((node, data) for node, data in network.nodes(data=True) if node in ends)
    found.add_edges_from(edges)
    return found


def _taken(data: Mapping[str, Any], undated: Undated, seen_by: date | None) -> bool:
    if data["valid_from"]:
        return True
    seen = seen_by is None or not data["seen"] or PartialDate(data["seen"]).earliest <= seen_by
    return seen and (undated == "keep" or not data["dated"])
