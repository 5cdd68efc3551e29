"""The Entity List as the Bureau of Industry and Security exports it: a row for each address and alias of a party."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds import parse
from dualuse.feeds.entry import Said, day, place, text
from dualuse.feeds.lawplaces import LawPlaces
from dualuse.feeds.report import Report
from dualuse.feeds.requirement import LawColumns, law_said

_SHIP = "told of ships only"
_OFAC = "told on lists of the Treasury only"
COLUMNS = {
    "source_list": "",
    "entity_number": _OFAC,
    "sdn_type": _OFAC,
    "programs": _OFAC,
    "name": "",
    "title": "an office held, in words",
    "address": "",
    "city": "",
    "state_province": "",
    "postal_code": "",
    "country": "",
    "federal_register_notice": "",
    "effective_date": "",
    "date_lifted_waived_expired": "",
    "standard_order": "told of denial orders only",
    "license_requirement": "",
    "license_policy": "",
    "call_sign": _SHIP,
    "vessel_type": _SHIP,
    "gross_tonnage": _SHIP,
    "gross_register_tonnage": _SHIP,
    "vessel_flag": _SHIP,
    "vessel_owner": _SHIP,
    "remarks_notes": "free text",
    "address_number": "counts the rows of a party",
    "address_remarks": "free text",
    "alternate_number": "counts the rows of a party",
    "alternate_type": "kind of alias, in words",
    "alternate_name": "",
    "alternate_remarks": "free text",
    "web_link": "an address",
}
"""Columns of the export -> why one is kept as it stands and not read further; blank for those that are read."""
LAW = LawColumns("federal_register_notice", "license_requirement", "license_policy")
_ADDRESS = ("address", "city", "state_province", "postal_code", "country")
_SAME = ("source_list", "name", "country", "federal_register_notice", "effective_date")
_DAYS = (("effective_date", "schema:startDate"), ("date_lifted_waived_expired", "schema:endDate"))


@dataclass(frozen=True)
class Exported:
    """A party of the export, of one or several rows."""

    name: str
    country: str
    cells: Mapping[str, str]
    says: tuple[Said, ...]
    list_: str


def parties(file: Path, report: Report, law: LawPlaces) -> Iterator[Exported]:
    """The parties of an export, as their rows follow each other.

    Raises:
        UsageError: it is no such file.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        try:
            for _, group in groupby(_rows(file, rows, report), key=lambda told: [told[1].get(each) for each in _SAME]):
                told = list(group)
                report.read += 1
                yield _party(told, report, law)
        except csv.Error as error:
            raise UsageError(f"{file}:{rows.line_num}: {error}") from None
        except UnicodeDecodeError as error:
            raise UsageError(f"{file}: not UTF-8 ({error.reason}); the export is published as UTF-8") from None


def _rows(file: Path, rows: Any, report: Report) -> Iterator[tuple[str, dict[str, str]]]:
    header = [_column(name) for name in next(rows, [])]
    if "source_list" not in header or "name" not in header:
        raise UsageError(
            f"{file}: no Entity List: neither XML of the eCFR nor a CSV whose first line has Source List and Name"
        )
    while not header[-1]:
        header.pop()  # the head ends in blank columns that the rows do not have
    report.had(tuple(name for name in header if name), COLUMNS)
    for row in rows:
        where = f"line {rows.line_num}"
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(header):
            report.read += 1
            report.reject(where, f"{len(row)} cells, not {len(header)}", ", ".join(row))
            continue
        for name, cell in zip_longest(header, row, fillvalue=""):
            if cell.strip() and not name:
                report.doubt(where, "a column without a name", cell, "not kept")
        cells = {name: cell for name, cell in zip(header, row, strict=False) if name and cell.strip()}
        if not cells.get("name") or "source_list" not in cells:
            report.read += 1
            report.reject(where, "no list" if cells.get("name") else "no name", ", ".join(row))
            continue
        yield where, cells


def _column(name: str) -> str:
    return "_".join("".join(each if each.isalnum() else " " for each in name.casefold()).split())


def _party(rows: list[tuple[str, dict[str, str]]], report: Report, law: LawPlaces) -> Exported:
    """One party of its rows: cells that differ stand below each other."""
    cells: dict[str, str] = {}
    for column in dict.fromkeys(name for _, row in rows for name in row):
        cells[column] = "\n".join(dict.fromkeys(row[column] for _, row in rows if column in row))
    where, first = rows[0]
    says = (*_said(where, [row for _, row in rows], report, law), *law_said(where, report, cells, LAW))
    name = " ".join(first["name"].split())
    country = first.get("country", "").strip()
    return Exported(name, country, cells, says, first["source_list"].strip())


def _said(where: str, rows: list[dict[str, str]], report: Report, law: LawPlaces) -> Iterator[Said]:
    country = rows[0].get("country", "")
    if code := law(country):
        yield place("dct:spatial", code)
        yield place("schema:addressCountry", code)
    else:
        report.doubt(where, "country", country, "no place on record")
    for alias in dict.fromkeys(row["alternate_name"] for row in rows if "alternate_name" in row):
        yield text("skos:altLabel", " ".join(alias.split()))
    for address in dict.fromkeys(", ".join(row[each].strip() for each in _ADDRESS if each in row) for row in rows):
        yield text("schema:address", address)
    for column, predicate in _DAYS:
        for told in dict.fromkeys(row[column] for row in rows if column in row):
            if found := parse.day_of(told):
                yield day(predicate, found)
            else:
                report.doubt(where, column, told, "no day that can be")
