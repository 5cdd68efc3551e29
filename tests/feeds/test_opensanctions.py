"""OpenSanctions: each quirk of its files, on entities made by hand in their shape."""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.feeds.conftest import Read, said
from tests.feeds.spoil import load_or_refuse

from dualuse.errors import UsageError
from dualuse.feeds.changes import unchanged
from dualuse.feeds.entry import Entry, triples
from dualuse.feeds.feed import feeds
from dualuse.feeds.loading import FeedRefused, Loading
from dualuse.feeds.opensanctions_table import COLUMNS, values
from dualuse.feeds.places import Places
from dualuse.feeds.snapshot import Snapshot
from dualuse.feeds.values import share_of

SAMPLES = Path(__file__).resolve().parents[3] / "shared/feeds/samples/opensanctions"


def entity(key: str, schema: str = "Company", lists: tuple[str, ...] = ("us_ofac_sdn",), **said: Any) -> dict[str, Any]:
    return {
        "id": key,
        "caption": (said.get("name") or [schema])[0],
        "schema": schema,
        "properties": said,
        "datasets": list(lists),
        "referents": [f"old-{key}"],
        "target": True,
        "first_seen": "2024-01-30T20:02:45",
        "last_seen": "2025-11-18T14:26:02",
        "last_change": "2025-03-12T10:01:54",
    }


OWNER = entity(
    "NK-a", name=["Made-Up Холдинг", "Made-Up Holding"], country=["ru", "suhh"], leiCode=["5299000000000000AA00"]
)
ASSET = entity("NK-b", name=["Made-Up Chips"], jurisdiction=["ua-cri"], alias=["MUC; Made Up"], topics=["sanction"])
OWNS = entity(
    "NK-o", "Ownership", owner=["NK-a"], asset=["NK-b"], percentage=["50.5%"], sharesCount=["260.52"],
    startDate=["2020-05"], endDate=["2024-03-24"],
)  # fmt: skip
LISTED = entity("NK-s", "Sanction", ("us_bis",), entity=["NK-b"], programId=["US-BIS-EL"], listingDate=["2023-11-02"])
ALL = (OWNER, ASSET, OWNS, LISTED)


def lines(*entities: Any) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entities)


def by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in entries}


def tail(entry: Entry, predicate: str) -> list[str]:
    return [value.rpartition("/feed-entry/opensanctions.")[2] for value in said(entry, predicate)]


def test_an_edge_links_its_ends_and_keeps_share_and_days(read: Read) -> None:
    entries, report = read("opensanctions", lines(*ALL))
    owns = by_key(entries)["NK-o"]
    assert (tail(owns, "ftm:owner"), tail(owns, "ftm:asset")) == (["NK-a"], ["NK-b"])
    assert said(owns, "ftm:percentage") == said(owns, "schema:minValue") == said(owns, "schema:maxValue") == ["50.5"]
    assert said(owns, "ftm:sharesCount") == ["260.52"]
    assert (said(owns, "schema:startDate"), said(owns, "schema:endDate")) == (["2020-05"], ["2024-03-24"])
    assert owns.several["percentage"] == ("50.5%",)
    assert tail(by_key(entries)["NK-s"], "ftm:entity") == ["NK-b"]
    assert said(by_key(entries)["NK-s"], "ftm:listingDate") == ["2023-11-02"]
    assert (report.read, report.kept, report.grown, report.lost) == (4, 0, (), ())


def test_codes_of_no_country_of_iso_are_kept_and_told(read: Read) -> None:
    entries, report = read("opensanctions", lines(*ALL))
    owner = by_key(entries)["NK-a"]
    assert owner.several["country"] == ("ru", "suhh")
    assert said(owner, "schema:addressCountry") == ["RU"]
    assert report.unread == {
        ("country", "a code of no place on record"): 1,
        ("jurisdiction", "a code of no place on record"): 1,
    }


