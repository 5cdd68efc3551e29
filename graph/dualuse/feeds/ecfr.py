"""Title 15 of the Code of Federal Regulations at a date, as the eCFR has it: the Export Administration Regulations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.controllist import control_list
from dualuse.feeds.ecfrxml import Block, Division, events
from dualuse.feeds.entry import Entry, Said, day, other, text
from dualuse.feeds.feed import US_PUBLIC_DOMAIN, Feed
from dualuse.feeds.lawplaces import LawPlaces
from dualuse.feeds.lawtables import Tables, authorised, chart, groups
from dualuse.feeds.paragraphs import paragraphs
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report

PARTS = range(730, 775)
"""Parts of title 15 that are the Export Administration Regulations."""
_ENTITY_LIST = ("4", "744")
_TITLE = re.compile(r"^title\s+(\d+)", re.IGNORECASE)
_TITLES = {
    "parts": "Parts",
    "sections": "Sections",
    "paragraphs": "Paragraphs of sections",
    "supplements": "Supplements",
    "country-chart": "Commerce Country Chart, Supplement No. 1 to part 738",
    "control-list": "Commerce Control List, Supplement No. 1 to part 774",
    "supplement-5-to-740": "Supplement No. 5 to part 740",
} | {f"country-group-{group}": f"Country Group {group}, Supplement No. 1 to part 740" for group in "ABCDE"}
_AUTHORITY = {"AUTH": "authority", "SOURCE": "source"}


@dataclass
class _Law:
    """A file of the regulations on its way."""

    file: Path
    report: Report
    tables: Tables
    held: dict[int, list[Block]] = field(default_factory=dict)
    """Blocks of the divisions that are still open."""
    keys: Counter[str] = field(default_factory=Counter)
    met: bool = False

    def take(self, block: Block) -> Iterator[Entry]:
        """Hold a block until its division ends."""
        division = block.division
        if block.tag == "AMDDATE":
            yield from _amended(block, self.report)
        elif division is None or division.kind not in ("PART", "SECTION", "APPENDIX"):
            self._of_title(block)
        elif not _is_ear(division):
            return
        elif division.supplement == _ENTITY_LIST and block.cells:
            if not all(cell.heads for cell in block.cells):
                self.report.read += 1
                self.report.reject(block.where, "a row of the Entity List: the kind entity-list reads it")
        else:
            self.held.setdefault(id(division), []).append(block)

    def _of_title(self, block: Block) -> None:
        title = _TITLE.match(block.text) if block.tag == "HEAD" else None
        if title and title[1] != "15" and block.division and block.division.kind == "TITLE":
            raise UsageError(
                f"{self.file}: title {title[1]} of the Code; the Export Administration Regulations are in title 15"
            )
        self.report.ignored.setdefault(f"{block.tag or 'text'} outside of parts", "no text of a part")

    def end(self, division: Division) -> Iterator[Entry]:
        """The records of a division that ended."""
        blocks = self.held.pop(id(division), [])
        if division.kind not in ("PART", "SECTION", "APPENDIX"):
            return
        self.met = self.met or _is_ear(division)
        if not _is_ear(division):
            self.report.read += 1
            self.report.reject(division.name, "not of parts 730 to 774", division.kind)
            return
        for entry in _records(division, blocks, self.tables):
            self.report.read += 1
            yield self._once(entry)

    def _once(self, entry: Entry) -> Entry:
        self.keys[entry.key] += 1
        if (count := self.keys[entry.key]) == 1:
            return entry
        self.report.doubt(entry.key, "key", entry.label, "stands there more than once")
        return replace(entry, key=f"{entry.key}.{count}")


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read parts 730 to 774: sections and their paragraphs, supplements, and the tables and entries in these.

    Raises:
        UsageError: it is no such file.
    """
    law = _Law(file, report, Tables(report, LawPlaces(places)))
    report.titles |= _TITLES
    for event in events(file):
        yield from law.take(event) if isinstance(event, Block) else law.end(event)
    if not law.met:
        raise UsageError(
            f"{file}: no part of 730 to 774 of title 15 in it; have https://www.ecfr.gov/api/versioner/v1/full/DAY/title-15.xml"
        )
    ignored = dict(report.ignored)
    report.had(tuple(law.tables.met), dict.fromkeys(law.tables.known, ""))
    report.ignored = ignored


