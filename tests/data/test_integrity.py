"""Every shipped record, read without the loader: form, order, receipts, counts."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dualuse.model.fields import fields_of
from dualuse.model.tables import TABLES, Table

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file())
NAMES = [path.relative_to(DATA).as_posix() for path in FILES]
BY_NAME = {table.name: table for table in TABLES}
CSV_NAMES = [name for name in NAMES if name.endswith(".csv")]
WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
YAML_TABLES = [table.name for table in TABLES if table.form == "yaml"]


def expected() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.load((DATA / "expected.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    return found


def cells(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((DATA / name).read_text("utf-8")), strict=True))


def records(table: Table) -> dict[str, dict[str, Any]]:
    """Key -> plain values of every record of a table."""
    found: dict[str, dict[str, Any]] = {}
    if table.form == "mapping":
        found |= yaml.load((DATA / f"{table.name}.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    if table.form in ("yaml", "beside"):
        folder, _, ending = table.name.partition(".")
        for path in sorted((DATA / folder).glob(f"*.{ending}.yml" if ending else "*.yml")):
            if not ending and path.name.endswith(".cases.yml"):
                continue
            found[path.stem] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
        return found
    for name in CSV_NAMES:
        if name == f"{table.name}.csv" or (table.form == "csv-folder" and name.startswith(f"{table.name}/")):
            header, *rows = cells(name)
            for row in rows:
                values = dict(zip(header, row, strict=True))
                found[values["key"]] = values
    return found


def test_there_are_files() -> None:
    assert len(FILES) > 550
    assert len(YAML_TABLES) >= 5
    for table in TABLES:
        if table.form == "csv":
            assert f"{table.name}.csv" in CSV_NAMES
        elif table.form == "mapping":
            assert f"{table.name}.yml" in NAMES
        else:
            assert any(name.startswith(f"{table.name.partition('.')[0]}/") for name in NAMES)


def test_text_is_utf_8_with_line_feeds() -> None:
    wrong = []
    for path, name in zip(FILES, NAMES, strict=True):
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        if b"\r" in raw or not text.endswith("\n") or text.startswith("\ufeff") or "\x00" in text or "\t" in text:
            wrong.append(name)
    assert wrong == []


def test_yaml_lines_are_short() -> None:
    """But for a form or regular expression with alternatives, which stands on a line of its own."""
    alone = re.compile(r" *- .*[(|].*")
    names = [name for name in NAMES if name.endswith(".yml")]
    assert len(names) > 500
    long = [
        f"{name}:{number}"
        for name in names
        for number, line in enumerate((DATA / name).read_text("utf-8").split("\n"), 1)
        if (len(line) > 120 and not (name.startswith("news/") and alone.fullmatch(line))) or line != line.rstrip()
    ]
    assert long == []


@pytest.mark.parametrize("name", CSV_NAMES)
def test_csv_is_canonical(name: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells(name))
    assert (DATA / name).read_bytes() == out.getvalue().encode("utf-8"), "rewrite it with Python's csv module"


@pytest.mark.parametrize("name", CSV_NAMES)
def test_csv_rows_are_in_order(name: str) -> None:
    header, *rows = cells(name)
    keys = [row[header.index("key")] for row in rows]
    assert keys == sorted(set(keys))
    assert not [row for row in rows for cell in row if cell != cell.strip()]


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_every_record_has_receipts_and_none_is_lost(name: str) -> None:
    table = BY_NAME[name]
    found = records(table)
    assert len(found) > 0
    assert len(found) == int(expected()[name]["min"]), f"set the minimum of {name} in data/expected.yml to {len(found)}"
    assert int(expected()[name]["min"]) <= int(expected()[name]["max"])
    if "confidence" not in {field.name for field in fields_of(table.record)}:
        assert name in ("sources", "conditions", "rules.cases", "searched", "rereadings", "translations"), (
            "its own receipt"
        )
        return
    known = records(BY_NAME["sources"])
    without = []
    for key, values in found.items():
        sources = values["sources"]
        listed = [part.strip() for part in sources.split("|")] if isinstance(sources, str) else sources
        if not listed or set(listed) - set(known) or values["confidence"] not in ("high", "medium", "low"):
            without.append(key)
    assert without == []


def test_every_source_is_used() -> None:
    used = set()
    for table in TABLES:
        if table.name not in ("sources", "rereadings", "translations"):
            for values in records(table).values():
                used |= set(WORD.findall(str(values)))
    for path in sorted(DATA.parent.joinpath("graph").rglob("rules/*.yml")):
        used |= set(WORD.findall(path.read_text("utf-8")))
    known = records(BY_NAME["sources"])
    assert len(known) > 400
    assert sorted(set(known) - used) == []


def test_every_instrument_has_measures_or_says_why_it_has_none() -> None:
    provisions = records(BY_NAME["provisions"])
    acting = {provisions[measure["provision"]]["instrument"] for measure in records(BY_NAME["measures"]).values()}
    instruments = records(BY_NAME["instruments"])
    assert len(instruments) >= 132
    assert {key for key, values in instruments.items() if "without_measures" not in values} == acting


def test_stems_are_keys() -> None:
    stems = [path.stem for name in YAML_TABLES for path in (DATA / name).iterdir() if path.suffix == ".yml"]
    assert len(stems) > 550
    assert [stem for stem in stems if not WORD.fullmatch(stem)] == []
    for name in YAML_TABLES:
        assert "key" not in {field.name for field in fields_of(BY_NAME[name].record)}


def test_quotations_are_short() -> None:
    seen, long = 0, []
    for key, values in records(BY_NAME["statements"]).items():
        quotation = values.get("quotation")
        if quotation is None:
            continue
        seen += 1
        text = quotation["text"]
        if (len(text.split()) > 15) if quotation["language"] == "en" else (len(text) > 40):
            long.append(key)
    assert seen > 50
    assert long == []


def test_quotations_are_in_the_language_they_say() -> None:
    wrong = []
    for key, values in records(BY_NAME["statements"]).items():
        quotation = values.get("quotation")
        if quotation is not None:
            han = re.search(r"[\u4e00-\u9fff]", quotation["text"]) is not None
            if han == (quotation["language"] == "en"):
                wrong.append(key)
    assert wrong == []


def test_addresses_have_a_scheme() -> None:
    urls = {key: values["url"] for key, values in records(BY_NAME["sources"]).items() if values["url"]}
    assert len(urls) > 200
    assert [key for key, url in urls.items() if not re.match(r"https?://[^/]+\.[a-z]+(/|$)", url)] == []
    bare = [
        f"{name}: {match[0]}"
        for path, name in zip(FILES, NAMES, strict=True)
        for match in re.finditer(r"(?<![\w/.])www\.[\w.]+", path.read_text("utf-8"))
    ]
    assert bare == []


def test_no_address_of_a_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for path, name in zip(FILES, NAMES, strict=True)
        for match in re.finditer(
            r"localhost|127\.0\.0\.1|file://|(?<![\w/.])/(?:home|work|tmp|root)/", path.read_text("utf-8")
        )
    ]
    assert found == []


def test_no_formula_in_a_cell() -> None:
    found = [f"{name}: {cell}" for name in CSV_NAMES for row in cells(name) for cell in row if cell[:1] in tuple("=+@")]
    assert found == []


def test_what_the_record_says_was_known_by_then() -> None:
    """No day of a receipt lies after the last day of the record."""
    dataset = yaml.load((DATA / "dataset.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    known_on = dataset["known_on"]
    late = []
    for table in TABLES:
        for key, values in records(table).items():
            for field in ("issued", "seen", "date", "observed_from", "listed_on"):
                day = values.get(field) or ""
                if day and day[: len(known_on)] > known_on[: len(day)]:
                    late.append(f"{table.name}/{key}: {field} {day}")
    assert late == []
