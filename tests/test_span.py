"""When a record holds: against every day that a partial date can mean, in Python and in SPARQL."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.dates import PartialDate
from dualuse.query.library import load, names
from dualuse.span import Span, pattern
from dualuse.store import MemoryStore

DAYS = st.dates(date(2023, 11, 1), date(2026, 3, 1))
BOUNDS = st.none() | st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10])
)
SPANS = st.builds(Span, BOUNDS, BOUNDS)
DATED = [name for name in names() if re.search(r"du:valid(From|To)(Earliest|Latest)", load(name).text)]
UNASKED = {"allocations", "group-changes", "tier-changes"}
"""Queries that read days and are asked about none: of a ceiling's first day, or of a stretch of time."""

COUNTED = {("places-without-membership", "membership"), ("tier-sizes", "assignment")}
"""Where what may hold counts, or where the tiers of a place are weighed together."""


def meant(bound: PartialDate | None, unrecorded: date) -> list[date]:
    """Every day a bound can mean."""
    if bound is None:
        return [unrecorded]
    return [bound.earliest + timedelta(days=n) for n in range((bound.latest - bound.earliest).days + 1)]


@given(span=SPANS, day=DAYS)
def test_it_holds_if_it_does_whichever_days_are_meant(span: Span, day: date) -> None:
    begun = {start <= day for start in meant(span.start, date.min)}
    left = {day < end for end in meant(span.end, date.max)}
    found = {one and other for one in begun for other in left}
    assert span.on(day) is (found.pop() if len(found) == 1 else None)


@given(span=SPANS, day=DAYS)
def test_the_answer_changes_on_the_days_it_names_alone(span: Span, day: date) -> None:
    if day not in span.changes:
        assert span.on(day) is span.on(day - timedelta(days=1))


@given(span=SPANS, day=DAYS)
def test_more_exact_bounds_never_turn_an_answer_round(span: Span, day: date) -> None:
    for start in meant(span.start, date.min)[::9]:
        exact = Span(None if span.start is None else PartialDate(start.isoformat()), span.end)
        assert span.on(day) in (None, exact.on(day)) or exact.on(day) is None


@given(span=SPANS, day=DAYS)
def test_sparql_says_the_same(span: Span, day: date) -> None:
    store = MemoryStore()
    lines = ["<urn:x> a <urn:Record> ."]
    for name, bound in (("validFrom", span.start), ("validTo", span.end)):
        for end in () if bound is None else ("Earliest", "Latest"):
            day_of = getattr(bound, end.lower())
            lines.append(f'<urn:x> du:{name}{end} "{day_of}"^^xsd:date .')
    turtle = "@prefix du: <https://w3id.org/dualuse/ns#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    store.store.load((turtle + "\n".join(lines)).encode(), format=ox.RdfFormat.TURTLE)
    asked = f'VALUES ?asOf {{ "{day}"^^xsd:date }} ?x a <urn:Record> . {pattern("?x", "?surely")}'
    rows = store.select(f"SELECT ?surely WHERE {{ {asked} }}")
    found = {"true": True, "false": None}[rows[0]["surely"].value] if rows else False
    assert found is span.on(day)


def test_many_queries_ask_of_a_day() -> None:
    assert len(DATED) > 12


@pytest.mark.parametrize("name", sorted(set(DATED) - UNASKED))
def test_queries_ask_of_a_day_in_these_words(name: str) -> None:
    text = load(name).text
    lines = {" ".join(line.split()) for line in text.splitlines()}
    asked = re.findall(r"OPTIONAL \{ \?(\w+) du:validFromEarliest \?begins(\w*)", text)
    assert asked
    assert text.count("du:validFromEarliest") == len(asked)
    for thing, suffix in asked:
        *words, bind = pattern(f"?{thing}", "?any", suffix).splitlines()
        assert lines.issuperset(words)
        counted = (name, thing) in COUNTED
        assert counted or any(line.startswith(bind.removesuffix("?any)")) for line in lines)
    assert "?surely" in text
