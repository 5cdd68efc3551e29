"""Read ``data/`` into records: strict, complete, and with every problem reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from dualuse.errors import CuratedDataError, Problem
from dualuse.load.files import Path, Row, read_csv, read_yaml
from dualuse.load.parse import Unfit, parse
from dualuse.load.rereadings import check_rereadings
from dualuse.load.rules import check_cases, check_conditions
from dualuse.load.translations import check_translations
from dualuse.model.fields import fields_of
from dualuse.model.sources import Dataset
from dualuse.model.tables import TABLES, Table, table_of
from dualuse.resources import walk
from dualuse.suggest import nearest

_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@dataclass
class Curated:
    """All curated records: table name -> key -> record, each table sorted by key."""

    dataset: Dataset
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Number of records per table."""
        return {name: len(records) for name, records in self.tables.items()}


def read_curated(folder: Traversable) -> Curated:
    """Read and check every curated file under a data folder.

    Returns:
        The records, with all references resolved to existing keys.

    Raises:
        CuratedDataError: with every problem found, sorted by file and line.
    """
    problems: list[Problem] = []
    dataset = _read_dataset(folder, problems)
    rows: dict[str, dict[str, tuple[Row, Any]]] = {}
    for table in TABLES:
        rows[table.name] = _read_table(table, folder, problems)
    problems.extend(_stray_files(folder))
    for table in TABLES:
        _check_references(table, rows, problems)
    problems.extend(check_conditions(rows["conditions"], rows["rules"]))
    problems.extend(check_cases(rows["rules.cases"], rows["rules"]))
    problems.extend(check_rereadings(rows))
    problems.extend(check_translations(rows))
    if problems or dataset is None:
        raise CuratedDataError(problems)
    return Curated(dataset, {name: {key: found[key][1] for key in sorted(found)} for name, found in rows.items()})


def _read_dataset(folder: Traversable, problems: list[Problem]) -> Dataset | None:
    file = folder / "dataset.yml"
    if not file.is_file():
        problems.append(Problem("dataset.yml", 1, "?", "the file is missing; see data/README.md"))
        return None
    row = read_yaml("dataset.yml", file, problems)
    record = None if row is None else _record(Dataset, row, problems)
    return record if isinstance(record, Dataset) else None


def _read_table(table: Table, folder: Traversable, problems: list[Problem]) -> dict[str, tuple[Row, Any]]:
    found: dict[str, tuple[Row, Any]] = {}
    previous = ""
    for key, row in _rows(table, folder, problems):
        if key in found:
            first = found[key][0]
            message = f"key already used at {first.file}:{first.line}; keys are unique in {table.name}"
            problems.append(Problem(row.file, row.line, key, message))
            continue
        if table.form in ("csv", "mapping") and key < previous:
            problems.append(Problem(row.file, row.line, key, f"rows are sorted by key; {previous!r} stands before"))
        previous = key
        record = _record(table.record, row, problems, key)
        found[key] = (row, record)
    return found


def _rows(table: Table, folder: Traversable, problems: list[Problem]) -> Iterator[tuple[str, Row]]:
    """Give the key and the row of every record of a table."""
    if table.form in ("csv", "mapping"):
        name = f"{table.name}.csv" if table.form == "csv" else f"{table.name}.yml"
        files = [(name, folder.joinpath(*name.split("/")))]
    else:
        name, suffix = _place(table)
        base = folder / name
        found = walk(base, suffix) if base.is_dir() else ()
        files = [(f"{name}/{path}", file) for path, file in found if table.form == "beside" or not _is_beside(path)]
    if not files or not files[0][1].is_file():
        place = files[0][0] if files else f"{table.name}/"
        problems.append(Problem(place, 1, "?", f"the table {table.name} is missing; see data/README.md"))
        return
    for name, file in files:
        if table.form == "mapping":
            row = read_yaml(name, file, problems)
            yield from () if row is None else _entries(row, problems)
        elif table.form in ("yaml", "beside"):
            row = read_yaml(name, file, problems)
            if row is not None:
                stem = name.rsplit("/", 1)[1].removesuffix(_place(table)[1])
                _check_stem(stem, row, problems)
                yield stem, row
        else:
            for row in read_csv(name, file, problems):
                yield str(row.values.get("key", "")), row


