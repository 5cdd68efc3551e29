"""The store folder: the old graph or the new, whole; one writer; nothing removed that is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.running import Run
from tests.store.folders import ONE, TWO, builds, objects, replace_folder

from dualuse.errors import StoreError
from dualuse.locks import Lock
from dualuse.store import claim, folder, is_store, open_store
from dualuse.store.embedded import open_folder

HOLD = """
import sys, time
from dualuse.store import claim, open_store
if sys.argv[1] == "write":
    with claim(sys.argv[2]):
        print("ready", flush=True)
        time.sleep(600)
reader = open_store(sys.argv[2])
print("ready", flush=True)
time.sleep(600)
"""


@contextmanager
def another(how: str, place: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that writes to a folder, or reads it, until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, how, place], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_replace_switches_whole_and_tidies_up(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "store"
    replace_folder(place, ONE)
    first = (place / "CURRENT").read_text()
    reader = open_folder(place)
    replace_folder(place, TWO)
    assert (place / "CURRENT").read_text() != first
    assert objects(open_folder(place)) == ["2"]
    assert objects(reader) == ["1"], "a reader keeps what it opened"
    assert builds(place) == {first.strip(), (place / "CURRENT").read_text().strip()}, "what is read stays"
    del reader
    replace_folder(place, ONE)
    assert builds(place) == {(place / "CURRENT").read_text().strip()}
    assert {path.name for path in place.iterdir()} == {"CURRENT", "LOCK", *builds(place)}


def test_failed_write_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    before = sorted(path.name for path in place.iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dualuse.store.files.os.replace", full)
    with pytest.raises(StoreError, match=r"could not be written .*No space left"):
        replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["1"]
    assert sorted(path.name for path in place.iterdir()) == before


def test_interrupted_write_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dualuse.store.files.os.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            replace_folder(place, ONE)
    assert [path.name for path in place.iterdir()] == ["LOCK"]
    replace_folder(place, ONE)
    assert objects(open_folder(place)) == ["1"]


@pytest.mark.parametrize("name", ["notes.txt", "CURRENT"])
def test_not_over_a_folder_of_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("MANIFEST-000005\n")
    with pytest.raises(StoreError, match="not a store, and not empty; choose another place with --store DIR"):
        replace_folder(tmp_path, ONE)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "MANIFEST-000005\n"


def test_not_over_a_database_of_oxigraph(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "db"))
    store.load(ONE, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    with pytest.raises(StoreError, match="not a store, and not empty"):
        replace_folder(tmp_path / "db", TWO)
    assert len(ox.Store.read_only(str(tmp_path / "db"))) == 1


def test_not_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    for place in (tmp_path / "file", tmp_path / "file" / "store"):
        with pytest.raises(StoreError, match="choose another place with --store DIR"):
            replace_folder(place, ONE)
    assert (tmp_path / "file").read_text() == "words"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    replace_folder(tmp_path, ONE)
    assert objects(open_folder(tmp_path)) == ["1"]


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch])
def test_no_store_there(tmp_path: Path, make: Callable[[Path], None]) -> None:
    place = tmp_path / "nowhere"
    make(place)
    with pytest.raises(StoreError) as caught:
        open_store(str(place))
    assert str(caught.value) == f"{place}: no store here. Make one: dualuse build --store {place}"
    assert caught.value.exit_code == 3


def test_command_says_so(script: Run, clean: Path) -> None:
    answer = script("groups", "CH", "--store", clean / "nowhere")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        f"Error: {clean / 'nowhere'}: no store here. Make one: dualuse build --store {clean / 'nowhere'}\n"
    )


def test_interrupted_right_after_the_switch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    switch = os.replace

    def interrupt(source: Path, target: Path) -> None:
        switch(source, target)
        if target.name == "CURRENT":
            raise KeyboardInterrupt

    monkeypatch.setattr("dualuse.store.files.os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["2"]


def test_switched_but_not_synced_keeps_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    old = builds(place)

    def fail(path: Path) -> None:
        if path == place and builds(place) != old:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("dualuse.store.files.sync", fail)
        with pytest.raises(StoreError, match=r"written, but may not outlast a power cut \(Input/output error\)"):
            replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["2"]
    assert len(builds(place)) == 2
    replace_folder(place, ONE)
    assert len(builds(place)) == 1


def test_one_writer_at_a_time(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    with another("write", place) as other:
        answer = run("build", "--store", place)
        assert (answer.returncode, answer.stdout) == (3, "")
        who = f"{place}: another build is running (pid {other.pid})"
        assert answer.stderr == f"Error: {who}; wait for it with --wait, or try later\n"
        assert objects(open_folder(place)) == ["1"], "a reader does not care"
    replace_folder(place, TWO)
    assert objects(open_folder(place)) == ["2"]


def test_first_build_is_no_damage(tmp_path: Path) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    (place / "CURRENT").unlink()
    with (
        another("write", place) as other,
        pytest.raises(StoreError, match=rf"no store here yet: another build is running \(pid {other.pid}\)"),
    ):
        open_folder(place)


def test_waiting_ends_with_the_process_that_wrote(tmp_path: Path) -> None:
    place = tmp_path / "store"
    told = []
    with another("write", place) as other:

        def kill(who: str) -> None:
            told.append(who)
            other.kill()

        with claim(str(place), wait=kill) as writer:
            writer.replace(ONE)
        assert told == [f"another build is running (pid {other.pid})"]
    assert objects(open_folder(place)) == ["1"]


def test_what_another_process_reads_is_not_removed(tmp_path: Path) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    read = builds(place)
    with another("read", place):
        replace_folder(place, TWO)
        replace_folder(place, ONE)
        assert read < builds(place)
        assert len(builds(place)) == 2
    replace_folder(place, TWO)
    assert len(builds(place)) == 1


def test_reader_that_comes_amid_a_switch_opens_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    calls = []

    def late(path: Path, *, shared: bool = False) -> Lock:
        calls.append(path)
        if len(calls) == 1:
            replace_folder(place, TWO)
        return Lock(path, shared=shared)

    monkeypatch.setattr(folder, "Lock", late)
    assert objects(open_folder(place)) == ["2"]
    assert len({path.parent for path in calls if path.name == "FILES"}) == 2


def test_reader_meets_a_build_that_is_being_removed(tmp_path: Path) -> None:
    place = tmp_path / "store"
    replace_folder(place, ONE)
    files = place / (place / "CURRENT").read_text().strip() / "FILES"
    with Lock(files):
        with pytest.raises(BlockingIOError):
            Lock(files, shared=True)
        with pytest.raises(StoreError, match="the store cannot be opened"):
            open_folder(place)
    with Lock(files, shared=True), Lock(files, shared=True), pytest.raises(BlockingIOError):
        Lock(files)


def test_leftovers_of_killed_builds_go(tmp_path: Path) -> None:
    place = tmp_path / "store"
    place.mkdir()
    (place / "LOCK").write_text("123\n")
    shutil.copytree(place, place / "build-0000abcd")
    for left in ("CURRENT.new", f".dualuse-{'a' * 16}.part"):
        (place / left).write_text("build-")
    with pytest.raises(StoreError, match="no store here"):
        open_folder(place)
    assert not is_store(place)
    replace_folder(place, ONE)
    assert {path.name for path in place.iterdir()} == {"CURRENT", "LOCK", *builds(place)}
    assert len(builds(place)) == 1
    shutil.copytree(place / builds(place).pop(), place / "build-0000abcd")
    replace_folder(place, TWO)
    assert len(builds(place)) == 1
    assert objects(open_folder(place)) == ["2"]
