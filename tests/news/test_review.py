"""From candidates to curated rows: only what a person accepted, and only quotations that are some."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.claims.fold import sha256
from dualuse.errors import CuratedDataError, UsageError
from dualuse.load.parse import parse
from dualuse.locks import Lock
from dualuse.model.claims import Claim
from dualuse.news import Reader, Reading, accept, review_file
from dualuse.news.review.ledger import write_accepted

Read = Callable[..., Reading]
TEXT = (
    "美國政府13日公布AI晶片出口管制新規,對120國設出口限額,最多可獲得約50000個GPU。\n"
    "商務部新聞發言人說:「我們堅決反對。」輝達批評新規,稱此舉損害企業利益。"
)


@pytest.fixture
def file(read: Read, reader: Reader, tmp_path: Path) -> Path:
    path = tmp_path / "review.yml"
    path.write_text(review_file(read(TEXT), reader.organisations, path.name), "utf-8")
    return path


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def fill(path: Path, *, accepted: int = 10_000, **document: str) -> dict[str, Any]:
    """Do a curator's work on a review file."""
    content = load(path)
    content["document"] |= {"key": "made-up", "title": "Made up", "source": "digest-88iv-2025-01"} | document
    for entry in content["candidates"][:accepted]:
        entry["review"] = "accept"
        if entry["kind"] == "claim":
            entry |= {"gloss": "Said in our own words.", "value": entry["value"] or "a phrase of ours"}
            if not any(entry[name] for name in ("instrument", "party", "person", "places", "group", "subject_label")):
                entry["subject_label"] = "the measure"
        else:
            entry |= {"summary": "They are against it.", "topic": "made-up", "source_kind": "news"}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return content


def test_file_has_pointers_and_blank_slots(file: Path, read: Read) -> None:
    content = load(file)
    assert content["document"]["sha256"] == read(TEXT).text.sha256
    kinds = [entry["kind"] for entry in content["candidates"]]
    assert kinds.count("claim") >= 6
    assert kinds.count("statement") >= 2
    lines = TEXT.split("\n")
    for entry in content["candidates"]:
        words = lines[entry["passage"] - 1][entry["start"] : entry["end"]]
        assert entry["words"] == words
        assert entry["span_sha256"] == sha256(words)
        assert entry["review"] == "open"
        assert entry["made_by"]
        assert entry["confidence"] in ("high", "medium", "low")
        assert entry["gloss" if entry["kind"] == "claim" else "summary"] == ""
    assert {p["sha256"] for p in content["passages"]} == {sha256(line) for line in lines}


def test_a_paraphrase_is_never_a_quotation(file: Path) -> None:
    entries = load(file)["candidates"]
    quotations = {entry.get("quotation") for entry in entries} - {"", None}
    assert quotations <= {"我們堅決反對。"}
    assert all("新規" not in words for words in quotations)
    assert {entry["quoted"] for entry in entries if "損害" in entry["words"] and entry["kind"] == "claim"} == {"no"}


def test_nothing_is_accepted_by_itself(file: Path) -> None:
    fill(file, accepted=0)
    accepted = accept(file)
    assert not accepted.claims
    assert not accepted.statements
    assert not accepted.passages
    assert len(accepted.unreviewed) == len(load(file)["candidates"])


def test_accepted_entries_become_records(file: Path, tmp_path: Path) -> None:
    content = fill(file)
    accepted = accept(file)
    assert len(accepted.claims) + len(accepted.statements) == len(content["candidates"])
    assert accepted.unreviewed == ()
    count = next(claim for claim in accepted.claims.values() if claim.attribute == "tier2-count")
    assert (count.value, count.value_min, count.unit, count.passage) == ("120", 120, "country", "made-up.p01")
    folder = tmp_path / "data" / "claims"
    written = write_accepted(accepted, folder)
    assert folder / "claims.csv" in written
    assert tmp_path / "data" / "documents" / "made-up.yml" in written
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["key"] for row in rows] == sorted(accepted.claims)
    for row in rows:
        assert parse(Claim, {name: cell for name, cell in row.items() if cell}) == accepted.claims[row["key"]]
    assert "words" not in rows[0]
    before = {path: path.read_bytes() for path in written}
    assert {path: path.read_bytes() for path in write_accepted(accepted, folder)} == before


def test_a_key_that_says_something_else_is_refused(file: Path, tmp_path: Path) -> None:
    fill(file)
    write_accepted(accept(file), tmp_path / "claims")
    file.write_text(file.read_text("utf-8").replace("Said in our own words.", "Said otherwise."), "utf-8")
    with pytest.raises(CuratedDataError, match="says something else"):
        write_accepted(accept(file), tmp_path / "claims")


