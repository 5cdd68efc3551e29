"""A store folder that is damaged, or is no store: said in words, with how to mend it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.running import Run
from tests.store.folders import ONE, TWO, builds, objects, replace_folder

from dualuse.errors import StoreError
from dualuse.knowledge import open_knowledge
from dualuse.store import MemoryStore
from dualuse.store.embedded import open_folder


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


DAMAGES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "no CURRENT": ("CURRENT", Path.unlink, "CURRENT, which names the build in use, is missing"),
    "empty CURRENT": ("CURRENT", lambda path: path.write_text(""), "CURRENT is empty"),
    "wrong CURRENT": (
        "CURRENT",
        lambda path: path.write_text("\x1b[2J"),
        r"CURRENT names '\x1b[2J', no build",
    ),
    "dangling": ("CURRENT", lambda path: path.write_text("build-00000000"), "which is missing"),
    "no build": ("*", shutil.rmtree, "which is missing"),
    "no sst": ("*/*.sst", Path.unlink, ".sst is missing"),
    "cut sst": ("*/*.sst", cut, " bytes, not "),
    "flipped sst": ("*/*.sst", flip, ".sst has other bytes than were written"),
    "no manifest": ("*/MANIFEST-*", Path.unlink, "/MANIFEST-000005 is missing"),
    "flipped manifest": ("*/MANIFEST-*", flip, "/MANIFEST-000005 has other bytes than were written"),
    "no database": ("*/CURRENT", Path.unlink, "/CURRENT is missing"),
    "no list": ("*/FILES", Path.unlink, "/FILES is missing (or an older version made this store)"),
    "flipped list": ("*/FILES", flip, "/FILES is damaged"),
    "cut list": ("*/FILES", cut, "/FILES is damaged"),
    "empty list": ("*/FILES", lambda path: path.write_text(""), "/FILES is damaged"),
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_damage_is_said_in_words(run: Run, tmp_path: Path, damage: str) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    pattern, harm, what = DAMAGES[damage]
    name = (place / "CURRENT").read_text().strip()
    harm(sorted(place.glob(pattern.replace("*", name, 1)))[0])
    answer = run("groups", "CH", "--store", place)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"Error: {place}: the store is damaged: ")
    assert what in answer.stderr
    assert answer.stderr.endswith(f". Build it again: dualuse build --store {place}\n")
    replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["2"]
    assert len(builds(place)) == 1


def test_damage_that_comes_while_it_is_read(tmp_path: Path) -> None:
    store = MemoryStore(ox.Store(), "here")

    class Broken:
        def query(self, *_: object, **__: object) -> object:
            raise RuntimeError("Corruption: block checksum mismatch")

        dump = query

    store.store = Broken()  # type: ignore[assignment]  # a stand-in
    for ask in (lambda: store.select("SELECT * {}"), store.quads):
        with pytest.raises(StoreError, match="here: the store could not answer: Corruption"):
            ask()


def test_damaged_default_store_is_no_reason_to_answer_from_elsewhere(
    clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUALUSE_STORE")
    replace_folder(clean / ".dualuse" / "store", ONE)
    (clean / ".dualuse" / "store" / "CURRENT").unlink()
    with pytest.raises(StoreError, match="the store is damaged"):
        open_knowledge()


def link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere") / "else")


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, link])
def test_current_that_is_no_file(script: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    (place / "CURRENT").unlink()
    make(place / "CURRENT")
    answer = script("sparql", "ASK {}", "--store", place)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"Error: {place}: the store is damaged: CURRENT, which names the build in use, is ")
    assert answer.stderr.endswith(f"Build it again: dualuse build --store {place}\n")
    replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["2"]
    assert not (place / "CURRENT").is_symlink()


def test_current_that_is_a_folder_of_something(tmp_path: Path) -> None:
    place = tmp_path / "store"
    (place / "CURRENT" / "work").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"could not be written \(.*CURRENT is a folder, and not empty: remove it\)"):
        replace_folder(place, ONE)
    assert (place / "CURRENT" / "work").is_dir()


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, link])
def test_lock_that_is_no_file(script: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    (place / "LOCK").unlink()
    make(place / "LOCK")
    answer = script("build", "--store", place)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == f"Error: {place}: {place / 'LOCK'} is no plain file; remove it, and build again\n"
    assert objects(open_folder(place)) == ["1"]


def test_list_that_is_a_pipe(script: Run, tmp_path: Path) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    listed = place / builds(place).pop() / "FILES"
    listed.unlink()
    os.mkfifo(listed)
    answer = script("sparql", "ASK {}", "--store", place)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert f"dualuse build --store {place}" in answer.stderr
