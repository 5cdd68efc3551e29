"""Many rows as groups that people open: those that agree in a few columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dualuse.card import Fold

_FEW = 12
"""Rows that are read at a glance, and so stay together."""


@dataclass(frozen=True)
class Alike:
    """Rows that agree: their place among all, and what they agree in by column."""

    same: Mapping[str, Any]
    at: tuple[int, ...]

    def of(self, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Its rows."""
        return [rows[place] for place in self.at]


def grouped(rows: Sequence[Mapping[str, Any]], fold: Fold | None, *, few: int = _FEW) -> list[Alike]:
    """Groups of rows; one alone where they are few, or agree in none of the columns, or all in each.

    Args:
        rows: The rows.
        fold: What they are grouped by.
        few: Rows that stay together.
    """
    whole = [Alike({}, tuple(range(len(rows))))]
    if fold is None or len(rows) <= few or not all(any(name in row for row in rows) for name in fold.by):
        return whole
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(tuple(str(row.get(name)) for name in fold.by), []).append(place)
    if len(places) == 1:
        return whole
    rank = {value: number for number, value in enumerate(fold.order)}
    ordered = sorted(places.items(), key=lambda each: rank.get(each[0][0], len(rank)))
    return [Alike({name: rows[at[0]].get(name) for name in fold.by}, tuple(at)) for _, at in ordered]
