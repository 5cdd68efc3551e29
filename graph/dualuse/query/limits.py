"""Answer within a time: the work is done in a thread of its own, which is left behind when the time is over.

The engine works without Python's lock, so whoever waits can be interrupted or stop waiting at any moment. What
cannot be stopped goes on until it ends or the process does: :func:`left_behind` tells the command line to end it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from queue import Empty, Full, Queue
from traceback import clear_frames
from types import TracebackType
from typing import Any, TypeVar

from dualuse.errors import QueryStopped

_T = TypeVar("_T")

_STACK_BYTES = 256 * 2**20
"""Room for a query of many parts: only what is used is taken."""
_CHUNK = 256
"""Rows handed over at a time."""
_NAME = "dualuse-query"
_OVER = object()
"""What is taken when the time is over."""


def within(seconds: float | None, work: Callable[[], _T], *, since: float | None = None) -> _T:
    """What some work gives, if it does within a time.

    Args:
        seconds: The time; without end if not given.
        since: When the time began, as ``time.monotonic`` has it; now if not given.

    Raises:
        QueryStopped: the time is over, or Ctrl-C was pressed.
    """
    answer: _T = _Worker(lambda hand: hand(work()), seconds, since).take()
    return answer


def stream_within(
    seconds: float | None, work: Callable[[], tuple[list[str], Iterator[_T]]], *, since: float | None = None
) -> tuple[list[str], Iterator[_T]]:
    """Names, and rows as they come, if the last of them does within a time.

    Args:
        seconds: The time; without end if not given.
        work: Gives the names, and then the rows.
        since: When the time began, as ``time.monotonic`` has it; now if not given.

    Raises:
        QueryStopped: the time is over, or Ctrl-C was pressed; also while the rows are read.
    """

    def steps(hand: Callable[[Any], None]) -> None:
        names, rows = work()
        hand(names)
        while chunk := list(islice(rows, _CHUNK)):
            hand(chunk)
        hand([])

    worker = _Worker(steps, seconds, since)
    return worker.take(), _rows(worker)


def _rows(worker: _Worker) -> Iterator[Any]:
    try:
        while chunk := worker.take():
            yield from chunk
    finally:
        worker.stop()


def left_behind() -> bool:
    """Whether a query that nobody waits for is still being answered."""
    return any(thread.name == _NAME for thread in threading.enumerate())


class _Stopped(Exception):  # noqa: N818 - ends the worker, and goes nowhere
    pass


@dataclass
class _Failed:
    error: BaseException


@dataclass
class _Worker:
    """A thread that hands over what it makes, piece by piece."""

    steps: Callable[[Callable[[Any], None]], None]
    seconds: float | None
    since: float | None
    _pieces: Queue[Any] = field(default_factory=lambda: Queue(4))
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        begun = time.monotonic() if self.since is None else self.since
        self._end = None if self.seconds is None else begun + self.seconds
        with _stack(_STACK_BYTES):
            threading.Thread(target=self._run, name=_NAME, daemon=True).start()

    def take(self) -> Any:
        """The next piece."""
        left = None if self._end is None else self._end - time.monotonic()
        try:
            piece = _OVER if left is not None and left <= 0 else self._pieces.get(timeout=left)
        except Empty:
            piece = _OVER
        except KeyboardInterrupt:
            self.stop()
            raise QueryStopped("interrupted: the query was ended", exit_code=130) from None
        if piece is _OVER:
            self.stop()
            hint = "ask for less, or give it more time (--timeout SECONDS; 0: without end)"
            raise QueryStopped(f"the query did not end within {self.seconds:g} s: {hint}")
        if isinstance(piece, _Failed):
            raise piece.error
        return piece

    def stop(self) -> None:
        """Let the thread end at the next piece it makes."""
        self._stopped.set()

    def _run(self) -> None:
        with _Handing(self._hand):
            self.steps(self._hand)

    def _hand(self, piece: Any) -> None:
        while not self._stopped.is_set():
            try:
                return self._pieces.put(piece, timeout=0.1)
            except Full:
                continue
        raise _Stopped


@dataclass
class _Handing:
    """Hands over what goes wrong too, so that it is raised where somebody waits."""

    hand: Callable[[Any], None]

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        """Hand over the error, if there is one."""
        if error is not None and not isinstance(error, _Stopped):
            _let_go(error)
            with suppress(_Stopped):
                self.hand(_Failed(error))
        return True


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of an error hold: the engine's answers may be dropped in no other thread."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


@contextmanager
def _stack(size: int) -> Iterator[None]:
    """Give threads that start meanwhile a stack of a size."""
    before = threading.stack_size(size)
    try:
        yield
    finally:
        threading.stack_size(before)
