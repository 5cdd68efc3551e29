"""The Beneficial Ownership Data Standard: each version and quirk, on statements made by hand in their shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import load_or_refuse

from dualuse.errors import UsageError
from dualuse.feeds.bods_says import share_told
from dualuse.feeds.entry import Entry
from dualuse.feeds.places import Places
from dualuse.feeds.values import Share

ABOUT = {"publicationDetails": {"publicationDate": "2020-03-04", "publisher": {"name": "Made-Up Register"}}}
COMPANY: dict[str, Any] = {
    "statementID": "s-company",
    "statementType": "entityStatement",
    "statementDate": "2020-03-04",
    "isComponent": False,
    "entityType": "registeredEntity",
    "name": "Made-Up Chips Ltd",
    "alternateNames": ["MUC"],
    "incorporatedInJurisdiction": {"name": "United Kingdom", "code": "GB"},
    "identifiers": [{"scheme": "GB-COH", "id": "00012345"}, {"scheme": "XI-LEI", "id": "5299000000000000AA00"}],
    "foundingDate": "2019-09",
    "addresses": [{"type": "registered", "address": "1 Example Road, Leeds", "postCode": "LS1", "country": "GB"}],
    **ABOUT,
}
PERSON: dict[str, Any] = {
    "statementID": "s-person",
    "statementType": "personStatement",
    "personType": "knownPerson",
    "names": [{"type": "individual", "givenName": "Jo", "familyName": "Doe"}, {"fullName": "J. Doe"}],
    "nationalities": [{"name": "Scotland", "code": "GB-SCT"}, {"code": "FR"}],
    "birthDate": "1970",
    **ABOUT,
}
OWNS: dict[str, Any] = {
    "statementID": "s-owns",
    "statementType": "ownershipOrControlStatement",
    "statementDate": "2021-01-01",
    "subject": {"describedByEntityStatement": "s-company"},
    "interestedParty": {"describedByPersonStatement": "s-person"},
    "componentStatementIDs": ["s-part"],
    "replacesStatements": ["s-old"],
    "interests": [
        {
            "type": "shareholding",
            "interestLevel": "direct",
            "share": {"minimum": 25, "maximum": 50, "exclusiveMinimum": True, "exclusiveMaximum": False},
            "startDate": "2016-04-06",
            "endDate": "2020-12-31",
        },
        {"type": "voting-rights", "directOrIndirect": "unknown", "share": {"exact": 12.5}},
    ],
    **ABOUT,
}
OLD = [COMPANY, PERSON, OWNS]


def record(key: str, of: str, kind: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {
        "statementId": key,
        "declarationSubject": "r-company",
        "recordId": of,
        "recordType": kind,
        "recordStatus": "new",
    }
    return {**told, "statementDate": "2020-03-04", "recordDetails": details, **ABOUT, **more}


HOLDS = {
    "isComponent": True,
    "subject": "r-company",
    "interestedParty": "r-person",
    "interests": [
        {"type": "shareholding", "directOrIndirect": "direct", "share": {"exclusiveMinimum": 75, "maximum": 100}}
    ],
}
PLACED = {"address": "2 Road", "country": {"name": "UK", "code": "GB"}}
BRITISH = {"name": "United Kingdom", "code": "GB"}
CHIPS = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": "Made-Up Chips Ltd"}
JO = {"isComponent": False, "personType": "knownPerson", "names": [{"fullName": "Jo Doe"}]}
CLOSED = {"recordStatus": "closed", "statementDate": "2024-01-01"}
NEW = [
    record("v1", "r-company", "entity", CHIPS | {"jurisdiction": BRITISH, "addresses": [PLACED]}),
    record("v2", "r-person", "person", JO),
    record("v3", "r-holds", "relationship", HOLDS),
    record("v4", "r-holds", "relationship", HOLDS | {"componentRecords": ["r-x"]}, **CLOSED),
]


def lines(*statements: Mapping[str, Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in statements)


def by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in entries if entry.label}


def tail(entry: Entry, predicate: str) -> list[str]:
    return [value.rpartition("/feed-entry/bods.")[2] for value in said(entry, predicate)]


def test_statements_of_0_2_and_0_3(read: Read) -> None:
    entries, report = read("bods", json.dumps(OLD))
    found = by_key(entries)
    company, person, owns = found["s-company"], found["s-person"], found["s-owns"]
    assert (company.label, said(company, "skos:altLabel")) == ("Made-Up Chips Ltd", ["MUC"])
    assert said(company, "schema:identifier") == ["GB-COH 00012345", "XI-LEI 5299000000000000AA00"]
    assert said(company, "schema:leiCode") == ["5299000000000000AA00"]
    assert (said(company, "ftm:jurisdiction"), said(company, "schema:addressCountry")) == (["GB"], ["GB"])
    assert said(company, "schema:foundingDate") == ["2019-09"]
    assert (person.label, said(person, "skos:altLabel")) == ("Jo Doe", ["J. Doe"])
    assert said(person, "ftm:nationality") == ["FR"]
    assert (tail(owns, "ftm:asset"), tail(owns, "ftm:owner")) == (["s-company"], ["s-person"])
    assert (tail(owns, "dct:replaces"), tail(owns, "dct:hasPart")) == (["s-old"], ["s-part"])
    assert report.unread == {("nationalities", "a code of no place on record"): 1}
    assert (report.read, report.grown, report.lost) == (3, (), ())
    assert json.loads(company.cells["identifiers"]) == COMPANY["identifiers"]


def test_each_interest_has_both_ends_its_share_and_its_days(read: Read) -> None:
    entries, _ = read("bods", lines(*OLD))
    share, votes = by_key(entries)["s-owns.1"], by_key(entries)["s-owns.2"]
    assert [(said(each, "rdf:type")[0].rpartition("#")[2], each.adds) for each in (share, votes)] == [
        ("Ownership", True),
        ("Interest", True),
    ]
    assert tail(share, "ftm:owner") == tail(votes, "ftm:owner") == ["s-person"]
    assert tail(share, "prov:wasDerivedFrom") == ["s-owns"]
    assert (said(share, "schema:minValue"), said(share, "xsd:minExclusive")) == (["25"], ["25"])
    assert (said(share, "schema:maxValue"), said(share, "xsd:maxExclusive")) == (["50"], [])
    assert (said(share, "schema:startDate"), said(share, "schema:endDate")) == (["2016-04-06"], ["2020-12-31"])
    assert (said(share, "ftm:percentage"), said(votes, "ftm:percentage")) == ([], ["12.5"])
    assert said(share, "ftm:ownershipType") == ["direct"]


def test_statements_of_0_4_are_versions_of_records(read: Read) -> None:
    entries, report = read("bods", json.dumps(NEW))
    found = by_key(entries)
    assert (tail(found["v3"], "ftm:owner"), tail(found["v3"], "ftm:asset")) == (["r-person"], ["r-company"])
    assert (found["r-person"].label, found["r-person"].adds) == ("Jo Doe", True)
    assert tail(found["v1"], "dct:isVersionOf") == ["r-company"]
    assert (said(found["v1"], "dct:type"), said(found["v1"], "schema:addressCountry")) == (["registeredEntity"], ["GB"])
    assert (said(found["v3.1"], "schema:minValue"), said(found["v3.1"], "xsd:minExclusive")) == (["75"], ["75"])
    assert said(found["v3"], "schema:additionalType") == ["component"]
    assert (tail(found["v4"], "dct:hasPart"), said(found["v4"], "schema:creativeWorkStatus")) == (["r-x"], ["closed"])
    (last,) = (entry for entry in entries if entry.key == "v4" and not entry.label)
    assert tail(last, "dct:replaces") == ["v3"]
    assert [entry.list_ for entry in entries if not entry.adds] == ["entity", "person", "relationship", "relationship"]
    assert (report.read, report.grown, report.lost) == (4, (), ())


@pytest.mark.parametrize(
    "end",
    [
        {"unspecified": {"reason": "no-beneficial-owners", "description": "None."}},
        {"reason": "no-beneficial-owners", "description": "None."},
    ],
)
def test_nobody_named_is_a_statement(read: Read, end: dict[str, Any]) -> None:
    ((entry, *_), report) = read("bods", lines(OWNS | {"interestedParty": end, "interests": []}))
    assert said(entry, "dct:description") == ["interestedParty not named: no-beneficial-owners: None."]
    assert (said(entry, "ftm:owner"), sum(report.unread.values())) == ([], 0)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({"exact": 100}, Share(Decimal(100), Decimal(100))),
        ({"minimum": 25}, Share(Decimal(25), None)),
        ({"minimum": 0, "maximum": 25, "exclusiveMaximum": True}, Share(Decimal(0), Decimal(25), below=True)),
        ({"exclusiveMinimum": 25, "exclusiveMaximum": 50}, Share(Decimal(25), Decimal(50), above=True, below=True)),
        ({"minimum": 30, "exclusiveMinimum": 25}, Share(Decimal(30), None)),
        ({"exclusiveMinimum": True}, None),
        ({"minimum": 50, "maximum": 25}, None),
        ({"exact": 101}, None),
        ({"exact": "many"}, None),
        ({}, None),
        ("50", None),
    ],
)
def test_shares(given: Any, share: Share | None) -> None:
    assert share_told(given) == share


def test_what_is_none_or_is_said_twice_is_told(read: Read) -> None:
    _, report = read(
        "bods", lines(COMPANY, COMPANY, {"statementID": "x"}, {"name": "y"}, NEW[0] | {"recordDetails": 3})
    )
    assert report.repeated == 1
    assert report.reasons == {
        "neither of an entity, a person nor a relationship": 1,
        "no statementId": 1,
        "no details": 1,
    }


def test_an_unknown_field_is_a_new_column(read: Read) -> None:
    details = HOLDS | {"mood": 1, "interests": [{"type": "x", "colour": "red"}]}
    _, report = read("bods", lines(record("v", "r", "relationship", details, weather="fine")))
    assert report.grown == ("interests.colour", "recordDetails.mood", "weather")


def test_one_statement_alone_may_be_spread_over_lines(read: Read) -> None:
    assert [entry.key for entry in read("bods", json.dumps(COMPANY, indent=2))[0]] == ["s-company"]


@pytest.mark.parametrize(("content", "why"), [("a,b\n", "not JSON"), ("", "not JSON"), ("[{", "no JSON")])
def test_another_file_is_told(read: Read, content: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("bods", content)


@pytest.mark.parametrize("content", [json.dumps(OLD), json.dumps(NEW), lines(*OLD), lines(*NEW)])
def test_spoiled_files_are_read_or_refused(places: Places, tmp_path: Path, content: str) -> None:
    load_or_refuse(places, tmp_path / "file", "bods", content)
