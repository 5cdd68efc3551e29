"""Tables as people keep them, row by row: text with commas, semicolons or tabs between cells, a workbook, Parquet."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from dualuse.errors import MissingExtraError, UsageError
from dualuse.reading import lines

Line = tuple[int, list[str]]
"""Number of a line, as an editor or a spreadsheet counts it, and its cells."""

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_SAID = re.compile(r'"?sep=(.)"?\s*')
"""First line by which spreadsheets tell one another what stands between cells."""
_WORKBOOKS = (".xlsx", ".xlsm")
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PARQUET = b"PAR1"
_WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_LARGEST_UNPACKED = 500_000_000
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, ValueError, LookupError),
    *(TypeError, AttributeError, OverflowError, NotImplementedError, AssertionError),
)
"""What openpyxl lets out where a part of a workbook is not what the rest says it is: it checks little of what it reads.

Found by spoiling workbooks byte by byte (``scripts/fuzz``). Only its own calls stand under them, none of ours.
"""
_AS_TEXT = "save it as CSV in UTF-8"


def read_lines(path: Path, known: Callable[[str], bool]) -> Iterator[Line]:
    """Yield the lines of a table, the names of its columns first; lines with nothing in them are passed over.

    Args:
        known: Whether a column of that name is known; by it is told what stands between cells.

    Raises:
        UsageError: the file is no table; the message says what it is instead, and what to do.
        MissingExtraError: what reads workbooks is not installed.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == _ZIP and path.suffix.lower() in _WORKBOOKS:
            yield from _workbook(path)
            return
        if start == _PARQUET:
            yield from _parquet(path)
            return
        _refuse_what_is_no_text(path, start)
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from _delimited(lines(text, path), known)
    except UnicodeDecodeError:
        raise UsageError(f"{path}{_undecodable(path)} cannot be read as text in UTF-8: {_AS_TEXT}") from None
    except (OSError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a CSV table in UTF-8: {error}") from None


def _refuse_what_is_no_text(path: Path, start: bytes) -> None:
    if start == _ZIP:
        raise UsageError(
            f"{path} is no CSV but a zip file, as spreadsheets are (.xlsx, .ods): {_AS_TEXT}, "
            "or give a workbook the ending .xlsx"
        )
    if start == _OLD_OFFICE:
        raise UsageError(f"{path} is no CSV but a spreadsheet of an old form (.xls): {_AS_TEXT}, or as .xlsx")
    for mark, encoding in _WIDE.items():
        if start.startswith(mark):
            raise UsageError(f"{path} is in {encoding}, UTF-8 is needed: {_AS_TEXT}")


def _parquet(path: Path) -> Iterator[Line]:
    """Rows of a Parquet file as text, the names of the columns first; in batches, so that memory does not grow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError(f"{path}: Parquet needs pyarrow: pip install 'dualuse[scale]', or {_AS_TEXT}") from None
    try:
        with pq.ParquetFile(path) as file:
            yield 1, list(file.schema_arrow.names)
            above = 1
            for batch in file.iter_batches():
                cells = ([as_text(cell) for cell in column.to_pylist()] for column in batch.columns)
                yield from enumerate(map(list, zip(*cells, strict=True)), above + 1)
                above += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UsageError(f"{path}: not a Parquet table that can be read: {str(error).splitlines()[0]}") from None


def as_text(cell: object) -> str:
    """A cell as a table of text has it; a truth as yes or no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def _undecodable(path: Path) -> str:
    """Where the first line stands that is no UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return f":{number}"
    return ""


def _delimited(text: Iterator[str], known: Callable[[str], bool]) -> Iterator[Line]:
    """Lines of text; what stands between cells is told by the first line alone."""
    first = next(text, "")
    before = 0
    said = _SEPARATOR_SAID.fullmatch(first)
    if said:
        first, before = next(text, ""), 1
    separator = said[1] if said else max(_SEPARATORS, key=lambda each: _recognised(first, each, known))
    reader = csv.reader(itertools.chain([first] if first else [], text), delimiter=separator, strict=True)
    for cells in reader:
        if cells:
            yield before + reader.line_num, cells


def _recognised(line: str, separator: str, known: Callable[[str], bool]) -> int:
    """How many known columns a line names if its cells stand between separators; the first of equals is taken."""
    return sum(map(known, next(csv.reader(io.StringIO(line), delimiter=separator), [])))


def _workbook(path: Path) -> Iterator[Line]:
    """Lines of the first sheet of a workbook; a formula counts as what it came to when the workbook was saved."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise MissingExtraError(f"{path} is a workbook: to read it, pip install 'dualuse[xlsx]'") from None

    def opened() -> Iterator[Sequence[object]]:
        _refuse_what_swells(path)
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            yield from book.worksheets[0].iter_rows(values_only=True)
        finally:
            book.close()

    rows = opened()
    for number in itertools.count(1):
        try:
            row = next(rows, None)
        except (InvalidFileException, *_DAMAGE) as error:
            raise UsageError(f"{path} cannot be read as a workbook: {error or type(error).__name__}") from None
        if row is None:
            return
        cells = [_cell(value) for value in row]
        if any(cells):
            yield number, cells


def _refuse_what_swells(path: Path) -> None:
    """Refuse a workbook that is small on the disk and fills the memory once unpacked."""
    with zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > _LARGEST_UNPACKED:
        raise UsageError(f"{path} unpacks to {size:,} bytes; at most {_LARGEST_UNPACKED:,} are read: save it as CSV")


def _cell(value: object) -> str:
    """A cell of a workbook as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
