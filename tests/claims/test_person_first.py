"""Where a person spoke, the person stands first, never the chamber or firm alone: in labels, receipts and rows."""

from __future__ import annotations

import pytest

from dualuse.knowledge import Knowledge
from dualuse.model.read import read
from dualuse.model.speech import Statement

LABELS = "SELECT ?s ?label WHERE { ?s a du:Statement ; rdfs:label ?label }"


@pytest.fixture(scope="module")
def spoken(knowledge: Knowledge) -> dict[str, str]:
    """Statement with a person -> the name of the person."""
    found = read(knowledge.store, Statement)
    return {each.node.iri: knowledge.names.label("person", each.speaker) for each in found if each.speaker}


def test_labels_begin_with_the_person(knowledge: Knowledge, spoken: dict[str, str]) -> None:
    labels = {row["s"].value: row["label"].value for row in knowledge.store.select(LABELS)}
    assert len(spoken) > 60
    assert [iri for iri, person in spoken.items() if not labels[iri].startswith(person)] == []
    assert labels["https://w3id.org/dualuse/id/statement/st-118"] == (
        "Jack Reed with seven other senators (United States Senate) opposes, 2025-12"
    )


@pytest.mark.parametrize("command", ["said", "structure"])
def test_receipts_name_the_person(knowledge: Knowledge, spoken: dict[str, str], command: str) -> None:
    about = "us-ai-diffusion-ifr-2025-01"
    card = knowledge.said(about=about) if command == "said" else knowledge.discourse(about=about)
    told = [receipt for receipt in card.because if receipt.fact in spoken]
    assert len(told) > 20
    assert [receipt.text for receipt in told if spoken[receipt.fact] not in receipt.text] == []
