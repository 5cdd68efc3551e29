"""A store folder: whole builds beside one another, one of them in use, and who may write.

::

    store/
        LOCK              held by the one that writes, with the number of its process
        CURRENT           name of the build in use; switched by renaming, so a reader sees the old or the new
        build-1f0c9a7e/   one build, never changed once CURRENT names it; its FILES is locked by those who read it

A build is removed only by the holder of ``LOCK``, and only if nobody reads it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from dualuse.errors import StoreError
from dualuse.locks import Lock, take
from dualuse.namespaces import FEEDS
from dualuse.store import files
from dualuse.store.base import NOTHING
from dualuse.writing import UNFINISHED

_CURRENT = "CURRENT"
_LOCK = "LOCK"
_BUILD = re.compile(r"build-[0-9a-z_]{8}")
_LEFT = re.compile(rf"{UNFINISHED.pattern}|{_CURRENT}\.new")
"""What a build that was killed at the switch has left of its ``CURRENT``."""
_ROCKSDB = "MANIFEST-"
"""How the ``CURRENT`` of RocksDB begins, which has one of its own."""
_GLANCES = 2
"""How often a lock may be met that a reader takes for a moment, to see whether somebody writes."""
_TRIES = 100


def is_store(folder: Path) -> bool:
    """Whether a folder has a store, be it a damaged one."""
    return (folder / _CURRENT).is_file() or any(files.is_sealed(build) for build in _paths(folder, _BUILD))


def open_current(folder: Path, checked: str = "") -> tuple[ox.Store, Path, Lock]:
    """Open the build in use and hold it; if another takes its place meanwhile, open that.

    Args:
        folder: The store folder.
        checked: Name of a build whose files were checked a moment ago; they are not checked again.

    Returns:
        Its store, its folder, and the hold on it.

    Raises:
        StoreError: there is no store in the folder, or it is damaged.
    """
    for _ in range(_TRIES):
        name = _current(folder)
        try:
            held = Lock(folder / name / files.LIST, shared=True)
        except OSError as error:
            if _current(folder) == name:
                raise _unheld(folder, name, error) from None
            continue
        try:
            fault = None if name == checked else files.fault(folder / name)
            if fault is not None:
                raise _damaged(folder, fault)
            return ox.Store.read_only(str(folder / name)), folder / name, held
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the store cannot be opened ({_reason(error)}). {_rebuild(folder)}") from None
    raise StoreError(f"{folder}: the store is replaced again and again; try later")


@contextmanager
def writing(folder: Path, *, wait: Callable[[str], None] | None = None) -> Iterator[Folder]:
    """Be the one that writes to a folder.

    Args:
        folder: Where the store is, or is to be.
        wait: Told who holds the folder before waiting for them; without it, a held folder is an error.

    Raises:
        StoreError: another build is running, or the folder holds something else or cannot be written.
    """
    _must_be_ours(folder)
    try:
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if new:
            files.sync(folder.parent)
        lock = _take(folder, wait)
        lock.write(f"{os.getpid()}\n")
    except OSError as error:
        if not _is_plain(folder / _LOCK) or (folder / _LOCK).is_symlink():
            raise StoreError(f"{folder}: {folder / _LOCK} is no plain file; remove it, and build again") from None
        raise StoreError(
            f"{folder}: cannot be written ({_reason(error)}); choose another place with --store DIR"
        ) from None
    with lock:
        _must_be_ours(folder)
        yield Folder(folder)


class Folder:
    """A folder in the hands of the one that writes to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def replace(self, nquads: bytes, kept: Mapping[str, bytes] = NOTHING) -> None:
        """Write a build beside the one in use, then switch to it: a reader sees the old or the new, never a part.

        Graphs of feeds are brought along.

        Raises:
            StoreError: it cannot be written; the old build stays in use.
        """

        def fill(fresh: Path, old: Path | None) -> None:
            _fill(fresh, nquads)
            if old is not None and _fault(old) is None:
                from dualuse.store.feeds import carry

                carry(old, fresh, lambda graph: graph.startswith(FEEDS))
            for name, content in kept.items():
                (fresh / name).write_bytes(content)

        self._switch(fill)

    def put_graph(self, graph: str, lines: Iterable[str]) -> None:
        """Replace one graph of a feed by lines of N-Triples; all else stays as it is, and a reader never sees a part.

        What making the lines raises leaves the old build in use.

        Raises:
            StoreError: there is no store yet, it is damaged, or it cannot be written; the old build stays in use.
        """

        def fill(fresh: Path, old: Path | None) -> None:
            if old is None:
                raise StoreError(f"{self.path}: no store here yet. Make one: dualuse build --store {self.path}")
            fault = _fault(old)
            if fault is not None:
                raise _damaged(self.path, fault)
            from dualuse.store.feeds import put_graph

            put_graph(old, fresh, graph, lines)

        self._switch(fill)

    def _switch(self, fill: Callable[[Path, Path | None], None]) -> None:
        """Make a build beside the one in use, as ``fill`` fills it, and switch to it."""
        folder = self.path
        named = _named(folder)
        if named is not None:
            _remove_unheld(folder, keep=named)
        fresh = folder / f"build-{os.urandom(4).hex()}"
        try:
            fresh.mkdir()
            fill(fresh, None if named is None else folder / named)
            files.seal(fresh)
            _make_room(folder / _CURRENT)
            files.put(folder / _CURRENT, f"{fresh.name}\n")
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{folder}: the store could not be written ({_reason(error)})") from None
        finally:
            if not _is_in_use(fresh):
                _clear(fresh, ignore_errors=True)
        try:
            files.sync(folder)
        except OSError as error:  # the old build stays: a power cut may bring back its name
            message = f"{folder}: written, but may not outlast a power cut ({_reason(error)})"
            raise StoreError(f"{message}; build it again: dualuse build") from None
        _remove_unheld(folder, keep=fresh.name)


