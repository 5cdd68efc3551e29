"""The built graph as others meet it: every node has a name."""

from __future__ import annotations

import pyoxigraph as ox

from dualuse.build import Built


def test_every_node_has_a_label(built: Built) -> None:
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    quads = built.store.store.quads_for_pattern
    named = {quad.subject for quad in quads(None, label, None)}
    unnamed = {quad.subject for quad in quads(None, None, None)} - named
    assert unnamed == set()
