"""Groups for graphs too large to show at once: each node's group, and the node the group is named after."""

from __future__ import annotations

from collections import Counter

from dualuse.explore.layout import Layout, Network, disc_of

CLUSTER_LIMIT = 10_000
"""Largest number of nodes that are all shown at first; beyond it, groups are shown and opened on click."""


def cluster_columns(network: Network, nodes: list[str], layout: Layout) -> dict[str, list[int]] | None:
    """The groups of a network beyond the limit, or None.

    Args:
        network: The network.
        nodes: Its nodes in the order of the page.
        layout: Where they stand; groups are the discs of it.

    Returns:
        ``home``: group of each node; ``head``: most linked node of each group; ``from``, ``to`` and ``links``: how many
        links run between two groups.
    """
    if len(nodes) <= CLUSTER_LIMIT or layout.lanes:
        return None
    home = disc_of(network)
    number = {node: index for index, node in enumerate(nodes)}
    heads: dict[int, str] = {}
    for node in nodes:
        best = heads.get(home[node])
        if best is None or network.degree(node) > network.degree(best):
            heads[home[node]] = node
    between: Counter[tuple[int, int]] = Counter()
    for start, end in network.edges():
        pair = sorted((home[start], home[end]))
        if pair[0] != pair[1]:
            between[pair[0], pair[1]] += 1
    pairs = sorted(between)
    return {
        "home": [home[node] for node in nodes],
        "head": [number[heads[group]] for group in sorted(heads)],
        "from": [pair[0] for pair in pairs],
        "to": [pair[1] for pair in pairs],
        "links": [between[pair] for pair in pairs],
    }
