"""The XML of the Electronic Code of Federal Regulations, whole or cut to a part, as a stream of its blocks of text.

The bulk file nests supplements under the wrong part at times, so a division is told by its own number, never by what it
stands in. An empty cell is a cell: whoever drops it moves every mark behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from dualuse.errors import UsageError

_CHUNK = 1 << 16
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
_DIVISION = re.compile(r"DIV\d$")
_BLOCK = re.compile(r"(?:P|P-\d|FP.*|PSPACE|HD.*|HED|HEAD|TR|CAPTION|LI|CITA|AMDDATE|SECAUTH|APPRO|MATH)$")
_INLINE = frozenset(
    ["A", "B", "BR", "E", "EM", "FR", "I", "IMG", "S", "SPAN", "STRONG", "SU", "SUB", "SUP", "U", "XREF"]
)
_CELLS = frozenset({"TD", "TH"})
_RAISED = frozenset({"SU", "SUP"})
_SLANTED = frozenset({"I", "EM"})
SLANT, UPRIGHT = "\ue000", "\ue001"
"""Around slanted letters in ``Block.marked``; a paragraph's fifth and sixth levels are slanted."""
_KINDS = {"DIV1": "TITLE", "DIV5": "PART", "DIV6": "SUBPART", "DIV8": "SECTION", "DIV9": "APPENDIX"}
_SUPPLEMENT = re.compile(r"supplement\s+no\.?\s*(\d+)\s+to\s+part\s+(\d+)", re.IGNORECASE)
_SECTION = re.compile(r"(\d+)\.(\d+[a-z]?)")


def fold_dashes(text: str) -> str:
    """The text with every dash as the hyphen that keyboards have; one edition has ``–`` where the next has ``-``.

    Example:
        >>> fold_dashes("suite A–734 — on")
        'suite A-734 - on'
    """
    return _DASHES.sub("-", text)


@dataclass
class Division:
    """A title, part, section, or supplement: what kind, its number, and the part that it is of."""

    kind: str
    name: str
    within: str = ""
    """Part in which it stands in the file, which may be the wrong one."""

    @property
    def number(self) -> str:
        """Number of a section (``744.11``) or part (``744``); blank for others."""
        if self.kind == "SECTION" and (found := _SECTION.search(self.name)):
            return found[0]
        return self.name.strip() if self.kind == "PART" else ""

    @property
    def supplement(self) -> tuple[str, str] | None:
        """Number of a supplement and the part it is to; None for others."""
        found = _SUPPLEMENT.search(self.name)
        return (found[1], found[2]) if found and self.kind == "APPENDIX" else None

    @property
    def part(self) -> str:
        """Number of the part that it is of."""
        if self.supplement:
            return self.supplement[1]
        return self.number.partition(".")[0] or self.within


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and the footnotes whose digits are raised in it."""

    text: str
    notes: tuple[int, ...] = ()
    heads: bool = False
    span: int = 1

    @property
    def name(self) -> str:
        """The text on one line, without the digits of footnotes."""
        bare = " ".join(self.text.split())
        for note in reversed(self.notes):
            bare = re.sub(rf"[\s,]*{note}[\s,]*$", "", bare)
        return bare


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, or row of a table.

    Args:
        where: Where it stands in the file.
        division: What it is of; None outside of all.
        inside: The element around it.
        table: Number of its table in the file; 0 outside of all.
        text: Its text; lines as the file breaks them. Of a row, its cells with `` | `` between them.
        marked: Its text with marks around what is slanted.
        bold: What stands in bold at its beginning.
    """

    where: str
    division: Division | None
    tag: str
    inside: str
    table: int
    text: str
    marked: str = ""
    bold: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass
class _Text:
    """Text as it comes in."""

    parts: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    raised: list[str] | None = None

    def add(self, text: str) -> None:
        self.parts.append(text)
        if self.raised is not None:
            self.raised.append(text)

    def end_raised(self) -> None:
        if self.raised is not None:
            self.notes += [int(digits) for digits in re.findall(r"(?<!\d)[0-9]{1,2}(?!\d)", "".join(self.raised))]
        self.raised = None

    @property
    def marked(self) -> str:
        lines = "".join(part if part == "\n" else re.sub(r"\s+", " ", part) for part in self.parts).split("\n")
        return "\n".join(line for each in lines if (line := " ".join(each.split())))

    @property
    def text(self) -> str:
        return self.marked.replace(SLANT, "").replace(UPRIGHT, "")


