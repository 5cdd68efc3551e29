"""Stores that commands make, find and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.running import Run

from dualuse.build import Built
from dualuse.knowledge import DEFAULT_STORE

DAY = ("--as-of", "2025-06-01")


def test_without_a_store_the_shipped_data_are_built_in_memory(
    run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUALUSE_STORE")
    answer = run("groups", "CH", *DAY, "--format", "csv")
    assert answer.returncode == 0
    started = f"No store in {DEFAULT_STORE}: building the shipped data in memory (keep it: dualuse build)\n"
    assert answer.stderr.startswith(started)
    assert list(clean.iterdir()) == []


@pytest.mark.usefixtures("quick_checks", "built_already")
def test_build_then_ask(run: Run, clean: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUALUSE_STORE")
    answer = run("build")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr.startswith(f"Built {DEFAULT_STORE}: {built.quads:,} quads, sha256 {built.sha256[:12]}, ")
    assert len(answer.stderr.splitlines()) == 1
    assert (clean / DEFAULT_STORE / "CURRENT").is_file()
    asked = run("groups", "CH", *DAY, "--format", "json")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert json.loads(asked.stdout)["dataset"]["sha256"] == built.sha256


def test_store_of_the_environment_must_be_there(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUALUSE_STORE", str(clean / "gone"))
    answer = run("groups", "CH")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert f"{clean / 'gone'}: no store here. Make one: dualuse build --store {clean / 'gone'}" in answer.stderr


@pytest.mark.usefixtures("quick_checks", "built_already")
def test_build_over_something_else_is_refused(run: Run, clean: Path) -> None:
    (clean / "mine").mkdir()
    (clean / "mine" / "notes.txt").write_text("words")
    answer = run("build", "--store", "mine")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "mine: not a store, and not empty; choose another place with --store DIR" in answer.stderr
    assert [path.name for path in (clean / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.usefixtures("built_already")
def test_findings_stop_the_build_and_keep_the_old_store(
    run: Run, store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dualuse.validate import Finding

    monkeypatch.setattr("dualuse.validate.check_shapes", lambda _: [Finding("shapes/x", "place:CH", "is too high")])
    monkeypatch.setattr("dualuse.validate.check_hygiene", lambda _: [])
    monkeypatch.setattr("dualuse.validate.check_counts", lambda _: [])
    before = (store_dir / "CURRENT").read_text()
    answer = run("build")
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", "Error: place:CH: is too high [shapes/x]\n")
    assert (store_dir / "CURRENT").read_text() == before
    answer = run("validate")
    assert (answer.returncode, answer.stdout) == (1, "place:CH: is too high [shapes/x]\n")
    assert answer.stderr == "Error: 1 finding\n"


def test_shipped_data_are_valid(run: Run, built: Built) -> None:
    answer = run("validate")
    assert (answer.returncode, answer.stderr) == (0, ""), answer.stdout
    counts = built.curated.counts()
    assert answer.stdout == (
        f"Valid: {sum(counts.values()):,} records in {len(counts)} tables, {built.quads:,} quads, no finding.\n"
    )
