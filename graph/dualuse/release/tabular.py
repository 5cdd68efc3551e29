"""Tables in the forms that tools open: CSV with a data package, one SQLite file for Datasette, Parquet."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from dualuse.errors import MissingExtraError
from dualuse.harmless import no_formula
from dualuse.release.facts import HOME, KEYWORDS, LICENCE, LICENCE_URL, NAME, Facts
from dualuse.release.sheet import JOINED, Cell, Column, Sheet, Type

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""A whole date, a month, or a year."""
_PACKAGED: dict[Type, str] = {"text": "string", "date": "string", "number": "number", "integer": "integer"}
_IN_SQL: dict[Type, str] = {"number": "REAL", "integer": "INTEGER"}
_FACETS = 4
_MOST_VALUES = 25


def path_of(sheet: Sheet) -> str:
    """Where the CSV of a table lies, below the folder of tables."""
    return f"links/{sheet.name}.csv" if sheet.linked else f"{sheet.name}.csv"


def to_csv(sheet: Sheet) -> bytes:
    """A table as CSV, UTF-8 with LF line ends; a cell that a spreadsheet would take for a formula begins with ``'``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in sheet.columns)
    writer.writerows(["" if cell is None else _guarded(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8")


def _guarded(cell: Cell) -> str:
    return no_formula(cell) if isinstance(cell, str) else str(cell)


def to_datapackage(facts: Facts, sheets: Sequence[Sheet]) -> bytes:
    """``datapackage.json``: what each column holds, the keys, and what refers to what (Data Package 1)."""
    told = {
        "name": NAME,
        "id": HOME,
        "title": facts.title,
        "description": facts.description,
        "version": facts.version,
        "sha256": facts.sha256,
        "created": f"{facts.known_on.isoformat()}T00:00:00Z",
        "homepage": HOME,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": facts.creator, "role": "author"}],
        "keywords": list(KEYWORDS),
        "profile": "tabular-data-package",
        "resources": [_resource(sheet) for sheet in sheets],
    }
    return _json(told)


def _resource(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "path": path_of(sheet),
        "profile": "tabular-data-resource",
        "description": sheet.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_described(column) for column in sheet.columns],
            "primaryKey": list(sheet.key),
            "foreignKeys": [
                {"fields": [column.name], "reference": {"resource": _self(sheet, column), "fields": ["key"]}}
                for column in sheet.columns
                if column.refers_to
            ],
            "missingValues": [""],
        },
    }


def _self(sheet: Sheet, column: Column) -> str:
    """Table that a column refers to; a data package names the table itself by nothing."""
    return "" if column.refers_to == sheet.name else column.refers_to


def _described(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": _PACKAGED.get(column.type, "string")}
    told["description"] = f"{column.meaning} Several are joined by '{JOINED}'." if column.joined else column.meaning
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.type == "address":
        told["format"] = "uri"
    if column.type == "date":
        limits["pattern"] = DATE
    if column.values and not column.joined:
        limits["enum"] = list(column.values)
    return told | ({"constraints": limits} if limits else {})


def to_sqlite(facts: Facts, sheets: Sequence[Sheet]) -> bytes:
    """One SQLite database: a table a sheet, with keys, and what refers to what."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.executescript("\n".join(_schema(sheet) for sheet in sheets))
        for sheet in sheets:
            marks = ", ".join("?" * len(sheet.columns))
            connection.executemany(f'INSERT INTO "{sheet.name}" VALUES ({marks})', sheet.rows)  # noqa: S608 - our names
        connection.executescript("\n".join(_indexes(sheets)))
        connection.execute('CREATE TABLE "about" (name TEXT PRIMARY KEY, value TEXT)')
        connection.executemany('INSERT INTO "about" VALUES (?, ?)', sorted(_about(facts).items()))
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _about(facts: Facts) -> dict[str, str]:
    return {
        "citation": facts.citation,
        "known_on": facts.known_on.isoformat(),
        "licence": LICENCE_URL,
        "sha256": facts.sha256,
        "title": facts.title,
        "version": facts.version,
    }


def _schema(sheet: Sheet) -> str:
    lines = [
        f'"{column.name}" {_IN_SQL.get(column.type, "TEXT")}{" NOT NULL" if column.required else ""}'
        for column in sheet.columns
    ]
    lines.append(f"PRIMARY KEY ({_quoted(sheet.key)})")
    lines += [
        f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers_to}" ("key")'
        for column in sheet.columns
        if column.refers_to
    ]
    return f'CREATE TABLE "{sheet.name}" (\n  {f",{chr(10)}  ".join(lines)}\n);'


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _indexes(sheets: Sequence[Sheet]) -> Iterator[str]:
    """An index for each column that refers to a table, as joins from the other side need."""
    for sheet in sheets:
        for column in sheet.columns:
            if column.refers_to and column.name != sheet.key[0]:
                yield f'CREATE INDEX "{sheet.name}.{column.name}" ON "{sheet.name}" ("{column.name}");'


def to_datasette(facts: Facts, sheets: Sequence[Sheet]) -> bytes:
    """``metadata.json`` for Datasette: labels, facets, what each column means."""
    told = {
        "title": facts.title,
        "description": f"{facts.description} {facts.citation}",
        "license": LICENCE,
        "license_url": LICENCE_URL,
        "source": NAME,
        "source_url": HOME,
        "databases": {NAME: {"tables": {sheet.name: _table(sheet) for sheet in sheets}}},
    }
    return _json(told)


def _table(sheet: Sheet) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": sheet.meaning,
        "columns": {column.name: column.meaning for column in sheet.columns},
    }
    if sheet.linked:
        return told | {"hidden": True}
    labelled = any(column.name == "label" for column in sheet.columns)
    return told | {"facets": list(_facets(sheet))} | ({"label_column": "label"} if labelled else {})


def _facets(sheet: Sheet) -> list[str]:
    """The columns by which a reader would sift: those of few values, the first few."""
    found = []
    for number, column in enumerate(sheet.columns):
        different = {row[number] for row in sheet.rows}
        if (column.values or column.refers_to) and 1 < len(different) <= _MOST_VALUES:
            found.append(column.name)
    return found[:_FACETS]


def need_parquet() -> None:
    """See that tables can be written as Parquet.

    Raises:
        MissingExtraError: they cannot.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError("tables as Parquet need pyarrow: pip install 'dualuse[release]'")


def to_parquet(facts: Facts, sheet: Sheet) -> bytes:
    """A table as Parquet.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    need_parquet()
    import pyarrow as pa
    from pyarrow import parquet

    types = {"number": pa.float64(), "integer": pa.int64()}
    fields = [
        pa.field(
            column.name,
            types.get(column.type, pa.string()),
            nullable=not column.required,
            metadata={"description": column.meaning},
        )
        for column in sheet.columns
    ]
    schema = pa.schema(fields, metadata={"title": sheet.meaning, **_about(facts)})
    columns = zip(*sheet.rows, strict=True) if sheet.rows else ((),) * len(fields)
    arrays = [
        pa.array([_of_type(field.type == pa.float64(), cell) for cell in column], field.type)
        for field, column in zip(fields, columns, strict=True)
    ]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _of_type(number: bool, cell: Cell) -> Cell:
    return float(cell) if number and cell is not None else cell


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