class _Stream:
    """Takes what the parser meets and makes blocks of it; nothing is kept that was handed on."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.ready: list[Block | Division] = []
        self._open: list[str] = []
        self._divisions: list[Division | None] = []
        """One for each open element that is a division, None for the others."""
        self._depth = 0
        """How deep the element of the block lies; 0 outside of blocks."""
        self._line = 1
        self._text = _Text()
        self._bold = ""
        self._cells: list[Cell] = []
        self._cell: tuple[_Text, bool, int] | None = None
        self._table = 0

    def _here(self) -> Division | None:
        return next((each for each in reversed(self._divisions) if each is not None), None)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].upper()
        self._open.append(tag)
        self._divisions.append(None)
        if self._depth:
            self._start_within(tag, attributes)
        elif _BLOCK.match(tag):
            self._flush("")
            self._depth, self._line = len(self._open), self.parser.CurrentLineNumber
        elif tag not in _INLINE:
            self._flush("")
            self._table += tag == "TABLE"
            if _DIVISION.match(tag):
                within = next((d.name for d in reversed(self._divisions) if d and d.kind == "PART"), "")
                kind = attributes.get("TYPE", _KINDS.get(tag, "")).upper()
                self._divisions[-1] = Division(kind, fold_dashes(attributes.get("N", "")), within.strip())

    def _start_within(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CELLS and self._open[self._depth - 1] == "TR":
            self._end_cell()
            span = attributes.get("colspan", attributes.get("COLSPAN", "1"))
            self._cell = (_Text(), tag == "TH", int(span) if re.fullmatch("[0-9]{1,2}", span) else 1)
        into = self._into()
        if tag in _RAISED:
            into.raised = []
        elif tag in _SLANTED:
            into.parts.append(SLANT)
        elif tag not in _INLINE or tag == "BR":
            into.add("\n")

    def _into(self) -> _Text:
        return self._cell[0] if self._cell else self._text

    def _end_cell(self) -> None:
        if self._cell:
            text, heads, span = self._cell
            text.end_raised()
            self._cells.append(Cell(text.text, tuple(text.notes), heads, span))
        self._cell = None

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2].upper()
        if self._depth:
            self._end_within(tag)
        elif tag not in _INLINE:
            self._flush(tag)
        self._open.pop()
        if (division := self._divisions.pop()) is not None:
            self.ready.append(division)

    def _end_within(self, tag: str) -> None:
        into = self._into()
        if len(self._open) == self._depth:
            self._end_cell()
            self._depth = 0
            self._flush(tag, self._open[-2] if len(self._open) > 1 else "")
        elif tag in _CELLS and self._open[self._depth - 1] == "TR":
            self._end_cell()
        elif tag in _RAISED:
            into.end_raised()
        elif tag in _SLANTED:
            into.parts.append(UPRIGHT)
        elif tag == "B" and not self._bold:
            self._bold = into.text
        elif tag not in _INLINE:
            into.add("\n")

    def _flush(self, tag: str, inside: str = "") -> None:
        """Hand on the block that ended, or text that stood between blocks."""
        text, marked = self._text.text, self._text.marked
        if self._cells:
            text = " | ".join([*(cell.text for cell in self._cells), *([text] if text else [])])
        if text or self._cells:
            division = self._here()
            if tag == "HEAD" and division and not (division.number or division.supplement):
                division.name = fold_dashes(text)
            table = self._table if "TABLE" in self._open else 0
            cells, bold, where = tuple(self._cells), self._bold, f"line {self._line}"
            self.ready.append(Block(where, division, tag, inside, table, text, marked, bold, cells))
        self._text, self._cells, self._bold = _Text(), [], ""
        self._line = self.parser.CurrentLineNumber

    def _characters(self, text: str) -> None:
        self._into().add(text)


def events(file: Path) -> Iterator[Block | Division]:
    """The blocks of a file as they come, and each division when it ends.

    Raises:
        UsageError: it is no well-formed XML.
    """
    stream = _Stream()
    with file.open("rb") as lines:
        more = True
        while more:
            chunk = lines.read(_CHUNK)
            more = bool(chunk)
            try:
                stream.parser.Parse(chunk, not more)
            except (expat.ExpatError, ValueError, LookupError) as error:
                raise UsageError(
                    f"{file}: no XML of the eCFR ({error}); have the whole file again, as XML, not the page"
                ) from None
            yield from stream.ready
            stream.ready.clear()
