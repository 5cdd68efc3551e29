"""Write a release to a folder that takes its name when everything is in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.release.contents import Item
from dualuse.writing import sync


def write_release(folder: Path, items: Iterable[Item], tell: Callable[[str], None]) -> tuple[int, int]:
    """Write the files of a release; none is left where one fails.

    Args:
        folder: Where: a folder that is not there, or is empty.

    Returns:
        How many files, and their bytes.

    Raises:
        UsageError: the folder cannot be written.
    """
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
    try:
        number, size = _fill(draft, items, tell)
        draft.replace(folder)
        sync(folder.parent)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return number, size


def _fill(draft: Path, items: Iterable[Item], tell: Callable[[str], None]) -> tuple[int, int]:
    number = size = 0
    for item in items:
        path = draft / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.content)
        sync(path)
        number, size = number + 1, size + len(item.content)
        tell(item.path)
    return number, size
