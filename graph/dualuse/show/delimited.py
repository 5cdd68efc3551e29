"""A card's rows as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from dualuse.card import Card
from dualuse.show.cells import cell, columns


def to_csv(card: Card[Any]) -> str:
    """The rows of the first part that has rows; a card without gives one row."""
    rows = card.to_cells()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = columns(rows)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_plain(row.get(name)) for name in names])
    return out.getvalue()


def _plain(value: object) -> str:
    """A value in a CSV cell: numbers without separators."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return guard(cell(value))


def guard(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
