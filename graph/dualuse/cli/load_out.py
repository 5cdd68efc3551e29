"""``load KIND FILE -o DIR``: a feed as N-Quads in a folder, on one machine or on Spark, and nothing in the store."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dualuse.cli.loaded import tell_loaded
from dualuse.cli.options import open_for
from dualuse.collecting import seldom_collected
from dualuse.errors import UsageError

if TYPE_CHECKING:
    from dualuse.feeds.feed import Feed
    from dualuse.feeds.loading import Loading


def on_one_machine(loading: Loading, folder: Path, store: str | None) -> None:
    """Write the quads of a file.

    Raises:
        UsageError: it is no such file, is refused, or the folder cannot be written.
    """
    from dualuse.cli.progress import reading
    from dualuse.feeds.places import Places
    from dualuse.feeds.quads import write_quads

    places = Places(open_for(store).names)
    with reading(loading.file.name) as tell, seldom_collected():
        write_quads(loading, places, folder, lambda rows: tell(0, rows))
    tell_loaded(loading)


def on_spark(
    feed: Feed,
    location: str,
    output: str | None,
    store: str | None,
    retrieved: date | None,
    source: str,
    accept: Collection[str],
) -> Loading:
    """Write the quads of a file, a folder or an address that Spark can read; what came of it.

    Raises:
        UsageError: no folder is given, the kind is not read in parts, or the file is refused or cannot be read.
    """
    from dualuse.feeds.loading import Loading
    from dualuse.feeds.places import Places

    if output is None:
        raise UsageError("--engine spark and -o DIR go together: Spark writes N-Quads into a folder")
    if feed.name != "opensanctions":
        raise UsageError(
            f"--engine spark reads opensanctions; of {feed.name} one record is told by others of its file. Leave"
            " --engine out: -o DIR writes the same N-Quads on one machine"
        )
    from dualuse.spark import session  # wrong use is told where Spark is not installed, too

    file, places = Path(location), Places(open_for(store).names)
    day = retrieved or (date.fromtimestamp(file.stat().st_mtime) if file.exists() else date.today())
    loading = Loading(feed, file, None, accept, day, source or file.name)
    with session() as spark:
        from dualuse.feeds.on_spark import write_on_spark

        write_on_spark(spark, loading, location, places, output)
    tell_loaded(loading)
    return loading
