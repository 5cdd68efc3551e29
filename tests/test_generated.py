"""Every file that is made from something else is as it would be if made now, and one that is not is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dualuse import generated
from dualuse.build import Built
from dualuse.validate import check_counts, check_generated, counted, validate

ROOT = Path(__file__).resolve().parents[1]
CURE = "run .venv/bin/python scripts/regenerate"


def test_every_generated_file_is_current(built: Built) -> None:
    made = generated.from_ontology() | generated.from_records() | generated.from_graph(ROOT, built, counted(built))
    assert len(made) == 10
    assert [path for path, text in made.items() if (ROOT / path).read_text("utf-8") != text] == [], CURE


def test_validate_finds_nothing_stale(built: Built) -> None:
    assert check_generated(built) == []


def test_validate_names_a_codebook_that_is_behind(built: Built, data_copy: Path) -> None:
    page = data_copy / "README.md"
    page.write_text(page.read_text("utf-8").replace("| key | yes |", "| word | yes |", 1), "utf-8")
    (finding,) = check_generated(replace(built, data=data_copy))
    assert (finding.check, finding.where) == ("generated", "data/README.md")
    assert finding.message == "the codebook is behind the data; run scripts/regenerate"


def test_validate_names_what_the_package_holds_that_is_behind(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    for maker in ("terms_file", "concepts_file", "values_module", "shapes_file"):
        monkeypatch.setattr(f"dualuse.generated.{maker}", lambda *_: "")
    found = [finding.where for finding in check_generated(built)]
    turtle = ["ontology/dualuse.ttl", "ontology/concepts.ttl", "ontology/shapes/generated.ttl"]
    assert sorted(found) == sorted([*turtle, "graph/dualuse/model/values.py"])


def test_counts_are_raised_and_a_loss_is_still_found(built: Built, data_copy: Path) -> None:
    """An instrument more: its counts are raised; one less: they stay, and validate still fails."""
    path = data_copy / "expected.yml"
    actual = counted(built)
    more, fewer = (actual | {"instruments": actual["instruments"] + by} for by in (50, -1))
    tables = set(built.curated.tables)
    text = generated.raised(path.read_text("utf-8"), more, tables)
    assert f"instruments:\n  min: {more['instruments']}\n" in text
    path.write_text(text, "utf-8")
    (finding,) = check_counts(replace(built, data=data_copy))
    assert "were some lost?" in finding.message
    assert generated.raised(text, fewer, tables) == text


def test_a_graph_is_built_from_data_whose_codebook_is_behind(built: Built, data_copy: Path) -> None:
    page = data_copy / "README.md"
    page.write_text(page.read_text("utf-8").replace("| `place` |", "| `spot` |"), "utf-8")
    spoiled = replace(built, data=data_copy)
    assert [finding.check for finding in validate(spoiled)] == ["generated"]
    assert validate(spoiled, generated=False) == []
