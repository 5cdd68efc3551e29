"""Rows as aligned columns, for a screen or a pipe: the first lines stand before the last row is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from dualuse.harmless import harmless

GAP = "  "
"""What stands between two columns."""
MEASURED = 1_000
"""Rows that are measured at once; a column may grow wider with the next so many."""
NARROWEST = 8
"""Cells that a column keeps, however little room there is."""

_NARROW = "[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff]*"
"""What takes one cell a character: Latin letters, dashes, quotation marks, arrows; rich is asked of the rest."""
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_WORD = rf"[{_WIDE}] *|[^ {_WIDE}]+ *| +"
"""What is kept on one line: a word, or one character of a script that has no spaces, with the spaces after it."""
_NARROW_WORD = "[^ ]+ *| +"
"""The same in a text without such a script: ready thirty times sooner, and most answers need no other."""


def width_of(text: str) -> int:
    """Cells that a text takes on a terminal; a Chinese character takes two."""
    if text.isascii() or re.fullmatch(_NARROW, text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fold(text: str, width: int) -> list[str]:
    """Lines of a text, none wider than a width; cut between words, or within one that is wider by itself.

    Example:
        >>> fold("one and two", 7), fold("abcdefgh", 3)
        (['one and', 'two'], ['abc', 'def', 'gh'])
    """
    return [line for part in text.split("\n") for line in (_fold(part, width) if width_of(part) > width else [part])]


def _fold(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    words = re.findall(_NARROW_WORD if re.fullmatch(_NARROW, text) else _WORD, text)
    for word in chain.from_iterable(_pieces(word, width) for word in words):
        if line and used + width_of(word.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line, used = "", 0
        line, used = line + word, used + width_of(word)
    yield line.rstrip(" ")


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word, cut where it is wider than a whole line."""
    piece, used = "", 0
    if width_of(word.rstrip(" ")) <= width:
        yield word
        return
    for character in word:
        size = width_of(character)
        if piece and used + size > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
    yield piece


def columns_within(wanted: Sequence[int], width: int | None) -> list[int]:
    """Widths of columns within that of the screen: the widest give way until all fit; as wanted where none is set.

    Example:
        >>> columns_within([4, 50, 30], 64), columns_within([4, 50], None)
        ([4, 28, 28], [4, 50])
    """
    if width is None:
        return list(wanted)
    room = width - len(GAP) * (len(wanted) - 1)
    level = 0
    for left, size in zip(range(len(wanted), 0, -1), sorted(wanted), strict=True):
        level = max(room // left, NARROWEST)
        if size > level:
            break
        room -= size
    else:
        return list(wanted)
    return [min(size, level) for size in wanted]


def grid(
    names: Sequence[str], rows: Iterable[Sequence[str]], width: int | None, *, bold: bool = False
) -> Iterator[str]:
    """Lines of a table without frames, its heading first.

    Args:
        names: Names of the columns.
        rows: Cells of each row, in the order of the names.
        width: Cells of a line; None for lines as long as they need to be.
        bold: Whether the heading is set in bold, for a terminal.
    """
    head = [harmless(name) for name in names]
    coming = ([harmless(cell) for cell in row] for row in rows)
    wanted, begun = _widest([head]), False
    while (part := list(islice(coming, MEASURED))) or not begun:
        wanted = list(map(max, wanted, _widest([head, *part])))
        widths = columns_within(wanted, width)
        if not begun:
            for line in _lines(head, widths, width is not None):
                yield f"\x1b[1m{line}\x1b[0m" if bold else line
        for row in part:
            yield from _lines(row, widths, width is not None)
        begun = True


def _widest(rows: Sequence[Sequence[str]]) -> list[int]:
    """Cells of the widest line in each column."""
    return [max(max(map(width_of, cell.split("\n"))) for cell in column) for column in zip(*rows, strict=True)]


def _lines(row: Sequence[str], widths: Sequence[int], folded: bool) -> Iterator[str]:
    cells = [fold(cell, size) if folded else cell.split("\n") for cell, size in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells), default=0)):
        parts = (cell[number] if number < len(cell) else "" for cell in cells)
        padded = (f"{part}{' ' * (size - width_of(part))}" for part, size in zip(parts, widths, strict=True))
        yield GAP.join(padded).rstrip(" ")
