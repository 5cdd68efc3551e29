"""The name of a thing: its kind and its key."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import KINDS
from dualuse.node import Node
from dualuse.questions.connected import connected
from dualuse.questions.why import why

KEYS = st.text(min_size=1)


@given(kind=st.sampled_from(KINDS), key=KEYS)
def test_a_node_is_its_text_and_reads_back(kind: str, key: str) -> None:
    node = Node(kind, key)
    assert (node.kind, node.key) == (kind, key)
    assert node == f"{kind}:{key}"
    assert hash(node) == hash(f"{kind}:{key}")
    for same in (Node.parse(str(node)), Node.of(node.iri), copy.deepcopy(node), pickle.loads(pickle.dumps(node))):  # noqa: S301 - pickled here
        assert same == node
        assert type(same) is Node


@pytest.mark.parametrize("text", ["place", "place:", ":CH", "", "plaice:CH", "https://w3id.org/dualuse/id/place/CH"])
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names nothing"):
        Node.parse(text)


def test_every_node_of_the_network_is_one(knowledge: Knowledge) -> None:
    network = knowledge.network(as_of=date(2025, 6, 1))
    assert len(network) > 100
    assert {type(node) for node in network} == {Node}


def test_a_measure_before_its_day_names_its_instrument(knowledge: Knowledge) -> None:
    day, rule = date(2024, 1, 1), "us-ai-diffusion-ifr-2025-01"
    for card in (
        connected(knowledge, as_of=day, by=["acm-private-sector"]),
        why(knowledge, "Nvidia", "acm-private-sector", as_of=day),
    ):
        (gap,) = card.unknown
        assert gap.what.endswith("is not-yet on 2024-01-01")
        assert gap.why_it_matters.endswith(f"see: dualuse status {rule}")
