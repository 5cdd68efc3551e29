"""Put accepted candidates into a folder of curated data: rows in order, nothing overwritten."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dualuse.errors import UsageError
from dualuse.model.base import Record, field_order
from dualuse.model.claims import Claim, Passage
from dualuse.news.review.file import Accepted


def write_accepted(accepted: Accepted, folder: Path) -> list[Path]:
    """Add records to the tables of a folder, and to ``documents/`` and ``statements/`` beside it.

    Args:
        accepted: What was accepted.
        folder: ``data/claims`` of a data folder; made if it is not there.

    Returns:
        The files written.

    Raises:
        UsageError: a key is taken by something else, or a file cannot be written.
    """
    key, document = accepted.document
    texts = {
        folder / "claims.csv": _merged(folder / "claims.csv", Claim, accepted.claims),
        folder / "passages.csv": _merged(folder / "passages.csv", Passage, accepted.passages),
        folder.parent / "documents" / f"{key}.yml": _yaml(document),
    }
    for name, statement in accepted.statements.items():
        texts[folder.parent / "statements" / f"{name}.yml"] = _yaml(statement)
    for path, text in texts.items():
        if path.suffix == ".yml" and path.is_file() and path.read_text("utf-8") != text:
            raise UsageError(f"{path} is there already and says something else; mend one of the two")
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting = path.with_name(f".{path.name}.part")
            waiting.write_text(text, "utf-8")
            waiting.replace(path)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return sorted(texts)


def _merged(path: Path, model: type[Record], records: Mapping[str, Record]) -> str:
    """A table with more rows, sorted by key."""
    columns = field_order(model)
    rows: dict[str, dict[str, str]] = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            rows = {row["key"]: row for row in csv.DictReader(file)}
    for key, record in records.items():
        row = {name: _cell(getattr(record, name)) for name in columns}
        known = rows.get(key)
        if known is not None and {name: known.get(name, "") for name in columns} != {
            n: row.get(n, "") for n in columns
        }:
            raise UsageError(f"{path.name} has {key} already and says something else of it; give the entry another key")
        rows[key] = row
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows))
    return out.getvalue()


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
