"""Tables of Epoch AI: each quirk of them, on rows made by hand in their shape."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import read_or_refused

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry, entry_iri
from dualuse.feeds.epoch import FEED
from dualuse.feeds.epoch_columns import TABLES

SAMPLES = Path(__file__).resolve().parents[3] / "shared/feeds/samples/epoch"
CLUSTER = {
    "Name": "Made-up  Cluster",
    "Status": "Existing",
    "Certainty": "Likely",
    "H100 equivalents": "1,024.5",
    "Chip type (primary)": "NVIDIA H100 SXM5 80GB",
    "Country": "Korea (Republic of)",
    "Owner": 'Made-Up Power,"Chips, Inc."',
    "First Operational Date": "11/15/2019",
    "Decommissioned Date (if applicable)": "2021-07",
    "Max OP/s": "9.90E+22",
    "Include in Standard Analysis": "TRUE",
    "Builds Upon": "Made-up Phase 1",
    "Quote": 'Two\nlines and a "word"',
    "Source 1": "https://example.org/1",
}
OWNED = {
    "Name": "Made-Up A100 cumulative through Q1 2022",
    "Chip manufacturer": "Nvidia",
    "Owner": "China",
    "Start date": "1/1/2022",
    "End date": "3/31/2022",
    "Compute estimate in H100e (median)": "100",
    "H100e (5th percentile)": "50",
    "H100e (95th percentile)": "160",
    "Number of Units": "300",
    "Number of Units (5th percentile)": "150",
    "Number of Units (95th percentile)": "480",
    "Chip type": "A100",
    "Incomplete": "checked",
}
CHIP = {
    "Hardware name": "Made-Up 920",
    "Manufacturer": "Made-Up",
    "Type": "NPU",
    "Release date": "2025-10-01",
    "Total processing performance (bit-OP/s)": "2.0136e+16",
    "Link to datasheet": "https://example.org/a\nhttps://example.org/b",
    "Last modified": "2025-07-30 16:53:19+00:00",
}


def made(name: str, *rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TABLES[name]), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def points(entry: Entry, predicate: str) -> list[str]:
    prefix = entry_iri("epoch", "")
    return [value.strip("<>").removeprefix(prefix) for name, value in entry.says if name == predicate]


def test_a_cluster(read: Read) -> None:
    (entry,), report = read("epoch", made("clusters", CLUSTER))
    assert (entry.key, entry.label, entry.list_) == (
        "clusters.Made-up Cluster",
        "Made-up Cluster",
        "clusters-existing",
    )
    assert entry.cells == CLUSTER
    assert said(entry, "schema:addressCountry") == ["KR"]
    assert said(entry, "schema:owner") == ["Made-Up Power", "Chips, Inc."]
    assert said(entry, "du:h100Equivalents") == ["1024.5"]
    assert said(entry, "schema:startDate") == ["2019-11-15"]
    assert said(entry, "schema:endDate") == ["2021-07"]
    assert said(entry, "dct:subject") == ["Include in Standard Analysis"]
    assert points(entry, "schema:material") == ["chips.NVIDIA%20H100%20SXM5%2080GB"]
    assert points(entry, "prov:wasRevisionOf") == ["clusters.Made-up%20Phase%201"]
    assert not report.unread
    assert report.ignored["Quote"] == "free text"


def test_what_is_planned_is_apart_from_what_is_there(read: Read) -> None:
    states = ("Existing", "Planned", "Decommissioned", "Dreamt")
    rows = [CLUSTER | {"Name": state, "Status": state} for state in states]
    entries, report = read("epoch", made("clusters", *rows))
    lists = ["clusters-existing", "clusters-planned", "clusters-decommissioned", "clusters-unknown"]
    assert [entry.list_ for entry in entries] == lists
    assert report.examples == {("Status", "not known whether it is there"): ["line 9: Dreamt"]}


def test_clusters_whose_names_are_kept_back_are_several(read: Read) -> None:
    hidden = {"Name": "Anonymized Chinese System", "Status": "Existing"}
    rows = [hidden, hidden, hidden | {"H100 equivalents": "30"}, hidden | {"H100 equivalents": "30"}]
    entries, report = read("epoch", made("clusters", *rows, CLUSTER, CLUSTER))
    assert (len(entries), len({entry.key for entry in entries}), report.repeated) == (5, 5, 1)
    again, _ = read("epoch", made("clusters", *rows, CLUSTER))
    assert [entry.key for entry in again] == [entry.key for entry in entries]


def test_a_chip(read: Read) -> None:
    ((entry,), _) = read("epoch", made("chips", CHIP))
    assert (entry.key, entry.list_) == ("chips.Made-Up 920", "chips")
    assert said(entry, "du:bitOperations") == ["20136000000000000"]
    assert said(entry, "schema:releaseDate") == ["2025-10-01"]
    assert said(entry, "dct:modified") == ["2025-07-30"]
    assert said(entry, "dct:source") == ["https://example.org/a", "https://example.org/b"]


def test_what_an_owner_has_is_an_interval(read: Read) -> None:
    (entry,), report = read("epoch", made("owners", OWNED))
    for name, told in (("h100Equivalents", ("50", "100", "160")), ("chipCount", ("150", "300", "480"))):
        assert tuple(said(entry, f"du:{name}{end}")[0] for end in ("Low", "", "High")) == told
    assert said(entry, "schema:addressCountry") == ["CN"]
    assert said(entry, "schema:endDate") == ["2022-03-31"]
    assert said(entry, "schema:creativeWorkStatus") == ["incomplete"]
    assert not report.unread
    _, report = read("epoch", made("owners", OWNED | {"Number of Units": "500"}))
    assert report.unread["Number of Units", "lies outside its own interval"] == 1


def test_a_country_with_an_article(read: Read) -> None:
    (entry,), _ = read("epoch", made("clusters", CLUSTER | {"Country": "Philippines (the)"}))
    assert said(entry, "schema:addressCountry") == ["PH"]


def test_cells_that_cannot_be_read_are_told(read: Read) -> None:
    odd = {
        "H100 equivalents": "many",
        "Country": "Atlantis",
        "First Operational Date": "soon",
        "Power Capacity (MW)": "-5",
    }
    (entry,), report = read("epoch", made("clusters", CLUSTER | odd))
    assert set(report.unread) == {
        ("H100 equivalents", "no number"),
        ("Country", "no country that is known"),
        ("First Operational Date", "no day that can be"),
        ("Power Capacity (MW)", "less than nothing"),
    }
    assert entry.cells["Country"] == "Atlantis"


def test_a_column_that_is_new_or_gone_is_told(read: Read) -> None:
    _, report = read("epoch", made("chips", CHIP).replace("Foundry", "Forge", 1))
    assert (report.grown, report.lost) == (("Forge",), ("Foundry",))


@pytest.mark.parametrize("content", ["", "Name,a\n1,2\n", made("chips", CHIP).encode("utf-16")])
def test_another_file_is_told(read: Read, content: str | bytes) -> None:
    with pytest.raises(UsageError, match="file"):
        read("epoch", content)


@pytest.mark.parametrize(("name", "row"), [("clusters", CLUSTER), ("chips", CHIP), ("owners", OWNED)])
def test_a_spoiled_table_is_read_or_refused(read: Read, name: str, row: dict[str, str]) -> None:
    assert read_or_refused(read, "epoch", made(name, row, row | {next(iter(row)): "Another"}).encode()) > 5


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
@pytest.mark.parametrize(
    ("name", "part", "lists"),
    [
        ("gpu_clusters-2025-12.csv", "clusters", {"existing": 609, "planned": 171, "decommissioned": 6}),
        ("ml_hardware-2026-01.csv", "chips", {"chips": 170}),
        ("nvidia_owners_cumulative_by_chip-2026-04.csv", "owners", {"owners": 263}),
    ],
)
def test_samples(read: Read, name: str, part: str, lists: dict[str, int]) -> None:
    """Rows by status were counted by hand."""
    entries, report = read("epoch", (SAMPLES / name).read_bytes())
    assert FEED.of(SAMPLES / name).name == f"epoch-{part}"
    assert {list_: sum(str(entry.list_).endswith(list_) for entry in entries) for list_ in lists} == lists
    assert (report.read, report.refused, report.repeated) == (sum(lists.values()), 0, 0)
    assert (report.grown, report.lost, report.unread) == ((), (), {})
