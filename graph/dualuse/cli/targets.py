"""Files that one command is to write: each another, and none there already that may not be overwritten."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from dualuse.errors import UsageError

OUT = Path("-")
"""Standard output."""


def is_device(path: Path) -> bool:
    """Whether a path names what is there and is no file: a device, a pipe."""
    return path.exists() and not path.is_file()


def taken(path: Path) -> UsageError:
    """What is said of a file that is there."""
    return UsageError(f"{path} is there already; overwrite it with --force, or choose another file")


def check_targets(targets: Mapping[str, Path | None], force: bool) -> None:
    """See before anything is written that all of it can be.

    Args:
        targets: What is written where, by what writes it; None for what is not.
        force: Whether files may be overwritten.

    Raises:
        UsageError: one file is to hold two things, or is there and may not be overwritten.
    """
    found: dict[object, str] = {}
    for what, path in targets.items():
        if path is None or (path != OUT and is_device(path)):
            continue
        for place in _places(path):
            other = found.setdefault(place, what)
            if other != what:
                where = "standard output" if path == OUT else path
                raise UsageError(f"{where} cannot hold both {other} and {what}; choose another file for one of them")
        if path != OUT and path.exists() and not force:
            raise taken(path)


def _places(path: Path) -> list[object]:
    """What tells that two paths lead to one file, however they are written."""
    if path == OUT:
        return [OUT]
    known = path.stat() if path.exists() else None
    return [os.path.realpath(path), *([] if known is None else [(known.st_dev, known.st_ino)])]