def _make_room(place: Path) -> None:
    """Remove what stands in the place of a file and is none; nothing can have read a store there."""
    if not place.is_symlink() and place.is_dir():
        try:
            place.rmdir()
        except OSError as error:
            raise OSError(error.errno, f"{place} is a folder, and not empty: remove it") from None
    elif place.is_symlink() or not _is_plain(place):
        place.unlink()


def _is_in_use(build: Path) -> bool:
    """Whether ``CURRENT`` names a build, or may: an interruption can come right after the switch."""
    try:
        return _pointer(build.parent) == build.name
    except StoreError:
        return True


def _fault(build: Path) -> str | None:
    """What is wrong with a build, in words; None if every file is as it was written."""
    try:
        return files.fault(build)
    except OSError as error:
        return _reason(error)


def _fill(fresh: Path, nquads: bytes) -> None:
    store = ox.Store(str(fresh))
    store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    found, wanted = len(ox.Store.read_only(str(fresh))), len(set(nquads.split(b"\n")) - {b""})
    if found != wanted:
        raise OSError(f"{found:,} quads were kept of {wanted:,}")


def _take(folder: Path, wait: Callable[[str], None] | None) -> Lock:
    def busy(told: int) -> None:
        who = f"another build is running (pid {_holder(folder)})"
        if told == _GLANCES and wait is None:
            raise StoreError(f"{folder}: {who}; wait for it with --wait, or try later") from None
        if told == _GLANCES and wait is not None:
            wait(who)

    return take(folder / _LOCK, busy)


def _holder(folder: Path) -> str:
    with suppress(OSError):
        return files.read(folder / _LOCK).strip() or "unknown"
    return "unknown"


def _current(folder: Path) -> str:
    """Name of the build in use.

    Raises:
        StoreError: there is none, or ``CURRENT`` is damaged.
    """
    name = _pointer(folder)
    if name is None and _is_written(folder):
        raise StoreError(f"{folder}: no store here yet: another build is running (pid {_holder(folder)})")
    if name is None:
        name = _pointer(folder)  # the build may have ended just now
    if name is None and is_store(folder):
        raise _damaged(folder, f"{_CURRENT}, which names the build in use, is missing")
    if name is None:
        raise StoreError(f"{folder}: no store here. Make one: dualuse build --store {folder}")
    if name.startswith(_ROCKSDB):
        raise StoreError(f"{folder}: a database of Oxigraph, but no store made by dualuse build")
    if not _BUILD.fullmatch(name):
        raise _damaged(folder, f"{_CURRENT} is empty" if not name else f"{_CURRENT} names {name[:40]!r}, no build")
    return name


