"""Tables of the chip explorer: both vintages and each quirk of them, on rows made by hand in their shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import read_or_refused

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry, entry_iri
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

SAMPLES = Path(__file__).resolve().parents[3] / "shared/feeds/samples/eto-2025-01"
INPUTS = (
    "\ufeffinput_name,input_id,type,stage_name,stage_id,description\r\n"
    "Made-up masks,N1,tool_resource,Making,S2,Words\r\n"
)
PROVIDERS = (
    "provider_name,provider_id,provider_type,country\r\nUSA,P1,country,\r\nMade-Up Tools,P2,organization,JPN\r\n"
)
LATER = (
    "provider_id,provider_name,alias,provider_type,country\n"
    "P122,Made-Up Etch,MUE,organization,CHN\nP2,Various countries,,country,\n"
    "P122,Made-Up Etch,Etch of Made-Up,organization,CHN\n"
    "P3,EUR,,country,\nP4,MAL,,country,\n"
)
PROVISION = (
    "provider_name,provider_id,provided_name,provided_id,share_provided,negligible_market_share\r\n"
    "USA,P1,Making,S2,61%,\r\nMade-Up Tools,P2,Made-up masks,N1,,negligible\r\n"
)
PROVISION_LATER = (
    "provider_id,provided_id,provider_name,provided_name,year,share_provided,source\n"
    'P1,N1,USA,Made-up masks,2025,12.4,"[Made-up](https://example.org/a) and [more](https://example.org/b)"\n'
    "P1,N1,USA,Made-up masks,2019,102,Counted\n"
)
SEQUENCE = (
    "input_name,input_id,goes_into_name,goes_into_id,is_type_of_name,is_type_of_id\n"
    "Made-up masks,N1,Making,N2,,\nFine masks,N3,,,Made-up masks,N1\nLoose end,N4,,,,\n"
)
STAGES = "stage_id,stage_name,description\nS2,Making,Words\n"


def points(entry: Entry, predicate: str) -> list[str]:
    prefix = entry_iri("eto", "")
    return [value.strip("<>").removeprefix(prefix) for name, value in entry.says if name == predicate]


def test_inputs_and_stages(read: Read) -> None:
    (entry,), report = read("eto", INPUTS)
    assert (entry.key, entry.label, entry.list_) == ("N1", "Made-up masks", "inputs")
    assert (said(entry, "dct:type"), points(entry, "schema:isPartOf")) == (["tool_resource"], ["S2"])
    assert entry.cells["stage_name"] == "Making"
    assert report.ignored == {"inputs.stage_name": "said by the record that it points to"}
    ((stage,), _) = read("eto", STAGES)
    assert (stage.key, stage.label, said(stage, "dct:description")) == ("S2", "Making", ["Words"])


def test_a_share_has_a_sign_or_none(read: Read) -> None:
    (one, two), report = read("eto", PROVISION)
    assert (said(one, "du:shareStated"), points(one, "schema:itemOffered")) == (["61"], ["S2"])
    assert (said(two, "du:shareStated"), said(two, "dct:description")) == ([], ["negligible market share"])
    assert (report.grown, report.lost, report.unread) == ((), (), {})
    (first, second), report = read("eto", PROVISION_LATER)
    assert (first.key, said(first, "du:shareStated")) == ("P1.N1.2025", ["12.4"])
    assert said(first, "schema:temporalCoverage") == ["2025"]
    assert said(first, "dct:source") == ["https://example.org/a", "https://example.org/b"]
    assert said(second, "dct:source") == ["Counted"]
    assert (report.grown, report.lost) == ((), ())
    assert dict(report.unread) == {("share_provided", "no share from 0 to 100 percent"): 1}
    assert second.cells["share_provided"] == "102"


def test_a_provider_of_several_rows_is_one_with_several_names(read: Read) -> None:
    entries, report = read("eto", LATER)
    assert [entry.key for entry in entries] == ["P122", "P2", "P3", "P4"]
    assert said(entries[0], "skos:altLabel") == ["MUE", "Etch of Made-Up"]
    assert said(entries[0], "schema:addressCountry") == ["CN"]
    assert entries[0].cells["alias"] == "MUE\nEtch of Made-Up"
    assert report.unread["provider_id", "again: taken as another name of the one provider"] == 1


def test_rows_of_one_provider_that_differ_are_told(read: Read) -> None:
    again = LATER + "P122,Made-Up Etch,MUE,organization,JPN\n" + "P4,MAL,,country,\n"
    entries, report = read("eto", again)
    assert said(entries[0], "schema:addressCountry") == ["CN", "JP"]
    assert report.unread["country", "differs between rows of one provider"] == 1
    assert report.repeated == 1


def test_what_is_no_country_is_none(read: Read) -> None:
    (usa, firm), report = read("eto", PROVIDERS)
    assert (said(usa, "skos:exactMatch"), said(firm, "schema:addressCountry")) == (["US"], ["JP"])
    assert not report.unread
    entries, report = read("eto", LATER)
    assert [said(entry, "schema:category") for entry in entries[1:3]] == [["several countries"]] * 2
    assert not any(said(entry, "skos:exactMatch") for entry in entries)
    assert report.examples["provider_name", "no country that is known"] == ["line 6: MAL"]


def test_what_goes_into_what(read: Read) -> None:
    (into, kind), report = read("eto", SEQUENCE)
    assert (points(into, "schema:object"), points(into, "schema:result")) == (["N1"], ["N2"])
    assert (points(kind, "schema:object"), points(kind, "schema:category")) == (["N3"], ["N1"])
    assert dict(report.reasons) == {"no end": 1}


def folder(place: Path) -> Path:
    place.mkdir()
    for name, content in {
        "inputs": INPUTS,
        "providers": PROVIDERS,
        "provision": PROVISION,
        "sequence": SEQUENCE,
        "stages": STAGES,
    }.items():
        (place / f"{name}.csv").write_text(content, "utf-8", newline="")
    return place


def test_a_folder_is_the_whole_and_a_file_a_part(places: Places, tmp_path: Path) -> None:
    place, report = folder(tmp_path / "eto"), Report()
    feed = feeds()["eto"]
    assert [(each.name, each.records) for each in (feed.of(place), feed.of(place / "inputs.csv"))] == [
        ("eto", "eto"),
        ("eto-inputs", "eto"),
    ]
    entries = list(feed.read(place, report, places))
    assert {entry.list_ for entry in entries} == {"inputs", "providers", "provision", "sequence", "stages"}
    assert len({entry.key for entry in entries}) == len(entries) == 8
    assert report.rejected[0].where == "sequence.csv line 4"
    assert len(report.columns) == 6 + 4 + 6 + 6 + 3


def test_a_folder_that_has_a_table_twice_or_none_is_told(places: Places, tmp_path: Path) -> None:
    place = folder(tmp_path / "eto")
    (place / "old.csv").write_text(PROVIDERS, "utf-8")
    with pytest.raises(UsageError, match=r"providers is there twice, in old\.csv and providers\.csv"):
        list(feeds()["eto"].read(place, Report(), places))
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no table of the chip explorer in it"):
        list(feeds()["eto"].read(tmp_path / "none", Report(), places))


@pytest.mark.parametrize(
    ("content", "grown", "lost"),
    [
        (STAGES.replace("description", "story"), ("stages.story",), ("stages.description",)),
        (PROVISION_LATER.replace("source", "origin"), ("provision.origin",), ()),
    ],
)
def test_columns_that_are_new_or_gone_are_told(
    read: Read, content: str, grown: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    _, report = read("eto", content)
    assert (report.grown, report.lost) == (grown, lost)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", STAGES.encode("utf-16"), b"\xff\xfe\xff"])
def test_another_file_is_told(read: Read, content: str | bytes) -> None:
    with pytest.raises(UsageError, match="file"):
        read("eto", content)


@pytest.mark.parametrize("content", [INPUTS, PROVIDERS, LATER, PROVISION, PROVISION_LATER, SEQUENCE, STAGES])
def test_a_spoiled_table_is_read_or_refused(read: Read, content: str) -> None:
    assert read_or_refused(read, "eto", content.encode()) > 12


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
def test_sample(places: Places) -> None:
    """Rows were counted by hand; one provider of stage S3 stands twice, and MAL is no code of a country."""
    report = Report()
    entries = list(feeds()["eto"].read(SAMPLES, report, places))
    counts = {list_: sum(entry.list_ == list_ for entry in entries) for list_ in report.titles}
    assert counts == {"inputs": 79, "providers": 294, "provision": 659, "sequence": 93, "stages": 3}
    assert (report.read, report.refused, report.repeated, report.grown, report.lost) == (1129, 0, 1, (), ())
    assert sum(bool(said(entry, "du:shareStated")) for entry in entries) == 206
    assert report.examples == {("provider_name", "no country that is known"): ["providers.csv line 44: MAL"]}
