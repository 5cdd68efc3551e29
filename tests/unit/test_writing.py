"""Files written whole or not at all: through links, with the mode they had, and never over what was planted."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dualuse.errors import UsageError
from dualuse.locks import hold
from dualuse.writing import UNFINISHED, whole, write_together


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path: Path, content: bytes, *, over: bool = True) -> None:
    with whole(path, over=over) as stream:
        stream.write(content)


def test_a_link_stays_one(tmp_path: Path) -> None:
    there, link = tmp_path / "there" / "file", tmp_path / "link"
    there.parent.mkdir()
    link.symlink_to(there)
    write(link, b"new")
    assert link.is_symlink()
    assert there.read_bytes() == b"new"
    write_together({link: b"newer"})
    assert link.is_symlink()
    assert there.read_bytes() == b"newer"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o400])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.touch()
    path.chmod(mode)
    seen = []
    with whole(path) as stream:
        stream.write(b"new")
        seen += [stat.S_IMODE(other.stat().st_mode) for other in tmp_path.iterdir() if UNFINISHED.fullmatch(other.name)]
    assert seen == [mode], "not even while it is written is it more open"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


def test_a_new_file_has_the_mode_of_any(tmp_path: Path) -> None:
    write(tmp_path / "ours", b"")
    (tmp_path / "any").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_nothing_planted_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dualuse.writing.os.urandom", lambda count: bytes(count))
    (tmp_path / "victim").write_bytes(b"whole")
    (tmp_path / f".dualuse-{'0' * 16}.part").symlink_to(tmp_path / "victim")
    with pytest.raises(FileExistsError):
        write(tmp_path / "file", b"new")
    assert (tmp_path / "victim").read_bytes() == b"whole"


def test_two_that_write_at_once_have_names_of_their_own(tmp_path: Path) -> None:
    with whole(tmp_path / "file") as one, whole(tmp_path / "file") as other:
        one.write(b"one")
        other.write(b"other")
        assert sum(UNFINISHED.fullmatch(path.name) is not None for path in tmp_path.iterdir()) == 2
    assert contents(tmp_path) == {"file": b"one"}


def test_what_comes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:

    def race() -> None:
        with whole(tmp_path / "file", over=False) as stream:
            stream.write(b"ours")
            (tmp_path / "file").write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        race()
    assert contents(tmp_path) == {"file": b"theirs"}


def test_where_a_file_has_only_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write(tmp_path / "file", b"ours", over=False)
    assert contents(tmp_path) == {"file": b"ours"}
    with pytest.raises(PermissionError):
        write(tmp_path / "file", b"again", over=False)
    assert contents(tmp_path) == {"file": b"ours"}


@pytest.mark.parametrize(("make", "what"), [(Path.mkdir, "directory"), (os.mkfifo, "no plain file")])
def test_only_plain_files(tmp_path: Path, make: Callable[[Path], None], what: str) -> None:
    make(tmp_path / "place")
    with pytest.raises(UsageError, match=rf"place cannot be written: .*{what}"):
        write_together({tmp_path / "file": b"new", tmp_path / "place": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["place"]
    assert not (tmp_path / "place").is_file()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [False, True])
def test_all_of_them_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, after: bool
) -> None:
    old, new, last = (tmp_path / name for name in ("old", "new", "last"))
    old.write_bytes(b"before")
    replace = os.replace

    def fail(path: Path, target: Path) -> None:
        if target != last or after:
            replace(path, target)
        if target == last:
            raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises((UsageError, KeyboardInterrupt)) as caught:
        write_together({old: b"after", new: b"made", last: b"never"})
    if isinstance(error, OSError):
        assert str(caught.value) == f"{last} cannot be written: No space left on device"
    assert contents(tmp_path) == {"old": b"before"}


def test_a_process_that_is_killed_leaves_the_first_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, bytes]] = []
    replace = os.replace

    def look(path: Path, target: Path) -> None:
        seen.append({name: text for name, text in contents(tmp_path).items() if not UNFINISHED.fullmatch(name)})
        replace(path, target)

    monkeypatch.setattr(os, "replace", look)
    write_together({tmp_path / "one": b"1", tmp_path / "two": b"2"})
    assert seen == [{}, {"one": b"1"}]


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".dualuse-ours.part").touch()
    (tmp_path / "victim").touch()
    planted = tmp_path / f".dualuse-{'0' * 16}.part"
    planted.symlink_to(tmp_path / "victim")
    killed = (
        "import os, signal, sys; from pathlib import Path; from dualuse.writing import whole\n"
        "with whole(Path(sys.argv[1])) as stream:\n"
        "    stream.write(b'half')\n"
        "    stream.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", killed, tmp_path / "file"], env=environment, check=False)
        with whole(tmp_path / "other") as stream:
            stream.write(b"slow")
            seen = [path for path in tmp_path.iterdir() if UNFINISHED.fullmatch(path.name) and not path.is_symlink()]
            write(tmp_path / "file", b"quick")
            assert len(seen) == 1, "that of the writer that lives"
    assert sorted(contents(tmp_path)) == sorted([planted.name, ".dualuse-ours.part", "file", "other", "victim"])


def test_a_writer_goes_on_where_nothing_can_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    left = tmp_path / f".dualuse-{'0' * 16}.part"
    left.touch()
    write(tmp_path / "file", b"new")
    assert contents(tmp_path) == {"file": b"new", left.name: b""}, "nobody can tell whether that is held"


def test_another_name_is_taken_where_a_draft_is_removed_before_it_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []

    def swept(file: int, path: Path) -> bool:
        taken.append(path)
        if len(taken) == 1:
            path.unlink()
        return hold(file, path)

    monkeypatch.setattr("dualuse.writing.hold", swept)
    write(tmp_path / "file", b"new")
    assert contents(tmp_path) == {"file": b"new"}
    assert len(taken) == 2
