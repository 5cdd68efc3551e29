"""What translations are of: texts that stand in the record, each translated once."""

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
    """Yield a problem for every second translation of a text.

    Args:
        rows: Table -> key -> row and record, or None for one that could not be read.
    """
    first: dict[str, str] = {}
    for row, record in rows["translations"].values():
        if record is None:
            continue
        if record.en in first:
            message = f"{_short(record.en)} is translated at {first[record.en]} already; keep one"
            yield Problem(row.file, row.line, record.key, message)
        first.setdefault(record.en, f"{row.file}:{row.line}")


def astray(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the key of every translation whose English stands nowhere in the record any more, and what to do.

    Nobody is shown it, so the record can be used meanwhile.

    Args:
        tables: Table -> key -> record.
    """
    records = (one for name, table in tables.items() if name != "translations" for one in table.values())
    texts = {text for one in records for text in texts_of(one)}
    for key, record in tables["translations"].items():
        if record.en not in texts:
            close = nearest(record.en, texts, 1)
            now = f" Is it now {_short(close[0])}?" if close else ""
            yield key, f"no field of the record has {_short(record.en)}.{now} Translate it anew, or take the row out"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
