"""Files written whole or not at all: each is made beside its place, put on the disk, and only then takes its name.

What a link names is replaced, not the link; what is replaced leaves its mode to what comes. A file that is not whole
yet has a name that nobody can foresee, and is made new: nothing that lies there already is written to. Its writer holds
a lock on it, so that the next writer in a folder can tell what one that was killed has left, and removes that.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dualuse.errors import UsageError
from dualuse.locks import hold

UNFINISHED = re.compile(r"\.dualuse-[0-9a-f]{16}\.part")
"""Name of a file that is not whole; one is left behind only where its writer was killed, until the next write there."""
_NEVER_LED_ON = getattr(os, "O_NOFOLLOW", 0)
_TRIES = 100
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES}
"""What a file system answers that cannot give a file a second name."""


def sync(path: Path) -> None:
    """Have the disk keep a file or a folder as it is now."""
    if sys.platform == "win32" and path.is_dir():
        return  # a folder cannot be opened there
    file = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def whole(path: Path, *, over: bool = True) -> Iterator[BinaryIO]:
    """Write a file whole or not at all; that its name outlasts a power cut, who calls this sees to by ``sync``.

    Args:
        path: The file, or a link to it.
        over: Whether it may take the place of one that is there.

    Raises:
        OSError: it cannot be written, is no plain file, or is there and may not be replaced.
    """
    with _Draft(path) as draft:
        yield draft.stream
        draft.finish()
        draft.take_its_place(over=over)


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write files, all of them or none, in order: each waits beside its place before the first takes it.

    A process that is killed amid that leaves the first of them, whole, and not the last.

    Raises:
        UsageError: one cannot be written; the others are as they were.
    """
    before = {path: path.read_bytes() for path in contents if path.is_file()}
    drafts: dict[Path, _Draft] = {}
    done, path = False, Path()
    with ExitStack() as stack:
        try:
            for path, content in contents.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                drafts[path] = stack.enter_context(_Draft(path))
                drafts[path].stream.write(content)
                drafts[path].finish()
            for path in drafts:
                drafts[path].take_its_place()
            done = True
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
        finally:
            taken = [] if done else [path for path, draft in drafts.items() if not draft.path.exists()]
            for path in taken:
                _restore(drafts[path].place, before.get(path))
    for folder in {path.parent for path in contents}:
        with suppress(OSError):  # the files are there: only a power cut now could still take their names
            sync(folder)


def _restore(place: Path, content: bytes | None) -> None:
    """Bring back what a file held, or that there was none."""
    if content is None:
        place.unlink()
        return
    with whole(place) as stream:
        stream.write(content)


class _Draft:
    """A file that waits beside its place until it is whole; removed at the end, if it has not taken its place."""

    def __init__(self, path: Path) -> None:
        self.place = Path(os.path.realpath(path))
        before = _plain(self.place)
        _remove_left(self.place.parent)
        # a file that others may not read is never open to them, not even while it is written
        self.path, file = _made(self.place, 0o666 if before is None else stat.S_IMODE(before.st_mode) & 0o700)
        self.stream: BinaryIO = os.fdopen(file, "wb")
        self._held = os.dup(file)
        """Holds the lock when the stream is closed."""
        if before is not None:
            _give(self.path, before)

    def finish(self) -> None:
        """Have the disk keep what was written."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()

    def take_its_place(self, *, over: bool = True) -> None:
        """Take the name it was made for.

        Raises:
            OSError: another file has it and may not be replaced, or it cannot be given.
        """
        if not over:
            try:
                os.link(self.path, self.place)  # unlike a replacement, that fails where a file is
                return
            except OSError as error:
                if error.errno not in _NO_LINKS or self.place.exists():
                    raise
        os.replace(self.path, self.place)

    def __enter__(self) -> _Draft:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # a full disk is said by who writes
            self.stream.close()
        with suppress(OSError):  # gone already where all went well
            self.path.unlink()
        os.close(self._held)


def _made(place: Path, mode: int) -> tuple[Path, int]:
    """A new file beside a place, open and locked; another is made where one that removes what is left was faster."""
    for left in reversed(range(_TRIES)):
        path = place.with_name(f".dualuse-{os.urandom(8).hex()}.part")
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NEVER_LED_ON | getattr(os, "O_BINARY", 0), mode)
        with suppress(OSError):  # where nothing can be locked, nothing is removed either
            if not hold(file, path) and left:
                os.close(file)
                continue
        break
    return path, file


def _remove_left(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder: what nobody holds."""
    if sys.platform == "win32":
        return  # a lock does not outlast the stream there
    with suppress(OSError):
        for path in [Path(entry) for entry in os.scandir(folder) if UNFINISHED.fullmatch(entry.name)]:
            with suppress(OSError):
                file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | _NEVER_LED_ON)
                try:
                    if stat.S_ISREG(os.fstat(file).st_mode) and hold(file, path):
                        path.unlink()
                finally:
                    os.close(file)


def _plain(place: Path) -> os.stat_result | None:
    """What is there, if it is a plain file."""
    try:
        found = place.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code) if code == errno.EISDIR else "It is no plain file", str(place))
    return found


def _give(path: Path, like: os.stat_result) -> None:
    """Give a file the owner, group and mode of another; where we may not, its group and others get no more."""
    mode = stat.S_IMODE(like.st_mode)
    if sys.platform != "win32" and (path.stat().st_uid, path.stat().st_gid) != (like.st_uid, like.st_gid):
        try:
            os.chown(path, like.st_uid, like.st_gid)
        except OSError:
            mode &= 0o707
    path.chmod(mode)
