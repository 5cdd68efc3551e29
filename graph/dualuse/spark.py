"""A Spark session, for what does not fit one machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dualuse.errors import MissingExtraError

try:
    from pyspark import SparkConf
    from pyspark.sql import SparkSession
except ImportError:
    raise MissingExtraError("the engine spark needs pyspark: pip install 'dualuse[spark]'") from None

_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


@contextmanager
def session(**settings: str) -> Iterator[SparkSession]:
    """A Spark session: the one that runs, or a new one on the cluster ``spark-submit`` named, or on this machine.

    On this machine the workers run the Python that runs this, unless ``PYSPARK_PYTHON`` names another; on a cluster
    each machine needs dualuse, since rows are read there.

    Args:
        settings: Settings of a new session, a ``.`` written as ``__``.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    conf = SparkConf().setAppName("dualuse")
    if not conf.contains("spark.master"):
        conf = conf.setMaster("local[*]")
    for name, setting in (_QUIET | {name.replace("__", "."): value for name, value in settings.items()}).items():
        conf = conf.setIfMissing(name, setting)
    if conf.get("spark.master", "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    try:
        spark.sparkContext.setLogLevel("ERROR")
        yield spark
    finally:
        spark.stop()
