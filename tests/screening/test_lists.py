"""Lists that are searched: files read as the feeds read them, lists that are loaded, the curated record."""

from __future__ import annotations

import json
import runpy
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.feeds.test_csl import EL, MADE_UP, SDN, table

from dualuse.errors import MissingExtraError, UsageError
from dualuse.feeds.entry import graph_of, triples
from dualuse.feeds.feed import feeds
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.snapshot import snapshot_triples
from dualuse.knowledge import Knowledge
from dualuse.screening import near
from dualuse.screening.party import Listed, codes
from dualuse.screening.sources import KINDS, loaded, read_lists, read_loaded
from dualuse.store import MemoryStore

EXPIRED = {"source": EL, "name": "Gone Works", "start_date": "2010-01-01", "end_date": "2015-01-01"}
SHIP = {"source": SDN, "entity_number": "7", "name": "Star Bank", "ids": "Tax ID No., 80-0890696, US; Male, Gender"}
FTM = (
    {
        "id": "NK-1",
        "schema": "Company",
        "caption": "Made-Up Optics",
        "properties": {
            "name": ["Made-Up Optics", "Мейдап Оптика"],
            "topics": ["sanction"],
            "leiCode": ["5493001KJTIIGC8Y1R12"],
        },
        "datasets": ["us_trade_csl"],
    },
    {
        "id": "S-1",
        "schema": "Sanction",
        "properties": {
            "entity": ["NK-1"],
            "programId": ["US-BIS-EL"],
            "startDate": ["2023-11-02"],
            "reason": ["For all items subject to the EAR"],
            "provisions": ["Presumption of denial"],
        },
        "datasets": ["us_trade_csl"],
    },
    {"id": "NK-2", "schema": "Person", "properties": {"name": ["A Deputy"], "topics": ["role.pep"]}, "datasets": ["x"]},
)


@pytest.fixture
def csl(tmp_path: Path) -> Path:
    file = tmp_path / "csl.csv"
    file.write_text(table(MADE_UP, EXPIRED, SHIP), "utf-8")
    return file


def test_a_file_is_read_as_the_feed_reads_it(knowledge: Knowledge, csl: Path) -> None:
    ((told, parties),) = read_lists(knowledge, [str(csl)])
    assert (told.name, told.title, told.parties, told.names) == ("csl.csv", "Consolidated Screening List", 3, 5)
    assert len(told.sha256) == 64
    assert told.retrieved == date.fromtimestamp(csl.stat().st_mtime).isoformat()
    made_up = parties[0]
    assert made_up.names == ("Made-Up Chips Co., Ltd.", "MUC", "Made Up Semiconductor")
    assert (made_up.lists, made_up.places, made_up.footnotes) == (("EL",), ("CN",), (1, 2))
    assert made_up.requirement.startswith("For all items, see §§ 734.9(e)")
    assert (made_up.policy, made_up.start) == ("Presumption of Denial", "2019-05-21")
    assert made_up.cited == ("84 FR 22961", "85 FR 29853")
    assert made_up.iri.startswith("https://w3id.org/dualuse/id/feed-entry/csl.el.")
    assert parties[1].standing(date(2012, 1, 1)) == "in-force"
    assert parties[1].standing(date(2020, 1, 1)) == "expired"
    assert parties[1].standing(date(2009, 1, 1)) == "not-yet"


def test_what_is_loaded_says_the_same_as_its_file(knowledge: Knowledge, csl: Path) -> None:
    feed, report = feeds()["csl"], Report()
    entries = list(feed.read(csl, report, Places(knowledge.names)))
    lines = [line for entry in entries for line in triples("csl", entry)]
    report.lists.update({"EL": 2, "SDN": 1})
    lines += snapshot_triples(feed, report, "a" * 64, date(2026, 11, 20), "csl.csv")
    store = MemoryStore()
    store.replace("".join(f"{line[:-3]} <{graph_of('csl')}> .\n" for line in lines).encode())
    assert loaded(store) == ["csl"]
    told, parties = read_loaded(store, "csl", 0)
    assert (told.retrieved, told.sha256, told.parties, told.read_by) == ("2026-11-20", "a" * 64, 3, "csl-2")
    ((_, of_file),) = read_lists(knowledge, [str(csl)])
    key = Listed.__slots__
    plain = [
        {name: sorted(got) if isinstance(got := getattr(one, name), tuple) else got for name in key} for one in parties
    ]
    same = [
        {name: sorted(got) if isinstance(got := getattr(one, name), tuple) else got for name in key} for one in of_file
    ]
    assert sorted(plain, key=lambda one: str(one["key"])) == sorted(same, key=lambda one: str(one["key"]))


