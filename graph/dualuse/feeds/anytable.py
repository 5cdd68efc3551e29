"""Any table, read as a mapping file says: CSV, TSV, Parquet or a workbook."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from dualuse.errors import UsageError
from dualuse.feeds.days import when
from dualuse.feeds.entry import Entry, Said, other, place, text
from dualuse.feeds.feed import Feed, checked_name
from dualuse.feeds.mapping import Column, Mapping
from dualuse.feeds.numbers import decimal, number_of
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.rows import rows, table

_SEEN = 1_000
"""How many rows are looked at to suggest a mapping."""
_DAY = re.compile(r"date|day|since|until|日期", re.IGNORECASE)
_PLACE = re.compile(r"country|nation|國家|国家", re.IGNORECASE)
_LABEL = re.compile(r"\bname\b|名稱|名称|title", re.IGNORECASE)
_ALIAS = re.compile(r"alias|a\.?k\.?a|other names", re.IGNORECASE)


def feed_of(name: str, mapping: Mapping) -> Feed:
    """The feed that a table is, under a name of its own.

    Raises:
        UsageError: the name is none.
    """
    return Feed(
        name=f"table-{checked_name(name)}",
        title=mapping.title or name,
        publisher=mapping.publisher,
        licence=mapping.licence,
        address="",
        version=f"table-1-{mapping.digest}",
        read=partial(read, mapping, name),
    )


def read(mapping: Mapping, name: str, file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read a table as a mapping says.

    Raises:
        UsageError: it is no table, or has not the columns of key and label.
    """
    header, lines = table(file, mapping.columns.__contains__)
    report.had(header, {column: how.ignored for column, how in mapping.columns.items()})
    missing = [column for column in (*mapping.keys, mapping.label) if column not in header]
    if missing:
        raise UsageError(f"{file}: no column {missing[0]!r}, which the mapping needs; it has {', '.join(header)}")
    keys = Keys()
    for where, cells in rows(file, header, lines, report):
        lacking = [column for column in (*mapping.keys, mapping.label) if column not in cells]
        if lacking:
            report.reject(where, f"no {lacking[0]}", ", ".join(cells.values()))
            continue
        own = [cells[column].strip() for column in mapping.keys] or list(cells.values())
        wanted = "|".join(own)
        key = keys.take(wanted, cells)
        if key is None:
            report.repeated += 1
            continue
        if key != wanted:
            report.doubt(where, mapping.keys[0], wanted, "another record has this key")
        read_out = (_says(where, column, how, cells, name, report, places) for column, how in mapping.columns.items())
        says = tuple(itertools.chain.from_iterable(read_out))
        code = cells.get(mapping.list_, "").strip() if mapping.list_ else name
        yield Entry(key, " ".join(cells[mapping.label].split()), cells, says, code)


def _says(
    where: str, column: str, how: Column, cells: dict[str, str], name: str, report: Report, places: Places
) -> Iterator[Said]:
    if how.ignored or column not in cells:
        return
    parts = cells[column].split(how.separator) if how.separator else [cells[column]]
    for part in (part.strip() for part in parts):
        if not part:
            continue
        found = _said(how, part, name, places)
        if found is None:
            report.doubt(where, column, part, f"no {how.type} that can be read")
        else:
            yield found


def _said(how: Column, part: str, name: str, places: Places) -> Said | None:
    """What a value says; None if it is not of its type."""
    match how.type:
        case "day":
            return when(how.property, part)
        case "number":
            value = number_of(part)
            return None if value is None else decimal(how.property, value)
        case "place":
            code = places(part)
            return None if code is None else place(how.property, code)
        case "record":
            return other(how.property, f"table-{how.of or name}", part)
        case _:
            return text(how.property, part)


def suggest(file: Path) -> str:
    """A mapping for a table, in YAML, from its header and its first rows.

    Raises:
        UsageError: it is no table.
    """
    header, lines = table(file)
    seen = [cells for _, cells in itertools.islice(rows(file, header, lines, Report()), _SEEN)]
    values = {name: [cells[name].strip() for cells in seen if name in cells] for name in header}
    unique = [name for name in header if seen and len(set(values[name])) == len(seen)]
    label = next((name for name in header if _LABEL.search(name) and not _ALIAS.search(name)), (unique or [*header])[0])
    told: dict[str, Any] = {
        "title": file.stem,
        "publisher": "",
        "licence": "",
        "key": unique[0] if unique else "",
        "label": label,
        "columns": {name: _guess(name, values[name], name == label) for name in header},
    }
    head = (
        "# How the columns are read. type: text, day, number, place, identifier, record (of: the name of its table).\n"
        "# separator: what stands between several values of a cell. ignored: why it is only kept.\n"
    )
    return head + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)


def _guess(name: str, values: list[str], is_label: bool) -> dict[str, str]:
    if is_label:
        return {"property": "schema:name"}
    if _ALIAS.search(name):
        return {"property": "skos:altLabel", "separator": ";"}
    if _PLACE.search(name):
        return {"property": "schema:addressCountry", "type": "place"}
    days = bool(values) and all(when("", value) for value in values)
    if _DAY.search(name) and (days or not values):
        ends = re.search(r"end|until|expir", name, re.IGNORECASE)
        return {"property": "schema:endDate" if ends else "schema:startDate", "type": "day"}
    if re.search(r"\bid\b|identifier|_id$|\bno\b|code|number", name, re.IGNORECASE):
        return {"type": "identifier"}
    if values and all(number_of(value) is not None for value in values):
        return {"property": "schema:value", "type": "number"}
    return {"property": "schema:description"}
