"""The text of the regulations, looked up by what a citation names: a paragraph with all below it, or a piece."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dualuse.feeds.told import Told
from dualuse.reconcile.cited import Cited
from dualuse.reconcile.told import Text

_PARAGRAPH = re.compile(r"(7\d\d\.\d+[a-z]?)((?:\([A-Za-z0-9]+\))*)(?:\.\d+)?$")
_ITEM = re.compile(r"^([a-z])((?:\.(?:\d{1,2}|[a-z]))*)\.?(?=\s|$)")
_NOTE = re.compile(
    r"^(?:technical )?notes?\b|^\*?reason for control|^related (?:controls|definitions)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:para\.|red flag)\s+(.*)")
_GROUP = re.compile(r"Country Group ([A-E])$")
_DEFINED = re.compile(r"definition of (.*)")
_SUPPLEMENTS = "supplements"
_WORDS = ("Table", "Note", "Technical Note", "List Based License Exceptions", "License Requirements")


class Piece(NamedTuple):
    """What the text has of what a citation names.

    Args:
        there: Whether it is there; None if the file does not have what it would be in.
        text: Its text with all below it.
        why: What tells so, where it is not plain.
        around: Whether only what is around it was found, since its words do not tell where it stands.
    """

    there: bool | None
    text: str = ""
    why: str = ""
    around: bool = False


class LawText:
    """Sections, supplements and entries by what cites them.

    Args:
        text: The regulations as a feed has them.
    """

    def __init__(self, text: Text) -> None:
        self._records = text.records
        self._lists = text.lists
        self._sections: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for key, record in text.records.items():
            if found := _PARAGRAPH.match(key):
                marks = tuple(re.findall(r"\(([^()]+)\)", found[2]))
                self._sections[found[1]].append((marks, record.cells.get("text", "")))

    def find(self, cited: Cited) -> Piece:
        """What the text has of a citation."""
        if cited.unit in self._sections:
            return self._paragraph(cited)
        if (record := self._records.get(cited.unit)) is not None:
            listed = cited.unit.startswith("774.")
            return _entry(cited, record) if listed else self._supplement(cited, record)
        if f"part-{cited.part}" not in self._records:
            return Piece(None, why=f"part {cited.part} is not whole in the text")
        if "supplement-" in cited.unit and _SUPPLEMENTS not in self._lists:
            return Piece(None, why="the text has no supplements")
        return Piece(False, why="the part is in the text, this is not")

    def _paragraph(self, cited: Cited) -> Piece:
        """A section, or a paragraph of it with those below it."""
        size = len(cited.marks)
        lines = [text for marks, text in self._sections[cited.unit] if marks[:size] == cited.marks]
        if not lines:
            return Piece(False, why="the section is in the text, this paragraph is not")
        return _within("\n".join(lines), cited.piece)

    def _supplement(self, cited: Cited, record: Told) -> Piece:
        text = record.cells.get("text", "")
        if found := _GROUP.search(cited.piece):
            there = f"country-group-{found[1]}" in self._lists
            return Piece(there, why="" if there else "the supplement is in the text, this table is not")
        if found := _NUMBERED.match(cited.piece):
            piece = "\n".join(_numbered(text.split("\n"), re.findall(r"[A-Za-z]+|\d+", found[1])))
            return Piece(bool(piece), piece, "" if piece else "the supplement is in the text, this paragraph is not")
        return _in_words(f"{record.label}\n{text}", text, cited.piece)


def _entry(cited: Cited, record: Told) -> Piece:
    """An entry of the control list, an item of it with those below it, or one of its notes."""
    lines = record.cells.get("text", "").split("\n")
    if cited.piece:
        return _within("\n".join([record.label, *lines]), cited.piece)
    if not cited.marks:
        return Piece(True, "\n".join([record.label, *lines]))
    piece = "\n".join(_item(lines, cited.marks))
    return Piece(bool(piece), piece, "" if piece else "the entry is in the text, this item is not")


def _within(text: str, piece: str) -> Piece:
    """A text, or the piece of it that some words name; words that name none leave it whole."""
    if found := _DEFINED.match(piece):
        there = found[1].casefold() in text.casefold()
        return Piece(there, text, "" if there else "the section is in the text, the term is not")
    wanted = piece.replace("Licence", "License")
    if not wanted.startswith(_WORDS):
        return _in_words(text, text, piece)
    wanted = wanted.casefold().removesuffix("s") if wanted == "Technical Notes" else wanted.casefold()
    lines = text.split("\n")
    at = [number for number, line in enumerate(lines) if re.search(rf"{re.escape(wanted)}(?!\d)", line.casefold())]
    if not at:
        return Piece(False, why=f"the text around it is there, {piece} is not")
    if not wanted.startswith(("note", "technical")):
        return Piece(True, text)
    begun = next((number for number in at if lines[number].casefold().lstrip("* ").startswith(wanted)), at[0])
    last = next((n for n in range(begun + 1, len(lines)) if _NOTE.match(lines[n]) or _ITEM.match(lines[n])), len(lines))
    return Piece(True, "\n".join(lines[begun:last]))


def _in_words(around: str, text: str, piece: str) -> Piece:
    """A text around a piece: whether the words of the piece stand there; other words tell nothing of it."""
    if piece.casefold() in around.casefold():
        return Piece(True, text)
    return Piece(
        True, text, f"what is around it is there; “{piece}” does not tell where it stands: read it", around=True
    )


def _item(lines: Iterable[str], wanted: tuple[str, ...]) -> Iterator[str]:
    """Lines of an item (``a.1``) and those below it."""
    inside = False
    for line in lines:
        if found := _ITEM.match(line):
            marks = (found[1], *found[2].split(".")[1:])
            inside = marks[: len(wanted)] == wanted
        elif _NOTE.match(line):
            inside = False
        if inside:
            yield line


def _numbered(lines: Sequence[str], marks: Sequence[str]) -> list[str]:
    """Lines of the paragraph that some marks lead to, one below the other: ``B``, then ``(11)``."""
    begun = 0
    for mark in marks:
        at = (n for n in range(begun, len(lines)) if re.match(rf"\W*{re.escape(mark)}(?:\)|\.|:)(?:\W|$)", lines[n]))
        found = next(at, None)
        if found is None:
            return []
        begun = found
    kind = r"\W*\d{1,2}[.)]" if marks[-1].isdecimal() else r"\W*[A-Za-z]{1,2}[.)]"
    last = next((n for n in range(begun + 1, len(lines)) if re.match(rf"{kind}(?:\W|$)", lines[n])), len(lines))
    return list(lines[begun:last])
