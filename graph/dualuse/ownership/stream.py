"""Edge files through pyarrow: Parquet, and CSV too large for the standard library.

Batches of a million rows are read as columns. A row whose cells are not in the plain form is taken out of the columns
and read by :class:`~dualuse.ownership.rows.Builder` instead, so that both ways of reading agree.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from dualuse.errors import UsageError
from dualuse.ownership.arrow_names import ArrowNames, ints, unify
from dualuse.ownership.book import Table
from dualuse.ownership.files import Progress, opened, quiet
from dualuse.ownership.findings import MOST, Findings
from dualuse.ownership.intervals import ALWAYS, DateError, read_date
from dualuse.ownership.rows import (
    EDGE_COLUMNS,
    REQUIRED,
    Builder,
    check_header,
    column_of,
    note_fraction,
    note_overlaps,
)
from dualuse.ownership.shares import HUNDRED, SCALE, WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]
    Truths = NDArray[np.bool_]

_BATCH = 1 << 20
_BLOCK = 1 << 24
_PLAIN = r"^(\d{1,2}(\.\d{1,4})?|100(\.0{1,4})?)$"
"""Shares that a floating-point number and one rounding turn into units without error."""


class _Grown:
    """A column that grows by doubling, so that batches do not leave small pieces all over the memory."""

    def __init__(self) -> None:
        self._room = np.empty(_BATCH, dtype=np.int32)
        self._size = 0

    def extend(self, numbers: Ints) -> None:
        """Add numbers at the end."""
        needed = self._size + len(numbers)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)), dtype=np.int32)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : needed] = numbers
        self._size = needed

    def take(self) -> Ints:
        """The numbers; the column lets go of them."""
        numbers, self._room, self._size = self._room[: self._size], self._room[:0], 0
        return numbers


@dataclass
class _Batches:
    """Batches as they are read: numbers that point into the names of all batches, one after another."""

    builder: Builder
    names: list[Any] = field(default_factory=list)
    known: int = 0
    sources: list[Any] = field(default_factory=list)
    known_sources: int = 0
    columns: list[_Grown] = field(default_factory=lambda: [_Grown() for _ in range(6)])
    spans: list[_Grown] = field(default_factory=list)
    rows: int = 0

    def add(self, *columns: Ints) -> None:
        """Add to the first columns: owner, owned, low, high."""
        for grown, column in zip(self.columns, columns, strict=False):
            grown.extend(column)

    def add_spans(self, *columns: Ints) -> None:
        """Add the days of rows: owner, owned, first, last."""
        self.spans = self.spans or [_Grown() for _ in range(4)]
        for grown, column in zip(self.spans, columns, strict=True):
            grown.extend(column)

    def number(self, names: Any) -> Ints:
        """Numbers of names, each batch with its own."""
        coded = names.dictionary_encode()
        self.names.append(coded.dictionary)
        self.known += len(coded.dictionary)
        return ints(coded.indices) + np.int32(self.known - len(coded.dictionary))

    def number_sources(self, sources: Any) -> Ints:
        """Numbers of sources, -1 for a blank one."""
        coded = pc.if_else(pc.equal(sources, ""), None, sources).dictionary_encode()
        self.sources.append(coded.dictionary)
        self.known_sources += len(coded.dictionary)
        shift = np.int32(self.known_sources - len(coded.dictionary))
        return np.where(coded.indices.is_valid(), ints(coded.indices.fill_null(0)) + shift, -1).astype(np.int32)


def read_stream(path: Path, kind: str, day: date, progress: Progress) -> Table:
    """Read an edge file in batches; see :func:`dualuse.ownership.read.read_edges`."""
    read = _Batches(Builder(day))
    batches = _parquet(path, EDGE_COLUMNS, REQUIRED, progress) if kind == "parquet" else _csv(path, read, progress)
    for columns in batches:
        _take(read, columns)
        pa.default_memory_pool().release_unused()
    progress(1.0, read.rows)
    return _finish(read)


def parquet_texts(path: Path, known: Sequence[str], required: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of every row of a Parquet file as text, in the order of *known*."""
    for columns in _parquet(path, known, required, quiet):
        size = len(columns[required[0]])
        yield from map(list, zip(*(_cells(columns.get(name), size) for name in known), strict=True))


def _cells(column: Any, size: int) -> list[str]:
    return [""] * size if column is None else _text(column).to_pylist()


def _parquet(path: Path, known: Sequence[str], required: Sequence[str], progress: Progress) -> Iterator[dict[str, Any]]:
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            check_header(names, str(path), required, known)
            done, total = 0, max(file.metadata.num_rows, 1)
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                yield {name: batch.column(index) for index, name in enumerate(names)}
                done += len(batch)
                progress(done / total, done)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise UsageError(f"{path}: not a Parquet table that can be read: {str(error).splitlines()[0]}") from None


