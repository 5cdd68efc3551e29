"""The Entity List: Supplement No. 4 to part 744 as the eCFR has it, or the export of the Bureau of Industry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds import bisexport, parse
from dualuse.feeds.ecfrxml import Block, Cell, events, fold_dashes
from dualuse.feeds.entitycell import Party, party
from dualuse.feeds.entry import Entry, Said, day, number, place, text
from dualuse.feeds.feed import US_PUBLIC_DOMAIN, Feed
from dualuse.feeds.lawplaces import LawPlaces
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.requirement import LawColumns, law_said

COLUMNS = ("country", "entity", "license_requirement", "license_review_policy", "federal_register_citation")
LAW = LawColumns("federal_register_citation", "license_requirement", "license_review_policy")
LIST = "EL"
_SUPPLEMENT = ("4", "744")
_RESERVED = re.compile(r"^\W*reserved\W*$", re.IGNORECASE)
_NOTE = re.compile(r"^(\d{1,2})\s*(?=[A-Z“\"'§])")
_DATED = re.compile(r"\b(\d{2,3})\s*F\.?R\.?\s*[\d,]*\d\s*,?\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", re.IGNORECASE)
_FIRST_VOLUME = 1935
"""The Federal Register has a volume a year; its first is of 1936."""


@dataclass
class Row:
    """A row of the list on its way: its cells, the country it stands under, and the footnotes of its requirement."""

    where: str
    country: str
    cells: dict[str, str]
    notes: tuple[int, ...] = ()


def _key(country: str, name: str) -> str:
    """Key of a party: its country and name, which stay when a citation is amended."""
    return hashlib.sha256(fold_dashes(f"{country}|{name}").casefold().encode()).hexdigest()[:16]


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read the list from the XML of the eCFR, or from the CSV that the Bureau exports.

    Raises:
        UsageError: it is neither.
    """
    with file.open("rb") as stream:
        begins = stream.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()
    law, keys = LawPlaces(places), Keys()
    report.titles[LIST] = "Entity List (EL) - Bureau of Industry and Security"
    if begins.startswith(b"<"):
        yield from _of_the_law(file, report, law, keys)
        return
    for told in bisexport.parties(file, report, law):
        if key := keys.take(_key(told.country, told.name), told.cells):
            yield Entry(key, told.name, told.cells, told.says, told.list_)
        else:
            report.repeated += 1


def _of_the_law(file: Path, report: Report, law: LawPlaces, keys: Keys) -> Iterator[Entry]:
    for found in _records(file, report):
        if isinstance(found, Entry):
            if keys.take(found.key, found.cells):
                yield found
            else:
                report.repeated += 1
            continue
        told = party(found.cells["entity"])
        if not told.name:
            report.reject(found.where, "no name", found.cells["entity"])
        elif key := keys.take(_key(found.country, told.name), found.cells):
            says = (*_party_said(found, told, report, law), *_law(found, report))
            yield Entry(key, told.name, found.cells, says, LIST)
        else:
            report.repeated += 1


def _records(file: Path, report: Report) -> Iterator[Row | Entry]:
    """Rows of the list, each with what stands in rows below it that belong to it; and its footnotes."""
    table, met = _Table(report), False
    for block in events(file):
        if isinstance(block, Block) and _on_list(block):
            met = True
            yield from table.take(block)
    yield from table.end()
    if not met:
        raise UsageError(
            f"{file}: no Entity List: neither Supplement No. 4 to part 744 in the XML of the eCFR nor the CSV of the"
            " Bureau; have https://www.ecfr.gov/api/versioner/v1/full/DAY/title-15.xml?part=744"
        )
    if not table.columns:
        report.had(COLUMNS, dict.fromkeys(COLUMNS, ""))


@dataclass
class _Table:
    """The list as its rows come: the country that holds for the rows below, and the row that may go on in the next."""

    report: Report
    columns: tuple[str, ...] = ()
    country: str = ""
    open_: Row | None = None

    def take(self, block: Block) -> Iterator[Row | Entry]:
        """The records that a block ends or is."""
        if block.tag != "TR":
            yield from self.end()
            yield from _footnote(block, self.report)
        elif all(cell.heads for cell in block.cells):
            self.columns = self.columns or _header(block.cells, self.report)
        elif len(block.cells) == 1 and block.text.isupper() and not block.cells[0].notes:
            self.country = block.cells[0].name
        elif (row := _row(block, self.columns or COLUMNS, self.country)) is None:
            yield from self.end()
            yield from _footnote(block, self.report)
        elif set(row.cells) == {"entity"} and self.open_:
            self.open_.cells["entity"] += f"\n{row.cells['entity']}"
        else:
            yield from self.end()
            self.country = row.country
            self.open_ = _taken(row, self.report)

    def end(self) -> Iterator[Row]:
        """The row that no other goes on with."""
        if self.open_:
            yield self.open_
        self.open_ = None


