"""Files that outlast a power cut, and a list that shows when one of them was damaged.

The list, ``FILES``, has the size and the CRC-32 of every file of a folder and, last, of its own lines. It is checked
before RocksDB sees the folder: given flipped bytes, that may answer short or take all the memory there is.
"""

from __future__ import annotations

import errno
import os
import stat
import zlib
from pathlib import Path

from dualuse.writing import sync, whole

__all__ = ["LIST", "fault", "is_sealed", "put", "read", "seal", "sync"]

LIST = "FILES"
_CHUNK = 1 << 20


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all; the caller syncs its folder."""
    with whole(path) as stream:
        stream.write(text.encode("utf-8"))


def read(path: Path) -> str:
    """What a short file says; it never waits, as for the other end of a pipe.

    Raises:
        OSError: it cannot be read, or is no plain file.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "It is no plain file", str(path))
        return stream.read(_CHUNK).decode("utf-8", errors="replace")


def seal(folder: Path) -> None:
    """List the files of a folder and have the disk keep them, the list and the folder."""
    lines = []
    for file in sorted(folder.iterdir()):
        sync(file)
        lines.append(f"{file.name} {file.stat().st_size} {_sum(file)}\n")
    listed = "".join(lines)
    put(folder / LIST, f"{listed}{LIST} {len(listed)} {zlib.crc32(listed.encode('utf-8')):08x}\n")
    sync(folder)


def is_sealed(folder: Path) -> bool:
    """Whether a folder was written to its end."""
    return (folder / LIST).is_file()


def fault(folder: Path) -> str | None:
    """What is wrong with a sealed folder, in words; None if every file is as it was.

    Raises:
        OSError: a file cannot be read.
    """
    *listed, last = (folder / LIST).read_text(encoding="utf-8", errors="replace").splitlines(keepends=True) or [""]
    text = "".join(listed)
    if last != f"{LIST} {len(text)} {zlib.crc32(text.encode('utf-8')):08x}\n":
        return f"{folder.name}/{LIST} is damaged"
    for name, size, checksum in (line.split() for line in listed):
        file = folder / name
        if not file.is_file():
            return f"{folder.name}/{name} is missing"
        found = file.stat().st_size
        if found != int(size):
            return f"{folder.name}/{name} has {found:,} bytes, not {int(size):,}"
        if _sum(file) != checksum:
            return f"{folder.name}/{name} has other bytes than were written"
    return None


def _sum(path: Path) -> str:
    checksum = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return f"{checksum:08x}"
