"""Tables of the supplements: country groups, the Commerce Country Chart, and lists of countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dualuse.feeds import parse
from dualuse.feeds.ecfrxml import Block, Cell, fold_dashes
from dualuse.feeds.entry import Entry, Said, place, text
from dualuse.feeds.lawplaces import LawPlaces
from dualuse.feeds.report import Report

GROUP_COLUMNS = {"A": 6, "D": 5, "E": 2}
"""Country group -> how many columns its table has."""
_CHART = {"CB": 3, "NP": 2, "NS": 2, "MT": 1, "RS": 2, "FC": 1, "CC": 3, "AT": 2}
CHART_COLUMNS = tuple(f"{reason} {count + 1}" for reason, most in _CHART.items() for count in range(most))
"""Columns of the Country Chart, in its order."""
_GROUP = re.compile(r"country\s+group\s+([A-E])\b", re.IGNORECASE)
_GROUP_COLUMN = re.compile(r"\[?\s*([A-E])\s*:\s*(\d)\b")
_CHART_COLUMN = re.compile(r"^\W*([A-Z]{2})\s*(\d)\W*$")
_NOTE = re.compile(r"^\(?(\d{1,2})\)?\s*(?=\D)")
_DIGITS = re.compile(r"^(.*?[^\d\s,])((?:[\s,]*\d{1,2})+)$")
_LETTER = re.compile(r"^\(([a-z])\)")
_LONGEST = 70
"""Letters of the longest name of a country; what is longer is a sentence."""


@dataclass
class Tables:
    """What the tables of a file had, for the report."""

    report: Report
    law: LawPlaces
    met: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def columns(self, had: Sequence[str], known: Sequence[str]) -> None:
        """Note the columns of a table and those it can have."""
        self.met += [name for name in had if name not in self.met]
        self.known += [name for name in known if name not in self.known]

    def country(self, where: str, column: str, name: str) -> list[Said]:
        """The place that a country's name means."""
        if found := self.law(name):
            return [place("dct:spatial", found)]
        self.report.doubt(where, column, name, "no place on record")
        return []


@dataclass
class _Row:
    """A country's row with the numbers of its footnotes."""

    where: str
    name: str
    notes: tuple[int, ...]
    cells: tuple[Cell, ...]


def key_of(name: str, law: LawPlaces) -> str:
    """Key of a country: its code, or its name where no place on record is meant."""
    return law(name) or re.sub(r"\W+", "-", fold_dashes(name)).strip("-").casefold()


def groups(blocks: Sequence[Block], tables: Tables) -> Iterator[Entry | Block]:
    """Countries of Supplement No. 1 to part 740, a record for each in each table; what is no country comes back."""
    group = ""
    for table in _by_table(blocks):
        if not table[0].table:
            block = table[0]
            if found := _GROUP.search(block.text if len(block.text) < _LONGEST or block.tag == "CAPTION" else ""):
                group = found[1].upper()
            if block.tag == "LI" and group == "B" and len(block.text) < _LONGEST:
                yield _member("B", _row(block, Cell(block.text), ()), [], {}, tables)
            else:
                yield block
            continue
        heads = [cell for block in table for cell in block.cells if cell.heads]
        columns = [f"{found[1]}:{found[2]}" for cell in heads if (found := _GROUP_COLUMN.search(cell.text))]
        caption = next((found[1] for block in table if (found := _GROUP.search(block.text))), "")
        group = (columns[0][0] if columns else caption) or group
        yield from _group_table(group, columns, table, tables)


def _group_table(group: str, columns: list[str], table: list[Block], tables: Tables) -> Iterator[Entry | Block]:
    if not columns and group == "B":  # a list of countries in columns
        for block in table:
            for cell in block.cells:
                if cell.text and not cell.heads and len(cell.text) < _LONGEST:
                    yield _member("B", _row(block, cell, ()), [], {}, tables)
        return
    known = [f"{group}:{count}" for count in range(1, GROUP_COLUMNS.get(group, 0) + 1)]
    columns = list(dict.fromkeys(columns)) or known
    tables.columns(columns, known)
    rows, notes, rest = _rows(table, len(columns) + 1, tables.report)
    for row in rows:
        marked = [column for column, cell in zip(columns, row.cells, strict=True) if _is_marked(cell)]
        for column, cell in zip(columns, row.cells, strict=True):
            if cell.text and not _is_marked(cell):
                tables.report.doubt(row.where, column, cell.text, "neither X nor blank")
        yield _member(group, row, marked, notes, tables, dict(zip(columns, row.cells, strict=True)))
    yield from rest


def _member(
    group: str,
    row: _Row,
    marked: list[str],
    notes: dict[int, str],
    tables: Tables,
    cells: dict[str, Cell] | None = None,
) -> Entry:
    told = {"country": row.name} | {_slug(column): cell.text for column, cell in (cells or {}).items() if cell.text}
    says = [
        *tables.country(row.where, f"Country Group {group}", row.name),
        text("dct:subject", f"Country Group {group}"),
    ]
    says += [text("schema:memberOf", column) for column in (marked or ([] if cells else [group]))]
    says += [text("skos:note", notes[note]) for note in row.notes if note in notes]
    key = f"740.supplement-1.{group}.{key_of(row.name, tables.law)}"
    return Entry(key, row.name, told | _noted(row), tuple(says), f"country-group-{group}")


