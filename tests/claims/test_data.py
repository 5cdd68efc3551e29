"""The curated claims: complete, pointing inside their passages, in our own words."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from dualuse.build import Built
from dualuse.claims.ledger import Ledger
from dualuse.claims.settle import CALCULATIONS, PLACE_CALCULATIONS
from dualuse.load.parse import Unfit, parse
from dualuse.model.claims import Calculation, Claim, Document, Passage, Settlement
from dualuse.model.values import ClaimAttribute, InstrumentKind, Modality

_HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="session")
def claims(built: Built) -> dict[str, Claim]:
    return built.curated.tables["claims/claims"]


@pytest.fixture(scope="session")
def passages(built: Built) -> dict[str, Passage]:
    return built.curated.tables["claims/passages"]


@pytest.fixture(scope="session")
def settlements(built: Built) -> dict[str, Settlement]:
    return built.curated.tables["claims/settlements"]


def test_all_are_there(built: Built, claims: dict[str, Claim], passages: dict[str, Passage]) -> None:
    assert (len(claims), len(passages)) == (206, 31)
    (document,) = built.curated.tables["documents"].values()
    assert isinstance(document, Document)
    assert document.sha256 == "265fdeedb8999bf2f10a02dd8bcc5c5cd3c7dda3553eb56102d4110e0f011bab"


def test_pointers_lie_inside_their_passages(claims: dict[str, Claim], passages: dict[str, Passage]) -> None:
    for key, claim in claims.items():
        assert claim.end <= passages[claim.passage].length, key
        assert claim.folded_length <= claim.end - claim.start, key


def test_passages_are_numbered_without_gaps(built: Built, passages: dict[str, Passage]) -> None:
    numbers = [passage.number for passage in passages.values()]
    assert numbers == list(range(1, len(numbers) + 1))
    (document,) = built.curated.tables["documents"].values()
    assert sum(passage.length for passage in passages.values()) < document.length


def test_reports_are_named_by_their_first_passage(passages: dict[str, Passage]) -> None:
    for key, passage in passages.items():
        if passage.same_report is not None:
            assert passage.same_report < key
            assert passages[passage.same_report].same_report is None


def test_glosses_are_our_own_words(claims: dict[str, Claim]) -> None:
    assert not [key for key, claim in claims.items() if _HAN.search(claim.gloss) or not claim.gloss.endswith(".")]


def test_exact_words_are_kept_once(claims: dict[str, Claim]) -> None:
    assert [key for key, claim in claims.items() if claim.quotation is not None] == ["sc-06-05"]


def test_every_value_of_the_schemes_is_used(claims: dict[str, Claim]) -> None:
    assert {claim.attribute for claim in claims.values()} == set(get_args(ClaimAttribute))
    assert {claim.modality for claim in claims.values()} == set(get_args(Modality))


def test_what_is_denied_is_negated(claims: dict[str, Claim]) -> None:
    denied = {key for key, claim in claims.items() if claim.modality == "denied"}
    assert denied <= {key for key, claim in claims.items() if claim.polarity == "negated"}


def test_settlements_use_every_calculation_and_no_other(settlements: dict[str, Settlement]) -> None:
    known = set(CALCULATIONS) | set(PLACE_CALCULATIONS)
    assert known == set(get_args(Calculation))
    assert {settlement.calculation for settlement in settlements.values()} == known


def test_settled_phrases_are_values_of_claims(claims: dict[str, Claim], settlements: dict[str, Settlement]) -> None:
    for key, settlement in settlements.items():
        told = {claim.value for claim in claims.values() if claim.attribute == settlement.attribute}
        kept = {*settlement.part, *settlement.fails, *settlement.holds}
        assert kept <= told | {"licence exception"}, key


def test_every_kind_of_instrument_has_an_effect(built: Built) -> None:
    kinds = {row.instrument_kind for row in built.curated.tables["claims/legal-effects"].values()}
    assert kinds - {None} == set(get_args(InstrumentKind))


def test_the_graph_holds_what_the_tables_hold(ledger: Ledger, claims: dict[str, Claim]) -> None:
    assert list(ledger.claims) == list(claims)
    for key, record in claims.items():
        assert (ledger.claims[key].gloss, ledger.passage(ledger.claims[key]).key) == (record.gloss, record.passage)


def test_assessments_are_derived(built: Built) -> None:
    rows = built.store.select(
        "SELECT ?result (COUNT(?a) AS ?n) WHERE { GRAPH graph:inferred { ?a a du:Assessment ; "
        "du:assessmentResult ?result } } GROUP BY ?result"
    )
    counts = {row["result"].value.rsplit("/", 1)[-1]: int(row["n"].value) for row in rows}
    assert counts == {"agrees": 58, "agrees-in-part": 10, "differs": 22, "not-decidable": 2}


def test_conflicts_are_linked_both_ways(built: Built) -> None:
    one_way = "ASK { ?a du:conflictsWith ?b FILTER NOT EXISTS { ?b du:conflictsWith ?a } }"
    assert not built.store.ask(one_way)
    assert built.store.ask("ASK { claim:sc-06-02 du:conflictsWith claim:sc-22-04 }")
    assert not built.store.ask("ASK { claim:sc-08-05 du:conflictsWith claim:sc-08-03 }")


WHOLE: dict[str, Any] = {
    "key": "sc-1",
    "passage": "p-1",
    "start": 0,
    "end": 4,
    "span_sha256": "0" * 64,
    "folded_sha256": "0" * 64,
    "folded_length": 4,
    "gloss": "What is claimed.",
    "attribute": "tier2-count",
    "instrument": "rule",
    "value": "120",
    "modality": "asserted",
    "sources": "source",
    "confidence": "high",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": 0}, "greater than or equal to 1"),
        ({"start": 4}, "not after its start"),
        ({"span_sha256": "xyz"}, "wrong id or form"),
        ({"value_min": 5, "value_max": 4, "unit": "country"}, "below value_min"),
        ({"value_min": 5}, "a number needs its unit"),
        ({"instrument": None}, "a claim is about something"),
        ({"quotation": "字" * 41}, "at most 40 characters"),
        ({"gloss": "a" * 121}, "at most 120"),
        ({"attribute": "tier4-count"}, "is not allowed; "),
        ({"modality": "shouted"}, "is not allowed; "),
        ({"span": "the words"}, "unknown key"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(change: dict[str, Any], message: str) -> None:
    assert parse(Claim, WHOLE).value == "120"
    with pytest.raises(Unfit, match=message):
        parse(Claim, WHOLE | change)


@pytest.mark.parametrize(
    ("record", "change", "message"),
    [
        (Passage, {"date_to": "2025-01-12"}, "is before date_from"),
        (Passage, {"same_report": "p-1"}, "cannot repeat itself"),
        (Settlement, {"day": "2025-01"}, "must be a whole day"),
        (Settlement, {"divisors": "0"}, "wrong id or form: '0'"),
        (Settlement, {"divisors": "15,824"}, "wrong id or form: '15,824'"),
    ],
)
def test_other_rows_that_cannot_be_are_refused(record: Any, change: dict[str, Any], message: str) -> None:
    rows: dict[Any, dict[str, Any]] = {
        Passage: {
            "key": "p-1",
            "document": "d",
            "number": 1,
            "length": 4,
            "sha256": "0" * 64,
            "folded_sha256": "0" * 64,
            "kind": "body",
            "date_from": "2025-01-13",
            "date_to": "2025-01-14",
        },
        Settlement: {
            "key": "s",
            "attribute": "country-cap",
            "instrument": "rule",
            "calculation": "allocation",
            "day": "2025-01-13",
            "divisors": "15824",
            "summary": "What the law says.",
        },
    }
    whole = rows[record] | {"sources": "source", "confidence": "high"}
    parse(record, whole)
    with pytest.raises(Unfit, match=message):
        parse(record, whole | change)
