"""The Consolidated Screening List: each quirk of its files, on rows made by hand in their shape."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feeds.conftest import Read, said

from dualuse.errors import UsageError
from dualuse.feeds import parse
from dualuse.feeds.csl import COLUMNS

SAMPLES = Path(__file__).resolve().parents[3] / "shared/feeds/samples/csl"
EL = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
MADE_UP: dict[str, Any] = {
    "_id": "1",
    "source": EL,
    "name": " Made-Up Chips Co., Ltd.",
    "alt_names": "MUC; Made Up Semiconductor; ",
    "addresses": "1 Example Road, Shanghai, China, CN; and 2 Sample St, Akron, OH, 44116",
    "federal_register_notice": "84 FR 22961; 85 F.R. 29853 No. 96",
    "start_date": "2019-05-21",
    "license_requirement": "For all items, see §§ 734.9(e) 1 and 744.11 of the EAR 2, EXCEPT for standards.",
    "license_policy": "Presumption of Denial",
}


def table(*rows: dict[str, str], columns: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(COLUMNS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_what_a_row_says_is_read_and_its_text_is_kept(read: Read) -> None:
    (entry,), report = read("csl", table(MADE_UP))
    assert (entry.label, entry.list_) == ("Made-Up Chips Co., Ltd.", "EL")
    assert entry.cells == MADE_UP
    assert said(entry, "skos:altLabel") == ["MUC", "Made Up Semiconductor"]
    assert said(entry, "schema:addressCountry") == ["CN"]
    assert said(entry, "schema:startDate") == ["2019-05-21"]
    assert said(entry, "dct:bibliographicCitation") == ["84 FR 22961", "85 FR 29853"]
    assert said(entry, "du:section") == ["734.9(e)", "744.11"]
    assert said(entry, "du:footnote") == ["1", "2"]
    assert said(entry, "du:exceptFor") == ["EXCEPT for standards."]
    assert said(entry, "du:licencePolicy") == ["presumption-of-denial"]
    assert report.plain()["cells_not_read"] == [
        {
            "column": "addresses",
            "why": "ends in no country",
            "cells": 1,
            "examples": ["line 2: 2 Sample St, Akron, OH, 44116"],
        }
    ]


def test_the_key_stays_when_the_id_and_later_citations_change(read: Read) -> None:
    later = MADE_UP | {"_id": "other", "federal_register_notice": "84 FR 22961; 85 F.R. 29853; 90 FR 1"}
    keys = {read("csl", table(row))[0][0].key for row in (MADE_UP, later)}
    assert len(keys) == 1
    assert read("csl", table(MADE_UP | {"name": "Another"}))[0][0].key not in keys


def test_a_party_of_the_treasury_is_known_by_its_number_in_each_list(read: Read) -> None:
    row = {"source": SDN, "entity_number": "30882", "name": "Made-Up Telecom", "type": "Entity"}
    other = row | {"source": "Sectoral Sanctions Identifications List (SSI) - Treasury Department"}
    entries, report = read("csl", table(row, other, row))
    assert [entry.key for entry in entries] == ["sdn.30882", "ssi.30882"]
    assert (report.read, report.repeated) == (3, 1)


def test_one_name_in_two_countries_is_two_records(read: Read) -> None:
    entries, _ = read("csl", table(MADE_UP, MADE_UP | {"addresses": "Kabul, AF"}))
    assert len({entry.key for entry in entries}) == 2


def test_identifiers_are_told_from_what_is_none(read: Read) -> None:
    ids = "Passport, 836238033, KP; Male, Gender; Subject to Secondary Sanctions, Additional Sanctions Information -"
    ((entry,), _) = read("csl", table(MADE_UP | {"ids": ids}))
    assert said(entry, "schema:identifier") == ["Passport, 836238033, KP"]


def test_a_header_in_the_middle_and_a_row_cut_short_are_told(read: Read) -> None:
    whole = table(MADE_UP)
    header = whole.splitlines(keepends=True)[0]
    nameless = table({"source": EL}).splitlines()[1]
    entries, report = read("csl", f"{whole}{header}1,{EL},\n{nameless}\n")
    assert len(entries) == 1
    assert set(report.reasons) == {"the header again", "no name", "3 cells, not 29"}
    assert report.refused == 3


def test_28_columns_and_json_say_the_same(read: Read) -> None:
    old = [name for name in COLUMNS if name != "_id"]
    row = {name: cell for name, cell in MADE_UP.items() if name != "_id"}
    (one,), report = read("csl", table(row, columns=old))
    assert (report.grown, report.lost) == ((), ())
    told = {
        **row,
        "id": "1",
        "alt_names": ["MUC", "Made Up Semiconductor"],
        "addresses": [
            {"address": "1 Example Road", "city": "Shanghai", "state": None, "postal_code": None, "country": "CN"},
        ],
        "standard_order": None,
        "programs": [],
    }
    (other,), report = read("csl", json.dumps({"results": [told]}))
    assert report.grown == ()
    assert (one.key, one.label, one.list_) == (other.key, other.label, other.list_)
    for predicate in ("skos:altLabel", "schema:addressCountry", "du:footnote", "dct:bibliographicCitation"):
        assert said(one, predicate) == said(other, predicate)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2\n", "no Consolidated Screening List: its first line has no columns source and name"),
        ("", "no Consolidated Screening List"),
        ("{", "no JSON"),
        ('{"a": 1}', "its JSON has no list of results"),
        (table(MADE_UP).encode("utf-16"), "not UTF-8"),
    ],
)
def test_another_file_is_told(read: Read, content: str | bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("csl", content)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-05-21", date(2019, 5, 21)),
        ("8/11/2015", date(2015, 8, 11)),
        ("11/21/11", None),
        ("0097-06-30", None),
        ("0017-05-26", None),
        ("3033-01-17", None),
        ("2019-02-30", None),
        ("circa 1960", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse.day_of(text) == day


@given(st.text())
def test_any_text_is_read_or_left(text: str) -> None:
    parse.day_of(text)
    parse.citations(text)
    parse.sections(text)
    parse.policies(text)
    assert all(address for address, _ in parse.addresses(text, frozenset({"CN"})))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
@pytest.mark.parametrize(
    ("name", "records", "lists"),
    [
        ("consolidated-2025-excerpt.csv", 13, {"EL": 1, "SDN": 1, "MEU": 1, "SSI": 3, "PLC": 2}),
        ("csl-2019-12-28cols.csv", 115, {"EL": 22, "DPL": 8, "SDN": 28, "SSI": 26, "DTC": 10, "UVL": 4}),
    ],
)
def test_samples(read: Read, name: str, records: int, lists: dict[str, int]) -> None:
    """Records by list were counted by hand: one a row, the header apart."""
    content = (SAMPLES / name).read_bytes()
    entries, report = read("csl", content)
    found = {code: sum(entry.list_ == code for entry in entries) for code in lists}
    assert (len(entries), report.read, report.refused, found) == (records, records, 0, lists)
    assert len({entry.key for entry in entries}) == records
