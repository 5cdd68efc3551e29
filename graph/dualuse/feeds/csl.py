"""The Consolidated Screening List of the United States, as CSV of 28 or 29 columns or as JSON."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dualuse.errors import UsageError
from dualuse.feeds import parse
from dualuse.feeds.entry import Entry, Said, day, place, text
from dualuse.feeds.feed import US_PUBLIC_DOMAIN, Feed
from dualuse.feeds.jsons import flat
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.requirement import LawColumns, law_said

_SHIP = "told of ships only"
COLUMNS = {
    "_id": "neither unique nor the same in two snapshots",
    "source": "",
    "entity_number": "",
    "type": "",
    "programs": "",
    "name": "",
    "title": "an office held, in words",
    "addresses": "",
    "federal_register_notice": "",
    "start_date": "",
    "end_date": "",
    "standard_order": "",
    "license_requirement": "",
    "license_policy": "",
    "call_sign": _SHIP,
    "vessel_type": _SHIP,
    "gross_tonnage": _SHIP,
    "gross_registered_tonnage": _SHIP,
    "vessel_flag": _SHIP,
    "vessel_owner": _SHIP,
    "remarks": "free text",
    "source_list_url": "an address",
    "alt_names": "",
    "citizenships": "told of people only",
    "dates_of_birth": "told of people only",
    "nationalities": "told of people only",
    "places_of_birth": "told of people only",
    "source_information_url": "an address",
    "ids": "",
}
"""Columns of the list -> why one is kept as it stands and not read further; blank for those that are read."""
_MAYBE = {"_id": "", "country": "a code beside the addresses; JSON only", "id": COLUMNS["_id"]}
LAW = LawColumns("federal_register_notice", "license_requirement", "license_policy")
_CODE = re.compile(r"\(([A-Z][A-Z0-9-]{1,7})\)")
_OFAC = "Treasury"
_NO_IDENTIFIER = re.compile(r"gender|sanctions|effective date|additional sanctions|nationality", re.IGNORECASE)


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a file of the list; one record a row, each key once.

    Raises:
        UsageError: it is no such file.
    """
    seen: dict[str, str] = {}
    for where, cells in _rows(file, report):
        report.read += 1
        name = " ".join(cells.get("name", "").split())
        if cells.get("source") == "source":
            report.reject(where, "the header again")
            continue
        if not name or "source" not in cells:
            report.reject(where, "no name" if not name else "no list", json.dumps(cells, ensure_ascii=False))
            continue
        sum_ = _sum(cells)
        key = _key(cells, name)
        if seen.setdefault(key, sum_) != sum_:
            key = f"{key}-{sum_[:8]}"  # one party, entered once a country
        elif key in seen and f"{key} " in seen:
            report.repeated += 1
            continue
        seen[f"{key} "] = sum_
        code = _list(cells["source"])
        report.titles.setdefault(code, cells["source"])
        yield Entry(key, name, cells, tuple(_says(where, cells, report, places)), code)


