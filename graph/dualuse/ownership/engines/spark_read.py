"""Edge files as Spark DataFrames; the same reading as :mod:`dualuse.ownership.rows`, but only counted, not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as f
from pyspark.sql.types import StringType, StructField, StructType

from dualuse.errors import UsageError
from dualuse.ownership.bands import PERCENT, read_bounds
from dualuse.ownership.engines.spark import note
from dualuse.ownership.findings import Findings
from dualuse.ownership.intervals import FAR, NO_END, TIMED
from dualuse.ownership.rows import EDGE_COLUMNS, check_header, column_of
from dualuse.ownership.shares import HUNDRED, SCALE, WHOLE, ShareError
from dualuse.ownership.spelling import UNNAMED

_SHARE = r"^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_DATE = r"^[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"
_TIMED = TIMED.replace("?P<day>", "")
_CORRUPT = "_row"
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def read_edges(spark: SparkSession, path: str, day: date) -> tuple[DataFrame, DataFrame, Findings]:
    """Read an edge file, or a folder of them.

    Args:
        path: A ``.csv``, or else Parquet; whatever Spark can reach.
        day: Day of law; rows that do not hold on it are left out.

    Returns:
        owner, owned, low, high, with shares in units; the parties of all rows, those of other days included; and what
        was odd.

    Raises:
        UsageError: it cannot be read, or its columns are not those of an edge file.
    """
    findings = Findings()
    raw, broken = _open(spark, path, findings)
    cells = raw.select(*(_text(raw, column_of(name, raw.columns)).alias(name) for name in EDGE_COLUMNS))
    named = cells.where("owned <> ''")
    note(findings, "bad-row", raw.count() - named.count())
    note(findings, "unnamed-owner", named.where("owner = ''").count())
    named = named.withColumn("owner", f.when(f.col("owner") == "", UNNAMED).otherwise(f.col("owner")))
    rows = _with_days(_with_shares(named), day).localCheckpoint()
    _note(rows, raw, findings)
    low_then = f.when(f.col("fit") & f.col("sure"), f.col("low")).otherwise(0).cast("long")
    high_then = f.when(f.col("fit"), f.when(f.col("fraction"), f.col("high") * HUNDRED).otherwise(f.col("high")))
    kept = rows.where(~f.col("out"))
    parties = rows.select(f.col("owner").alias("party")).union(rows.select("owned"))
    high = f.coalesce(high_then, f.lit(WHOLE)).cast("long").alias("high")
    edges = kept.select("owner", "owned", low_then.alias("low"), high)
    if broken is not None:  # whom a broken row names may have an owner more
        held = broken.join(parties.distinct(), "party").select(
            f.lit(UNNAMED).alias("owner"), f.col("party").alias("owned")
        )
        edges = edges.union(held.withColumns({"low": f.lit(0).cast("long"), "high": f.lit(WHOLE).cast("long")}))
        parties = parties.union(held.select("owner"))
    return edges, parties, findings


def _with_shares(named: DataFrame) -> DataFrame:
    """Bounds in units; whether they can be read, are on the grid, and may be fractions of one."""
    low, high = _share("share_min", 0), _share("share_max", WHOLE)
    read = named.withColumns({"low": f.floor(low), "high": f.ceil(high), "exact": _exact(low, high)})
    fit = f.col("low").isNotNull() & f.col("high").isNotNull()
    fit &= (f.col("low") <= f.col("high")) & (f.col("high") <= WHOLE) & (low <= high)
    read = read.withColumn("fit", f.coalesce(fit, f.lit(False)))
    odd = read.where(~f.col("fit")).drop("low", "high", "exact", "fit")
    worded = f.udf(_words, "low long, high long, exact boolean, fit boolean", useArrow=False)("share_min", "share_max")
    odd = odd.withColumn("worded", worded).select(*odd.columns, "worded.*")
    small = f.col("fit") & (f.col("high") > 0) & (f.col("high") <= SCALE)
    signed = f.concat("share_min", "share_max").rlike(f"(?i){PERCENT}")
    return read.where("fit").union(odd).withColumn("fraction", f.coalesce(small & ~signed, f.lit(False)))


def _words(low: str, high: str) -> tuple[int, int, bool, bool]:
    """Bounds that are not bare numbers, exact or not, and whether they can be read."""
    try:
        bounds = read_bounds(low, high)
    except ShareError:
        return 0, WHOLE, True, False
    return bounds.low, bounds.high, not bounds.rounded, True


def _with_days(rows: DataFrame, day: date) -> DataFrame:
    """First and last days, whether they can be read, and whether the row surely holds on the day or surely does not."""
    begins, begins_by = _bounds("valid_from", _FIRST)
    ends, ends_by = _bounds("valid_to", _LAST)
    rows = rows.withColumns({"begins": begins, "begins_by": begins_by, "ends": ends, "ends_by": ends_by})
    rows = rows.withColumn("dated", f.coalesce(f.col("ends_by") > f.col("begins"), f.lit(False)))
    first, last, number = (f.lit(one).cast("date") for one in (_FIRST, _LAST, day.isoformat()))
    swapped = f.coalesce(f.col("ends_by") <= f.col("begins"), f.lit(False))
    earliest = f.when(swapped, f.col("ends")).otherwise(f.coalesce("begins", first))
    latest = f.when(swapped, f.date_add("begins_by", 1)).otherwise(f.coalesce("ends_by", last))
    sure = f.col("dated") & (f.col("begins_by") <= number) & (number < f.col("ends"))
    return rows.withColumns({"sure": sure, "out": (number < earliest) | (number >= latest)})


def _open(spark: SparkSession, path: str, findings: Findings) -> tuple[DataFrame, DataFrame | None]:
    """The rows of a file, and the cells of broken ones, if it has any."""
    try:
        if not path.lower().endswith(".csv"):
            frame = spark.read.parquet(path)
            check_header(frame.columns, path)
            return frame, None
        header = [name.strip() for name in spark.read.csv(path, header=True, inferSchema=False).columns]
        check_header(header, path)
        schema = StructType([StructField(name, StringType()) for name in (*header, _CORRUPT)])
        frame = spark.read.csv(
            path, schema=schema, header=True, multiLine=True, escape='"', columnNameOfCorruptRecord=_CORRUPT
        ).localCheckpoint()
    except AnalysisException as error:
        raise UsageError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None
    whole = frame.where(f.col(_CORRUPT).isNull()).drop(_CORRUPT)
    odd = frame.count() - whole.count()
    note(findings, "bad-row", odd)
    cells = f.explode(f.split(f.regexp_replace(_CORRUPT, '"', ""), ",")).alias("party")
    broken = frame.where(f.col(_CORRUPT).isNotNull()).select(cells).select(f.trim("party").alias("party"))
    return whole, broken.where("party <> ''") if odd else None


def _text(frame: DataFrame, name: str) -> Any:
    if name not in frame.columns:
        return f.lit("")
    text = f.trim(f.coalesce(f.col(name).cast("string"), f.lit("")))
    return f.when(text == "NaN", "").otherwise(text)


def _share(name: str, blank: int) -> Any:
    """A share in units, not rounded; null where it cannot be read."""
    bare = f.rtrim(f.regexp_replace(f.col(name), "%$", ""))
    number = f.when(bare.rlike(_SHARE), bare).try_cast("decimal(38,18)") * SCALE
    return f.when(f.col(name) == "", f.lit(blank)).otherwise(number)


def _exact(low: Any, high: Any) -> Any:
    return (f.floor(low) == low) & (f.ceil(high) == high)


def _bounds(name: str, blank: str) -> tuple[Any, Any]:
    """Earliest and latest day that a date can mean; null where it cannot be read."""
    day = f.when(f.col(name).rlike(_TIMED), f.substring(name, 1, 10)).otherwise(f.col(name))
    text = f.when(f.col(name) == "", f.lit(blank))
    if blank == _LAST:
        text = text.when(day.rlike(FAR), f.lit(_LAST)).when(day.isin(*NO_END), None)
    text = text.when(day.rlike(_DATE), day)
    first = f.when(f.length(text) == 4, f.concat(text, f.lit("-01-01")))
    first = first.when(f.length(text) == 7, f.concat(text, f.lit("-01"))).otherwise(text).try_cast("date")
    last = f.when(f.length(text) == 4, f.concat(text, f.lit("-12-31")).try_cast("date"))
    return first, last.when(f.length(text) == 7, f.last_day(first)).otherwise(first)


def _note(rows: DataFrame, raw: DataFrame, findings: Findings) -> None:
    told = rows.agg(
        f.count_if(~f.col("fit") & ~f.col("out")).alias("bad-share"),
        f.count_if(f.col("fit") & ~f.col("exact") & ~f.col("out")).alias("share-rounded"),
        f.count_if(f.col("fraction") & ~f.col("out")).alias("fraction"),
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
    first, after = f.col("begins_by").alias("first"), f.col("ends").alias("after")
    spans = rows.where("dated").select("owner", "owned", first, after, (~open_).alias("bounded")).where("first < after")
    before = Window.partitionBy("owner", "owned").orderBy("first", "after").rowsBetween(Window.unboundedPreceding, -1)
    seen = spans.withColumns({"latest": f.max("after").over(before), "any": f.max("bounded").over(before)})
    # int(): without Spark installed its types are unknown, and the tests pass there too
    return int(seen.where((f.col("first") < f.col("latest")) & (f.col("bounded") | f.col("any"))).count())
