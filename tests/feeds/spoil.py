"""Spoil a file at random, always in the same ways: what a reader must read or refuse, and never fall over.

A short form of ``scripts/fuzz feeds``, which spoils two thousand of each kind in more ways.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from tests.feeds.conftest import Read

from dualuse.errors import UsageError
from dualuse.feeds.feed import feeds
from dualuse.feeds.loading import Loading
from dualuse.feeds.places import Places

SHORT = 50
"""How many are spoiled of a file."""
_BYTES = (b"\x00", b"\xff", b'"', b"'", b",", b";", b"\n", b"\r", b"{", b"]", b"<", b"\\ud800", b"\xc3", b"9" * 30)


def spoiled(content: bytes, times: int = SHORT) -> Iterator[bytes]:
    """The content with bytes or lines left out, doubled, swapped or put in."""
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(times):
        at = chance.randrange(len(content))
        lines = content.splitlines(keepends=True)
        line, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                yield content[:at]
            case 1:
                yield content[:at] + chance.choice(_BYTES) + content[at:]
            case 2:
                yield content[:at] + chance.choice(_BYTES) + content[at + 1 :]
            case 3:
                yield content[:at] + content[at + chance.randrange(1, 40) :]
            case 4:
                yield b"".join(lines[:line] + lines[line + 1 :])
            case 5:
                yield b"".join([*lines[:line], lines[line], *lines[line:]])
            case _:
                lines[line], lines[other] = lines[other], lines[line]
                yield b"".join(lines)


def read_or_refused(read: Read, feed: str, content: bytes) -> int:
    """How many of the spoiled contents were read; all others were refused with a message that names the file."""
    count, told = 0, set[str]()
    for each in spoiled(content):
        try:
            entries, report = read(feed, each)
        except UsageError as error:
            told.add(str(error).partition(":")[0])
        else:
            count += 1
            assert len(entries) + report.refused + report.repeated <= report.read
            assert len({entry.key for entry in entries}) == len(entries)
            for entry in entries:
                entry.label.encode("utf-8")
    assert all("file" in where for where in told)
    return count


def load_or_refuse(places: Places, file: Path, feed: str, content: str) -> None:
    """Load each of the spoiled contents, whatever lists and columns it lacks; any may be refused."""
    done = 0
    for raw in spoiled(content.encode()):
        file.write_bytes(raw)
        with suppress(UsageError):
            loading = Loading(feeds()[feed].of(file), file, None, ("lists", "columns"), date(2025, 6, 1), "")
            deque(loading.lines(places), 0)
        done += 1
    assert done == SHORT
