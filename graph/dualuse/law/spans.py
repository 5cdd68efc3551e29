"""Days cut into spans within which nothing changes, so that what was worked out for one day serves its neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from dualuse.unnamed import carried_from


class Spans:
    """Spans between the days on which something changes.

    Args:
        changes: First days of a new state; None is passed over.

    Example:
        >>> spans = Spans([date(2025, 1, 13), date(2025, 5, 15), None])
        >>> spans.of(date(2025, 1, 12)), spans.of(date(2025, 1, 13)), spans.of(date(2025, 5, 14))
        (0, 1, 1)
    """

    def __init__(self, changes: Iterable[date | None]) -> None:
        self.changes = sorted({day for day in changes if day is not None})

    def of(self, day: date) -> int:
        """Number of the span a day lies in; today has numbers of its own where it is answered from an older record."""
        found = bisect_right(self.changes, day)
        return found if type(day) is date or carried_from(day) is None else -1 - found
