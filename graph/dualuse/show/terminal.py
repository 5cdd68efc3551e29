"""A card, or rows, for people: at a terminal as wide as it is and with bold type, elsewhere plain."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from dualuse.card import Card, Receipt, first_rows
from dualuse.harmless import harmless
from dualuse.show.cells import RESTS_ON, cell, columns, title
from dualuse.show.grid import fold, grid

_PLAIN_WIDTH = 120
_FULL = (1_000_000, 20)
_BRIEF = (8, 3)
# most rows of a table, most receipts


def to_table(card: Card[Any], *, plain: bool, brief: bool = False) -> str:
    """A card as tables.

    Args:
        card: The card.
        plain: Whether it goes to a file: no bold type, and a fixed width.
        brief: Whether only the first rows and receipts are shown.
    """
    width = None if plain else screen_width()
    page = _Page(width or _PLAIN_WIDTH, width is not None and _styled())
    return "".join(f"{line}\n" for line in page.lines(card, *(_BRIEF if brief else _FULL)))


def rows_as_lines(names: Sequence[str], rows: Iterable[Sequence[str]], *, plain: bool) -> Iterator[str]:
    """Rows as an aligned table, line by line as they come; as wide as it needs to be where it is *plain* or piped."""
    width = None if plain else screen_width()
    return grid(names, rows, width, bold=width is not None and _styled())


def screen_width() -> int | None:
    """Cells of a line of the terminal; None where there is none."""
    if not sys.stdout.isatty():
        return None
    import shutil  # here, because it brings three archive formats with it

    return shutil.get_terminal_size((80, 25)).columns


def _styled() -> bool:
    return os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")


class _Page:
    """A card as lines of a width."""

    def __init__(self, width: int, styled: bool) -> None:
        self._width = width
        self._styled = styled

    def lines(self, card: Card[Any], most_rows: int, most_receipts: int) -> Iterator[str]:
        yield from self._text(title(card), style="1")
        for name, value in card.single.items():
            yield from self._text(f"{name}: {cell(value)}".rstrip(), style="1", plain=len(name) + 2)
        first = {} if card.question.get("all") else first_rows(card.answer)
        numbered = False
        for part in card.tables:
            rows = card.seen(part)
            names = columns(rows)
            numbered = numbered or RESTS_ON in names
            most = min(most_rows, first.get(part, most_rows))
            if rows:
                cells = ([cell(row.get(name)) for name in names] for row in rows[:most])
                yield from grid(names, cells, self._width, bold=self._styled)
            if len(rows) > most:
                yield f"… and {len(rows) - most} more rows{': --all' if part in first else ''}"
        gaps = [f"? {gap.what}: {gap.why_it_matters}" for gap in card.unknown]
        signs = (f"[{number}]" if numbered else "•" for number in count(1))
        told = [_receipt(sign, receipt) for sign, receipt in zip(signs, card.because, strict=False)]
        yield from self._list("because", told, most_receipts, " receipts")
        yield from self._list("unknown", gaps, most_receipts, "")
        yield ""
        yield from self._text(card.foot, style="2")

    def _list(self, heading: str, entries: Sequence[str], most: int, what: str) -> Iterator[str]:
        if entries:
            yield ""
            yield from self._text(heading, style="1")
        for entry in entries[:most]:
            yield from self._text(entry)
        if len(entries) > most:
            yield f"… and {len(entries) - most} more{what}: --format json"

    def _text(self, text: str, style: str = "", plain: int = 0) -> Iterator[str]:
        """Lines of a text; in a style of the terminal if that has any, but for the first characters."""
        for line in fold(harmless(text), self._width):
            yield f"{line[:plain]}\x1b[{style}m{line[plain:]}\x1b[0m" if style and self._styled else line
            plain = 0


def _receipt(sign: str, receipt: Receipt) -> str:
    provision = f" ({receipt.provision})" if receipt.provision else ""
    return f"{sign} {receipt.text}{provision} — {receipt.source} [{receipt.confidence}]"
