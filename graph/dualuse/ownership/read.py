"""Edge files and lists of parties: CSV with the standard library, Parquet and large CSV through pyarrow.

Both ways give the same table. A file is read in a stream: never whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from dualuse.errors import MissingExtraError, UsageError
from dualuse.ownership.book import Table
from dualuse.ownership.files import Progress, csv_rows, quiet
from dualuse.ownership.findings import Findings
from dualuse.ownership.rows import EDGE_COLUMNS, Builder

_STREAM_FROM = 4_000_000
"""Size in bytes from which a CSV goes through pyarrow, where it is installed."""


def read_edges(path: Path, day: date, *, progress: Progress = quiet, reader: str = "auto") -> Table:
    """Read an edge file: owner, owned, share_min, share_max, and if given valid_from, valid_to, source.

    Args:
        day: Day of law; rows that do not hold on it are left out.
        progress: Told how far it is.
        reader: ``auto``, ``plain`` or ``arrow``.

    Returns:
        The holdings of the day, with what was odd in its findings.

    Raises:
        UsageError: the file cannot be read, or its columns are not those above.
        MissingExtraError: it is Parquet and pyarrow is not installed.
    """
    kind = _kind(path)
    if kind == "parquet" or reader == "arrow":
        _need_arrow(path)
    large = reader == "auto" and path.stat().st_size >= _STREAM_FROM and find_spec("pyarrow") is not None
    if kind == "parquet" or reader == "arrow" or large:
        from dualuse.ownership.stream import read_stream

        return read_stream(path, kind, day, progress)
    builder = Builder(day)
    for place, cells in csv_rows(path, EDGE_COLUMNS, EDGE_COLUMNS[:4], builder.findings, progress, builder.add_broken):
        builder.add(cells, place)
    return builder.table()


def read_listed(path: Path, lists: Sequence[str], findings: Findings) -> list[str]:
    """Read a file of listed parties: party, and if given the list each is on.

    Args:
        lists: Lists that count; a row that names another is left out and noted. All count if empty.
        findings: Noted here.

    Returns:
        The parties, sorted, each once.

    Raises:
        UsageError: the file cannot be read, its columns are others, or it names no party.
        MissingExtraError: it is Parquet and pyarrow is not installed.
    """
    found: set[str] = set()
    for place, (party, on_list) in _rows(path, ("party", "list"), ("party",), findings):
        if not party.strip():
            findings.add("bad-row", f"{path.name} row {place}", "party is blank")
        elif on_list.strip() and lists and on_list.strip() not in lists:
            findings.add("other-list", f"{path.name} row {place}", f"{party.strip()} is on {on_list.strip()}")
        else:
            found.add(party.strip())
    if not found:
        raise UsageError(f"{path}: no listed party in it; give one a row, in the column party")
    return sorted(found)


def _rows(
    path: Path, columns: Sequence[str], required: Sequence[str], findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    if _kind(path) == "csv":
        yield from csv_rows(path, columns, required, findings, quiet)
        return
    _need_arrow(path)
    from dualuse.ownership.stream import parquet_texts

    yield from enumerate(parquet_texts(path, columns, required), start=2)


def _kind(path: Path) -> str:
    kind = path.suffix.lower().removeprefix(".")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    if kind not in ("csv", "parquet"):
        raise UsageError(f"{path}: neither a .csv nor a .parquet file; name it after what it is")
    return kind


def _need_arrow(path: Path) -> None:
    if find_spec("pyarrow") is None:
        raise MissingExtraError(f"{path}: Parquet needs pyarrow: pip install 'dualuse[scale]', or give a .csv file")
