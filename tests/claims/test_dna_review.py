"""Review files of statements: a fault writes nothing, and what is there is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.running import Run

REVIEW = """statements:
- review: accept
  key: {key}
  date: '2025-01-13'
  organisation: nvidia
  topic: a-topic
  stance: {stance}
  summary: They are against it.
  source_kind: reprint
  sources: [dcd-16-entity-list]
  confidence: medium
- review: {review}
  key: {other}
"""
GOOD = {"key": "one", "stance": "opposes", "review": "reject", "other": "two"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": "../one"}, "../one: a key has small letters, digits, and - or . between"),
        ({"review": "perhaps"}, "review must be one of open, accept, reject"),
        ({"stance": "likes"}, "one: stance: "),
        ({"review": "accept", "other": "one"}, "one: the key is given twice"),
    ],
)
def test_a_review_with_a_fault_writes_nothing(run: Run, clean: Path, changed: dict[str, str], said: str) -> None:
    (clean / "r.yml").write_text(REVIEW.format(**(GOOD | changed)), "utf-8")
    told = run("load", "statements", "r.yml", "--into", "out")
    assert told.returncode == 1
    assert said in told.stderr
    assert not (clean / "out").exists()


def test_a_statement_that_is_there_is_not_overwritten(run: Run, clean: Path) -> None:
    (clean / "r.yml").write_text(REVIEW.format(**GOOD), "utf-8")
    told = run("load", "statements", "r.yml", "--into", "out")
    assert (told.returncode, [path.name for path in (clean / "out").iterdir()]) == (0, ["one.yml"])
    assert "Accepted 1 statements; 1 rejected; 0 not reviewed yet" in told.stderr
    (clean / "r.yml").write_text(REVIEW.format(**(GOOD | {"stance": "supports"})), "utf-8")
    told = run("load", "statements", "r.yml", "--into", "out")
    assert told.returncode == 1
    assert "it is there already and says something else" in told.stderr
    assert "stance: opposes" in (clean / "out" / "one.yml").read_text("utf-8")
    missing = run("load", "statements", "none.yml", "--into", "out")
    assert missing.returncode == 2
    (clean / "r.yml").write_text("claims: []\n", "utf-8")
    assert "the list is missing; is this a review file?" in run("load", "statements", "r.yml", "--into", "o").stderr
