"""A release, and one before it in which some rows were otherwise, made once for all tests of this folder."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.shared import once

from dualuse.knowledge import Knowledge
from dualuse.release import contents
from dualuse.release.sheet import Sheet, sheets
from dualuse.release.writing import write_release


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    def make(place: Path) -> None:
        write_release(place, contents(knowledge), lambda path: None)

    return once(tmp_path_factory, "released", make)


@pytest.fixture(scope="session")
def tables(knowledge: Knowledge) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in sheets(knowledge.store)}


def spoilt(released: Path, change: Callable[[str, list[dict[str, str]]], list[dict[str, str]]], folder: Path) -> Path:
    """A release whose tables were changed."""
    for path in sorted((released / "tables").glob("*")):
        if path.is_file():
            target = folder / "tables" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix != ".csv":
                target.write_bytes(path.read_bytes())
                continue
            with path.open(newline="", encoding="utf-8") as stream:
                reader = csv.DictReader(stream)
                rows, names = list(reader), list(reader.fieldnames or ())
            with target.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, names, lineterminator="\n")
                writer.writeheader()
                writer.writerows(change(path.stem, rows))
    return folder


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory, released: Path) -> Path:
    """A release in which a measure was not there, one was more, and a statement a date less exact."""

    def change(table: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        if table == "measures":
            first, second, *rest = rows
            return [second, *rest, {**first, "key": "m-gone", "label": "Gone"}]
        if table == "statements":
            return [{**row, "date": "2025-01" if row["key"] == "st-003" else row["date"]} for row in rows]
        return rows

    return spoilt(released, change, tmp_path_factory.mktemp("earlier"))