def _is_ear(division: Division) -> bool:
    return division.part.isdecimal() and int(division.part) in PARTS


def _amended(block: Block, report: Report) -> Iterator[Entry]:
    """The day up to which the file has amendments."""
    told = " ".join(block.text.replace("Sept.", "Sep.").replace(".", "").split())
    says: list[Said] = []
    for form in ("%b %d, %Y", "%B %d, %Y", "%Y-%m-%d"):
        try:
            says = [day("dct:modified", datetime.strptime(told, form).date())]
        except ValueError:
            continue
    if not says:
        report.doubt(block.where, "AMDDATE", block.text, "no day that can be")
    report.read += 1
    key = f"amended-{block.where.replace(' ', '-')}"
    yield Entry(key, f"Amended up to {block.text}", {"amended": block.text}, tuple(says), kind="du:FeedNote")


def _records(division: Division, blocks: Sequence[Block], tables: Tables) -> Iterator[Entry]:
    heading = next((" ".join(block.text.split()) for block in blocks if block.tag == "HEAD"), division.name)
    rest = [block for block in blocks if block.tag != "HEAD"]
    match division.kind:
        case "PART":
            yield _part(division, heading, rest)
        case "SECTION":
            yield from _section(division, heading, rest)
        case _:
            yield from _supplement(division, heading, rest, tables)


def _part(division: Division, heading: str, blocks: Sequence[Block]) -> Entry:
    cells = {"heading": heading}
    for block in blocks:
        column = _AUTHORITY.get(block.inside, "text")
        if block.tag != "HED":
            cells[column] = f"{cells[column]}\n{block.text}" if column in cells else block.text
    return Entry(f"part-{division.number}", heading, cells, (text("dct:identifier", division.number),), "parts")


def _section(division: Division, heading: str, blocks: Sequence[Block]) -> Iterator[Entry]:
    number = division.number
    cited = "\n".join(block.text for block in blocks if block.tag in ("CITA", "SECAUTH", "APPRO"))
    lines = [block for block in blocks if block.tag not in ("CITA", "SECAUTH", "APPRO")]
    before, found = paragraphs([(block.text, block.marked if not block.cells else "") for block in lines])
    cells = {"heading": heading, "text": "\n".join(before), "citation": cited}
    says = (text("dct:identifier", f"15 CFR {number}"), other("schema:isPartOf", "ecfr", f"part-{division.part}"))
    yield Entry(number, heading, {name: cell for name, cell in cells.items() if cell}, says, "sections")
    known = {each.key for each in found}
    for each in found:
        above = "".join(f"({mark})" for mark in each.marks[:-1])
        says = (
            text("dct:identifier", f"15 CFR {number}{each.key}"),
            other("schema:isPartOf", "ecfr", f"{number}{above if above in known else ''}"),
        )
        yield Entry(f"{number}{each.key}", f"§ {number}{each.key}", {"text": "\n".join(each.lines)}, says, "paragraphs")


def _supplement(division: Division, heading: str, blocks: Sequence[Block], tables: Tables) -> Iterator[Entry]:
    match division.supplement:
        case ("1", "740"):
            told = groups(blocks, tables)
        case ("5", "740"):
            told = authorised(blocks, tables)
        case ("1", "738"):
            told = chart(blocks, tables)
        case ("1", "774"):
            told = control_list(blocks)
        case _:
            told = iter(blocks)
    lines = []
    for each in told:
        if isinstance(each, Entry):
            yield each
        else:
            lines.append(each.text)
    number, part = division.supplement or ("", division.part)
    key = f"supplement-{number}-to-{part}" if number else f"appendix-to-{part}"
    cells = {"heading": heading} | ({"text": "\n".join(lines)} if lines else {})
    says = (text("dct:identifier", heading), other("schema:isPartOf", "ecfr", f"part-{part}"))
    yield Entry(key, heading, cells, says, "supplements")


FEED = Feed(
    name="ecfr",
    title="Export Administration Regulations in the eCFR",
    publisher="Office of the Federal Register, National Archives and Records Administration",
    licence=US_PUBLIC_DOMAIN,
    address="https://www.govinfo.gov/bulkdata/ECFR/title-15/ECFR-title15.xml",
    version="ecfr-3",
    read=read,
)
