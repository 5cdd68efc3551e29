"""Entities of FollowTheMoney on Spark, for what does not fit one machine: N-Quads in parts, for any bulk loader.

Lines of one id come together, in the order of the file, so that each part is read as one machine reads a whole file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark import AccumulatorParam
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from dualuse.errors import UsageError
from dualuse.feeds.entry import written
from dualuse.feeds.loading import Loading
from dualuse.feeds.opensanctions import id_of, read_apart
from dualuse.feeds.places import Places
from dualuse.feeds.quads import in_graph
from dualuse.feeds.report import Report

if TYPE_CHECKING:
    from pyspark import Accumulator, Broadcast

RECORDS, SNAPSHOT = "records", "snapshot"
"""Folders of what is written; nothing counts unless the second has the file ``_SUCCESS``."""
Keyed = tuple[tuple[int, int], bytes]
"""A sum of the id, the number of the line, and the line."""


class _Reports(AccumulatorParam[dict[int, Report]]):  # type: ignore[misc, unused-ignore]  # no class where Spark is not
    """Reports by part: one that was read twice counts once."""

    def zero(self, value: dict[int, Report]) -> dict[int, Report]:
        return {}

    def addInPlace(self, value1: dict[int, Report], value2: dict[int, Report]) -> dict[int, Report]:  # noqa: N802 - Spark's name
        return value1 | value2


def write_on_spark(spark: SparkSession, loading: Loading, location: str, places: Places, into: str) -> None:
    """Read a file on Spark and write its quads.

    Args:
        loading: The file; its report is filled.
        location: Lines of JSON or Parquet: a file, a folder, or an address that Spark can read.
        into: A folder that is not there, or its address.

    Raises:
        FeedRefused: its columns changed.
        UsageError: it cannot be read, or the folder is there already.
    """
    context, feed = spark.sparkContext, loading.feed.name
    reports: Accumulator[dict[int, Report]] = context.accumulator({}, _Reports())
    read = partial(_read, feed, context.broadcast(places), reports)
    try:
        lines = _lines(spark, location).zipWithIndex().map(_keyed)
        parts = lines.repartitionAndSortWithinPartitions(lines.getNumPartitions(), _part)
        _write(spark, parts.mapPartitionsWithIndex(read), f"{into}/{RECORDS}")
        loading.report = Report.of_parts(report for _, report in sorted(reports.value.items()))
        _write(spark, context.parallelize(loading.last(), 1).map(partial(_quads, feed)), f"{into}/{SNAPSHOT}")
    except PySparkException as error:
        if error.getCondition() == "PATH_ALREADY_EXISTS":
            raise UsageError(f"{into} is there already; choose another folder") from None
        raise UsageError(f"{location}: {str(error).splitlines()[0]}") from None


def _lines(spark: SparkSession, location: str) -> Any:
    """The lines of a file as bytes; of Parquet each row as a line of JSON, without what it leaves blank."""
    if is_parquet(location):
        lines = spark.read.parquet(location).selectExpr("cast(to_json(struct(*)) AS binary)")
    else:
        lines = spark.read.option("lineSep", "\n").text(location).selectExpr("cast(value AS binary)")
    return lines.rdd.map(lambda row: bytes(row[0]))


def is_parquet(location: str) -> bool:
    """Whether a place has Parquet: by its ending, or by that of a file in it."""
    folder = Path(location)
    return location.rstrip("/").endswith(".parquet") or (folder.is_dir() and any(folder.glob("*.parquet")))


def _keyed(numbered: tuple[bytes, int]) -> Keyed:
    line, index = numbered
    return (zlib.crc32(id_of(line).encode("utf-8", "replace")), index + 1), line


def _part(key: tuple[int, int]) -> int:
    return key[0]


def _read(
    feed: str, places: Broadcast[Places], reports: Accumulator[dict[int, Report]], part: int, lines: Iterable[Keyed]
) -> Iterator[str]:
    """The quads of a part, and its report."""
    report = Report()
    numbered = ((number, line) for (_, number), line in lines)
    for entry in read_apart(numbered, report, places.value):
        report.count(entry.lists, adds=entry.adds)
        yield _quads(feed, written(feed, entry))
    reports.add({part: report})


def _quads(feed: str, lines: str) -> str:
    return in_graph(feed, lines).removesuffix("\n")


def _write(spark: SparkSession, texts: Any, into: str) -> None:
    spark.createDataFrame(texts.map(_row), "value string", verifySchema=False).write.text(into)


def _row(text: str) -> tuple[str]:
    return (text,)