def _pointer(folder: Path) -> str | None:
    """What ``CURRENT`` says; None if there is no such file."""
    try:
        return files.read(folder / _CURRENT).strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if not _is_plain(folder / _CURRENT):
            raise _damaged(folder, f"{_CURRENT}, which names the build in use, is no plain file") from None
        raise StoreError(f"{folder}: the store cannot be opened ({_reason(error)})") from None


def _is_plain(path: Path) -> bool:
    """Whether a file is one, or is missing, but is not a folder, a pipe, or a link to nowhere."""
    return path.is_file() or not os.path.lexists(path)


def _is_written(folder: Path) -> bool:
    """Whether somebody writes to a folder now."""
    try:
        Lock(folder / _LOCK, shared=True).release()
    except BlockingIOError:
        return True
    except OSError:  # no lock, or none that we may try
        return False
    return False


def _named(folder: Path) -> str | None:
    """Name of the build in use, surely so even after a power cut; None if there is none or it cannot be told."""
    try:
        files.sync(folder)
        return _current(folder)
    except (OSError, StoreError):
        return None


def _paths(folder: Path, named: re.Pattern[str]) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if named.fullmatch(path.name))
    return []


def _must_be_ours(folder: Path) -> None:
    """Refuse a folder of something else; what a killed build or damage has left of a store is ours."""
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written ({_reason(error)}); choose another place with --store DIR"
        ) from None
    ours = all(name in (_CURRENT, _LOCK) or _BUILD.fullmatch(name) or _LEFT.fullmatch(name) for name in names)
    with suppress(StoreError):
        pointer = _pointer(folder) or ""
        ours = _BUILD.fullmatch(pointer) is not None or (ours and not pointer.startswith(_ROCKSDB))
    if not ours:
        raise StoreError(f"{folder}: not a store, and not empty; choose another place with --store DIR")


def _remove_unheld(folder: Path, keep: str | None) -> None:
    """Remove every build but one, as far as nobody reads it, and what is unfinished; the next build tries again."""
    for left in _paths(folder, _LEFT):
        with suppress(OSError):
            left.unlink()
    for build in _paths(folder, _BUILD):
        if build.name != keep:
            with suppress(OSError):
                _remove(build)


def _remove(build: Path) -> None:
    if not files.is_sealed(build):  # never finished, and so never read
        _clear(build)
        return
    with Lock(build / files.LIST) as lock:
        if os.name == "nt":
            lock.release()  # an open file cannot be removed there, by whomever it is open
        (build / files.LIST).unlink()
        _clear(build)


def _clear(build: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # here, because who only reads removes nothing, and it brings three archive formats with it

    shutil.rmtree(build, ignore_errors=ignore_errors)


def _unheld(folder: Path, name: str, error: OSError) -> StoreError:
    if not (folder / name).is_dir():
        return _damaged(folder, f"{_CURRENT} names {name}, which is missing")
    if isinstance(error, FileNotFoundError):
        return _damaged(folder, f"{name}/{files.LIST} is missing (or an older version made this store)")
    if not _is_plain(folder / name / files.LIST):
        return _damaged(folder, f"{name}/{files.LIST} is no plain file")
    return StoreError(f"{folder}: the store cannot be opened ({_reason(error)})")


def _damaged(folder: Path, what: str) -> StoreError:
    return StoreError(f"{folder}: the store is damaged: {what}. {_rebuild(folder)}")


def _rebuild(folder: Path) -> str:
    return f"Build it again: dualuse build --store {folder}"


def _reason(error: Any) -> str:
    return getattr(error, "strerror", None) or str(error)
