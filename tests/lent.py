"""A copy of a folder that tests spoil one after the other: what a test changed in it is mended, the rest stays."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

_Stamp = tuple[int, int, int]


def _stamps(folder: Path) -> dict[str, _Stamp]:
    """What tells whether each thing in a folder is as it was: its sort and mode, and size and time of a file."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = os.path.join(place, name)
            seen = os.lstat(path)
            own = (0, 0) if stat.S_ISDIR(seen.st_mode) else (seen.st_size, seen.st_mtime_ns)
            found[os.path.relpath(path, folder)] = (seen.st_mode, *own)
    return found


class Lent:
    """A copy of a folder.

    Args:
        source: What it is a copy of; files keep their times.
        folder: Where it stands.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.source = source
        self.folder = Path(shutil.copytree(source, folder))
        self._kept = _stamps(folder)

    def mend(self) -> None:
        """Make it a copy again: a file that was written since has another time than the one that it was copied from."""
        now = _stamps(self.folder)
        for name in sorted(name for name in now if now[name] != self._kept.get(name)):
            path = self.folder / name
            if not os.path.lexists(path):  # it went with its folder
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        for name, (mode, *_) in sorted(self._kept.items()):
            path = self.folder / name
            if os.path.lexists(path):
                continue
            if stat.S_ISDIR(mode):
                path.mkdir()
                shutil.copystat(self.source / name, path)
            else:
                shutil.copy2(self.source / name, path)
