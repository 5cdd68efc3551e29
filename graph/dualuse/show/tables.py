"""The tables of a card as parts of a screen: each below its title, many rows folded to groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dualuse.card import Card, Fold, folds
from dualuse.show.cells import columns
from dualuse.show.folding import Alike, grouped
from dualuse.show.grid import Laid, Set, in_columns, in_flow
from dualuse.show.look import BOLD, DIM, Look, style_of
from dualuse.show.screen import Part
from dualuse.show.voice import Voice
from dualuse.show.words import say

_Row = Mapping[str, Any]
_NARROW, _TALL = 4, 1.4
"""Columns that are never too many for a line; how much longer columns may be than rows that flow."""
_NAMED, _TOLD = (8, 5, 3, 1), (2, 1)
"""How many names tell a group while it is folded, as room is; how many rows, where several columns tell it."""


def tables(card: Card[Any], voice: Voice, look: Look, *, most: int, whole: bool) -> Iterator[Part]:
    """The parts of a card that are rows, in its order; those without a row are left out.

    Args:
        voice: The language.
        most: How many rows of a part may be shown, where not all are.
        whole: Whether all rows are shown.
    """
    told = folds(card.answer)
    for name in card.tables:
        rows = card.seen(name)
        if not rows:
            continue
        table = _Table(name, rows, voice, look, most, whole)
        groups = grouped(rows, told.get(name))
        if len(groups) == 1:
            yield table.part(groups[0], ["", table.title(len(rows))])
        elif told[name].names and not whole:
            yield table.in_short(groups, told[name])
        else:
            for number, group in enumerate(groups):
                above = ["", table.title(len(rows))] if number == 0 else []
                yield table.part(group, [*above, table.subtitle(group)], first=number == 0)


@dataclass(frozen=True)
class _Table:
    """Rows of one part."""

    name: str
    rows: Sequence[_Row]
    voice: Voice
    look: Look
    most: int
    whole: bool

    def title(self, size: int) -> str:
        many = f" ({size:,})" if size > 1 else ""
        return self.look.set(BOLD, f"{self.voice.title(self.name)}{many}")

    def subtitle(self, group: Alike) -> str:
        told = " · ".join(self._said(key, value) for key, value in group.same.items())
        return f"{told} ({len(group.at):,})"

    def _said(self, key: str, value: Any) -> str:
        """A value that heads a group: by itself where it is a word, with the name of its column where it is not."""
        text = self.voice.cell(key, value)
        if not text.strip() or text.isdigit():
            text = f"{self.voice.head(self.name, key)}: {text or '—'}"
        return self.look.set(f"{BOLD};{style_of(key, value)}".rstrip(";"), text)

    def part(self, group: Alike, above: Sequence[str], *, first: bool = True) -> Part:
        """A group of rows below its title, without the columns that it tells; names of columns above the *first*."""
        rows = group.of(self.rows)
        candidates = rows if self.whole else rows[: self.most]
        laid = self._laid(candidates, group)
        lines = [len(row) for row in laid.rows]
        lines[0] += len(laid.head) * first + (len(lines) < len(rows))

        def show(number: int) -> list[str]:
            if number == 0:
                return [*above[:-1], f"{above[-1]}: --all"]
            again = laid if number == len(candidates) else self._laid(rows[:number], group)
            told = [line for row in again.rows for line in row]
            return [*above, *(again.head if first else []), *told, *self._more(len(rows) - number)]

        return Part(len(rows), lines, show, self.most, least=1)

    def _more(self, left: int) -> list[str]:
        return [self.look.set(DIM, self.voice.text(say("fold_more", n=f"{left:,}")))] if left else []

    def in_short(self, groups: Sequence[Alike], how: Fold) -> Part:
        """Groups told by a few names each: by fewer where they would take more than half a screen."""
        for most in _TOLD if len(how.names) > 1 else _NAMED:
            part = self._in_short(groups, how, most)
            if sum(part.lines) <= self.look.height // 2:
                break
        return part

    def _in_short(self, groups: Sequence[Alike], how: Fold, most: int) -> Part:
        cells = [[f"{self._heads(group)} ({len(group.at):,})", self._names(group, how, most)] for group in groups]
        keys = list(groups[0].same)

        def set_of(group: Alike) -> Set:
            style = next(filter(None, (style_of(key, group.same[key]) for key in keys)), "")
            return lambda at, text: self.look.set(f"{BOLD};{style}".rstrip(";"), text) if at == 0 else text

        names = [
            " · ".join(self.voice.head(self.name, key) for key in keys),
            " → ".join(self.voice.head(self.name, key) for key in how.names),
        ]
        sets = [_heading(self.look), *map(set_of, groups)]
        laid = in_columns(names, cells, self.look.width, sets)
        lines = [len(row) for row in laid.rows]
        lines[0] += len(laid.head)
        each = self.look.set(DIM, self.voice.text(say("fold_each")))

        def show(number: int) -> list[str]:
            if number == 0:
                return ["", f"{self.title(len(self.rows))}: --all"]
            told = [line for row in laid.rows[:number] for line in row]
            more = self._more(sum(len(group.at) for group in groups[number:])) or [each]
            return ["", self.title(len(self.rows)), *laid.head, *told, *more]

        return Part(len(groups), lines, show, len(groups), least=len(groups))

    def _heads(self, group: Alike) -> str:
        return " · ".join(self.voice.cell(key, value) or "—" for key, value in group.same.items())

    def _names(self, group: Alike, how: Fold, most: int) -> str:
        """The first names of a group, and how many more there are."""
        told = (" → ".join(self.voice.cell(key, row.get(key)) for key in how.names) for row in group.of(self.rows))
        names = list(dict.fromkeys(told))
        more = [self.voice.text(say("and_more", n=f"{len(names) - most:,}"))] if len(names) > most else []
        between = "\n" if len(how.names) > 1 else ", " if self.voice.original else "、"
        return between.join([*names[:most], *more])

    def _laid(self, rows: Sequence[_Row], group: Alike) -> Laid:
        """Rows in columns, or one after another where columns would be too narrow."""
        keys = [key for key in columns([dict(row) for row in self.rows]) if key not in group.same]
        keys = [key for key in keys if key in columns([dict(row) for row in rows])] or keys[:1]
        names = [self.voice.head(self.name, key) for key in keys]
        cells = [[self.voice.cell(key, row.get(key)) for key in keys] for row in rows]
        sets = [_heading(self.look), *(self._set_of(row, keys) for row in rows)]
        laid = in_columns(names, cells, self.look.width, sets)
        if len(keys) <= _NARROW or laid.lines <= _TALL * len(rows) + len(laid.head):
            return laid
        leads = [_heading(self.look), *(self._lead_of(row, keys[0]) for row in rows)]
        flowing = in_flow(names, cells, self.look.width, leads, self.voice.colon)
        return flowing if laid.lines > _TALL * flowing.lines else laid

    def _set_of(self, row: _Row, keys: Sequence[str]) -> Set:
        styles = [style_of(key, row.get(key)) for key in keys]
        return lambda at, text: self.look.set(styles[at], text) if styles[at] else text

    def _lead_of(self, row: _Row, key: str) -> Set:
        style = f"{BOLD};{style_of(key, row.get(key))}".rstrip(";")
        return lambda at, text: self.look.set(style, text)


def _heading(look: Look) -> Set:
    return lambda at, text: look.set(BOLD, text)
