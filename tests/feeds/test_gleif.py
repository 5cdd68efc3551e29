"""GLEIF: each form of its golden copies and each quirk, on records made by hand in their shape."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import load_or_refuse

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places

CHILD, PARENT = "5299000000000000AA00", "5299000000000000BB00"


def t(text: str, **attributes: str) -> dict[str, str]:
    """A text as BadgerFish has it."""
    return {"$": text, **{f"@{name}": value for name, value in attributes.items()}}


COMPANY: dict[str, Any] = {
    "LEI": t(CHILD),
    "Entity": {
        "LegalName": {"@xml:lang": "zh", "$": "虛構晶片有限公司"},
        "OtherEntityNames": {"OtherEntityName": [t("Made-Up Chips", type="TRADING_OR_OPERATING_NAME")]},
        "TransliteratedOtherEntityNames": {"TransliteratedOtherEntityName": [t("Xugou Jingpian")]},
        "LegalAddress": {
            "FirstAddressLine": t("1 Example Road"),
            "AdditionalAddressLine": [t("Floor 2"), t("Room 3")],
            "City": t("Wilmington"),
            "Region": t("US-DE"),
            "Country": t("US"),
        },
        "HeadquartersAddress": {"FirstAddressLine": t("2 Sample St"), "City": t("Shanghai"), "Country": t("CN")},
        "RegistrationAuthority": {
            "RegistrationAuthorityID": t("RA000602"),
            "RegistrationAuthorityEntityID": t("00012345"),
        },
        "LegalJurisdiction": t("US-DE"),
        "EntityCategory": t("GENERAL"),
        "EntityStatus": t("ACTIVE"),
        "EntityCreationDate": t("2001-05-07T00:00:00Z"),
    },
    "Registration": {"LastUpdateDate": t("2024-02-30"), "RegistrationStatus": t("LAPSED")},
    "Extension": None,
}
ACCOUNTS = {"StartDate": t("2021-01-01T01:00:00+01:00"), "EndDate": t("2021-12-31T01:00:00+01:00")}
PERIODS = [
    ACCOUNTS | {"PeriodType": t("ACCOUNTING_PERIOD")},
    {"StartDate": t("2017-12-06T01:00:00+01:00"), "PeriodType": t("RELATIONSHIP_PERIOD")},
    {"StartDate": t("2022-06-01T00:00:00Z"), "PeriodType": t("DOCUMENT_FILING_PERIOD")},
]
AMOUNT = {"MeasurementMethod": t("ACCOUNTING_CONSOLIDATION"), "QuantifierAmount": t("1.00")}
HELD: dict[str, Any] = {
    "Relationship": {
        "StartNode": {"NodeID": t(CHILD), "NodeIDType": t("LEI")},
        "EndNode": {"NodeID": t(PARENT), "NodeIDType": t("LEI")},
        "RelationshipType": t("IS_DIRECTLY_CONSOLIDATED_BY"),
        "RelationshipPeriods": {"RelationshipPeriod": PERIODS},
        "RelationshipStatus": t("ACTIVE"),
        "RelationshipQuantifiers": {"RelationshipQuantifier": [AMOUNT]},
    },
    "Registration": {"RegistrationStatus": t("PUBLISHED")},
}
EXCEPTION: dict[str, Any] = {
    "LEI": t(CHILD),
    "ExceptionCategory": t("ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"),
    "ExceptionReason": [t("NON_CONSOLIDATING"), t("NO_KNOWN_PERSON")],
}


def xml(element: str, told: Any, prefix: str) -> str:
    if isinstance(told, list):
        return "".join(xml(element, each, prefix) for each in told)
    if told is None:
        return ""
    own = "".join(f' {name[1:]}="{value}"' for name, value in told.items() if name.startswith("@"))
    inner = "".join(xml(name, each, prefix) for name, each in told.items() if name[0] not in "@$")
    return f"<{prefix}:{element}{own}>{told.get('$', '')}{inner}</{prefix}:{element}>\n"


def data(root: str, prefix: str, element: str, *told: Any, count: int = 394_970) -> str:
    inner = "".join(xml(element, each, prefix) for each in told)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}:{root} xmlns:{prefix}="http://www.gleif.org/data/schema/x">\n'
        f"<{prefix}:Header><{prefix}:RecordCount>{count}</{prefix}:RecordCount></{prefix}:Header>\n"
        f"<{prefix}:Records>{inner}</{prefix}:Records></{prefix}:{root}>\n"
    )


def table(*told: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(told[0]), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue()


LEI_TABLE = table(
    {
        "LEI": CHILD,
        "Entity.LegalName": "虛構晶片有限公司",
        "Entity.LegalName.xmllang": "zh",
        "Entity.OtherEntityNames.OtherEntityName.1": "Made-Up Chips",
        "Entity.OtherEntityNames.OtherEntityName.1.type": "TRADING_OR_OPERATING_NAME",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1": "Xugou Jingpian",
        "Entity.LegalAddress.FirstAddressLine": "1 Example Road",
        "Entity.LegalAddress.AdditionalAddressLine.1": "Floor 2",
        "Entity.LegalAddress.AdditionalAddressLine.2": "Room 3",
        "Entity.LegalAddress.City": "Wilmington",
        "Entity.LegalAddress.Region": "US-DE",
        "Entity.LegalAddress.Country": "US",
        "Entity.HeadquartersAddress.FirstAddressLine": "2 Sample St",
        "Entity.HeadquartersAddress.City": "Shanghai",
        "Entity.HeadquartersAddress.Country": "CN",
        "Entity.RegistrationAuthority.RegistrationAuthorityID": "RA000602",
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "00012345",
        "Entity.LegalJurisdiction": "US-DE",
        "Entity.EntityCategory": "GENERAL",
        "Entity.EntityStatus": "ACTIVE",
        "Entity.EntityCreationDate": "2001-05-07T00:00:00Z",
        "Registration.LastUpdateDate": "2024-02-30",
        "Registration.RegistrationStatus": "LAPSED",
    }
)
RR_TABLE = table(
    {
        "Relationship.StartNode.NodeID": CHILD,
        "Relationship.StartNode.NodeIDType": "LEI",
        "Relationship.EndNode.NodeID": PARENT,
        "Relationship.EndNode.NodeIDType": "LEI",
        "Relationship.RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
        "Relationship.Period.1.startDate": "2021-01-01T01:00:00+01:00",
        "Relationship.Period.1.endDate": "2021-12-31T01:00:00+01:00",
        "Relationship.Period.1.periodType": "ACCOUNTING_PERIOD",
        "Relationship.Period.2.startDate": "2017-12-06T01:00:00+01:00",
        "Relationship.Period.2.endDate": "",
        "Relationship.Period.2.periodType": "RELATIONSHIP_PERIOD",
        "Relationship.Period.3.startDate": "2022-06-01T00:00:00Z",
        "Relationship.Period.3.endDate": "",
        "Relationship.Period.3.periodType": "DOCUMENT_FILING_PERIOD",
        "Relationship.RelationshipStatus": "ACTIVE",
        "Relationship.Quantifiers.1.MeasurementMethod": "ACCOUNTING_CONSOLIDATION",
        "Relationship.Quantifiers.1.QuantifierAmount": "1.00",
        "Registration.RegistrationStatus": "PUBLISHED",
    }
)
REPEX_TABLE = table(
    {
        "LEI": CHILD,
        "Exception.Category": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
        "Exception.Reason.1": "NON_CONSOLIDATING",
        "Exception.Reason.2": "NO_KNOWN_PERSON",
    }
)
LEIS = [json.dumps({"records": [COMPANY]}), data("LEIData", "lei", "LEIRecord", COMPANY, count=1), LEI_TABLE]
RRS = [
    json.dumps({"relations": [{"RelationshipRecord": HELD}]}),
    data("RelationshipData", "rr", "RelationshipRecord", HELD, count=1),
    RR_TABLE,
]
REPEXS = [
    json.dumps({"exceptions": [EXCEPTION]}),
    data("ReportingExceptionData", "repex", "Exception", EXCEPTION, count=1),
    REPEX_TABLE,
]


def tail(entry: Entry, predicate: str) -> list[str]:
    return [value.rpartition("/feed-entry/gleif.")[2] for value in said(entry, predicate)]


@pytest.mark.parametrize("content", LEIS)
def test_a_legal_entity_in_each_form(read: Read, content: str) -> None:
    (entry,), report = read("gleif", content)
    assert (entry.key, entry.label, entry.list_) == (CHILD, "虛構晶片有限公司", "lei")
    assert said(entry, "skos:altLabel") == ["Made-Up Chips", "Xugou Jingpian"]
    assert said(entry, "schema:address") == [
        "1 Example Road, Floor 2, Room 3, Wilmington, US-DE, US",
        "2 Sample St, Shanghai, CN",
    ]
    assert [said(entry, name) for name in ("ftm:jurisdiction", "ftm:country", "ftm:mainCountry")] == [
        ["US"],
        ["US"],
        ["CN"],
    ]
    assert said(entry, "schema:identifier") == ["RA000602 00012345"]
    assert (said(entry, "ftm:status"), said(entry, "schema:creativeWorkStatus")) == (["ACTIVE"], ["LAPSED"])
    assert said(entry, "schema:foundingDate") == ["2001-05-07"]
    assert entry.cells["Entity.LegalName.xmllang"] == "zh"
    assert report.unread == {("Registration.LastUpdateDate", "no date"): 1}
    assert (report.read, report.grown, report.lost) == (1, (), ())


@pytest.mark.parametrize("content", RRS)
def test_a_relationship_has_the_days_of_its_own_period_alone(read: Read, content: str) -> None:
    (entry,), report = read("gleif", content)
    assert entry.list_ == "IS_DIRECTLY_CONSOLIDATED_BY"
    assert (tail(entry, "ftm:asset"), tail(entry, "ftm:owner")) == ([CHILD], [PARENT])
    assert (said(entry, "schema:startDate"), said(entry, "schema:endDate")) == (["2017-12-06"], [])
    assert said(entry, "dct:temporal") == [
        "ACCOUNTING_PERIOD 2021-01-01/2021-12-31",
        "DOCUMENT_FILING_PERIOD 2022-06-01/..",
    ]
    assert not any(name.startswith(("ftm:percentage", "schema:minValue")) for name, _ in entry.says)
    assert any("not one that is owned" in why for why in report.ignored.values())
    assert (report.grown, report.lost, sum(report.unread.values())) == ((), (), 0)


@pytest.mark.parametrize("content", REPEXS)
def test_a_parent_not_told_is_a_statement(read: Read, content: str) -> None:
    (entry,), report = read("gleif", content)
    assert entry.list_ == "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"
    assert tail(entry, "ftm:asset") == [CHILD]
    assert said(entry, "dct:description") == ["parent not told: NON_CONSOLIDATING", "parent not told: NO_KNOWN_PERSON"]
    assert (report.grown, report.lost) == ((), ())


def test_a_fund_is_managed_not_owned(read: Read) -> None:
    managed = HELD | {"Relationship": HELD["Relationship"] | {"RelationshipType": t("IS_FUND-MANAGED_BY")}}
    ((entry,), _) = read("gleif", json.dumps({"relations": [{"RelationshipRecord": managed}]}))
    assert (tail(entry, "ftm:subject"), tail(entry, "ftm:object"), tail(entry, "ftm:owner")) == ([CHILD], [PARENT], [])


def test_the_count_in_the_header_may_be_that_of_the_full_file(read: Read) -> None:
    _, report = read("gleif", data("RelationshipData", "rr", "RelationshipRecord", HELD))
    assert report.unread == {("RecordCount", "the file has 1 records"): 1}


def test_extensions_are_kept_and_what_was_taken_back_is_told(read: Read) -> None:
    more = COMPANY | {
        "LEI": t(PARENT),
        "Extension": {"gleif:Geocoding": [{"gleif:lat": t("1.5")}, {"gleif:lat": t("2")}]},
    }
    gone = COMPANY | {"LEI": t("X"), "Extension": {"gleif:Deletion": {"gleif:DeletedAt": t("2024-01-01")}}}
    entries, report = read("gleif", json.dumps({"records": [COMPANY, more, gone, COMPANY]}))
    assert [entry.key for entry in entries] == [CHILD, PARENT]
    assert entries[1].cells["Extension.Geocoding.2.lat"] == "2"
    assert (report.reasons, report.repeated, report.grown) == ({"taken back by GLEIF": 1}, 1, ())


def test_what_is_none_is_told(read: Read) -> None:
    nameless = COMPANY | {"Entity": {"EntityStatus": t("ACTIVE")}}
    _, report = read("gleif", json.dumps({"records": [COMPANY, nameless, 3, {"Entity": {"LegalName": t("x")}}]}))
    assert report.reasons == {"no name": 1, "no object": 1, "no LEI": 1}


def test_an_unknown_element_is_a_new_column_and_one_that_matters_is_missed(read: Read) -> None:
    entity = {name: each for name, each in COMPANY["Entity"].items() if name != "LegalJurisdiction"}
    _, report = read("gleif", json.dumps({"records": [COMPANY | {"Entity": entity | {"Mood": t("good")}}]}))
    assert (report.grown, report.lost) == (("Entity.Mood",), ("Entity.LegalJurisdiction",))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2\n", "no file of GLEIF"),
        ("", "no file of GLEIF"),
        (RRS[1][:-40], "no XML of GLEIF"),
        (RRS[0][:-5], "no JSON"),
        (RRS[1].replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "has a document type"),
    ],
)
def test_another_file_is_told(read: Read, content: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("gleif", content)


def test_each_kind_of_file_has_a_graph_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "file"
    names = []
    for content in (LEIS[0], RRS[1], REPEX_TABLE):
        file.write_text(content, "utf-8")
        names.append(feeds()["gleif"].of(file).name)
    assert names == ["gleif-lei", "gleif-rr", "gleif-repex"]


@pytest.mark.parametrize("content", [*LEIS, *RRS, *REPEXS])
def test_spoiled_files_are_read_or_refused(places: Places, tmp_path: Path, content: str) -> None:
    load_or_refuse(places, tmp_path / "file", "gleif", content)