def _place(table: Table) -> tuple[str, str]:
    """Folder of a table of many files, and how their names end."""
    folder, _, beside = table.name.partition(".")
    return folder, f".{beside}.yml" if beside else ".csv" if table.form == "csv-folder" else ".yml"


def _is_beside(path: str) -> bool:
    """Whether a file stands beside a record of the table whose folder it is in."""
    return any(path.endswith(_place(table)[1]) for table in TABLES if table.form == "beside")


def _entries(whole: Row, problems: list[Problem]) -> Iterator[tuple[str, Row]]:
    """Give every record of a file that holds several, by key."""
    for key, values in whole.values.items():
        line = whole.line_of((key,))
        if not isinstance(values, dict):
            problems.append(Problem(whole.file, line, key, "a record is a mapping of keys to values"))
            continue
        row = Row(whole.file, line, values, {path[1:]: at for path, at in whole.lines.items() if path[:1] == (key,)})
        _check_stem(key, row, problems, "the name")
        yield key, row


def _check_stem(stem: str, row: Row, problems: list[Problem], what: str = "the file name") -> None:
    if not _KEY.fullmatch(stem):
        message = f"wrong id: {what} must be lower-case letters and digits joined by '-' or '.'"
        problems.append(Problem(row.file, row.line, stem, message))


def _record(kind: type[Any], row: Row, problems: list[Problem], key: str = "?") -> Any:
    try:
        return parse(kind, row.values)
    except Unfit as unfit:
        problems += unfit.problems(row, key)
        return None


def _check_references(table: Table, rows: dict[str, dict[str, tuple[Row, Any]]], problems: list[Problem]) -> None:
    known = rows
    for row, record in rows[table.name].values():
        if record is None:
            continue
        for path, name, key in _references(record, ()):
            if key not in known[name]:
                close = nearest(key, known[name], 3)
                hint = f" Nearest: {', '.join(close)}." if close else ""
                message = f"{key!r} is not in {name}.{hint} Add it there or fix the key."
                where = ".".join(str(part) for part in path)
                problems.append(Problem(row.file, row.line_of(path), where, message))


def _references(record: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, table, key) for every reference in a record, inner records included."""
    kind: Any = type(record)
    for name, target, many in _referring(kind):
        inner = getattr(record, name)
        if inner is None:
            continue
        place = (*path, name)
        for index, value in enumerate(inner if many else (inner,)):
            here = (*place, index) if many else place
            if target is None:
                yield from _references(value, here)
            else:
                yield here, target, value


@cache
def _referring(record: Any) -> tuple[tuple[str, str | None, bool], ...]:
    """Fields that hold references: name, table (none for a record inside), and whether it has several."""
    tables = ((each, table_of(each)) for each in fields_of(record))
    return tuple((each.name, table, each.many is not None) for each, table in tables if each.part or table is not None)


def _stray_files(folder: Traversable) -> Iterator[Problem]:
    """Find files that no table reads, so that nothing is silently ignored; prose (``.md``) may stand beside data."""
    single = {"csv": ".csv", "mapping": ".yml"}
    known = {"dataset.yml", "expected.yml"} | {f"{t.name}{single[t.form]}" for t in TABLES if t.form in single}
    endings = dict(_place(table) for table in reversed(TABLES) if table.form not in single)
    for name, file in walk(folder, ""):
        owner = name.rpartition("/")[0]
        if name in known or file.name.startswith(".") or name.endswith(".md") or owner in ("news", "stories"):
            continue
        if owner not in endings or not name.endswith(endings[owner]):
            yield Problem(name, 1, "?", "no table reads this file; move it out of data/ or fix its name")
