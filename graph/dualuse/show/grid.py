"""Rows as aligned columns, for a screen or a pipe: the first lines stand before the last row is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
_CLOSING = "\u2026\u3001\u3002\u300b\u300d\u300f\uff01\uff09\uff0c\uff1a\uff1b\uff1f"
"""Signs that begin no line."""
_WORD = rf"[{_WIDE}][{_CLOSING}]* *|[^ {_WIDE}]+[{_CLOSING}]* *| +"
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


def _lines(row: Sequence[str], widths: Sequence[int], folded: bool, set_: Set | None = None) -> Iterator[str]:
    cells = [fold(cell, size) if folded else cell.split("\n") for cell, size in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells), default=0)):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        last = max((at for at, part in enumerate(parts) if part), default=-1)
        line = ""
        for at, (part, size) in enumerate(zip(parts[: last + 1], widths, strict=False)):
            told = part.rstrip(" ") if at == last else part
            line += told if set_ is None else set_(at, told)
            line += "" if at == last else " " * (size - width_of(part)) + GAP
        yield line


Set = Callable[[int, str], str]
"""Sets the text of a column off, by the number of the column: what is added takes no room."""


@dataclass(frozen=True)
class Laid:
    """A table that is laid out: the lines of its heading, and those of each row."""

    head: list[str]
    rows: list[list[str]]

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.head) + sum(map(len, self.rows))


def in_columns(names: Sequence[str], rows: Sequence[Sequence[str]], width: int, sets: Sequence[Set]) -> Laid:
    """Rows below a heading, in columns.

    Args:
        rows: Cells of each row, in the order of the names.
        width: Cells of a line.
        sets: What sets off the cells of the heading, and then of each row.
    """
    told = [[harmless(cell) for cell in row] for row in (names, *rows)]
    widths = columns_within(_widest(told), width)
    head, *laid = [list(_lines(row, widths, True, set_)) for row, set_ in zip(told, sets, strict=True)]
    return Laid(head, laid)


def in_flow(
    names: Sequence[str], rows: Sequence[Sequence[str]], width: int, sets: Sequence[Set], colon: str = ": "
) -> Laid:
    """Rows one after another, each value behind the name of its column: where columns would be too narrow to read.

    The first value stands for its row, without its name.
    """
    laid = []
    for row, set_ in zip(rows, sets[1:], strict=True):
        cells = [" ".join(harmless(cell).split("\n")) for cell in row]
        parts = [f"{harmless(name)}{colon}{cell}" for name, cell in list(zip(names, cells, strict=True))[1:] if cell]
        told = fold("\N{NO-BREAK SPACE}· ".join([cells[0], *parts]), width - len(INDENT))  # no line begins with a dot
        lead, *rest = (line.replace("\N{NO-BREAK SPACE}", " ") for line in told)
        begins = cells[0] if lead.startswith(cells[0]) else lead
        laid.append([f"{set_(0, begins)}{lead.removeprefix(begins)}", *(f"{INDENT}{line}" for line in rest)])
    return Laid([], laid)


INDENT = "  "
"""What stands before lines that belong to one above."""
