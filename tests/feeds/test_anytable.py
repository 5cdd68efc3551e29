"""Any table: its mapping file, what is read as it says, and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.feeds.conftest import said
from tests.feeds.spoil import spoiled
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.feeds import anytable
from dualuse.feeds.entry import Entry, entry_iri
from dualuse.feeds.mapping import read_mapping
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

MAP: dict[str, Any] = {
    "title": "Customers",
    "key": "id",
    "label": "name",
    "list": "tier",
    "columns": {
        "id": {"type": "identifier"},
        "name": {"property": "schema:name"},
        "aliases": {"property": "skos:altLabel", "separator": ";"},
        "since": {"property": "schema:startDate", "type": "day"},
        "country": {"property": "schema:addressCountry", "type": "place"},
        "worth": {"property": "https://example.org/worth", "type": "number"},
        "parent": {"property": "schema:parentOrganization", "type": "record"},
        "seller": {"property": "schema:seller", "type": "record", "of": "sellers"},
        "tier": {"property": "schema:category"},
        "note": {"ignored": "for the desk alone"},
    },
}
TABLE = (
    "id,name,aliases,since,country,worth,parent,seller,tier,note\n"
    '1, Made-Up  Chips ,MUC; Made Up;,11/21/2011,China,"1,024.5",2,S 1,gold,hush\n'
    "2,Made-Up Holding,,2011-11,CHN,,,,silver,\n"
)


def written(place: Path, told: Any) -> Path:
    file = place / "map.yml"
    file.write_text(told if isinstance(told, str) else yaml.safe_dump(told), "utf-8")
    return file


def load(place: Path, content: str | bytes, places: Places, told: Any = MAP) -> tuple[list[Entry], Report]:
    file, report = place / "file.csv", Report()
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    feed = anytable.feed_of("customers", read_mapping(written(place, told)))
    return list(feed.read(file, report, places)), report


def test_what_the_mapping_says_is_read(tmp_path: Path, places: Places) -> None:
    (one, two), report = load(tmp_path, TABLE, places)
    assert (one.key, one.label, one.list_) == ("1", "Made-Up Chips", "gold")
    assert (one.cells["name"], one.cells["note"], one.cells["worth"]) == (" Made-Up  Chips ", "hush", "1,024.5")
    assert said(one, "schema:identifier") == ["1"]
    assert said(one, "skos:altLabel") == ["MUC", "Made Up"]
    assert said(one, "schema:startDate") == ["2011-11-21"]
    assert said(one, "schema:addressCountry") == ["CN"]
    assert said(one, "https://example.org/worth") == ["1024.5"]
    assert ("schema:parentOrganization", f"<{entry_iri('table-customers', '2')}>") in one.says
    assert ("schema:seller", f"<{entry_iri('table-sellers', 'S 1')}>") in one.says
    assert (said(two, "schema:startDate"), said(two, "schema:addressCountry")) == (["2011-11"], ["CN"])
    assert report.ignored == {"note": "for the desk alone"}
    assert (report.grown, report.lost, report.unread) == ((), (), {})


def test_what_cannot_be_read_is_told(tmp_path: Path, places: Places) -> None:
    odd = "3,Odd,,soon,Atlantis,much,,,gold,\n,No key,,,,,,,,\n1,Another,,,,,,,,\n4,short\n" + TABLE.splitlines()[-1]
    entries, report = load(tmp_path, TABLE + odd, places)
    assert len({entry.key for entry in entries}) == len(entries) == 4
    assert set(report.unread) == {
        ("since", "no day that can be read"),
        ("country", "no place that can be read"),
        ("worth", "no number that can be read"),
        ("id", "another record has this key"),
    }
    assert dict(report.reasons) == {"no id": 1, "2 cells, not 10": 1}
    assert (report.read, report.repeated) == (7, 1)


def test_columns_that_are_not_in_the_mapping_or_not_in_the_file_are_told(tmp_path: Path, places: Places) -> None:
    _, report = load(tmp_path, TABLE.replace("note", "mood", 1), places)
    assert (report.grown, report.lost) == (("mood",), ("note",))
    with pytest.raises(UsageError, match="no column 'name', which the mapping needs"):
        load(tmp_path, "id,b\n1,2\n", places)


def test_columns_of_one_name_and_of_none_are_kept_apart(tmp_path: Path, places: Places) -> None:
    told = {"label": "name", "columns": {"name": {"property": "schema:name"}}}
    (entry,), report = load(tmp_path, "name,Footnote,Footnote,\nA,1,2,3\n", places, told)
    assert entry.cells == {"name": "A", "Footnote": "1", "Footnote (2)": "2", "column 4": "3"}
    assert report.grown == ("Footnote", "Footnote (2)", "column 4")


def test_parquet_and_workbooks_are_read(tmp_path: Path, places: Places) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    openpyxl = pytest.importorskip("openpyxl")
    told = {
        "key": "id",
        "label": "name",
        "columns": {"id": {"type": "identifier"}, "name": {"property": "schema:name"}},
    }
    feed = anytable.feed_of("few", read_mapping(written(tmp_path, told)))
    pq.write_table(pa.table({"id": [1, 2], "name": ["A", None]}), tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    for row in (["id", "name"], [1, "A"], [2]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    for name in ("a.parquet", "a.xlsx"):
        report = Report()
        assert [entry.key for entry in feed.read(tmp_path / name, report, places)] == ["1"]
        assert dict(report.reasons) == {"no name": 1}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("just words", "no mapping: it names no columns"),
        ("a: [", "no YAML"),
        (MAP | {"mood": 1}, "mood: Extra inputs are not permitted"),
        (MAP | {"key": "nr"}, "'nr' is key, label or list, and not among the columns"),
        (MAP | {"licence": "free"}, "licence 'free' is no address"),
        ({"label": "a", "columns": {"a": {"property": "nope:b"}}}, r"columns\.a\.property: unknown prefix 'nope'"),
        ({"label": "a", "columns": {"a": {"property": "du:tpp"}}}, "says what curated things are"),
        ({"label": "a", "columns": {"a": {"property": "schema:b", "ignored": "c"}}}, "not both"),
        ({"label": "a", "columns": {"a": {"property": "schema:b", "type": "shoe"}}}, r"columns\.a\.type: Input should"),
        ({"label": "a", "columns": {"a": {"property": "schema:a b"}}}, "is no name of a property"),
    ],
)
def test_a_mapping_that_is_wrong_is_told(tmp_path: Path, change: Any, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_mapping(written(tmp_path, change))


def test_a_suggested_mapping_reads_its_table(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "few.csv"
    file.write_text(
        "nr;Company name;Other names;Country;Since\n1;A;B;China;2011-11-21\n2;C;;Japan;2012-01-02\n", "utf-8"
    )
    told = anytable.suggest(file)
    mapping = read_mapping(written(tmp_path, told))
    assert (mapping.keys, mapping.label) == (("nr",), "Company name")
    report = Report()
    entries = list(anytable.feed_of("few", mapping).read(file, report, places))
    assert [(entry.key, entry.label, said(entry, "schema:addressCountry")) for entry in entries] == [
        ("1", "A", ["CN"]),
        ("2", "C", ["JP"]),
    ]
    assert said(entries[0], "schema:startDate") == ["2011-11-21"]
    assert (report.grown, report.lost, report.unread) == ((), (), {})


def test_a_spoiled_table_or_mapping_is_read_or_refused(tmp_path: Path, places: Places) -> None:
    count = 0
    for each in spoiled(TABLE.encode()):
        try:
            entries, report = load(tmp_path, each, places)
        except UsageError:
            continue
        count += 1
        assert len(entries) + report.refused + report.repeated == report.read
    assert count > 10
    for each in spoiled(yaml.safe_dump(MAP).encode()):
        (tmp_path / "spoiled.yml").write_bytes(each)
        try:
            read_mapping(tmp_path / "spoiled.yml")
        except UsageError:
            count += 1
    assert count > 25


def test_the_command(run: Run, tmp_path: Path) -> None:
    """What is told before a store is opened."""
    file = tmp_path / "few.csv"
    file.write_text(TABLE, "utf-8")
    done = run("load", "table", file, "--suggest")
    assert done.returncode == 0
    assert yaml.safe_load(done.stdout)["label"] == "name"
    done = run("load", "table", file, "--name", "few")
    assert (done.returncode, "--map MAP.yml is missing" in done.stderr) == (2, True)
    done = run("load", "table", file, "--map", written(tmp_path, MAP), "--name", "No Name")
    assert (done.returncode, "give a name of small letters" in done.stderr) == (2, True)
