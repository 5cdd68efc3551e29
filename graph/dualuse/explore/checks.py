"""What a network must carry to be drawn; refused with the place and the remedy when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dualuse.errors import UsageError
from dualuse.explore.layout import Network

NODE_TEXTS = ("kind", "label", "label_zh_hant", "label_zh_hans", "iri", "tier", "confidence", "stance")
NODE_TUPLES = ("aliases", "facts", "sources")
EDGE_TEXTS = ("kind", "channel", "label", "valid_from", "valid_to", "confidence", "iri")
EDGE_TUPLES = ("sources",)
DATASET_KEYS = ("title", "version", "sha256", "known_on")
SOURCE_KEYS = ("title", "url", "class", "publisher")


def check_network(network: Network) -> None:
    """Refuse a network that lacks what the page must show.

    Args:
        network: Graph attributes ``as_of``, ``lens``, ``dataset`` and ``sources``; node and edge attributes as named
            above, texts as ``str`` ("" where nothing is known), lists as ``tuple``. Nodes may also have ``status``,
            edges ``text``, ``provision``, ``min``, ``max``, ``unit``, ``dated``, ``seen`` and ``change``; the graph
            may have ``history`` and ``scenario``.

    Raises:
        UsageError: something is missing, of the wrong type, or names a source that is not registered; the message lists
            the first five faults.
    """
    faults = [*_graph_faults(network.graph), *_part_faults(network)]
    if faults:
        more = f" … and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise UsageError(
            f"the network cannot be drawn: {'; '.join(faults[:5])}{more}. The explorer draws networks made by "
            "dualuse.network; give the graph, every node and every edge all attributes, empty where nothing is known."
        )


def _graph_faults(graph: Mapping[str, object]) -> Iterator[str]:
    """Faults of the attributes of the whole."""
    for name in ("as_of", "lens"):
        if not isinstance(graph.get(name), str):
            yield f"graph attribute {name!r} is {graph.get(name)!r}, not a str"
    dataset = graph.get("dataset")
    if not isinstance(dataset, Mapping) or not set(DATASET_KEYS) <= set(dataset):
        yield f"graph attribute 'dataset' is {dataset!r}, not a mapping with {', '.join(DATASET_KEYS)}"
    sources = graph.get("sources")
    if not isinstance(sources, Mapping):
        yield f"graph attribute 'sources' is {sources!r}, not a mapping of source keys"
        return
    for key, source in sources.items():
        if not isinstance(source, Mapping) or not set(SOURCE_KEYS) <= set(source):
            yield f"source {key!r} lacks one of {', '.join(SOURCE_KEYS)}"


def _part_faults(network: Network) -> Iterator[str]:
    """Faults of nodes, then of edges, in order."""
    known = network.graph.get("sources")
    registry = frozenset(known) if isinstance(known, Mapping) else frozenset()
    for node in sorted(network):
        yield from _attribute_faults(network.nodes[node], NODE_TEXTS, NODE_TUPLES, registry, node)
    for start, end, attributes in network.edges(data=True):
        yield from _attribute_faults(attributes, EDGE_TEXTS, EDGE_TUPLES, registry, f"{start} -> {end}")


def _attribute_faults(
    attributes: Mapping[str, object],
    texts: tuple[str, ...],
    tuples: tuple[str, ...],
    registry: frozenset[object],
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
        yield f"{where}: sources {', '.join(sorted(map(str, unknown)))} are not in network.graph['sources']"