def _csv(path: Path, read: _Batches, progress: Progress) -> Iterator[dict[str, Any]]:
    with opened(path) as (text, _):
        header = [name.strip() for name in next(csv.reader(text, strict=True), [])]
    check_header(header, str(path), REQUIRED, EDGE_COLUMNS)

    def skip(row: Any) -> str:
        message = f"{row.actual_columns} cells under {row.expected_columns} columns; check the commas and quotes"
        where = path.name if row.number is None else f"{path.name} row {row.number}"
        read.builder.findings.add("bad-row", where, message)
        read.builder.add_broken(next(csv.reader([row.text]), []) if row.text else [], row.number or -1)
        return "skip"

    size, done = max(path.stat().st_size, 1), 0
    try:
        with path.open("rb") as raw:
            batches = pa_csv.open_csv(
                raw,
                pa_csv.ReadOptions(block_size=_BLOCK, column_names=header, skip_rows=1),
                pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
                pa_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False),
            )
            for batch in batches:
                yield {name: batch.column(index) for index, name in enumerate(header)}
                done += len(batch)
                progress(raw.tell() / size, done)
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise UsageError(f"{path}: not a CSV table in UTF-8: {str(error).splitlines()[0]}") from None


def _take(read: _Batches, columns: dict[str, Any]) -> None:
    """Take a batch: rows in plain form as columns, the others one by one."""
    owner, owned = (_text(columns[name]) for name in ("owner", "owned"))
    size = len(owner)
    low, low_plain = _units(columns[column_of("share_min", list(columns))], 0)
    high, high_plain = _units(columns[column_of("share_max", list(columns))], WHOLE)
    sure, out, begins, ends = _days(read.builder.day, columns, size)
    named = _truths(pc.and_(pc.not_equal(owner, ""), pc.not_equal(owned, "")))
    plain = named & low_plain & high_plain & (low <= high) & (sure | out)
    place = np.arange(read.rows + 2, read.rows + 2 + size, dtype=np.int32)
    _take_singly(read.builder, columns, np.flatnonzero(~plain), place)
    read.rows += size
    kept, mask = int(plain.sum()), pa.array(plain)
    numbers = read.number(pa.concat_arrays([owner.filter(mask), owned.filter(mask)]))
    pair = [numbers[:kept], numbers[kept:]]
    if "valid_from" in columns or "valid_to" in columns:
        read.add_spans(*pair, begins[plain], ends[plain])
    today = sure[plain]
    fractions = np.flatnonzero(plain & sure & (high > 0) & (high <= SCALE))
    _note_fractions(read.builder.findings, owner, owned, high, fractions, place)
    high[fractions] *= HUNDRED
    read.add(*(column[today] for column in (*pair, low[plain], high[plain])))
    if "source" in columns:
        read.columns[4].extend(read.number_sources(_text(columns["source"]).filter(mask))[today])
    read.columns[5].extend(place[plain][today])


def _note_fractions(findings: Findings, owner: Any, owned: Any, high: Ints, rows: Longs, place: Ints) -> None:
    for row in rows[:MOST].tolist():
        pair = f"{owner[row].as_py()} → {owned[row].as_py()}"
        note_fraction(findings, f"row {place[row]}", pair, int(high[row]))
    findings.count("fraction", len(rows) - MOST)


def _take_singly(builder: Builder, columns: dict[str, Any], rows: NDArray[np.integer], place: Ints) -> None:
    if len(rows):
        some = {name: column.take(pa.array(rows)) for name, column in columns.items()}
        named = [column_of(name, list(columns)) for name in EDGE_COLUMNS]
        cells = zip(*(_cells(some.get(name), len(rows)) for name in named), strict=True)
        for number, row in zip(place[rows].tolist(), cells, strict=True):
            builder.add(row, number)


def _units(column: Any, blank: int) -> tuple[Ints, Truths]:
    """Shares in units, and which are in plain form: on the grid and from 0 to 100, or blank.

    A floating-point share is on the grid when it is the number nearest to a multiple of the unit.
    """
    kind = "float32" if pa.types.is_float32(column.type) else "float64"
    if _is_text(column.type):
        text = _text(column)
        column = pc.if_else(pc.match_substring_regex(text, _PLAIN), text, None)
        empty = _truths(pc.equal(text, ""))
    else:
        empty = None
    share = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    if empty is None:
        empty = np.isnan(share)
    with np.errstate(invalid="ignore"):
        units = np.rint(share * SCALE)
        plain = (share >= 0) & (share <= 100) & ((units / SCALE).astype(kind) == share.astype(kind))
    return np.where(empty, blank, np.where(plain, units, 0)).astype(np.int32), plain | empty


