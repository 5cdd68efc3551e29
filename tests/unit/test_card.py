"""The one shape of every answer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dualuse import __version__
from dualuse.build import Built
from dualuse.canonical import digest
from dualuse.card import NOTE, Card, Receipt, Unknown, Version, plain, read_version, unique
from dualuse.store import MemoryStore

RECEIPT = Receipt("https://w3id.org/dualuse/id/place/CH", "in tier 2", "15 CFR 740", "https://example.org", "high")


def card(lens: str = "codified", query: str = "ASK {}") -> Card[Any]:
    return Card(
        question={"command": "groups", "places": ["CH"]},
        as_of=date(2025, 1, 13),
        lens=lens,
        answer={"places": [{"place": "CH"}]},
        because=(RECEIPT,),
        unknown=(Unknown("what", "why"),),
        query=query,
        dataset=Version("0.1.0", "abc", date(2026, 11, 22)),
        tables=("places",),
    )


def test_document() -> None:
    told = card().to_dict()
    assert told.pop("sha256") == card().sha256 == digest(told)
    assert told == {
        "question": {"command": "groups", "places": ["CH"]},
        "asked": None,
        "asked_on": None,
        "as_of": "2025-01-13",
        "lens": "codified",
        "answer": {"places": [{"place": "CH"}]},
        "because": [
            {
                "fact": "https://w3id.org/dualuse/id/place/CH",
                "text": "in tier 2",
                "provision": "15 CFR 740",
                "source": "https://example.org",
                "confidence": "high",
            }
        ],
        "unknown": [{"what": "what", "why_it_matters": "why"}],
        "query": "ASK {}",
        "dataset": {"version": "0.1.0", "sha256": "abc", "known_on": "2026-11-22"},
        "engine": f"dualuse {__version__}",
        "note": NOTE,
    }
    assert json.loads(json.dumps(card().to_dict())) == card().to_dict()


def test_no_lens_and_no_query_are_null() -> None:
    document = card(lens="", query="").to_dict()
    assert document["lens"] is None
    assert document["query"] is None


def test_unique_keeps_the_first_order() -> None:
    other = Receipt("b", "", "", "", "low")
    assert unique([other, RECEIPT, other]) == (other, RECEIPT)


def test_version_of_the_built_graph(built: Built) -> None:
    version = read_version(built.store)
    assert version.sha256 == built.sha256
    assert len(version.sha256) == 64
    assert version.version == built.curated.dataset.version
    assert version.known_on == built.curated.dataset.known_on.earliest


def test_version_of_an_empty_graph() -> None:
    assert read_version(MemoryStore()) == Version("", "", date(1970, 1, 1))


def test_numbers_that_json_does_not_have_are_text() -> None:
    assert plain({"most": float("inf"), "least": float("-inf"), "none": float("nan"), "some": 1.5}) == {
        "most": "inf",
        "least": "-inf",
        "none": "nan",
        "some": 1.5,
    }
