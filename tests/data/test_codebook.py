"""The codebook describes every field, is current, and its order is that of the files."""

from __future__ import annotations

import csv
import io
from importlib.resources.abc import Traversable
from typing import Any

import pytest

from dualuse import resources
from dualuse.codebook import BEGIN, END, codebook, insert, undescribed
from dualuse.errors import UsageError
from dualuse.load.curated import Curated, read_curated
from dualuse.load.files import read_yaml
from dualuse.load.parse import parse
from dualuse.model.base import field_order
from dualuse.model.fields import fields_of
from dualuse.model.law import Event, Measure, Membership, Place
from dualuse.model.meanings import meanings
from dualuse.model.relations import Supply
from dualuse.model.tables import TABLES, Table

DATA = resources.root("data")
IN_YAML = [table for table in TABLES if table.form == "yaml"]
IN_CSV = [table for table in TABLES if table.form.startswith("csv")]


@pytest.fixture(scope="module")
def curated() -> Curated:
    return read_curated(DATA)


@pytest.fixture(scope="module")
def text(curated: Curated) -> str:
    return codebook(curated)


def test_every_field_is_described() -> None:
    assert undescribed() == []


def test_a_field_without_description_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualuse.codebook.meanings", lambda record: {**meanings(record), "until": ""})
    assert undescribed() == ["Event.until"]


def test_page_is_current(text: str) -> None:
    page = (DATA / "README.md").read_text("utf-8")
    assert page == insert(page, text), "run .venv/bin/python scripts/regenerate"


def test_every_table_has_a_section_with_every_field(text: str) -> None:
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n### ")[1:]}
    assert list(sections) == [*(table.name for table in TABLES), "dataset"]
    for table in TABLES:
        for field in fields_of(table.record):
            assert f"\n| `{field.name}` | " in sections[table.name]


@pytest.fixture(scope="module")
def small(curated: Curated) -> str:
    """Codebook of two rows."""
    receipt = {"sources": "s", "confidence": "high"}
    names = {"name_en": "Norway", "name_zh_hant": "挪威", "name_zh_hans": "挪威", "aliases": "a | b"}
    place = parse(Place, {"key": "NO", "iso3": "NOR", **names, **receipt})
    member = parse(Membership, {"key": "g.no", "place": "NO", "group": "g", "standing": "member", **receipt})
    tables: dict[str, dict[str, Any]] = {table.name: {} for table in TABLES}
    return codebook(Curated(curated.dataset, tables | {"places": {"NO": place}, "memberships": {"g.no": member}}))


@pytest.mark.parametrize(
    "line",
    [
        "`data/memberships.csv`, 1 row: a place in a group;",
        "| [places](#places) | 1 | a destination, which need not be a state |",
        "| `valid_to` | date | no | 1 |  | First day on which it no longer holds; blank: no end is recorded. |",
        "| `place` | place key → places | yes | 0 | `NO` | The destination. |",
        "| `aliases` | list of texts | no | 0 | `a \\| b` |",
        "| `stage` | `operating` or `planned` | yes |",
        "| `bearers` | list of `exporter`, `reexporter`, ",
        "| `events` | list of parts, see below | yes | 0 |  |",
        "| `sources` | list of keys → sources | yes | 0 | `s` |",
    ],
)
def test_a_line_says_type_need_blanks_example_and_meaning(line: str, small: str) -> None:
    assert f"\n{line}" in small


def test_insert_keeps_the_rest_and_refuses_a_page_without_markers() -> None:
    page = insert(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new\n")
    assert page == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    assert insert(page, "new\n") == page
    with pytest.raises(UsageError, match="no place for the codebook"):
        insert("before", "new\n")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_field_order_keeps_every_field(table: Table) -> None:
    order = field_order(table.record)
    assert sorted(order) == sorted(field.name for field in fields_of(table.record))
    assert order[0] == "key" or "key" not in order


def test_field_order_puts_key_first_and_receipt_last() -> None:
    receipt = ["valid_from", "valid_to", "sources", "confidence", "note"]
    assert field_order(Measure)[:2] == ["key", "provision"]
    assert field_order(Measure)[-5:] == receipt
    assert field_order(Supply)[-8:] == ["seen", "seen_note", "value", *receipt]
    assert field_order(Event)[:2] == ["kind", "date"]


@pytest.mark.parametrize("table", IN_CSV, ids=lambda table: table.name)
def test_csv_columns_stand_in_field_order(table: Table) -> None:
    for file in _files(table, ".csv"):
        header = next(csv.reader(io.StringIO(file.read_text("utf-8"))))
        assert header == field_order(table.record), file


@pytest.mark.parametrize("table", IN_YAML, ids=lambda table: table.name)
def test_yaml_keys_stand_in_field_order(table: Table) -> None:
    files = _files(table, ".yml")
    assert len(files) > 0
    for file in files:
        row = read_yaml(file.name, file, [])
        assert row is not None
        _check_order(table.record, row.values, file.name)


def _files(table: Table, suffix: str) -> list[Traversable]:
    if table.form == "csv":
        return [DATA.joinpath(*f"{table.name}{suffix}".split("/"))]
    return [file for name, file in resources.walk(DATA / table.name, suffix) if not name.endswith(".cases.yml")]


def _check_order(record: type[Any], values: object, file: str) -> None:
    if isinstance(values, list):
        for value in values:
            _check_order(record, value, file)
    elif isinstance(values, dict):
        assert list(values) == [name for name in field_order(record) if name in values], file
        for field in fields_of(record):
            if field.part is not None and field.name in values:
                _check_order(field.part, values[field.name], file)
