"""What a network must carry to be drawn; refused with the place and the remedy when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dualuse.errors import UsageError
from dualuse.explore.layout import Network
from dualuse.network import frame_of

NODE_TEXTS = ("kind", "label", "label_zh_hant", "label_zh_hans", "iri", "tier", "confidence", "stance")
NODE_TUPLES = ("aliases", "facts", "sources")
EDGE_TEXTS = ("kind", "channel", "label", "valid_from", "valid_to", "confidence", "iri")
EDGE_TUPLES = ("sources",)


def check_network(network: Network) -> None:
    """Refuse a network that lacks what the page must show.

    Args:
        network: A network with a frame; node and edge attributes as named above, texts as ``str`` ("" where nothing is
            known), lists as ``tuple``. Nodes may also have ``status``, edges ``text``, ``provision``, ``min``, ``max``,
            ``unit``, ``dated``, ``seen``, ``relation`` and ``change``.

    Raises:
        UsageError: the frame or something else is missing, something is of the wrong type, or it names a source that is
            not registered; the message lists the first five faults.
    """
    faults = list(_part_faults(network, frozenset(frame_of(network).sources)))
    if faults:
        more = f" … and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise UsageError(
            f"the network cannot be drawn: {'; '.join(faults[:5])}{more}. The explorer draws networks made by "
            "dualuse.network; give every node and every edge all attributes, empty where nothing is known."
        )


def _part_faults(network: Network, registry: frozenset[str]) -> Iterator[str]:
    """Faults of nodes, then of edges, in order."""
    for node in sorted(network):
        yield from _attribute_faults(network.nodes[node], NODE_TEXTS, NODE_TUPLES, registry, node)
    for start, end, attributes in network.edges(data=True):
        yield from _attribute_faults(attributes, EDGE_TEXTS, EDGE_TUPLES, registry, f"{start} -> {end}")


def _attribute_faults(
    attributes: Mapping[str, object],
    texts: tuple[str, ...],
    tuples: tuple[str, ...],
    registry: frozenset[str],
    where: str,
) -> Iterator[str]:
    """Faults of one node or edge."""
    for names, kind in ((texts, str), (tuples, tuple)):
        for name in names:
            if not isinstance(attributes.get(name), kind):
                yield f"{where}: attribute {name!r} is {attributes.get(name)!r}, not a {kind.__name__}"
    sources = attributes.get("sources")
    unknown = set(sources) - registry if isinstance(sources, tuple) else set()
    if unknown:
        yield f"{where}: sources {', '.join(sorted(map(str, unknown)))} are not in the registry of its frame"
