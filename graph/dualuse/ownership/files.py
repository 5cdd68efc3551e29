"""CSV files opened as text, row by row, with what is wrong with them said in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.ownership.findings import Findings
from dualuse.ownership.rows import check_header, column_of

Progress = Callable[[float, int], None]
"""Told what part of a file is read, from 0 to 1, and how many rows."""

_TELL_EVERY = 50_000


def quiet(part: float, rows: int) -> None:
    """Tell nobody."""


def csv_rows(
    path: Path,
    columns: Sequence[str],
    required: Sequence[str],
    findings: Findings,
    progress: Progress,
    broken: Callable[[Sequence[str], int], None] = lambda cells, place: None,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of every row, in the order of *columns*; a column that is not there is blank.

    A row with the wrong number of cells is told to *broken* instead.
    """
    with opened(path) as (text, raw):
        size = max(path.stat().st_size, 1)
        reader = csv.reader(text, strict=True)
        header = [name.strip() for name in next(reader, [])]
        check_header(header, str(path), required, columns)
        from_columns = [column_of(name, header) for name in columns]
        where = [header.index(name) if name in header else -1 for name in from_columns]
        for place, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                if cells:
                    message = f"{len(cells)} cells under {len(header)} columns; check the commas and quotes"
                    findings.add("bad-row", f"{path.name} row {place}", message)
                    broken(cells, place)
                continue
            if place % _TELL_EVERY == 0:
                progress(raw.tell() / size, place - 1)
            yield place, [cells[index] if index >= 0 else "" for index in where]
    progress(1.0, 0)


@contextmanager
def opened(path: Path) -> Iterator[tuple[io.TextIOWrapper, io.BufferedIOBase]]:
    """Open a CSV file as text, and turn what is wrong with it into messages.

    Raises:
        UsageError: it cannot be opened, is not UTF-8, or is no CSV.
    """
    try:
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            yield text, raw
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error.reason}); save the file as UTF-8") from None
    except csv.Error as error:
        raise UsageError(f"{path}: not a CSV table: {error}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