def _days(day: date, columns: dict[str, Any], size: int) -> tuple[Truths, Truths, Ints, Ints]:
    """Which rows surely hold on the day and which surely do not, and the first and last sure day of each."""
    begins, begins_by = _dates(columns.get("valid_from"), size, ALWAYS.begins, end=False)
    ends, ends_by = _dates(columns.get("valid_to"), size, ALWAYS.ends, end=True)
    number = day.toordinal()
    fit = (begins >= 0) & (ends >= 0) & (ends_by > begins)
    sure = fit & (begins_by <= number) & (number < ends)
    return sure, fit & ((number < begins) | (number >= ends_by)), begins_by, ends


def _dates(column: Any, size: int, blank: int, *, end: bool) -> tuple[Ints, Ints]:
    """Earliest and latest day of each row; -1 where it is no date."""
    if column is None:
        return np.full(size, blank, dtype=np.int32), np.full(size, blank, dtype=np.int32)
    coded = _text(column).dictionary_encode()
    days = np.array([_ordinals(text, blank, end=end) for text in coded.dictionary.to_pylist()], dtype=np.int32).reshape(
        -1, 2
    )
    return days[:, 0][ints(coded.indices)], days[:, 1][ints(coded.indices)]


def _ordinals(text: str, blank: int, *, end: bool) -> tuple[int, int]:
    try:
        return read_date(text, end=end) or (blank, blank)
    except DateError:
        return -1, -1


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def _text(column: Any) -> Any:
    """A column as text without white space around it; what is missing is blank."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        column = pc.cast(column, pa.date32())
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(column, ""))


def _truths(column: Any) -> Truths:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=bool)


def _finish(read: _Batches) -> Table:
    """One table of all batches, with each name once."""
    odd = read.builder
    if odd.broken:
        odd.finish([odd.names.add(name) if name else -1 for name in _present(read, [name for name, _ in odd.broken])])
    shift, source_shift = np.int32(read.known), np.int32(read.known_sources)
    read.names.append(pa.array([odd.names[number] for number in range(len(odd.names))], pa.string()))
    read.sources.append(pa.array([odd.sources[number] for number in range(len(odd.sources))], pa.string()))
    owner, owned, low, high, source, place = (np.asarray(column, dtype=np.int32) for column in odd.columns)
    read.add(owner + shift, owned + shift, low, high)
    sourced = len(odd.sources) or read.known_sources
    if sourced:
        read.columns[4].extend(np.where(source < 0, source, source + source_shift))
    read.columns[5].extend(place)
    if read.spans or odd.spans:
        spans = np.array(odd.spans, dtype=np.int32).reshape(-1, 4)
        read.add_spans(spans[:, 0] + shift, spans[:, 1] + shift, spans[:, 2], spans[:, 3])
    found, known = unify(read.names)
    sources, known_sources = unify(read.sources)
    names = ArrowNames(found)
    if read.spans:
        pair = [known[grown.take()] for grown in read.spans[:2]]
        _note_overlaps(odd.findings, names, *pair, *(grown.take() for grown in read.spans[2:]))
    return Table(
        names,
        known[read.columns[0].take()],
        known[read.columns[1].take()],
        read.columns[2].take(),
        read.columns[3].take(),
        _renumber(read.columns[4].take(), known_sources) if sourced else np.empty(0, dtype=np.int32),
        sources.to_pylist(),
        read.columns[5].take(),
        read.rows,
        odd.findings,
    )


def _present(read: _Batches, names: Sequence[str]) -> list[str]:
    """Each name, or blank where no batch has it."""
    wanted = pa.array(dict.fromkeys(names), pa.string())
    odd = read.builder.names
    known = [*read.names, pa.array([odd[number] for number in range(len(odd))], pa.string())]
    found = {name for some in known for name in wanted.filter(pc.is_in(wanted, value_set=some)).to_pylist()}
    return [name if name in found else "" for name in names]


def _renumber(numbers: Ints, known: Ints) -> Ints:
    return np.where(numbers < 0, -1, known[numbers]).astype(np.int32)


def _note_overlaps(findings: Findings, names: ArrowNames, owner: Ints, owned: Ints, begins: Ints, ends: Ints) -> None:
    """The same as :func:`dualuse.ownership.intervals.overlaps`, on columns."""
    some = np.flatnonzero(begins < ends)
    order = some[np.lexsort((ends[some], begins[some], owned[some], owner[some]))]
    owner, owned, begins, ends = owner[order], owned[order], begins[order], ends[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (owner[1:] != owner[:-1]) | (owned[1:] != owned[:-1])
    group = np.cumsum(new, dtype=np.int64)
    dated = (begins != ALWAYS.begins_by) | (ends != ALWAYS.ends)
    latest = np.maximum.accumulate((group << 32) | ends)[:-1] & 0xFFFFFFFF
    before = np.maximum.accumulate((group << 1) | dated)[:-1] & 1
    again = 1 + np.flatnonzero(~new[1:] & (begins[1:] < latest) & (dated[1:] | (before > 0)))
    note_overlaps(findings, names, list(zip(owner[again].tolist(), owned[again].tolist(), strict=True)))
