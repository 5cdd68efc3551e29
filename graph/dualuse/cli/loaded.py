"""What loading a list has in common, wherever it goes: what is said afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualuse.cli.options import say

if TYPE_CHECKING:
    from dualuse.feeds.loading import Loading


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
