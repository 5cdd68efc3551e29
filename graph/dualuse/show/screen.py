"""What of an answer fits one screen: something of each part, most of the first, and how much is folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Show = Callable[[int], list[str]]
"""The lines of a part that shows so many of its entries; with none of them, the line that tells how many there are."""


@dataclass(frozen=True)
class Part:
    """A part of an answer that can be folded.

    Args:
        size: How many entries it has.
        lines: How many lines each takes, of those that may be shown.
        show: What it shows.
        most: How many entries it shows at most.
        least: How many it shows even where there is no room.
        first: Whether it shows all it can before others show more than their least.
    """

    size: int
    lines: Sequence[int]
    show: Show
    most: int
    least: int = 0
    first: bool = True

    @property
    def around(self) -> int:
        """Lines it takes with no entry."""
        return len(self.show(0))


_SPILL = 1.2
"""What an answer may be longer than a screen, before anything of it is folded."""


def fit(parts: Sequence[Part], room: int) -> list[int]:
    """How many entries each part shows within some lines: its least, then one more each in turn while there is room."""
    whole = sum(part.around + sum(part.lines) for part in parts)
    if whole <= room * _SPILL and all(part.size <= min(part.most, len(part.lines)) for part in parts):
        return [part.size for part in parts]
    shown = [min(part.least, len(part.lines)) for part in parts]
    left = room - sum(part.around + sum(part.lines[:number]) for part, number in zip(parts, shown, strict=True))
    for turn in (True, False):
        waiting = [at for at, part in enumerate(parts) if part.first is turn]
        while waiting:
            for at in tuple(waiting):
                part = parts[at]
                if shown[at] >= min(part.most, len(part.lines)) or part.lines[shown[at]] > left:
                    waiting.remove(at)
                else:
                    left -= part.lines[shown[at]]
                    shown[at] += 1
    return shown
