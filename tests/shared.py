"""What the processes of one test run make once for all of them, in the folder of the run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dualuse.locks import Lock


def once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file or folder that the first process which asks for it makes, while others wait; for reading only.

    Args:
        folders: Where the temporary folders of this process are.
        name: What to call it, the same in every process.
        make: Makes it where it is told.
    """
    base = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each process has a folder of its own in that of the run
    place, done = base / name, base / f"{name}.done"
    with _held(base / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(place, ignore_errors=True)  # of a process that did not come to its end
            make(place)
            done.touch()
    return place


def _held(path: Path) -> Lock:
    """The lock of a file, once nobody else holds it."""
    while True:
        try:
            return Lock(path)
        except BlockingIOError:
            time.sleep(0.05)
