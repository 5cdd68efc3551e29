"""The news of a folder on Spark: each partition is read as one machine reads a text, and what comes of it is Parquet.

The names and facts of the graph are read once, by who asks, and carried to every worker. Files are read where the
workers run, so the folder has to be there under the same name. What is written appears whole, or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pyspark import StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

from dualuse.card import plain
from dualuse.errors import UsageError
from dualuse.news.find.relevance import Choice
from dualuse.news.reader import Reader
from dualuse.news.reading import Reading
from dualuse.news.text.folder import PIECE, Bad, Given, Piece, pieces_of, sources
from dualuse.questions.parts import readings as rows

if TYPE_CHECKING:
    from pyspark import Broadcast


@dataclass(frozen=True)
class Told(rows.Document):
    """A text as read, and what was told of it beside its words."""

    address: str | None
    captured: str | None


TABLES: Mapping[str, type] = {
    "documents": Told,
    "claims": rows.ClaimRow,
    "statements": rows.StatementRow,
    "relations": rows.RelationRow,
    "speech": rows.SpeechRow,
    "quantities": rows.QuantityRow,
    "problems": Bad,
}
"""Name of a folder that is written -> what its rows are."""
_READ: Mapping[str, Callable[[Reading], Iterable[Any]]] = {
    "claims": rows.claims,
    "statements": rows.statements,
    "relations": rows.relations,
    "speech": rows.speech,
    "quantities": rows.quantities,
}
_TYPES: tuple[tuple[str, DataType], ...] = (
    ("Sequence[str]", ArrayType(StringType())),
    ("bool", BooleanType()),
    ("float", DoubleType()),
    ("int", IntegerType()),
    ("str", StringType()),
)
_MOST_PIECES = 4
"""Pieces for each core, so that one that takes long leaves little to wait for."""
Row = tuple[str, tuple[Any, ...]]


def rows_of(reader: Reader, piece: Piece, relevant: Choice) -> Iterator[Row]:
    """What comes of a piece: the name of a table, and a row of it."""
    for each in sources(piece):
        if isinstance(each, Bad):
            yield "problems", astuple(each)
        else:
            yield from _rows(reader, each, relevant)


def _rows(reader: Reader, source: Given, relevant: Choice) -> Iterator[Row]:
    reading = reader.read(source.text, source.written, relevant)
    document = rows.document(reading)
    yield "documents", (*_cells(document), source.address or None, source.captured or None)
    for table, read in _READ.items():
        for row in read(reading):
            yield table, _cells(row)


def _cells(row: Any) -> tuple[Any, ...]:
    """A row in the order of its fields, as plain values: what it has several of as a list, words as text."""
    return tuple(plain(getattr(row, field.name)) for field in fields(row))


def schema_of(kind: type) -> StructType:
    """Columns of the rows of a table."""
    hints = get_type_hints(kind)
    return StructType([StructField(field.name, _type(str(hints[field.name]))) for field in fields(kind)])


def _type(hint: str) -> DataType:
    return next(found for word, found in _TYPES if word in hint)


def read_folder(
    spark: SparkSession, reader: Reader, folder: Path, into: Path, relevant: Choice, size: int = PIECE
) -> dict[str, int]:
    """Read a folder and write what comes of it as folders of Parquet files; how many rows each has.

    Args:
        spark: The session.
        reader: The reader, which goes to every worker.
        folder: What to read.
        into: Folder that is made.
        relevant: Whether the texts are about export controls.
        size: Bytes of a file of lines that one worker reads at a time.

    Raises:
        UsageError: nothing is there to read, or something is there already where it is to be written.
        MissingExtraError: there are web archives, and what reads them is not installed.
    """
    if into.exists():
        raise UsageError(f"{into} is there already; choose another folder")
    if not into.parent.is_dir():
        raise UsageError(f"{into.parent} is no folder; make it first")
    pieces, bad = pieces_of(folder, size)
    context = spark.sparkContext
    slices = max(1, min(len(pieces), _MOST_PIECES * context.defaultParallelism))
    tell = partial(_tell, context.broadcast(reader), relevant)
    told = context.parallelize(pieces, slices).mapPartitions(tell)
    odd = context.parallelize([("problems", astuple(each)) for each in bad], 1)
    told = told.union(odd).persist(StorageLevel.DISK_ONLY)
    part = into.with_name(f".{into.name}.{os.getpid()}.part")
    try:
        for table, kind in TABLES.items():
            mine = told.filter(partial(_is_of, table)).values()
            spark.createDataFrame(mine, schema_of(kind), verifySchema=False).write.parquet(str(part / table))
        counts: dict[str, int] = dict(told.keys().countByValue())
        part.rename(into)
    finally:
        told.unpersist()
        shutil.rmtree(part, ignore_errors=True)
    return {table: counts.get(table, 0) for table in TABLES}


def _tell(reader: Broadcast[Reader], relevant: Choice, pieces: Iterable[Piece]) -> Iterator[Row]:
    for piece in pieces:
        yield from rows_of(reader.value, piece, relevant)


def _is_of(table: str, row: Row) -> bool:
    return row[0] == table


def problems_in(spark: SparkSession, into: Path, most: int) -> list[Bad]:
    """The first of what could not be read, by file and place."""
    found = spark.read.parquet(str(into / "problems")).orderBy("file", "place", "why").limit(most).collect()
    return [Bad(*row) for row in found]
