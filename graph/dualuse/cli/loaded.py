"""What loading a list has in common, wherever it goes: how memory is kept meanwhile, and what is said afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dualuse.cli.options import say

if TYPE_CHECKING:
    from dualuse.feeds.loading import Loading

_SELDOM = 200_000
"""Things made, and not let go, before cycles are looked for among them."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom: records are in none, and to look for them takes a quarter of the time of reading."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def tell_loaded(loading: Loading) -> None:
    """Say what came of it."""
    report = loading.report
    say(f"Loaded {loading.feed.title}: {report.kept:,} of {report.read:,} records")
    for why, count in sorted(report.reasons.items()):
        say(f"rejected: {why}: {count:,}")
    if report.repeated:
        say(f"said twice: {report.repeated:,}")
    for code, count in sorted(report.lists.items()):
        was = "" if loading.before is None else f" ({loading.before.lists.get(code, 0):,} before)"
        say(f"{code}: {count:,}{was}")
    cells = sum(report.unread.values())
    if cells:
        say(f"{cells:,} cells kept as text only, since they could not be read: --report FILE says which")
