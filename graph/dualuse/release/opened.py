"""The texts of a release, wherever it lies: in a folder, or in the archive that ``scripts/release`` makes of one."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = "tables/datapackage.json"
"""What every release has, and so tells where it begins in an archive."""
UNREADABLE = (OSError, ValueError, KeyError, TypeError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading can fail with."""
_MOST_BYTES = 200_000_000


@contextmanager
def texts(release: Path) -> Iterator[Callable[[str], str]]:
    """Yield what reads a text of a release by its path in it; fails with one of ``UNREADABLE``."""
    if not zipfile.is_zipfile(release):
        yield lambda name: (release / name).read_text("utf-8")
        return
    with zipfile.ZipFile(release) as archive:
        inside = [name for name in archive.namelist() if name == PACKAGE or name.endswith(f"/{PACKAGE}")]
        root = min(inside, key=len, default="").removesuffix(PACKAGE)
        left = _MOST_BYTES

        def read(name: str) -> str:
            nonlocal left
            part = archive.getinfo(f"{root}{name}")
            left -= part.file_size
            if left < 0:
                raise ValueError(f"its tables have more than {_MOST_BYTES:,} bytes")
            return archive.read(part).decode("utf-8")

        yield read
