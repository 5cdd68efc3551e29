"""Reading a query's text: comments, strings and IRIs hide nothing and invent nothing."""

from __future__ import annotations

import pytest

from dualuse.store.text import form, has_dataset, words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "SELECT"),
        ("select ?s { ?s ?p ?o }", "SELECT"),
        ("# ASK this\nDESCRIBE place:CH", "DESCRIBE"),
        ("PREFIX ask: <https://example.org/select#>\nCONSTRUCT WHERE { ?s ask:p ?o }", "CONSTRUCT"),
        ("BASE <https://example.org/SELECT>\nASK { ?s ?p ?o }", "ASK"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", ""),
        ("", ""),
        ("# SELECT", ""),
    ],
)
def test_form(query: str, expected: str) -> None:
    assert form(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <https://example.org/g> { ?s ?p ?o }",
        "select * from <https://example.org/g#frag> { ?s ?p ?o }",
        "SELECT * FROM NAMED graph:meta { GRAPH ?g { ?s ?p ?o } }",
        "ASK # why\nFROM graph:meta { ?s ?p 'it''s' }",
        "SELECT * FROM<https://example.org/g>{ ?s ?p ?o }",
        'PREFIX a: <https://example.org/#>\nDESCRIBE a:b FROM graph:meta # "',
    ],
)
def test_dataset_clause(query: str) -> None:
    assert has_dataset(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "FROM <https://example.org/g>" }',
        "SELECT * { ?s ?p 'made FROM silicon' }",
        'SELECT * { ?s ?p """two lines\nFROM "here" to there""" }',
        "SELECT * { ?s ?p '''it's FROM\n''' }",
        r'SELECT * { ?s ?p "a \" FROM <x:y>" }',
        "SELECT * { ?s ?p ?o } # FROM <https://example.org/g>",
        "SELECT * { ?s <https://example.org/#FROM> ?o }",
        "SELECT ?from { ?from ?p ?o }",
        "SELECT $FROM { $FROM ?p ?o }",
        "PREFIX from: <https://example.org/FROM#>\nSELECT * { ?s from:from ?o ; du:from ?o }",
        "SELECT * { ?s ?p 'a'@from }",
    ],
)
def test_no_dataset_clause(query: str) -> None:
    assert not has_dataset(query)


def test_hash_in_an_iri_is_not_a_comment() -> None:
    assert words("ASK { ?s <https://example.org/ns#term> place:CH }") == [
        "ASK",
        "?s",
        "<https://example.org/ns#term>",
        "place:CH",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?s du:assignsTier/du:definedByGroup ?g", ["?s", "du:assignsTier", "du:definedByGroup", "?g"]),
        ("?s du:a|^du:b+ ?g", ["?s", "du:a", "du:b", "?g"]),
        (r"DESCRIBE provision:us-ear\/x.740.29-a", ["DESCRIBE", r"provision:us-ear\/x.740.29-a"]),
        ("event:us-x.1, event:us-x.2", ["event:us-x.1", "event:us-x.2"]),
        ("instrument-kind:rule", ["instrument-kind:rule"]),
    ],
)
def test_prefixed_names(query: str, names: list[str]) -> None:
    assert words(query) == names
