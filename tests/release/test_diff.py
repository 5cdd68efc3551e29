"""What differs between two releases, row by row, and releases that cannot be read."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.release import compare, read_release, release_of
from dualuse.release.changes import to_changes
from dualuse.release.facts import read_facts
from dualuse.release.sheet import Sheet


def test_diff_names_what_was_added_removed_and_changed(
    run: Run, earlier: Path, released: Path, store_dir: Path
) -> None:
    done = run("diff", earlier, released, "--format", "json", "--store", store_dir)
    assert done.returncode == 0, done.stderr
    card = json.loads(done.stdout)
    answer = card["answer"]
    assert (answer["added"], answer["removed"], answer["changed"]) == (1, 1, 1)
    rows = {row["what"]: row for row in answer["rows"]}
    assert rows["added"]["table"] == rows["removed"]["table"] == "measures"
    assert rows["removed"]["label"] == "Gone"
    assert rows["added"]["instruments"] == rows["removed"]["instruments"] != []
    changed = rows["changed"]
    assert (changed["key"], changed["field"], changed["before"]) == ("st-003", "date", "2025-01")
    assert "read again on" in changed["why"]
    assert card["dataset"]["sha256"] == json.loads((released / "tables" / "datapackage.json").read_text())["sha256"]
    assert any(receipt["source"].startswith("http") for receipt in card["because"])


def test_it_is_told_in_chinese(run: Run, earlier: Path, released: Path, store_dir: Path) -> None:
    told = run("diff", earlier, released, "--lang", "zh-Hans", "--store", store_dir).stdout
    assert "新增 1、删除 1、修改 1" in told
    assert "复读：" in told
    assert "read again" not in told


def test_diff_against_this_graph_and_by_instrument(run: Run, earlier: Path, released: Path, store_dir: Path) -> None:
    whole = run("diff", earlier, "--format", "json", "--store", store_dir)
    added = next(row for row in json.loads(whole.stdout)["answer"]["rows"] if row["what"] == "added")
    some = run(
        *("diff", earlier, "--instrument", added["instruments"][0], "--what", "added"),
        *("--format", "json", "--store", store_dir),
    )
    assert json.loads(some.stdout)["answer"]["rows"] == [added]
    with_it = (earlier, released)  # to hold a release against the graph takes longer
    none = run("diff", *with_it, "--instrument", "us-mi308-is-informed-2025-04", "--store", store_dir)
    assert "Nothing differs" in none.stdout
    wrong = run("diff", *with_it, "--instrument", "us-mi308", "--store", store_dir)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "no instrument 'us-mi308' in either release; nearest: " in wrong.stderr


@pytest.mark.parametrize("cells", ["x", "x" + "," * 80])
def test_a_table_that_was_cut_or_grew_is_refused(earlier: Path, tmp_path: Path, cells: str) -> None:
    broken = Path(shutil.copytree(earlier, tmp_path / "broken"))
    with (broken / "tables" / "groups.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{cells}\n")
    with pytest.raises(UsageError, match=r"another number of cells than its head; name a folder"):
        read_release(broken)


def test_a_release_is_read_from_its_archive(earlier: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "whole"), "zip", earlier.parent, earlier.name))
    assert read_release(archive) == read_release(earlier)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-2_000_000])
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("tables/groups.csv", "key\n")
    for path in (cut, other, tmp_path / "none"):
        with pytest.raises(UsageError, match=r"holds no release that can be read"):
            read_release(path)


def test_changes_stand_by_instrument(earlier: Path, knowledge: Knowledge, tables: dict[str, Sheet]) -> None:
    now = release_of(read_facts(knowledge.store), list(tables.values()))
    text = to_changes(now, read_release(earlier)).decode()
    assert "1 added, 1 removed, 1 changed" in text
    assert "date 2025-01 → " in text
    instruments = {name for change in compare(read_release(earlier), now) for name in change.instruments}
    assert instruments
    assert all(f"## {name}" in text for name in instruments)
    assert "no release before this one" in to_changes(now, None).decode()
    assert compare(now, now) == []
