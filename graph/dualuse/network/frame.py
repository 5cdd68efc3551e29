"""What a network was drawn from and how: the day, the lens, the dataset and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from dualuse.card import Version
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.registry import Registry

if TYPE_CHECKING:
    import networkx as nx

_SLOT = "frame"
Undated = Literal["keep", "drop"]
UNDATED: tuple[Undated, ...] = ("keep", "drop")


@dataclass(frozen=True)
class Frame:
    """What holds of a network as a whole.

    Args:
        dataset: The dataset it was drawn from.
        sources: The registry that the keys of sources on nodes and edges refer to.
        projection: Which kinds of edges it has.
        all_times: Whether edges that do not hold on the day are there too.
        undated: Whether edges of which no start is on record were kept or dropped.
        seen_by: Day by which those edges must have been seen; None for any.
    """

    as_of: date
    lens: Lens
    dataset: Version
    sources: Registry
    projection: str = "all"
    all_times: bool = False
    undated: Undated = "keep"
    seen_by: date | None = None


def frame_of(network: nx.Graph[Any]) -> Frame:
    """The frame of a network.

    Raises:
        UsageError: it has none.
    """
    found = network.graph.get(_SLOT)
    if not isinstance(found, Frame):
        raise UsageError(f"network.graph[{_SLOT!r}] is {found!r}, not a Frame; make the network with dualuse.network")
    return found


def set_frame(network: nx.Graph[Any], frame: Frame) -> None:
    """Give a network its frame, in place of the one it had."""
    network.graph[_SLOT] = frame
