"""Entries of the Commerce Control List, Supplement No. 1 to part 774: number, heading, and what requires a licence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dualuse.feeds import parse
from dualuse.feeds.ecfrxml import Block, fold_dashes
from dualuse.feeds.entry import Entry, Said, text

_NUMBER = re.compile(r"^\s*([0-9][A-E][0-9]{3})\b\.?\s*")
_CATEGORY = re.compile(r"^category\s+[0-9]\b", re.IGNORECASE)
_REASON = re.compile(r"^reasons?\s+for\s+control\s*:\s*", re.IGNORECASE)
_COLUMN = re.compile(r"\b([A-Z]{2})\s+Columns?\s+([0-9])(?:\s*(?:,|and|or|&)\s*([0-9]))?", re.IGNORECASE)


@dataclass
class _Listed:
    """An entry on its way."""

    number: str
    heading: str
    reason: str = ""
    requirements: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        if found := _REASON.match(block.text):
            self.reason = self.reason or block.text[found.end() :]
        if block.cells and not all(cell.heads for cell in block.cells) and not self.listed:
            self.requirements.append(block.text)
        self.lines.append(block.text)

    @property
    def listed(self) -> bool:
        """Whether its items are being listed, behind its licence requirements."""
        return any(line.casefold().startswith("list of items controlled") for line in self.lines)

    def entry(self) -> Entry:
        """Its record."""
        cells = {"heading": self.heading, "text": "\n".join(self.lines), "reason_for_control": self.reason}
        cells["license_requirements"] = "\n".join(self.requirements)
        says: list[Said] = [text("dct:identifier", self.number)]
        for reason, *numbers in _COLUMN.findall(cells["license_requirements"]):
            says += [text("du:countryChartColumn", f"{reason.upper()} {number}") for number in numbers if number]
        says += [text("du:section", section) for section in parse.sections(cells["license_requirements"])[0]]
        filled = {column: cell for column, cell in cells.items() if cell}
        return Entry(f"774.supplement-1.{self.number}", self.heading, filled, tuple(says), "control-list")


def control_list(blocks: Sequence[Block]) -> Iterator[Entry | Block]:
    """The entries, and the blocks that belong to none: headings of categories, and what stands before an entry."""
    open_: _Listed | None = None
    for block in blocks:
        bold = _NUMBER.match(fold_dashes(block.bold))
        if bold and not block.cells and _NUMBER.match(block.text):
            if open_:
                yield open_.entry()
            open_ = _Listed(bold[1], " ".join(block.text.split()))
        elif block.tag.startswith("HD") and _CATEGORY.match(block.text):
            if open_:
                yield open_.entry()
            open_ = None
            yield block
        elif open_:
            open_.add(block)
        else:
            yield block
    if open_:
        yield open_.entry()
