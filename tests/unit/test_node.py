"""N-Triples text parses back to what was meant."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dualuse.dates import PartialDate
from dualuse.model.triples import Triples, iri, literal, script_of
from dualuse.namespaces import expand, thing
from dualuse.store import MemoryStore
from dualuse.store.base import lines

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
S, P, G = "<https://example.org/s>", "<https://example.org/p>", "<https://example.org/g>"


def parsed(term: str) -> ox.Literal:
    (quad,) = ox.parse(f"{S} {P} {term} .\n", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(TEXT)
@example('a "quoted" \\ back\\slash\r\n\ttab')
@example("\u2028\u2029\x85\x0b\x0c\x1c\x00\x7f\ufeff\U0010ffff")
def test_any_text_comes_back(text: str) -> None:
    assert parsed(literal(text)).value == text
    assert literal(text, "zh-Hant").endswith('"@zh-hant')
    assert parsed(literal(text, "zh-Hant")) == ox.Literal(text, language="zh-Hant")


@given(TEXT)
@example("one\u2028two\x85three")
def test_any_text_survives_the_store(text: str) -> None:
    store = MemoryStore()
    store.replace(f"{S} {P} {literal(text)} {G} .\n".encode())
    dump = store.quads()
    assert len(dump) == 1
    again = MemoryStore()
    again.replace("".join(dump).encode())
    (row,) = again.select("SELECT ?o WHERE { ?s ?p ?o }")
    assert row["o"].value == text


def test_lines_are_cut_at_line_feeds_only() -> None:
    assert lines("a\u2028b\x85c\n\nd") == ["a\u2028b\x85c\n", "d\n"]
    assert lines("") == []


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.1)
@example(1e-7)
@example(5_064_000_000.0)
@example(1e21)
@example(-0.0)
def test_numbers_are_exact_and_plain(number: float) -> None:
    node = Triples("product", "x")
    node.number("du:tpp", number)
    found = parsed(node.triples[0][2])
    assert found.datatype.value == expand("xsd:decimal")
    assert float(Decimal(found.value)) == number
    assert set(found.value) <= set("-0123456789.")


def test_absent_values_leave_no_trace() -> None:
    node = Triples("place", "CH")
    node.text("rdfs:comment", None)
    node.number("du:tpp", None)
    node.truth("du:dataCentre", None)
    node.link("du:concernsPlace", "place", None)
    node.partial("du:seenOn", None)
    node.day("du:latest", None)
    node.dated("du:occurredOn", None)
    node.bound("du:validFrom", None)
    node.names("skos:prefLabel", en=None, zh_hant=None)
    assert node.triples == []


def test_a_month_carries_its_bounds() -> None:
    node = Triples("event", "x.1", "du:LegalEvent")
    node.dated("du:occurredOn", PartialDate("2025-02"))
    node.bound("du:validFrom", PartialDate("2025"))
    found = {(predicate, obj) for _, predicate, obj in node.triples}

    def stated(predicate: str, value: str, datatype: str) -> tuple[str, str]:
        return iri(expand(predicate)), literal(value, datatype=datatype)

    assert found == {
        (iri(expand("rdf:type")), iri(expand("du:LegalEvent"))),
        stated("du:occurredOn", "2025-02", "gYearMonth"),
        stated("du:earliest", "2025-02-01", "date"),
        stated("du:latest", "2025-02-28", "date"),
        stated("du:validFrom", "2025", "gYear"),
        stated("du:validFromEarliest", "2025-01-01", "date"),
        stated("du:validFromLatest", "2025-12-31", "date"),
    }
    assert {subject for subject, _, _ in node.triples} == {iri(thing("event", "x.1"))}


@pytest.mark.parametrize(
    ("name", "language"), [("NVIDIA", "en"), ("Société", "en"), ("輝達", None), ("ラピダス", None), ("삼성", None)]
)
def test_language_only_where_it_can_be_told(name: str, language: str | None) -> None:
    assert script_of(name) == language
