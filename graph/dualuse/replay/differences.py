"""What differs between two cards, field by field and row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from dualuse.canonical import canonical

_APART = ("sha256", "dataset", "engine")
"""What of a card follows from what it was made with and not from the question; it is told apart."""
_MOST_COLUMNS = 3
"""Columns in which two rows may be one."""


class Difference(NamedTuple):
    """One thing that differs.

    Args:
        where: Which part, field or row.
        what: What became of it; ``moved`` of rows that stand in another order.
        before: What it was; None of what was added.
        after: What it is; None of what was removed.
    """

    where: str
    what: Literal["changed", "added", "removed", "moved"]
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """On one line."""
        match self.what:
            case "changed":
                return f"{self.where}: {_short(self.before)} -> {_short(self.after)}"
            case "moved":
                return f"{self.where}: the same rows in another order"
        sign, value = ("+", self.after) if self.what == "added" else ("-", self.before)
        return f"{sign} {self.where}: {_short(value)}"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two cards as plain values, in the order of the card; what they were made with is left aside.

    Example:
        >>> one = {"answer": {"places": [{"place": "CH", "tier": 2}]}}
        >>> other = {"answer": {"places": [{"place": "CH", "tier": 1}]}}
        >>> [str(found) for found in differences(one, other)]
        ['answer.places[CH].tier: 2 -> 1']
    """
    kept = ({name: value for name, value in card.items() if name not in _APART} for card in (before, after))
    return list(_compare("", *kept))


def _compare(where: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            place = f"{where}.{name}".removeprefix(".")
            if name not in new:
                yield Difference(place, "removed", before=old[name])
            elif name not in old:
                yield Difference(place, "added", after=new[name])
            else:
                yield from _compare(place, old[name], new[name])
    elif isinstance(old, list) and isinstance(new, list):
        yield from _compare_lists(where, old, new)
    elif canonical(old) != canonical(new):
        yield Difference(where, "changed", old, new)


def _compare_lists(where: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    """What left, what came and what changed; rows that are in both are told from others by what they begin with."""
    left, came = _without(old, new), _without(new, old)
    if not left and not came:
        if [*map(canonical, old)] != [*map(canonical, new)]:
            yield Difference(where, "moved", old, new)
        return
    by_key = _keyed(old, new)
    if by_key is None:
        yield from (Difference(where, "removed", before=value) for value in left)
        yield from (Difference(where, "added", after=value) for value in came)
        return
    before, after = ({by_key(row): row for row in rows} for rows in (left, came))
    for key in {**before, **after}:
        place = f"{where}[{' '.join(key)}]"
        if key not in after:
            yield Difference(place, "removed", before=before[key])
        elif key not in before:
            yield Difference(place, "added", after=after[key])
        else:
            yield from _compare(place, before[key], after[key])


def _without(values: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Values, as often as the others have them less often."""
    spare = Counter(map(canonical, others))
    found = []
    for value in values:
        text = canonical(value)
        spare[text] -= 1
        if spare[text] < 0:
            found.append(value)
    return found


class _Key:
    """The first columns of a row, as text."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns

    def __call__(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(str(row[name]) for name in self._columns)


def _keyed(old: Sequence[Any], new: Sequence[Any]) -> _Key | None:
    """The fewest first columns by which the rows of either list are told from one another; None if there are none."""
    rows = [*old, *new]
    if not all(isinstance(row, dict) for row in rows):
        return None
    names = [name for name in rows[0] if all(isinstance(row.get(name), str | int | float) for row in rows)]
    for count in range(1, min(len(names), _MOST_COLUMNS) + 1):
        key = _Key(names[:count])
        if all(len({key(row) for row in part}) == len(part) for part in (old, new)):
            return key
    return None


_LONGEST = 160


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"
