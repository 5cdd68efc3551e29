"""What a test does to the lent copy of a folder is undone, whatever it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.lent import Lent


def told(folder: Path) -> dict[str, tuple[int, bytes | None, int]]:
    """Everything in a folder: mode, bytes and time."""
    found = {}
    for path in folder.rglob("*"):
        seen = path.lstat()
        held = (None, 0) if path.is_dir() or path.is_symlink() else (path.read_bytes(), seen.st_mtime_ns)
        found[path.relative_to(folder).as_posix()] = (seen.st_mode, *held)
    return found


def _file_for_folder(folder: Path) -> None:
    shutil.rmtree(folder / "inner")
    (folder / "inner").write_text("a file")


def _folder_for_file(folder: Path) -> None:
    (folder / "a.csv").unlink()
    (folder / "a.csv" / "deep").mkdir(parents=True)
    (folder / "a.csv" / "deep" / "c").write_text("c")


DONE: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "the same size": lambda folder: (folder / "a.csv").write_text("bb"),
    "longer": lambda folder: (folder / "inner" / "b.yml").write_text("b" * 50),
    "one more": lambda folder: (folder / "inner" / "c.yml").write_text("c"),
    "one fewer": lambda folder: (folder / "a.csv").unlink(),
    "a folder gone": lambda folder: shutil.rmtree(folder / "inner"),
    "a folder more": lambda folder: shutil.copytree(folder / "inner", folder / "other"),
    "a file for a folder": _file_for_folder,
    "a folder for a file": _folder_for_file,
    "renamed": lambda folder: (folder / "a.csv").rename(folder / "z.csv"),
    "another mode": lambda folder: (folder / "a.csv").chmod(0o600),
    "another mode of a folder": lambda folder: (folder / "inner").chmod(0o700),
    "a link": lambda folder: (folder / "link").symlink_to(folder / "inner"),
    "a link to nothing": lambda folder: (folder / "inner" / "link").symlink_to("nothing"),
}


@pytest.mark.parametrize("name", DONE)
def test_what_was_done_is_undone(tmp_path: Path, name: str) -> None:
    source = tmp_path / "source"
    (source / "inner").mkdir(parents=True)
    (source / "a.csv").write_text("aa")
    (source / "inner" / "b.yml").write_text("b")
    for path in (source / "a.csv", source / "inner" / "b.yml"):
        os.utime(path, ns=(10**18, 10**18))
    lent = Lent(source, tmp_path / "copy")
    before = told(source)
    DONE[name](lent.folder)
    assert (told(lent.folder) == before) is (name == "nothing")
    lent.mend()
    assert told(lent.folder) == told(source) == before