def test_referents_hold_old_ids_and_an_entity_stands_on_several_lists(read: Read) -> None:
    (entry,), _ = read("opensanctions", lines(entity("NK-m", lists=("us_ofac_sdn", "eu_fsf"), name=["X"])))
    assert tail(entry, "dct:replaces") == ["old-NK-m"]
    assert entry.lists == ("us_ofac_sdn", "eu_fsf")
    assert sum("/isPartOf>" in line for line in triples("opensanctions", entry)) == 2


def test_scalars_are_taken_as_lists_of_one_and_told(read: Read) -> None:
    (entry,), report = read("opensanctions", lines(entity("NK-x", name="One", country=["gb"], sharesCount=[3])))
    assert entry.several["name"] == ("One",)
    assert said(entry, "ftm:sharesCount") == ["3"]
    assert {(column, why.partition(";")[0]) for column, why in report.unread} == {
        ("name", "one value where a list belongs"),
        ("sharesCount", "no text"),
    }


def test_what_is_embedded_is_a_record_of_its_own(read: Read) -> None:
    nested = OWNER | {
        "properties": OWNER["properties"]
        | {"ownershipOwner": [OWNS | {"properties": OWNS["properties"] | {"asset": [ASSET]}}]}
    }
    entries, report = read("opensanctions", lines(nested, ASSET))
    assert [entry.key for entry in entries] == ["NK-a", "NK-o", "NK-b"]
    assert tail(entries[0], "ftm:ownershipOwner") == ["NK-o"]
    assert tail(entries[1], "ftm:asset") == ["NK-b"]
    assert (report.read, report.repeated) == (4, 1)


def test_what_is_said_of_an_id_in_two_places_is_joined(read: Read) -> None:
    entries, report = read("opensanctions", lines(ASSET, ASSET | {"properties": {"alias": ["Another"]}}))
    assert [entry.key for entry in entries] == ["NK-b", "NK-b"]
    assert ([entry.adds for entry in entries], entries[1].lists, report.repeated) == ([False, True], (), 1)


def test_an_unknown_property_or_field_is_a_new_column(read: Read) -> None:
    _, report = read("opensanctions", lines(entity("NK-x", name=["X"], shoeSize=["45"]) | {"mood": "good"}))
    assert report.grown == ("mood", "shoeSize")


def test_a_property_of_the_name_of_a_field_is_kept_beside_it(read: Read) -> None:
    (entry,), _ = read("opensanctions", lines(entity("NK-x", name=["X"], caption=["Y"], datasets=["Z"])))
    assert (entry.several["caption"], entry.several["datasets"]) == (("Y", "X"), ("Z", "us_ofac_sdn"))


def test_a_spoilt_line_is_told_and_costs_no_other(read: Read) -> None:
    entries, report = read(
        "opensanctions", lines(OWNER).encode() + b'{"id": "NK-\n"x"\n\xff\n{"id":"NK-q"}\n' + lines(ASSET).encode()
    )
    assert len(entries) == 2
    assert report.reasons == {"no JSON": 1, "no object": 1, "not UTF-8": 1, "no schema or no properties": 1}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a;b", ["a", "b"]),
        ('""', []),
        ('"Red Notice - a; b";c', ["Red Notice - a; b", "c"]),
        ('"OOO ""Roga""";x', ['OOO "Roga"', "x"]),
        ('12 Road\nCity;"x', ["12 Road\nCity", '"x']),
        ("", []),
    ],
)
def test_values_of_a_cell(cell: str, found: list[str]) -> None:
    assert values(cell) == found


def table(*rows: dict[str, str], columns: tuple[str, ...] = tuple(COLUMNS)) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", quoting=csv.QUOTE_ALL, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


ROW = {
    "id": "NK-b",
    "schema": "Company",
    "name": "Made-Up Chips",
    "aliases": 'MUC;"Chips; Made ""Up"""',
    "birth_date": "1961;x",
    "countries": "ru;yucs",
    "addresses": "1 Road\nOmsk;2 Road",
    "sanctions": '"";"Order 1; item 2"',
    "program_ids": "US-BIS-EL",
    "dataset": "US BIS Entity List;EU FSF",
}


