"""What translations are of: a text that stands in the record, each translated once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dualuse.errors import Problem
from dualuse.load.files import Row
from dualuse.model.translations import texts_of
from dualuse.suggest import nearest

_Rows = Mapping[str, Mapping[str, tuple[Row, Any]]]
_SHOWN = 60


def check_translations(rows: _Rows) -> Iterator[Problem]:
    """Yield a problem for every translation of what does not stand in the record, and for every second one of a text.

    Args:
        rows: Table -> key -> row and record, or None for one that could not be read.
    """
    tables = [table for name, table in rows.items() if name != "translations"]
    if any(record is None for table in tables for _, record in table.values()):
        return  # what could not be read may hold the text, and is told already
    texts = {text for table in tables for _, record in table.values() for text in texts_of(record)}
    first: dict[str, str] = {}
    for row, record in rows["translations"].values():
        if record is None:
            continue
        if record.en not in texts:
            close = nearest(record.en, texts, 1)
            now = f" Is it now {_short(close[0])}?" if close else ""
            message = f"no field of the record has {_short(record.en)}.{now} Translate it anew, or take the row out."
            yield Problem(row.file, row.line, record.key, message)
        elif record.en in first:
            message = f"{_short(record.en)} is translated at {first[record.en]} already; keep one"
            yield Problem(row.file, row.line, record.key, message)
        first.setdefault(record.en, f"{row.file}:{row.line}")


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
