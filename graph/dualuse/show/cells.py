"""Values as words in a cell, and the columns of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dualuse.card import Card, plain
from dualuse.unnamed import clock_of

RESTS_ON = "rests on"
"""Column of the numbers of the receipts that a row rests on."""


def cell(value: object) -> str:
    """A value as words in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
    if isinstance(value, list | tuple):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {cell(inner)}" for key, inner in value.items() if inner is not None)
    return str(value)


def columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Every key that some row has a value for, in order of first use."""
    return list(dict.fromkeys(key for row in rows for key, value in row.items() if value not in (None, "", [], ())))


def title(card: Card[Any]) -> str:
    """The question, the day and the lens of a card on one line."""
    asked = {key: value for key, value in plain(card.question).items() if value not in (None, "", [], (), False)}
    words = [str(asked.pop("command"))]
    words += [key if value is True else f"{key} {cell(value)}" for key, value in asked.items()]
    lens = f", {card.lens}" if card.lens else ""
    today = clock_of(card.as_of)
    last = f", the last day on record (today is {today})" if today else ""
    return f"{' · '.join(words)} · as of {card.as_of.isoformat()}{last}{lens}"