@pytest.mark.parametrize("columns", [tuple(COLUMNS), tuple(name for name in COLUMNS if name != "program_ids")])
def test_the_simple_table_of_15_and_16_columns(read: Read, columns: tuple[str, ...]) -> None:
    (entry,), report = read("opensanctions", table(ROW, ROW, columns=columns))
    assert said(entry, "skos:altLabel") == ["MUC", r"Chips; Made \"Up\\"[:-1]]
    assert entry.several["addresses"] == ("1 Road\nOmsk", "2 Road")
    assert said(entry, "dct:description") == ["Order 1; item 2"]
    assert said(entry, "schema:addressCountry") == ["RU"]
    assert said(entry, "schema:birthDate") == ["1961"]
    assert entry.lists == ("us-bis-entity-list", "eu-fsf")
    assert (report.grown, report.lost, report.read, report.repeated) == ((), (), 2, 1)
    assert sum(report.unread.values()) == 2


def test_a_row_cut_short_and_one_without_an_id_are_told(read: Read) -> None:
    entries, report = read("opensanctions", table(ROW, {"name": "X"}) + '"NK-z","Person"\n')
    assert len(entries) == 1
    assert report.reasons == {"no id": 1, "2 cells, not 16": 1}


def change(op: str, told: dict[str, Any]) -> dict[str, Any]:
    return {"op": op, "entity": told}


def before(*entities: dict[str, Any], **how: Any) -> Snapshot:
    lists = {"us_ofac_sdn": sum("us_ofac_sdn" in each["datasets"] for each in entities)}
    return Snapshot("0" * 64, "opensanctions-1", ("id", "schema"), lists, "2025-01-01", **how)


def test_changes_are_laid_over_what_is_loaded(read: Read) -> None:
    loaded, _ = read("opensanctions", lines(OWNER, ASSET, OWNS))
    old = [line for entry in loaded for line in triples("opensanctions", entry)]
    told = [
        change("ADD", entity("NK-n", name=["New"])),
        change("MOD", ASSET),
        change("DEL", {"id": "NK-o"}),
        change("DEL", {"id": "NK-?"}),
    ]
    entries, report = read("opensanctions", lines(*told))
    assert [entry.key for entry in entries] == ["NK-n", "NK-b"]
    kept = list(unchanged("opensanctions", report, before(OWNER, ASSET, OWNS), old))
    assert kept == list(triples("opensanctions", loaded[0]))
    assert report.lists == {"us_ofac_sdn": 1}  # the two that the file has are counted as they are loaded
    assert report.examples["op", "of a record that was not there"] == ["NK-?: DEL"]


def load(file: Path, places: Places, had: Snapshot | None, *accept: str) -> str:
    put: list[str] = []
    loading = Loading(feeds()["opensanctions"], file, had, accept, date(2025, 6, 1), "")
    loading.into(lambda graph, found: put.append("".join(found)), places)
    return put[0]


def test_changes_to_nothing_or_to_what_was_read_otherwise_are_refused(places: Places, tmp_path: Path) -> None:
    file = tmp_path / "delta.json"
    file.write_text(lines(change("ADD", ASSET)), "utf-8")
    with pytest.raises(FeedRefused, match="of which nothing is loaded"):
        load(file, places, None)
    assert "NK-b" in load(file, places, None, "lists")
    other = Snapshot("0" * 64, "opensanctions-0", (), {}, "2025-01-01")
    with pytest.raises(FeedRefused, match="another version of this reader"):
        load(file, places, other)
    done = load(file, places, before(changes=("1" * 64,)))
    assert done.count("http://purl.org/dc/terms/hasPart") == 2


@pytest.mark.parametrize(("removed", "refused"), [(20, False), (21, True)])
def test_many_removals_are_refused_and_a_few_are_not(
    places: Places, tmp_path: Path, removed: int, refused: bool
) -> None:
    file, had = tmp_path / "delta.json", [entity(f"NK-{number}", name=["X"]) for number in range(40)]
    file.write_text(lines(*(change("DEL", {"id": each["id"]}) for each in had[:removed])), "utf-8")
    loading = Loading(feeds()["opensanctions"], file, before(*had), (), date(2025, 6, 1), "")
    kept = [line for each in had for line in triples("opensanctions", Entry(each["id"], "X", {}, (), "us_ofac_sdn"))]
    loading.loaded = lambda: iter(kept)
    with pytest.raises(FeedRefused, match="has 19, where it had 40") if refused else nullcontext():
        deque(loading.lines(places), 0)


