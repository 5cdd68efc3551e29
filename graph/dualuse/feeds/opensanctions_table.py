"""The simple table of OpenSanctions: a row a target, several values in a cell, each quoted anew if it has to be."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds import ftm
from dualuse.feeds.entry import Entry, Said, dated, place, text
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.values import date_of
from dualuse.model.triples import iri
from dualuse.namespaces import expand

_CRAWL = "a day of the crawl, not of the record"
_PRIVATE = "of no use to controls"
COLUMNS = {
    "id": "",
    "schema": "",
    "name": "",
    "aliases": "",
    "birth_date": "",
    "countries": "",
    "addresses": "",
    "identifiers": "",
    "sanctions": "",
    "phones": _PRIVATE,
    "emails": _PRIVATE,
    "program_ids": "",
    "dataset": "",
    "first_seen": _CRAWL,
    "last_seen": _CRAWL,
    "last_change": _CRAWL,
}
"""Columns -> why one is kept as it stands and not read further; ``program_ids`` is there since 2025."""
_SINGLE = ("id", "schema", "name", "first_seen", "last_seen", "last_change")
_TEXTS = {
    "aliases": "skos:altLabel",
    "addresses": "schema:address",
    "identifiers": "schema:identifier",
    "sanctions": "dct:description",
    "program_ids": "dct:subject",
}
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=;|\Z)')


def values(cell: str) -> list[str]:
    """The values of a cell.

    Example:
        >>> values('Ivan;"Red ""Notice"" - a; b";""')
        ['Ivan', 'Red "Notice" - a; b']
    """
    found, at = [], 0
    while at <= len(cell):
        quoted = _QUOTED.match(cell, at)
        end = quoted.end() if quoted else cell.find(";", at)
        end = len(cell) if end < 0 else end
        found.append(quoted[1].replace('""', '"') if quoted else cell[at:end])
        at = end + 1
    return [each for each in found if each.strip()]


def table_rows(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a simple table.

    Raises:
        UsageError: it is none.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        try:
            yield from _rows(file, rows, report, places)
        except UnicodeDecodeError as error:
            raise UsageError(f"{file}: not UTF-8 ({error.reason}); the table is published as UTF-8") from None
        except csv.Error as error:
            raise UsageError(f"{file}:{rows.line_num}: {error}") from None


def _rows(file: Path, rows: Any, report: Report, places: Places) -> Iterator[Entry]:
    header: list[str] = next(rows, [])
    if not {"id", "schema", "name"} <= set(header):
        raise UsageError(
            f"{file}: nothing of OpenSanctions: neither JSON nor a table with the columns id, schema and name"
        )
    report.had(tuple(header), COLUMNS, ("program_ids",))
    keys = Keys()
    for row in rows:
        where = f"line {rows.line_num}"
        if not row:
            continue
        report.read += 1
        if len(row) != len(header):
            report.reject(where, f"{len(row)} cells, not {len(header)}", ", ".join(row))
            continue
        cells = {name: cell for name, cell in zip(header, row, strict=True) if cell.strip()}
        if not cells.get("id", "").strip():
            report.reject(where, "no id", ", ".join(row))
            continue
        key = keys.take(cells["id"], cells)
        if key is None:
            report.repeated += 1
            continue
        yield _entry(where, key, cells, report, places)


def _entry(where: str, key: str, cells: dict[str, str], report: Report, places: Places) -> Entry:
    codes = []
    for title in values(cells.get("dataset", "")):
        code = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "unnamed"
        report.titles.setdefault(code, title)
        codes.append(code)
    single = {name: cell for name, cell in cells.items() if name in _SINGLE}
    several = {name: tuple(values(cell)) for name, cell in cells.items() if name not in _SINGLE}
    said = tuple(_says(where, cells, report, places))
    return Entry(key, cells.get("name", key), single, said, tuple(dict.fromkeys(codes)), several=several)


def _says(where: str, cells: dict[str, str], report: Report, places: Places) -> Iterator[Said]:
    schema = cells.get("schema", "")
    if schema in ftm.SCHEMATA:
        yield "rdf:type", iri(expand(f"ftm:{schema}"))
    else:
        report.doubt(where, "schema", schema, "no schema of FollowTheMoney known here")
    for column, predicate in _TEXTS.items():
        for value in values(cells.get(column, "")):
            yield text(predicate, value)
    for value in values(cells.get("birth_date", "")):
        born = date_of(value)
        if born is None:
            report.doubt(where, "birth_date", value, "no date")
        else:
            yield dated("schema:birthDate", born)
    for value in values(cells.get("countries", "")):
        code = value.strip().upper()
        if code in places.codes:
            yield place("schema:addressCountry", code)
        else:
            report.doubt(where, "countries", value, "a code of no place on record")
