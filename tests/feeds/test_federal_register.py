"""Documents of the Federal Register: each quirk of its API, on documents made by hand in their shape."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import read_or_refused

from dualuse.errors import UsageError
from dualuse.feeds.entry import entry_iri, triples
from dualuse.feeds.federal_register_days import days_of

SAMPLES = Path(__file__).resolve().parents[3] / "shared/feeds/samples/federal-register"
RULE: dict[str, Any] = {
    "document_number": "2025-00001",
    "title": "Made-Up Controls on  Made-Up Chips",
    "type": "Rule",
    "abstract": None,
    "action": "Interim final rule.",
    "agencies": [
        {"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "id": 54, "parent_id": None},
        {"raw_name": "Bureau of Made-Up Matters"},
    ],
    "citation": "90 FR 1",
    "cfr_references": [{"title": 15, "part": 744}, {"title": 15, "part": None}],
    "dates": "This rule is effective January 13. 2025.",
    "effective_on": None,
    "publication_date": "2025-01-03",
    "docket_ids": ["Docket No. 250101-0001"],
    "regulation_id_numbers": ["0000-AA00"],
    "start_page": 1,
    "html_url": "https://example.org/2025-00001",
}


def page(*documents: dict[str, Any]) -> str:
    return json.dumps({"count": len(documents), "description": "made up", "results": documents, "next_page_url": None})


def test_what_a_document_says_is_read_and_its_text_is_kept(read: Read) -> None:
    (entry,), report = read("federal-register", page(RULE))
    assert (entry.key, entry.label, entry.list_) == ("2025-00001", "Made-Up Controls on Made-Up Chips", "RULE")
    assert entry.cells["dates"] == RULE["dates"]
    assert json.loads(entry.cells["cfr_references"]) == RULE["cfr_references"]
    assert "abstract" not in entry.cells  # null
    assert set(RULE) - set(entry.cells) == {"abstract", "effective_on"}
    assert said(entry, "schema:datePublished") == ["2025-01-03"]
    assert said(entry, "schema:startDate") == ["2025-01-13"]
    assert said(entry, "dct:bibliographicCitation") == ["90 FR 1"]
    assert said(entry, "dct:creator") == ["Commerce Department", "Bureau of Made-Up Matters"]
    assert said(entry, "dct:references") == ["15 CFR 744", "15 CFR"]
    assert said(entry, "dct:identifier") == ["2025-00001", "Docket No. 250101-0001", "0000-AA00"]
    assert [(cell["column"], cell["why"]) for cell in report.plain()["cells_not_read"]] == [
        ("cfr_references", "names no part")
    ]
    assert (report.grown, report.lost) == ((), ())


@pytest.mark.parametrize("number", ["C1-2025-00001", "R1-2025-00001"])
def test_a_correction_points_to_what_it_corrects(read: Read, number: str) -> None:
    correction = RULE | {"document_number": number, "correction_of": "https://example.org/api/v1/documents/2025-00001"}
    (entry,), _ = read("federal-register", page(correction))
    assert ("prov:wasRevisionOf", f"<{entry_iri('federal-register', '2025-00001')}>") in entry.says
    assert (entry.key, said(entry, "dct:identifier")[0]) == (number, number)


def test_a_correction_that_only_names_its_original(read: Read) -> None:
    told = RULE | {"correction_of": "https://example.org/api/v1/documents/2024-02725"}
    (entry,), _ = read("federal-register", page(told))
    assert ("prov:wasRevisionOf", f"<{entry_iri('federal-register', '2024-02725')}>") in entry.says


def test_a_document_on_two_pages_is_one(read: Read) -> None:
    other = RULE | {"title": "Another"}
    entries, report = read("federal-register", f"{page(RULE)}\n{page(RULE, other)}")
    assert (len(entries), report.read, report.repeated) == (2, 3, 1)
    assert len({entry.key for entry in entries}) == 2


@pytest.mark.parametrize(
    "content",
    [json.dumps(RULE), json.dumps([RULE]), json.dumps(RULE) + "\n", "\ufeff" + page(RULE), json.dumps(RULE, indent=2)],
)
def test_a_document_alone_a_list_and_lines_are_read(read: Read, content: str) -> None:
    assert [entry.key for entry in read("federal-register", content)[0]] == ["2025-00001"]


def test_what_is_no_document_is_told(read: Read) -> None:
    told: Any = [RULE, {"title": "without a number"}, 7, RULE | {"document_number": "2025-2", "type": None}]
    entries, report = read("federal-register", json.dumps(told))
    assert [entry.key for entry in entries] == ["2025-00001", "2025-2"]
    assert dict(report.reasons) == {"no document_number": 1, "no document": 1}
    assert ("type", "no type of document that is known") in report.unread


def test_fields_that_are_new_or_missing_are_told(read: Read) -> None:
    told = {name: value for name, value in RULE.items() if name != "type"} | {"mood": "merry"}
    _, report = read("federal-register", page(told))
    assert (report.grown, report.lost) == (("mood",), ("type",))


def test_half_a_surrogate_pair_can_be_written(read: Read) -> None:
    (entry,), _ = read("federal-register", json.dumps([RULE | {"title": "a\ud800b"}]))
    "".join(triples("federal-register", entry)).encode("utf-8")
    assert entry.label == "a?b"


def test_days_that_differ_are_told(read: Read) -> None:
    (entry,), report = read("federal-register", page(RULE | {"effective_on": "2025-01-14"}))
    assert said(entry, "schema:startDate") == ["2025-01-14", "2025-01-13"]
    assert ("dates", "names other days than effective_on") in report.unread


@pytest.mark.parametrize(
    ("prose", "starts", "ends", "doubt"),
    [
        ("This rule is effective January 13. 2025.", ["2025-01-13"], [], ""),
        ("Effective Janaury 13th, 2025.", ["2025-01-13"], [], ""),
        ("Effective 13 Jan. 2025", ["2025-01-13"], [], ""),
        (
            "This rule is effective January 16, 2025, except for instruction 5, which is effective January 31, 2025. "
            "Compliance is required by May 1, 2025. Comments must be received by March 14, 2025.",
            ["2025-01-16", "2025-01-31"],
            [],
            "",
        ),
        ("Comments must be received by May 15, 2025.", [], [], ""),
        ("Effective March 25, 2025 through March 28, 2026.", ["2025-03-25"], ["2026-03-28"], ""),
        ("This rule is effective upon publication.", ["2025-01-03"], [], ""),
        (
            "The effective date of the rule published January 15, 2025, is delayed until March 21, 2025.",
            ["2025-03-21"],
            [],
            "",
        ),
        ("The effective date is delayed from March 1, 2025, to April 5, 2025.", ["2025-04-05"], [], ""),
        (
            "Effective sixty days after publication.",
            [],
            [],
            "says since when, and names no day that can be read",
        ),
        ("Effective February 30, 2025.", [], [], "names a day that is none"),
        ("", [], [], ""),
    ],
)
def test_days_of_prose(prose: str, starts: list[str], ends: list[str], doubt: str) -> None:
    found = days_of(prose, date(2025, 1, 3))
    assert [each.isoformat() for each in found.starts] == starts
    assert [each.isoformat() for each in found.ends] == ends
    assert found.doubt == doubt


@given(st.text())
def test_any_prose_is_read_or_left(text: str) -> None:
    days_of(text, None)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no documents of the Federal Register"),
        ('{"errors": {"per_page": "no"}}', "no documents of the Federal Register"),
        ("[1, 2", "no JSON: ] is missing"),
        ("<html>", "no JSON"),
        ("[" * 100_000, "no JSON: nested too deeply"),
        (page(RULE).encode("utf-16"), "not UTF-8"),
    ],
)
def test_another_file_is_told(read: Read, content: str | bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("federal-register", content)


def test_a_spoiled_file_is_read_or_refused(read: Read) -> None:
    content = json.dumps({"results": [RULE, RULE | {"document_number": "C1-2025-00001"}]}, indent=1).encode()
    assert read_or_refused(read, "federal-register", content) > 4


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
def test_sample(read: Read) -> None:
    """Documents by type were counted by hand; the capture has ten fields, none of them a day of effect."""
    entries, report = read("federal-register", (SAMPLES / "api_documents_2025.json").read_bytes())
    found = {code: sum(entry.list_ == code for entry in entries) for code in ("NOTICE", "PRORULE", "PRESDOCU", "RULE")}
    assert found == {"NOTICE": 83, "PRORULE": 7, "PRESDOCU": 5, "RULE": 5}
    assert (len(entries), report.read, report.refused, report.repeated) == (100, 100, 0, 0)
    assert (report.grown, report.lost, len(report.columns)) == ((), (), 10)
    assert sum("abstract" not in entry.cells for entry in entries) == 19
