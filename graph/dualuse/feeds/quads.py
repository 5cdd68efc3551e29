"""A feed as N-Quads in a folder, for the bulk loader of any store: on one machine, or in parts on Spark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.entry import graph_of
from dualuse.feeds.loading import Loading
from dualuse.feeds.places import Places
from dualuse.writing import sync, whole

NAME = "part-00000.nq"


def in_graph(feed: str, lines: str) -> str:
    """Lines of N-Triples as N-Quads in the graph of a feed; no literal has a line of its own."""
    return lines.replace(" .\n", f" <{graph_of(feed)}> .\n")


def write_quads(loading: Loading, places: Places, folder: Path, progress: Callable[[int], None]) -> None:
    """Write all quads of a file into one part.

    Args:
        folder: A folder that is not there, or is empty.
        progress: Told how many records were read.

    Raises:
        UsageError: it is no such file or is refused, or the folder has something in it or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is there already; choose another folder")
        folder.mkdir(parents=True, exist_ok=True)
        with whole(folder / NAME) as out:
            for lines in loading.lines(places, progress):
                out.write(in_graph(loading.feed.name, lines).encode("utf-8"))
        sync(folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror or error})") from None
