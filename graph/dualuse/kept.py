"""What is kept beside a build because many questions would work it out of the graph each time: its name and its form.

A name holds the sum of the code that made it, so that what others made is not taken; then, as in a store that keeps
nothing, the graph itself is asked. A file of several entries has a line for each: a key, a tab, and its value as JSON,
so that only those asked for need be read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from functools import cache
from pkgutil import get_data
from typing import Any

from dualuse.errors import StoreError


def name_of(what: str, *modules: str) -> str:
    """Name of the file that a store keeps.

    Args:
        what: What is in it.
        modules: The modules that made it, ``package.module``.
    """
    return f"{what}-{_sum(modules):08x}.json"


@cache
def _sum(modules: tuple[str, ...]) -> int:
    found = 0
    for module in modules:
        package, _, own = module.rpartition(".")
        found = zlib.crc32(get_data(package, f"{own}.py") or b"", found)
    return found


def pack(entries: Iterable[tuple[str, Any]]) -> bytes:
    """Entries as a store keeps them, each its key and what JSON can hold."""
    lines = (f"{key}\t{json.dumps(value, ensure_ascii=False)}\n" for key, value in entries)
    return "".join(lines).encode("utf-8")


def unpack(kept: bytes) -> dict[str, str]:
    """Value of each entry as JSON, by its key, in their order.

    Raises:
        ValueError: a line that is no entry.
    """
    lines = kept.decode("utf-8").split("\n")[:-1]
    return dict(_entry(line) for line in lines)


def _entry(line: str) -> tuple[str, str]:
    key, tab, value = line.partition("\t")
    if not tab:
        raise ValueError(f"{line[:40]!r} is no entry")
    return key, value


def unreadable(location: str, name: str, error: Exception) -> StoreError:
    """What is said of a kept file that is not of its form."""
    return StoreError(
        f"{location}: {name}, kept beside the graph, cannot be read ({error}). Build it again: dualuse build"
    )
