"""Files that are no tables, tables that are no UTF-8, YAML that is none: what the loader says of each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.load.spoiling import append, first_key, only, problems, replace, rows, set_cell, write
from tests.running import Run

from dualuse.errors import Problem
from dualuse.load.curated import read_curated
from dualuse.load.files import read_csv, read_yaml
from dualuse.model.tables import TABLES

CHIP = "products/h100-sxm.yml"


def test_unknown_column(data_copy: Path) -> None:
    table = rows(data_copy / "groups.csv")
    write(data_copy / "groups.csv", [row + (["colour"] if n == 0 else [""]) for n, row in enumerate(table)])
    read_curated(data_copy)  # a column without a value anywhere says nothing
    write(data_copy / "groups.csv", [[*row, "colour" if n == 0 else "red"] for n, row in enumerate(table)])
    found = problems(data_copy)
    assert [problem.line for problem in found] == list(range(2, len(table) + 1))
    assert {(problem.file, problem.key) for problem in found} == {("groups.csv", "colour")}


def test_column_twice(data_copy: Path) -> None:
    replace(data_copy / "groups.csv", r"\bdefinition\b", "role")
    assert Problem("groups.csv", 1, "role", "column given twice; keep one") in problems(data_copy)


STRAYS = [
    *("extra.csv", "products.csv", "relations/extra.csv", "products/h100.yaml", "products/h100.csv"),
    *("products/h100.yml~", "sources/law.yml", "sources/law.tsv", "notes.json", "places.CSV", "new/thing.yml"),
]


def test_stray_files(data_copy: Path) -> None:
    for name in STRAYS:
        path = data_copy / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a: b\n", "utf-8")
    message = "no table reads this file; move it out of data/ or fix its name"
    assert problems(data_copy) == sorted(Problem(name, 1, "?", message) for name in STRAYS)


def test_stray_file_in_a_folder_inside_a_table(data_copy: Path) -> None:
    (data_copy / "products/old").mkdir()
    shutil.copy(data_copy / CHIP, data_copy / "products/old/chip.yml")
    assert only(data_copy).file == "products/old/chip.yml"


def test_prose_and_hidden_files_may_stand_beside_data(data_copy: Path) -> None:
    for name in ("NOTES.md", "products/README.md", ".DS_Store", "products/.gitkeep"):
        (data_copy / name).write_text("words", "utf-8")
    read_curated(data_copy)


@pytest.mark.parametrize("table", ["places", "relations/supplies", "sources", "products"])
def test_missing_table(data_copy: Path, table: str) -> None:
    form = next(known.form for known in TABLES if known.name == table)
    if form == "csv":
        name = f"{table}.csv"
        (data_copy / name).unlink()
    else:
        name = f"{table}/"
        shutil.rmtree(data_copy / table)
    assert Problem(name, 1, "?", f"the table {table} is missing; see data/README.md") in problems(data_copy)


def test_missing_dataset(data_copy: Path) -> None:
    (data_copy / "dataset.yml").unlink()
    assert only(data_copy) == Problem("dataset.yml", 1, "?", "the file is missing; see data/README.md")


@pytest.mark.parametrize(("cells", "count"), [("a,b", 2), (",".join("x" * 30), 30), ("", 0)])
def test_wrong_number_of_cells(data_copy: Path, cells: str, count: int) -> None:
    columns = len(rows(data_copy / "items.csv")[0])
    line = append(data_copy / "items.csv", f"{cells}\n")
    found = only(data_copy)
    assert (found.file, found.line) == ("items.csv", line)
    assert found.message == f"{count} cells in a table of {columns} columns; check the commas and quotes"


def test_a_cell_over_two_lines_keeps_the_count(data_copy: Path) -> None:
    key = first_key(data_copy / "items.csv")
    first = set_cell(data_copy / "items.csv", key, "note", "two\nlines")
    line = append(data_copy / "items.csv", "a,b\n")
    assert [problem.line for problem in problems(data_copy)] == [first, line]


def test_open_quote(data_copy: Path) -> None:
    append(data_copy / "items.csv", '"never closed\n')
    found = only(data_copy)
    assert (found.file, found.key) == ("items.csv", "?")
    assert found.message.startswith("not a CSV table: ")


def test_not_utf_8(data_copy: Path) -> None:
    names = ["items.csv", CHIP, "dataset.yml"]
    for name in names:
        raw = (data_copy / name).read_bytes().split(b"\n")
        raw[1] += b" \xb6\xd4"
        (data_copy / name).write_bytes(b"\n".join(raw))
    found = problems(data_copy)
    for name in names:
        assert Problem(name, 2, "?", "not UTF-8; save the file as UTF-8") in found


BAD_YAML = [
    ("name: [unclosed\n", 2, "not YAML: "),
    ("a: 1\n  b: 2\n", 2, "not YAML: mapping values are not allowed"),
    ("a: 1\n\tb: 2\n", 2, "not YAML: found a tab"),
    ("- a\n- b\n", 1, "the file must hold one mapping of keys to values"),
    ("just words\n", 1, "the file must hold one mapping of keys to values"),
    ("", 1, "the file must hold one mapping of keys to values"),
    ("a: 1\n---\nb: 2\n", 2, "not YAML: but found another document"),
    ("a: &x\n  b: *x\n", 1, "anchors and aliases (& and *) are not read; write the value out"),
    ("a: \x00\n", 1, "not YAML: "),
]


def test_bad_yaml(data_copy: Path) -> None:
    for number, (text, _, _) in enumerate(BAD_YAML):
        (data_copy / f"products/bad-{number}.yml").write_text(text, "utf-8")
    found = problems(data_copy)
    assert [(problem.file, problem.line, problem.key) for problem in found] == [
        (f"products/bad-{number}.yml", line, "?") for number, (_, line, _) in enumerate(BAD_YAML)
    ]
    for problem, (_, _, message) in zip(found, BAD_YAML, strict=True):
        assert problem.message.startswith(message)


def test_duplicate_yaml_key(data_copy: Path) -> None:
    line = append(data_copy / CHIP, "confidence: low\n")
    assert only(data_copy) == Problem(CHIP, line, "confidence", "key given twice; keep one")


def test_empty_folder(tmp_path: Path) -> None:
    found = problems(tmp_path)
    assert len(found) == len(TABLES) + 1
    assert {problem.line for problem in found} == {1}
    assert all("is missing; see data/README.md" in problem.message for problem in found)


def test_empty_tables(data_copy: Path) -> None:
    for path in data_copy.glob("*.csv"):
        path.write_text("", "utf-8")
    assert {problem.file for problem in problems(data_copy)} & {"places.csv", "groups.csv"} == set()


def test_script_reports_an_empty_folder(script: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = script("build", "--data", tmp_path / "empty")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert len(answer.stderr.splitlines()) == len(TABLES) + 1
    assert "Traceback" not in answer.stderr


def test_a_byte_order_mark(data_copy: Path) -> None:
    table = data_copy / "memberships.csv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes())
    assert "memberships.csv:1: ?: begins with a byte order mark; save the file as UTF-8 without one" in str(
        only(data_copy)
    )


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, "[" * 40 + "]" * 40, "{a: " * 50 + "1" + "}" * 50, "\n " + "- " * 99 + "x"]
)
def test_yaml_that_is_nested_too_deep(data_copy: Path, deep: str) -> None:
    line = append(data_copy / CHIP, f"notes: {deep}\n") + deep.startswith("\n")
    assert f"{CHIP}:{line}: ?: nested more than 32 deep; flatten it" in {str(each) for each in problems(data_copy)}


def test_yaml_that_is_too_large(data_copy: Path) -> None:
    append(data_copy / CHIP, "# " + "x" * 1_000_000)
    assert f"{CHIP}:1: ?: larger than 1,000,000 bytes; split it" in {str(each) for each in problems(data_copy)}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found: list[Problem] = []
    assert list(read_csv("pipe", tmp_path / "pipe", found)) == []
    assert read_yaml("pipe", tmp_path / "pipe", found) is None
    assert {problem.message for problem in found} >= {"cannot be read: it is no plain file"}
