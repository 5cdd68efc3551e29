"""The news of a folder read on Spark, as a command: what it takes, what it says, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.errors import UsageError, ValidationFailed

if TYPE_CHECKING:
    from dualuse.questions.question import Invocation

_LEFT_OUT = {"against": "--against", "gold": "--gold", "written": "--date", "review": "--review"}
"""Options that are for texts read on this machine."""
_PATHS = 2
_MOST_TOLD = 50
"""Files and records that could not be read, of which each is named on standard error."""


def read_on_spark(asked: Invocation) -> None:
    """Read a folder and write what comes of it as Parquet; how many rows each table has goes out as CSV.

    Raises:
        UsageError: not two folders are named, or an option is given that is not for this.
        MissingExtraError: Spark is not installed.
        ValidationFailed: something in the folder could not be read; the rest was.
    """
    given, paths = asked.values | asked.extra, asked.values["paths"]
    if len(paths) != _PATHS:
        raise UsageError("--engine spark takes two folders: the one to read, and the one to write")
    odd = [flag for name, flag in _LEFT_OUT.items() if given[name]] + ["--input"] * (given["read_as"] != "auto")
    if odd:
        raise UsageError(f"{', '.join(odd)}: for texts that are read here; --engine spark takes --relevant alone")
    from dualuse.news.reader import Reader
    from dualuse.spark import session  # what was asked wrongly is said without it

    folder, into = paths
    with session(spark__sql__session__timeZone="UTC") as spark:
        from dualuse.questions.parts.news_on_spark import problems_in, read_folder

        counts = read_folder(spark, Reader(asked.open().store), folder, into, given["relevant"])
        bad = problems_in(spark, into, _MOST_TOLD)
    with asked.stream() as stream:
        stream.write(b"table,rows\n" + "".join(f"{name},{n}\n" for name, n in counts.items()).encode())
    asked.say(f"{counts['documents']:,} texts read into {into}, {counts['problems']:,} that could not be")
    if counts["problems"] > len(bad):
        asked.say(f"The first {len(bad)} follow; all are in {into / 'problems'}.")
    if bad:
        raise ValidationFailed(
            "\n".join(f"{each.file}{f', {each.place}' * bool(each.place)}: {each.why}" for each in bad)
        )