def test_a_file_of_changes_that_was_laid_on_before_is_known(tmp_path: Path) -> None:
    loading = Loading(feeds()["opensanctions"], tmp_path, before(changes=("1" * 64,)), (), date(2025, 6, 1), "")
    assert loading.is_known("1" * 64)
    assert loading.is_known("0" * 64)
    assert not loading.is_known("2" * 64)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([change("ADD", ASSET), ASSET], "a whole record among changes"),
        ([change("ADD", ASSET), change("DEL", {"id": "NK-b"})], "changed before in the same file"),
        ([change("BAD", ASSET)], "no change: it needs op ADD, MOD or DEL and an entity with an id"),
        ([{"op": "DEL", "entity": {"id": 3}}], "no change: it needs op ADD, MOD or DEL and an entity with an id"),
    ],
)
def test_changes_that_are_none_are_told(read: Read, told: list[Any], why: str) -> None:
    _, report = read("opensanctions", lines(*told))
    assert report.reasons == {why: 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "neither JSON nor a table"),
        ("a,b\n", "neither JSON nor a table"),
        (table(ROW).encode("utf-16"), "not UTF-8"),
        ('{"versions": {}}', "an index of changes"),
        ("[{", "no JSON"),
    ],
)
def test_another_file_is_told(read: Read, content: str | bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read("opensanctions", content)


@pytest.mark.parametrize("text", ["", "101", "-1", "50-25", "a lot", "NaN", "1" * 5000])
def test_no_share(text: str) -> None:
    assert share_of(text) is None


def test_a_column_the_snapshot_before_had_is_missed(places: Places, tmp_path: Path) -> None:
    file = tmp_path / "entities.ftm.json"
    file.write_text(lines(ASSET), "utf-8")
    had = Snapshot("0" * 64, "opensanctions-1", ("id", "percentage"), {}, "2025-01-01")
    with pytest.raises(FeedRefused, match="the column percentage is gone"):
        load(file, places, had)
    load(file, places, None)


@pytest.mark.parametrize(
    "content",
    [lines(*ALL), json.dumps(ALL), table(ROW, ROW | {"id": "NK-2"}), lines(change("ADD", ASSET), change("DEL", OWNER))],
)
def test_spoiled_files_are_read_or_refused(places: Places, tmp_path: Path, content: str) -> None:
    load_or_refuse(places, tmp_path / "file", "opensanctions", content)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
@pytest.mark.parametrize(
    ("name", "records", "changes"),
    [
        ("ve_assembly.ftm.json", 549, None),
        ("20240527194702-wnk.entities.delta.json", 2, ["ADD", "ADD"]),
        ("20240528014702-pfh.entities.delta.json", 2, ["ADD", "MOD"]),
        ("20240528074703-npf.entities.delta.json", 0, ["DEL"]),
        ("20240528134729-3iv.entities.delta.json", 1, ["ADD"]),
    ],
)
def test_samples(read: Read, name: str, records: int, changes: list[str] | None) -> None:
    """Counted by hand: one record a line, 274 people, as many seats, and one office."""
    entries, report = read("opensanctions", (SAMPLES / name).read_bytes())
    assert (len(entries), report.refused, report.grown, report.lost) == (records, 0, (), ())
    assert (None if report.changes is None else list(report.changes.values())) == changes
    if changes is None:
        schemata = [entry.several["schema"] for entry in entries]
        assert [schemata.count((name,)) for name in ("Person", "Occupancy", "Position")] == [274, 274, 1]


def test_its_licence_is_named() -> None:
    assert feeds()["opensanctions"].licence.endswith("/by-nc/4.0/")