def chart(blocks: Sequence[Block], tables: Tables) -> Iterator[Entry | Block]:
    """Countries of Supplement No. 1 to part 738: the columns in which each is marked, or where it points to instead."""
    for table in _by_table(blocks):
        heads = [cell.text for block in table for cell in block.cells if cell.heads]
        columns = [f"{found[1]} {found[2]}" for head in heads if (found := _CHART_COLUMN.match(head))]
        if not columns:
            yield from table
            continue
        columns = list(dict.fromkeys(columns))
        tables.columns(columns, CHART_COLUMNS)
        rows, notes, rest = _rows(table, len(columns) + 1, tables.report, pointers=True)
        for row in rows:
            yield _charted(row, columns, notes, tables)
        yield from rest


def _charted(row: _Row, columns: list[str], notes: dict[int, str], tables: Tables) -> Entry:
    told = {"country": row.name}
    says = tables.country(row.where, "Country Chart", row.name)
    if len(row.cells) == 1:  # no mark here does not mean no licence
        told["instead_of_marks"] = row.cells[0].text
        says += [text("skos:note", row.cells[0].text)]
        says += [text("du:section", section) for section in parse.sections(row.cells[0].text)[0]]
    else:
        for column, cell in zip(columns, row.cells, strict=True):
            if _is_marked(cell):
                says.append(text("du:countryChartColumn", column))
            elif cell.text:
                tables.report.doubt(row.where, column, cell.text, "neither X nor blank")
            if cell.text:
                told[_slug(column)] = cell.text
    says += [text("skos:note", notes[note]) for note in row.notes if note in notes]
    key = f"738.supplement-1.{key_of(row.name, tables.law)}"
    return Entry(key, row.name, told | _noted(row), tuple(says), "country-chart")


def authorised(blocks: Sequence[Block], tables: Tables) -> Iterator[Entry | Block]:
    """Countries of Supplement No. 5 to part 740, each with the paragraph that names it."""
    letter = ""
    for block in blocks:
        found = _LETTER.match(block.text)
        letter = found[1] if found else letter
        names = [Cell(text) for text in (block.text[found.end() :].split("\n") if found else block.text.split("\n"))]
        named = [cell for cell in (block.cells or names) if len(cell.text) < _LONGEST and tables.law(_named(cell)[0])]
        for cell in named if block.tag != "HEAD" else ():
            row = _row(block, cell, ())
            paragraph = f"Supplement No. 5 to part 740{f', paragraph ({letter})' if letter else ''}"
            says = (*tables.country(block.where, "Supplement No. 5", row.name), text("schema:memberOf", paragraph))
            key = f"740.supplement-5.{letter or 'list'}.{key_of(row.name, tables.law)}"
            yield Entry(key, row.name, {"country": row.name} | _noted(row), says, "supplement-5-to-740")
        if not named or block.tag == "HEAD":
            yield block


def _by_table(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks of each table together with the footnotes that stand right below it, the others one by one."""
    table: list[Block] = []
    for block in blocks:
        below = bool(table) and not block.table and block.tag in ("P", "FP") and bool(_NOTE.match(block.text))
        if table and table[0].table != block.table and not below:
            yield table
            table = []
        if block.table or below:
            table.append(block)
        else:
            yield [block]
    if table:
        yield table


def _rows(
    table: list[Block], width: int, report: Report, *, pointers: bool = False
) -> tuple[list[_Row], dict[int, str], list[Block]]:
    """Rows of countries, the footnotes below them, and what is neither."""
    rows: list[_Row] = []
    notes: dict[int, str] = {}
    rest: list[Block] = []
    for block in table:
        cells = block.cells
        if cells and all(cell.heads for cell in cells):
            rest.append(block)
        elif len(cells) < 2 or (len(cells[0].text) > _LONGEST and not any(cell.text for cell in cells[1:])):
            if found := _NOTE.match(block.text):
                notes[int(found[1])] = " ".join(block.text[found.end() :].split())
            rest.append(block)
        elif cells[0].text and (len(cells) == width or (pointers and len(cells) == 2 and cells[1].text)):
            rows.append(_row(block, cells[0], cells[1:]))
        elif any(cell.text for cell in cells):
            report.read += 1
            why = f"{len(cells)} cells, not {width}" if len(cells) != width else "no country"
            report.reject(block.where, why, block.text)
    return rows, notes, rest


def _row(block: Block, cell: Cell, cells: tuple[Cell, ...]) -> _Row:
    name, notes = _named(cell)
    return _Row(block.where, name, notes, cells)


def _named(cell: Cell) -> tuple[str, tuple[int, ...]]:
    """A country's name without the digits of its footnotes, raised or not."""
    name = cell.name
    if not cell.notes and (found := _DIGITS.match(name)):
        return found[1].strip(" ,"), tuple(int(digits) for digits in re.findall(r"\d+", found[2]))
    return name, cell.notes


def _is_marked(cell: Cell) -> bool:
    return bool(re.match(r"X\b", cell.text.strip(), re.IGNORECASE))


def _noted(row: _Row) -> dict[str, str]:
    return {"footnotes": " ".join(str(note) for note in row.notes)} if row.notes else {}


def _slug(column: str) -> str:
    return re.sub(r"\W", "", column)
