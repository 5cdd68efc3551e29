"""Put accepted candidates into a folder of curated data: rows in order, nothing overwritten."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml

from dualuse.errors import CuratedDataError, Problem, UsageError
from dualuse.load.files import read_csv
from dualuse.locks import take
from dualuse.model.base import Record, field_order
from dualuse.model.claims import Claim, Passage
from dualuse.model.speech import Statement
from dualuse.news.review.file import Accepted
from dualuse.writing import write_together

_LOCK = ".dualuse.lock"


def write_accepted(accepted: Accepted, folder: Path) -> list[Path]:
    """Add records to the tables of a folder, and to ``documents/`` and ``statements/`` beside it.

    Args:
        accepted: What was accepted.
        folder: ``data/claims`` of a data folder; made if it is not there.

    Returns:
        The files written.

    Raises:
        CuratedDataError: a table cannot be read, or a key is taken by something else; nothing is written.
        UsageError: a file cannot be written; then none is.
    """
    try:
        with _alone(folder):
            return _write(accepted, folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None


def write_statements(statements: Mapping[str, Statement], folder: Path) -> list[Path]:
    """Add statements to a folder of curated data, a file each.

    Args:
        statements: Statements by key.
        folder: ``data/statements`` of a data folder; made if it is not there.

    Returns:
        The files written.

    Raises:
        CuratedDataError: a file is there already and says something else; nothing is written.
        UsageError: a file cannot be written; then none is.
    """
    texts = {folder / f"{key}.yml": _yaml(made) for key, made in statements.items()}
    try:
        with _alone(folder):
            problems = [problem for path, text in texts.items() for problem in _other(path, text)]
            if problems:
                raise CuratedDataError(problems)
            write_together({path: text.encode("utf-8") for path, text in texts.items()})
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
    return sorted(texts)


def _write(accepted: Accepted, folder: Path) -> list[Path]:
    key, document = accepted.document
    problems: list[Problem] = []
    tables = {
        folder / name: _merged(folder / name, model, records, problems)
        for name, model, records in (
            ("passages.csv", Passage, accepted.passages),
            ("claims.csv", Claim, accepted.claims),
        )
    }
    papers = {folder.parent / "documents" / f"{key}.yml": _yaml(document)}
    papers |= {folder.parent / "statements" / f"{name}.yml": _yaml(made) for name, made in accepted.statements.items()}
    problems += [problem for path, text in papers.items() for problem in _other(path, text)]
    if problems:
        raise CuratedDataError(problems)
    # in order: what a killed process has not written yet, nothing that it has refers to
    texts = papers | tables
    write_together({path: text.encode("utf-8") for path, text in texts.items()})
    return sorted(texts)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only one that reads and writes a folder; whoever else does is waited for."""
    folder.mkdir(parents=True, exist_ok=True)
    with take(folder / _LOCK, lambda told: None):
        try:
            yield
        finally:
            with suppress(OSError):  # where an open file cannot be removed, it stays and does no harm
                (folder / _LOCK).unlink()


def _other(path: Path, text: str) -> Iterator[Problem]:
    """What stands where a file is to be, if it is anything but that file."""
    try:
        if path.exists() and path.read_bytes() != text.encode("utf-8"):
            yield Problem(str(path), 1, "?", "it is there already and says something else; mend one of the two")
    except OSError as error:
        yield Problem(str(path), 1, "?", f"cannot be read: {error.strerror}")


def _merged(path: Path, model: type[Record], records: Mapping[str, Record], problems: list[Problem]) -> str:
    """A table with more rows, sorted by key; columns that the records do not have are kept."""
    columns, rows = _read(path, model, problems)
    for key, record in records.items():
        row = {name: cell for name in field_order(model) if (cell := _cell(getattr(record, name)))}
        known = rows.get(key)
        if known is not None and {name: known[name] for name in field_order(model) if name in known} != row:
            message = "it is there already and says something else; give the entry another key"
            problems.append(Problem(path.name, 1, key, message))
        rows[key] = (known or {}) | row
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows))
    return out.getvalue()


def _read(path: Path, model: type[Record], problems: list[Problem]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Columns of a table, those it lacks at the end, and its rows by key."""
    own = field_order(model)
    if not path.exists():
        return own, {}
    rows: dict[str, dict[str, str]] = {}
    found = len(problems)
    for row in read_csv(path.name, path, problems):
        cells = {name: str(cell) for name, cell in row.values.items()}
        key = cells.get("key", "")
        if not key or key in rows:
            message = "key given twice; keep one" if key else "the row has no key"
            problems.append(Problem(path.name, row.line, key or "?", message))
        rows[key] = cells
    if len(problems) > found:
        return own, {}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    if "key" not in header:
        message = f"the header {', '.join(header)[:200]!r} is none of such a table; its columns are {', '.join(own)}"
        problems.append(Problem(path.name, 1, "?", message))
        return own, {}
    return list(dict.fromkeys([*header, *own])), rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return " | ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _yaml(record: Record) -> str:
    return yaml.safe_dump(_plain(record), allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)


def _worth(value: object) -> bool:
    return value not in (None, (), [], {})


def _plain(value: object) -> Any:
    if isinstance(value, Record):
        names = field_order(type(value))
        return {name: _plain(getattr(value, name)) for name in names if _worth(getattr(value, name))}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int) else str(value)