def _rows(file: Path, report: Report) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with where it stands; blank cells are left out."""
    with file.open("rb") as stream:
        begins = stream.read(64).lstrip()[:1]
    if begins in (b"{", b"["):
        yield from _json_rows(file, report)
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        try:
            yield from _csv_rows(file, csv.reader(lines), report)
        except UnicodeDecodeError as error:
            raise UsageError(f"{file}: not UTF-8 ({error.reason}); the list is published as UTF-8") from None


def _csv_rows(file: Path, rows: Any, report: Report) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        header: list[str] = next(rows, [])
        if "source" not in header or "name" not in header:
            raise UsageError(f"{file}: no Consolidated Screening List: its first line has no columns source and name")
        known = COLUMNS if "_id" in header else {name: why for name, why in COLUMNS.items() if name != "_id"}
        report.had(tuple(header), known)
        for row in rows:
            where = f"line {rows.line_num}"
            if len(row) == len(header):
                yield where, {name: cell for name, cell in zip(header, row, strict=True) if cell.strip()}
            elif row:
                report.read += 1
                report.reject(where, f"{len(row)} cells, not {len(header)}", ", ".join(row))
    except csv.Error as error:
        raise UsageError(f"{file}:{rows.line_num}: {error}") from None


def _json_rows(file: Path, report: Report) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        told = json.loads(file.read_bytes())
    except ValueError as error:
        raise UsageError(f"{file}: no JSON: {error}") from None
    except RecursionError:
        raise UsageError(f"{file}: no JSON: nested too deeply") from None
    results = told.get("results") if isinstance(told, dict) else told
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        raise UsageError(f"{file}: no Consolidated Screening List: its JSON has no list of results")
    columns = dict.fromkeys(name for each in results for name in each)
    known = {name: why for name, why in {**COLUMNS, **_MAYBE}.items() if name in columns or name in COLUMNS}
    report.had(tuple(columns), {name: why for name, why in known.items() if name != "_id" or name in columns})
    report.lost = tuple(name for name in report.lost if name not in ("_id", "id"))
    for count, each in enumerate(results, start=1):
        cells = {flat(name): flat(_flat(found)) for name, found in each.items()}
        yield f"result {count}", {name: cell for name, cell in cells.items() if cell.strip()}


def _flat(found: Any) -> str:
    """A value of the JSON as the CSV has it."""
    match found:
        case None:
            return ""
        case list():
            return "; ".join(_joined(each) for each in found)
        case bool():
            return "Y" if found else "N"
        case _:
            return str(found)


def _joined(each: Any) -> str:
    if not isinstance(each, Mapping):
        return "" if each is None else str(each)
    return ", ".join(str(part) for part in each.values() if part not in (None, ""))


def _sum(cells: Mapping[str, str]) -> str:
    told = sorted((name, cell) for name, cell in cells.items() if name not in ("_id", "id"))
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _key(cells: Mapping[str, str], name: str) -> str:
    """The number of a party of the Treasury in its list; else its name with its first citation, which stays."""
    code = _list(cells["source"]).lower()
    own = cells.get("entity_number", "").strip()
    if own and _OFAC in cells["source"]:
        return f"{code}.{own}"
    first = (parse.citations(cells.get("federal_register_notice", "")) or [""])[0]
    return f"{code}.{hashlib.sha256(f'{name}|{first}'.encode()).hexdigest()[:16]}"


def _list(source: str) -> str:
    """Code of a list: what stands in brackets in its name."""
    found = _CODE.search(source)
    return found[1] if found else re.sub(r"\W+", "-", source.partition(" - ")[0]).strip("-")[:40].upper()


def _says(where: str, cells: Mapping[str, str], report: Report, places: Places) -> Iterator[Said]:
    def get(column: str) -> str:
        return cells.get(column, "")

    for alias in parse.parts(get("alt_names")):
        yield text("skos:altLabel", alias)
    yield from _dates(where, cells, report)
    yield from law_said(where, report, cells, LAW)
    for address, code in parse.addresses(get("addresses"), places.codes):
        yield text("schema:address", address)
        found = code or places(address.rpartition(",")[2].strip())
        if found:
            yield place("schema:addressCountry", found)
        else:
            report.doubt(where, "addresses", address, "ends in no country")
    for programme in parse.parts(get("programs")):
        yield text("dct:subject", programme)
    if get("entity_number"):
        yield text("dct:identifier", get("entity_number"))
    if get("type"):
        yield text("dct:type", get("type"))
    for identifier in parse.parts(get("ids")):
        if not _NO_IDENTIFIER.search(identifier):
            yield text("schema:identifier", identifier)


def _dates(where: str, cells: Mapping[str, str], report: Report) -> Iterator[Said]:
    for column, predicate in (("start_date", "schema:startDate"), ("end_date", "schema:endDate")):
        if column in cells:
            found = parse.day_of(cells[column])
            if found is None:
                report.doubt(where, column, cells[column], "no day that can be")
            else:
                yield day(predicate, found)
    if (order := cells.get("standard_order", "").strip()) and order.upper() not in ("Y", "N"):
        report.doubt(where, "standard_order", order, "neither Y nor N")


FEED = Feed(
    name="csl",
    title="Consolidated Screening List",
    publisher="International Trade Administration, United States Department of Commerce",
    licence=US_PUBLIC_DOMAIN,
    address="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
    version="csl-2",
    read=read,
)
