"""Locks on files that end with the process that holds them, however it ends.

Nothing else is known of who holds a lock: no number of a process is trusted, no age of a file. On Windows a file that
is open cannot be removed, so there a reader needs no lock.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a file system answers that has no locks."""
_NEVER_LED_ON = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A lock is a file, not a link to one that may be anywhere, and to open a pipe is not to wait for its other end."""
_POLL_SECONDS = 0.1
_MOST_GONE = 1_000


class Lock:
    """A lock taken at once or not at all; it ends with :meth:`release`, with this object, or with the process.

    Args:
        path: The file to lock; made if it is not there, unless *shared*.
        shared: Whether others may share it; then the file is only read.

    Raises:
        BlockingIOError: another holds it.
        FileNotFoundError: the file is not there, or is gone meanwhile.
        OSError: it cannot be opened, is no plain file, or cannot be locked.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.file = -1
        flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
        self.file = os.open(path, flags | _NEVER_LED_ON, 0o666)
        try:
            if not stat.S_ISREG(os.fstat(self.file).st_mode):
                raise OSError(errno.EINVAL, f"{path.name} is no plain file", str(path))
            _take(self.file, shared)
            if not os.path.samestat(os.fstat(self.file), os.stat(path)):
                raise FileNotFoundError(errno.ENOENT, "replaced while it was locked", str(path))
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Let go."""
        if self.file >= 0:
            os.close(self.file)
            self.file = -1

    def write(self, text: str) -> None:
        """Replace what the file says."""
        os.ftruncate(self.file, 0)
        os.lseek(self.file, 0, os.SEEK_SET)
        os.write(self.file, text.encode("utf-8"))

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def __del__(self) -> None:
        self.release()


def hold(file: int, path: Path) -> bool:
    """Lock an open file until it is closed; False where another holds it, or where it has lost its name.

    Raises:
        OSError: it cannot be locked.
    """
    try:
        _take(file, shared=False)
        return os.path.samestat(os.fstat(file), os.stat(path, follow_symlinks=False))
    except (BlockingIOError, FileNotFoundError):
        return False


def take(path: Path, busy: Callable[[int], None]) -> Lock:
    """Take a lock as soon as nobody else holds it.

    Args:
        path: The file to lock; made if it is not there, with its folder.
        busy: Told each time that another holds it, and how often it was told before; may raise, to wait no longer.

    Raises:
        OSError: as :class:`Lock`.
    """
    tried = gone = 0
    while True:
        try:
            return Lock(path)
        except FileNotFoundError:  # removed meanwhile
            gone += 1
            if gone == _MOST_GONE:
                raise
            path.parent.mkdir(parents=True, exist_ok=True)
        except BlockingIOError:
            busy(tried)
            tried += 1
            time.sleep(_POLL_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _take(file: int, shared: bool) -> None:
        if not shared:
            os.lseek(file, 1 << 30, os.SEEK_SET)  # what is locked cannot be read there: not the words, which come first
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except PermissionError as error:
                raise BlockingIOError(errno.EAGAIN, "locked by another process") from error

else:
    import fcntl

    def _take(file: int, shared: bool) -> None:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            if not shared or error.errno not in _NO_LOCKS:
                raise
