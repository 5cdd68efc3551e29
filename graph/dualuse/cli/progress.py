"""How far a long reading is, told to people and only to them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def reading(name: str) -> Iterator[Callable[[float, int], None]]:
    """Show a bar on standard error while a file is read, if that is a terminal.

    Args:
        name: What is read.

    Yields:
        What to tell the part of it that is read, from 0 to 1, and how many rows; none if they are not known.
    """
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

    Args:
        name: Where they are written.

    Yields:
        What to tell the path of each.
    """
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"Writing {name}") as shown:
        yield lambda path: shown.update(f"Writing {name}: {path}")
