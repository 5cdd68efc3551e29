"""Things of a text by where they stand, so that those near a place are found without asking all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something that begins and ends in a text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""


T = TypeVar("T", bound=Placed)


class Spans(Generic[T]):
    """Things in the order of their beginnings.

    Args:
        things: The things, in any order; they may overlap.
    """

    def __init__(self, things: Iterable[T]) -> None:
        self._things = sorted(things, key=lambda thing: thing.start)
        self._starts = [thing.start for thing in self._things]
        self._reach = list(accumulate((thing.end for thing in self._things), max))

    def over(self, start: int, end: int) -> list[T]:
        """Those that begin before an end, from the first that reaches past a start."""
        return self._things[bisect_right(self._reach, start) : bisect_left(self._starts, end)]
