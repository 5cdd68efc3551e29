"""What the benchmarks share: work in a process of its own, seconds, megabytes, and a table to print."""

from __future__ import annotations

import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def slowness() -> float:
    """How many times as long as on an idle machine work may take: 1, and 1 more for each process waiting for a core."""
    return 1 + os.getloadavg()[0] / (os.cpu_count() or 1)


def peak_mb(*, children: bool = False) -> float:
    """Most memory that this process has held, in MB; or the largest of it and of those it waited for."""
    counted = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) if children else (resource.RUSAGE_SELF,)
    return max(resource.getrusage(who).ru_maxrss for who in counted) / 1024


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """Median seconds of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def in_child(patience: float | None, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> tuple[T, float]:
    """Do work in a process of its own, so that its peak memory is its own.

    Args:
        patience: Seconds after which it is stopped; None to wait.
        args: What it is given.
        options: What it is given by name.

    Returns:
        What it came to, and its peak memory in MB.

    Raises:
        TimeoutError: it took too long.
        EOFError: it ended without a result.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send((work(*args, **options), peak_mb(children=True))))
    child.start()
    sender.close()
    try:
        if not receiver.poll(patience):
            raise TimeoutError
        found: tuple[T, float] = receiver.recv()
    finally:
        child.kill()
        child.join()
    return found


def show(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *notes: str, left: Collection[str] = ()
) -> None:
    """Print a table, the columns named (else the first) to the left, and notes below it."""
    from rich.console import Console  # not with the module, so that no peer pays for its memory
    from rich.table import Table

    table = Table(title=title, box=None)
    for column in columns:
        table.add_column(column, justify="left" if column in (left or columns[:1]) else "right")
    for row in rows:
        table.add_row(*row)
    console = Console(width=120)
    console.print(table)
    for note in notes:
        console.print(note)
