"""Files that people name, read no further than one of their kind can be long: a device has no end, and may be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dualuse.errors import UsageError

_MOST_IN_A_LINE = 1_000_000


def read_bytes(path: Path, most: int, hint: str = "give less at a time") -> bytes:
    """What a file holds.

    Args:
        most: How many bytes it may have.
        hint: What to do with one that has more.

    Raises:
        UsageError: it cannot be read, or is longer.
    """
    try:
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    if len(found) > most:
        raise UsageError(f"{path}: longer than {most:,} bytes; {hint}")
    return found


def lines(text: IO[str], path: Path) -> Iterator[str]:
    """The lines of an open file, with their ends.

    Raises:
        UsageError: one is longer than any line of a table.
    """
    while line := text.readline(_MOST_IN_A_LINE + 1):
        if len(line) > _MOST_IN_A_LINE:
            raise UsageError(f"{path} is no table: it has a line of more than {_MOST_IN_A_LINE:,} characters")
        yield line
