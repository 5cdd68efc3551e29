"""How far a long reading is, told to people and only to them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle

_PATIENCE, _TURN = 0.5, 0.1
"""Seconds before anything is shown of what takes long, and between two turns of its sign."""
_TURNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class _Waiting:
    """A sign that turns on standard error while nothing else is said, begun only after a while."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._over = threading.Lock()  # held until it is over
        self._over.acquire()
        self._thread = threading.Thread(target=self._turn, daemon=True)
        self._thread.start()

    def _turn(self) -> None:
        if self._over.acquire(timeout=_PATIENCE):
            return
        for sign in cycle(_TURNS):
            sys.stderr.write(f"\r{sign} {self._what} …")
            sys.stderr.flush()
            if self._over.acquire(timeout=_TURN):
                break
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        """Take the sign away."""
        self._over.release()
        self._thread.join()


_waiting: list[_Waiting] = []


def hush() -> None:
    """Take away the sign that turns, for something is to be said."""
    while _waiting:
        _waiting.pop().end()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show after half a second that work goes on, if standard error is a terminal that can; until something is said."""
    if sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", ""):
        _waiting.append(_Waiting(what))
    try:
        yield
    finally:
        hush()


def wait_for(what: str) -> None:
    """Show it while the command that is called goes on, as :func:`waiting` does."""
    import click

    click.get_current_context().with_resource(waiting(what))


@contextmanager
def reading(name: str) -> Iterator[Callable[[float, int], None]]:
    """Show a bar on standard error while a file is read, if that is a terminal.

    Yields:
        What to tell the part of it that is read, from 0 to 1, and how many rows; none if they are not known.
    """
    hush()
    if not sys.stderr.isatty():
        yield lambda part, rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Reading {task.description}"), BarColumn(), TextColumn("{task.fields[rows]:,} rows"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=1.0, rows=0)

        def tell(part: float, rows: int) -> None:
            bar.update(task, completed=part)
            if rows:
                bar.update(task, rows=rows)

        yield tell


@contextmanager
def writing(name: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error which of many files is being written, if that is a terminal.

    Yields:
        What to tell the path of each.
    """
    hush()
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"Writing {name}") as shown:
        yield lambda path: shown.update(f"Writing {name}: {path}")