def _on_list(block: Block) -> bool:
    division = block.division
    return division.supplement == _SUPPLEMENT if division else block.tag == "TR"


def _header(cells: tuple[Cell, ...], report: Report) -> tuple[str, ...]:
    """Columns by the names in the head of the table; a second table has the same."""
    columns = tuple(re.sub(r"\W+", "_", cell.name.casefold()).strip("_") or "blank" for cell in cells)
    report.had(columns, dict.fromkeys(COLUMNS, ""))
    return columns


def _row(block: Block, columns: tuple[str, ...], country: str) -> Row | None:
    """A row by its columns; None if it is none of the list's."""
    cells = block.cells
    if len(cells) == len(columns) - 1 and parse.citations(cells[-1].text):
        cells = (Cell(""), *cells)  # the cell of the country spans several rows
    if len(cells) != len(columns):
        return None
    told = {name: cell.text for name, cell in zip(columns, cells, strict=True) if cell.text}
    by_name = dict(zip(columns, cells, strict=True))
    notes = by_name[LAW.requirement].notes if LAW.requirement in by_name else ()
    own = by_name["country"].name if "country" in by_name else ""
    return Row(block.where, own or country, told, notes)


def _taken(row: Row, report: Report) -> Row | None:
    """The row, if it is of a party; a row of a country alone only says what stands below it."""
    if set(row.cells) <= {"country"}:
        return None
    report.read += 1
    entity = row.cells.get("entity", "")
    if not entity or _RESERVED.match(entity):
        report.reject(row.where, "reserved: no party" if entity else "no party", f"{row.country} {entity}".strip())
        return None
    for column in COLUMNS[2:]:
        if column not in row.cells:
            report.doubt(row.where, column, entity, "blank")
    return row


def _footnote(block: Block, report: Report) -> Iterator[Entry]:
    """A footnote of the list, which is no party; other text of the supplement is read with the eCFR."""
    found = _NOTE.match(block.text)
    if found and block.tag in ("TR", "P", "FP", "FP-1", "LI"):
        report.read += 1
        words = " ".join(block.text[found.end() :].split())
        yield Entry(
            f"footnote-{found[1]}-{hashlib.sha256(words.encode()).hexdigest()[:6]}",
            f"Footnote {found[1]} to the Entity List",
            {"footnote": block.text},
            (number("du:footnote", int(found[1])), *(text("du:section", each) for each in parse.sections(words)[0])),
            kind="du:FeedNote",
        )
    elif block.tag == "TR":
        report.read += 1
        report.reject(block.where, f"{len(block.cells)} cells, not {len(COLUMNS)}", block.text)
    else:
        report.ignored.setdefault(f"text of the supplement: {block.tag}", "no row of the list; the kind ecfr reads it")


def _party_said(row: Row, told: Party, report: Report, law: LawPlaces) -> Iterator[Said]:
    if found := law(row.country):
        yield place("dct:spatial", found)
    else:
        report.doubt(row.where, "country", row.country, "no place on record")
    for alias in told.aliases:
        yield text("skos:altLabel", alias)
    for member in told.members:
        yield text("schema:subOrganization", member)
    for address in told.addresses:
        yield text("schema:address", address)
        if code := law.at_end(address):
            yield place("schema:addressCountry", code)
        else:
            report.doubt(row.where, "entity", address, "an address that ends in no country")
    for note in told.notes:
        yield text("skos:note", note)
    for doubt in told.doubts:
        report.doubt(row.where, "entity", row.cells["entity"], doubt)


def _law(row: Row, report: Report) -> Iterator[Said]:
    for said in law_said(row.where, report, row.cells, LAW):
        if not (row.notes and said[0] == "du:footnote"):  # raised digits are footnotes for sure
            yield said
    for note in dict.fromkeys(row.notes):
        yield number("du:footnote", note)
    cited = row.cells.get(LAW.citation, "")
    for volume, month, number_, year in _DATED.findall(cited):
        found = published(int(volume), int(month), int(number_), year)
        if found is None:
            report.doubt(row.where, LAW.citation, cited, "a day that its volume of the Federal Register does not have")
        else:
            yield day("schema:datePublished", found)


def published(volume: int, month: int, number_: int, year: str) -> date | None:
    """Day on which a notice stood in the Federal Register; its volume gives the century.

    Example:
        >>> published(76, 11, 21, "11"), published(76, 11, 21, "12")
        (datetime.date(2011, 11, 21), None)
    """
    of_volume = _FIRST_VOLUME + volume
    if int(year) not in (of_volume, of_volume % 100):
        return None
    try:
        return date(of_volume, month, number_)
    except ValueError:
        return None


FEED = Feed(
    name="entity-list",
    title="Entity List",
    publisher="Bureau of Industry and Security, United States Department of Commerce",
    licence=US_PUBLIC_DOMAIN,
    address="https://www.govinfo.gov/bulkdata/ECFR/title-15/ECFR-title15.xml",
    version="entity-list-2",
    read=read,
)
