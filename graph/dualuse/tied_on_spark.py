"""Tables of ties on Spark, for what does not fit one machine: each partition is told as one machine tells a table.

The law and the names are read once, by who asks, and carried to every worker, so that all answer from one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import StringType, StructField, StructType

from dualuse.errors import UsageError
from dualuse.judging import result_columns
from dualuse.sheets import as_text
from dualuse.shipments import Header
from dualuse.tied import RESULT_COLUMNS, Ties

if TYPE_CHECKING:
    from pyspark import Broadcast

_FILE, _LINE = "_metadata.file_name", "_metadata.row_index"
_ABOVE = 2
"""Added to the index of a row to count rows as in a table of text, where the names of the columns stand first."""


class SparkTies:
    """A table of ties on Spark.

    Args:
        location: A Parquet file, a folder of them, or an address that Spark can read.

    Raises:
        UsageError: it cannot be read, or is no table of ties.
    """

    def __init__(self, spark: SparkSession, location: str) -> None:
        try:
            read = spark.read.parquet(location)
        except PySparkException as error:
            raise _unread(location, error, "the engine spark reads Parquet") from None
        self.header = Header(location, read.columns)
        self.columns = result_columns(self.header.extra, RESULT_COLUMNS)
        """Columns of the results."""
        cells = (_cell(field) for field in read.schema.fields)
        self._rows = read.select(f.col(_FILE), f.col(_LINE), *cells)

    def told(self, ties: Ties) -> DataFrame:
        """What comes of every row, as text by column; ``row`` is the file of the row and its line there."""
        spark = self._rows.sparkSession
        tell = partial(_tell, spark.sparkContext.broadcast(ties), self.header, self.columns)
        schema = StructType([StructField(name, StringType()) for name in self.columns])
        return spark.createDataFrame(self._rows.rdd.mapPartitions(tell), schema, verifySchema=False)


def write(told: DataFrame, into: str) -> DataFrame:
    """Write results as a folder of Parquet files, and give what was written.

    Raises:
        UsageError: something is there already, or what the results are made from cannot be read.
    """
    try:
        told.write.parquet(into)
    except PySparkException as error:
        if error.getCondition() == "PATH_ALREADY_EXISTS":
            raise UsageError(f"{into} is there already; choose another folder") from None
        raise _unread(into, error, "nothing there counts without the file _SUCCESS") from None
    return told.sparkSession.read.parquet(into)


def _unread(location: str, error: PySparkException, hint: str) -> UsageError:
    return UsageError(f"{location}: {str(error).splitlines()[0]}; {hint}")


def _cell(field: StructField) -> Any:
    """A column; of a point in time its day, which would else be that of the clock of each worker."""
    column = f.col(f"`{field.name.replace('`', '``')}`")
    return column.cast("date") if field.dataType.typeName().startswith("timestamp") else column


def _tell(
    ties: Broadcast[Ties], header: Header, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[tuple[str, ...]]:
    """What comes of the rows of a partition; rows with nothing in them are passed over."""
    for file, index, *cells in rows:
        texts = [as_text(cell) for cell in cells]
        if any(text.strip() for text in texts):
            told = ties.value.one(f"{file}:{int(str(index)) + _ABOVE}", header.read(texts))
            yield tuple(told.get(name, "") for name in columns)