def test_of_follow_the_money_those_are_searched_that_a_list_means(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "entities.ftm.json"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in FTM), "utf-8")
    ((_, parties),) = read_lists(knowledge, [str(file)])
    (party,) = parties
    assert party.names[0] == "Made-Up Optics"
    assert (party.lists, party.start, party.policy) == (("US-BIS-EL",), "2023-11-02", "Presumption of denial")
    assert "5493001KJTIIGC8Y1R12" in party.identifiers


def test_each_sanction_of_a_party_is_a_listing(knowledge: Knowledge, tmp_path: Path) -> None:
    """An old one that ended does not end the one that goes on, and none is left out."""
    more = [
        {
            "id": "S-0",
            "schema": "Sanction",
            "properties": {"entity": ["NK-1"], "programId": ["EU-X"], "endDate": ["2015"]},
        },
        *(
            {"id": f"S-{code}", "schema": "Sanction", "properties": {"entity": ["NK-1"], "programId": [code]}}
            for code in ("AU-X", "CH-X", "JP-X")
        ),
    ]
    file = tmp_path / "entities.ftm.json"
    lines = [*FTM, *({**each, "datasets": ["us_trade_csl"]} for each in more)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    ((_, parties),) = read_lists(knowledge, [str(file)])
    day = date(2026, 1, 1)
    assert {(each.lists, each.standing(day)) for each in parties} == {
        (("US-BIS-EL",), "in-force"),
        (("EU-X",), "expired"),
        *(((code,), "in-force") for code in ("AU-X", "CH-X", "JP-X")),
    }


def test_what_of_a_list_was_not_read_is_told(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(table(MADE_UP | {"start_date": "garbage"}, {"source": EL}), "utf-8")
    ((about, (party,)),) = read_lists(knowledge, [str(file)])
    assert (about.not_read, party.standing(date(2026, 1, 1))) == (1, "maybe")
    customers = tmp_path / "customers.csv"
    customers.write_text("name\nZzyq Works\n", "utf-8")
    gaps = knowledge.screen(customers, lists=[str(file)]).unknown
    assert any(gap.what == "who stands in 1 record of list.csv" for gap in gaps)


def test_the_record_has_its_listings_with_footnotes_and_those_on_no_list(knowledge: Knowledge) -> None:
    ((told, parties),) = read_lists(knowledge, ["record"])
    smic = [party for party in parties if party.organisation == "smic"]
    assert {party.lists for party in smic} == {("us-entity-list",), ("tw-shtc-entity-list",)}
    assert (5,) in {party.footnotes for party in smic}
    assert any(not party.lists for party in parties)
    assert (told.sha256, told.parties) == (knowledge.version.sha256, sum(bool(party.lists) for party in parties))


def test_what_is_no_list_is_refused(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match=f"none of the lists that are read .{', '.join(KINDS)}"):
        read_lists(knowledge, [str(tmp_path / "x.csv")])
    with pytest.raises(UsageError, match="no list that is loaded, and no file; there are: record"):
        read_lists(knowledge, ["gleif"])


def test_what_is_missing_is_told_with_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance.DamerauLevenshtein", None)
    with pytest.raises(MissingExtraError, match=r"rapidfuzz: pip install 'dualuse\[screen\]'"):
        runpy.run_path(str(Path(near.__file__)))


def test_words_days_and_short_numbers_are_no_identifiers() -> None:
    assert codes("Passport, 836238033, KP; 2014-08-30; 12; Male, Gender") == {"836238033"}
    assert codes("LEI 5493 001K JTII GC8Y 1R12") == {"LEI5493001KJTIIGC8Y1R12"}
