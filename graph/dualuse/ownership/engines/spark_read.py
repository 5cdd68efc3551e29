"""Edge files as Spark DataFrames; the same reading as :mod:`dualuse.ownership.rows`, but only counted, not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as f
from pyspark.sql.types import StringType, StructField, StructType

from dualuse.errors import UsageError
from dualuse.ownership.engines.spark import note
from dualuse.ownership.findings import Findings
from dualuse.ownership.rows import EDGE_COLUMNS, check_header
from dualuse.ownership.shares import SCALE, WHOLE

_SHARE = r"^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_DATE = r"^[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"
_CORRUPT = "_row"
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def read_edges(spark: SparkSession, path: str, day: date) -> tuple[DataFrame, DataFrame, Findings]:
    """Read an edge file, or a folder of them.

    Args:
        spark: The session.
        path: A ``.csv``, or else Parquet; whatever Spark can reach.
        day: Day of law; rows that do not hold on it are left out.

    Returns:
        owner, owned, low, high, with shares in units; the parties of all rows, those of other days included; and what
        was odd.

    Raises:
        UsageError: it cannot be read, or its columns are not those of an edge file.
    """
    findings = Findings()
    raw = _open(spark, path, findings)
    cells = raw.select(*(_text(raw, name) for name in EDGE_COLUMNS))
    named = cells.where("owner <> '' AND owned <> ''")
    note(findings, "bad-row", raw.count() - named.count())
    low, high = _share("share_min", 0), _share("share_max", WHOLE)
    shares = named.withColumns({"low": f.floor(low), "high": f.ceil(high), "exact": _exact(low, high)})
    fit = f.col("low").isNotNull() & f.col("high").isNotNull()
    fit &= (f.col("low") <= f.col("high")) & (f.col("high") <= WHOLE) & (low <= high)
    fit = f.coalesce(fit, f.lit(False))
    begins, begins_by = _bounds("valid_from", _FIRST)
    ends, ends_by = _bounds("valid_to", _LAST)
    rows = shares.withColumn("fit", fit).withColumns(
        {"begins": begins, "begins_by": begins_by, "ends": ends, "ends_by": ends_by}
    )
    rows = rows.withColumn("dated", f.coalesce(f.col("ends_by") > f.col("begins"), f.lit(False)))
    number = f.lit(day.isoformat()).cast("date")
    sure = f.col("dated") & (f.col("begins_by") <= number) & (number < f.col("ends"))
    out = f.col("dated") & ((number < f.col("begins")) | (number >= f.col("ends_by")))
    rows = rows.withColumns({"sure": sure, "out": out}).localCheckpoint()
    _note(rows, raw, findings)
    low_then = f.when(f.col("fit") & f.col("sure"), f.col("low")).otherwise(0).cast("long")
    high_then = f.when(f.col("fit"), f.col("high")).otherwise(WHOLE).cast("long")
    kept = rows.where(~f.col("out"))
    parties = rows.select(f.col("owner").alias("party")).union(rows.select("owned"))
    return kept.select("owner", "owned", low_then.alias("low"), high_then.alias("high")), parties, findings


def _open(spark: SparkSession, path: str, findings: Findings) -> DataFrame:
    try:
        if not path.lower().endswith(".csv"):
            frame = spark.read.parquet(path)
            check_header(frame.columns, path)
            return frame
        header = [name.strip() for name in spark.read.csv(path, header=True, inferSchema=False).columns]
        check_header(header, path)
        schema = StructType([StructField(name, StringType()) for name in (*header, _CORRUPT)])
        frame = spark.read.csv(
            path, schema=schema, header=True, multiLine=True, escape='"', columnNameOfCorruptRecord=_CORRUPT
        ).localCheckpoint()
    except AnalysisException as error:
        raise UsageError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None
    whole = frame.where(f.col(_CORRUPT).isNull()).drop(_CORRUPT)
    note(findings, "bad-row", frame.count() - whole.count())
    return whole


def _text(frame: DataFrame, name: str) -> Any:
    if name not in frame.columns:
        return f.lit("").alias(name)
    text = f.trim(f.coalesce(f.col(name).cast("string"), f.lit("")))
    return f.when(text == "NaN", "").otherwise(text).alias(name)


def _share(name: str, blank: int) -> Any:
    """A share in units, not rounded; null where it cannot be read."""
    bare = f.rtrim(f.regexp_replace(f.col(name), "%$", ""))
    number = f.when(bare.rlike(_SHARE), bare).try_cast("decimal(38,18)") * SCALE
    return f.when(f.col(name) == "", f.lit(blank)).otherwise(number)


def _exact(low: Any, high: Any) -> Any:
    return (f.floor(low) == low) & (f.ceil(high) == high)


def _bounds(name: str, blank: str) -> tuple[Any, Any]:
    """Earliest and latest day that a date can mean; null where it cannot be read."""
    text = f.when(f.col(name) == "", f.lit(blank)).when(f.col(name).rlike(_DATE), f.col(name))
    first = f.when(f.length(text) == 4, f.concat(text, f.lit("-01-01")))
    first = first.when(f.length(text) == 7, f.concat(text, f.lit("-01"))).otherwise(text).try_cast("date")
    last = f.when(f.length(text) == 4, f.concat(text, f.lit("-12-31")).try_cast("date"))
    return first, last.when(f.length(text) == 7, f.last_day(first)).otherwise(first)


def _note(rows: DataFrame, raw: DataFrame, findings: Findings) -> None:
    told = rows.agg(
        f.count_if(~f.col("fit") & ~f.col("out")).alias("bad-share"),
        f.count_if(f.col("fit") & ~f.col("exact") & ~f.col("out")).alias("share-rounded"),
        f.count_if(~f.col("dated")).alias("bad-date"),
        f.count_if(f.col("dated") & ~f.col("sure") & ~f.col("out")).alias("doubtful-date"),
    ).collect()[0]
    for kind, times in told.asDict().items():
        note(findings, kind, times)
    if "valid_from" in raw.columns or "valid_to" in raw.columns:
        note(findings, "overlap", _overlaps(rows))


def _overlaps(rows: DataFrame) -> int:
    """Rows that surely begin before an earlier one of their pair has surely ended, one of them dated."""
    open_ = (f.col("begins_by") == _FIRST) & (f.col("ends") == _LAST)
    begins = f.when(f.col("dated"), f.col("begins_by")).otherwise(f.lit(_FIRST).cast("date"))
    ends = f.when(f.col("dated"), f.col("ends")).otherwise(f.lit(_LAST).cast("date"))
    spans = rows.select(
        "owner", "owned", begins.alias("first"), ends.alias("after"), (f.col("dated") & ~open_).alias("bounded")
    ).where("first < after")
    before = Window.partitionBy("owner", "owned").orderBy("first", "after").rowsBetween(Window.unboundedPreceding, -1)
    seen = spans.withColumns({"latest": f.max("after").over(before), "any": f.max("bounded").over(before)})
    # int(): without Spark installed its types are unknown, and the tests pass there too
    return int(seen.where((f.col("first") < f.col("latest")) & (f.col("bounded") | f.col("any"))).count())
