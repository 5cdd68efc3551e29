"""Texts carried once: numbers for the texts of some columns, and back."""

from dualuse.explore.strings import numbered, written


def test_there_and_back() -> None:
    document = {
        "edges": {"text": ["a", "b", "a"], "from": [0, 1, 2]},
        "nodes": {"facts": [[["a", "c"]], []]},
        "history": {"glossary": {"a": ["甲", "乙"]}, "known_on": "2026-11-22"},
    }
    made = numbered(document)
    assert made["strings"] == ["a", "b", "c", "甲", "乙"]
    assert made["edges"] == {"text": [0, 1, 0], "from": [0, 1, 2]}
    assert made["nodes"] == {"facts": [[[0, 2]], []]}
    assert made["history"] == {"glossary": [[0, 3, 4]], "known_on": "2026-11-22"}
    assert written(made) == document


def test_a_document_without_them_is_left_alone() -> None:
    assert numbered({"label": "輝達", "history": None}) == {"label": "輝達", "history": None}


def test_an_iri_that_follows_from_a_name_is_not_carried() -> None:
    """Another one is, and a node without one stays without."""
    iris = ["https://w3id.org/dualuse/id/place/CH", "https://example.org/nl", ""]
    document = {"nodes": {"id": ["place:CH", "place:NL", "place:PL"], "iri": iris}}
    made = numbered(document)
    assert made["nodes"]["iri"] == [0, *iris[1:]]
    assert written(made) == document