def test_blanks_are_told_with_their_lines(file: Path) -> None:
    fill(file, title="")
    text = file.read_text("utf-8").replace("gloss: Said in our own words.", "gloss: ''", 1)
    file.write_text(text.replace("review: accept", "review: perhaps", 1), "utf-8")
    with pytest.raises(CuratedDataError) as caught:
        accept(file)
    message = str(caught.value)
    assert "review must be one of open, accept, reject" in message
    assert "fill in the title of the document" in message
    file.write_text(text, "utf-8")
    with pytest.raises(CuratedDataError, match=r"review\.yml:\d+: candidates\.0\.gloss: fill it in"):
        accept(file)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dualuse news FILE --review"):
        accept(tmp_path / "none.yml")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("a: 1\n", "utf-8")
    with pytest.raises(CuratedDataError, match="is this a review file"):
        accept(wrong)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_columns_of_others_are_kept(file: Path, tmp_path: Path) -> None:
    fill(file)
    accepted = accept(file)
    table = tmp_path / "data" / "claims" / "claims.csv"
    table.parent.mkdir(parents=True)
    table.write_text("key,mine,gloss\nzz.1,kept,said\n", "utf-8")
    write_accepted(accepted, table.parent)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = {row["key"]: row for row in csv.DictReader(lines)}
    assert (rows["zz.1"]["mine"], rows["zz.1"]["gloss"]) == ("kept", "said")
    assert set(rows) == {"zz.1", *accepted.claims}
    assert list(rows["zz.1"])[:3] == ["key", "mine", "gloss"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (b"\xef\xbb\xbfkey,gloss\n", "begins with a byte order mark"),
        (b"id,words\n", "its columns are key, "),
        (b"key,words\n ,2\n", "the row has no key"),
        (b"", "its columns are key, "),
        (b"key,gloss\na.1,x\na.1,y\n", "key given twice"),
        (b"key,key\n", "column given twice"),
        (b"key,gloss\na.1\n", "1 cells in a table of 2 columns"),
        (b"key,gloss\na.1,\xff\n", "not UTF-8"),
        (b'key,gloss\na.1,"x\n', "not a CSV table"),
    ],
)
@pytest.mark.parametrize("name", ["claims.csv", "passages.csv"])
def test_nothing_is_written_where_one_table_is_wrong(
    file: Path, tmp_path: Path, name: str, table: bytes, message: str
) -> None:
    fill(file)
    folder = tmp_path / "data" / "claims"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(table)
    with pytest.raises(CuratedDataError, match=re.escape(message)):
        write_accepted(accept(file), folder)
    assert contents(tmp_path / "data") == {f"claims/{name}": table}


def test_nothing_is_written_where_one_place_is_taken(file: Path, tmp_path: Path) -> None:
    fill(file)
    data = tmp_path / "data"
    (data / "documents" / "made-up.yml").mkdir(parents=True)
    with pytest.raises(CuratedDataError, match=r"made-up\.yml.*cannot be read: Is a directory"):
        write_accepted(accept(file), data / "claims")
    assert contents(data) == {}


def test_files_that_are_loaded_at_once_all_arrive(file: Path, tmp_path: Path) -> None:
    """Each adds to the same tables; a process that holds them is waited for."""
    reviews = []
    for number in range(6):
        content = fill(file, key=f"made-up-{number}")
        reviews.append(tmp_path / f"review-{number}.yml")
        reviews[-1].write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    folder = tmp_path / "data" / "claims"
    code = f"""
import sys
from pathlib import Path
from dualuse.news.review.file import accept
from dualuse.news.review.ledger import write_accepted
from dualuse.locks import Lock
accepted = accept(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
write_accepted(accepted, Path({str(folder)!r}))"""
    loads = [
        subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for path in reviews
    ]
    for load in loads:
        assert load.stdout is not None
        assert load.stdout.readline() == "ready\n"
    for load in loads:
        assert load.stdin is not None
        load.stdin.write("\n")
        load.stdin.flush()
    for load in loads:
        load.communicate()
        assert load.returncode == 0
    claims = list(csv.DictReader((folder / "claims.csv").read_text("utf-8").splitlines()))
    for path in reviews:
        wanted = set(accept(path).claims)
        assert len(wanted) >= 6
        assert wanted <= {row["key"] for row in claims}
    assert {path.name for path in folder.iterdir()} == {"claims.csv", "passages.csv"}


def test_a_load_waits_for_another(file: Path, tmp_path: Path) -> None:
    fill(file)
    folder = tmp_path / "data" / "claims"
    folder.mkdir(parents=True)
    held = Lock(folder / ".dualuse.lock")
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write_accepted, accept(file), folder)
        with pytest.raises(TimeoutError):
            done.result(timeout=0.3)
        assert not (folder / "claims.csv").exists()
        held.release()
        assert folder / "claims.csv" in done.result()


def test_the_same_again_completes_what_was_cut_short(file: Path, tmp_path: Path) -> None:
    fill(file)
    folder = tmp_path / "data" / "claims"
    write_accepted(accept(file), folder)
    whole = contents(tmp_path / "data")
    (folder / "claims.csv").unlink()
    write_accepted(accept(file), folder)
    assert contents(tmp_path / "data") == whole


@pytest.mark.parametrize("number", ["9" * 5_000, "-1"])
@pytest.mark.parametrize("where", ["passages", "candidates"])
def test_a_number_of_a_passage_that_is_none(file: Path, number: str, where: str) -> None:
    content = fill(file)
    for entry in content[where]:
        entry["number" if where == "passages" else "passage"] = number
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    if where == "passages":
        assert not accept(file).passages
    else:
        with pytest.raises(CuratedDataError, match="passage"):
            accept(file)
