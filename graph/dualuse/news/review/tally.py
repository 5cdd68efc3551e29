"""Counts of what a reading found of a text coded by hand, and intervals of the shares that they give."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dualuse.news.review.coded import CodedText, Spans

_DRAWS = 1000
_SEED = 17
_TAIL = 0.025


@dataclass(frozen=True)
class Count:
    """What was coded, of it found; what was made, of it right, and of it wrong rather than not judged."""

    coded: int = 0
    found: int = 0
    made: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.coded + other.coded,
            self.found + other.found,
            self.made + other.made,
            self.right + other.right,
            self.wrong + other.wrong,
        )

    @property
    def recall(self) -> float | None:
        """Share of what was coded that was found."""
        return self.found / self.coded if self.coded else None

    @property
    def precision(self) -> float | None:
        """Share of what was made that is right."""
        return self.right / self.made if self.made else None

    @property
    def judged(self) -> float | None:
        """Share of what was made and is right or wrong that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


@dataclass(frozen=True)
class Missed:
    """Something not right: coded and not found, or made and wrong."""

    kind: str
    missing: bool
    text: str
    what: str


@dataclass
class Held:
    """A text held against its coding.

    Args:
        coded: The coded text.
        read: Whether the reader took it for one on export controls.
        counts: Counts of each kind.
        confidence: Counts of claims by the confidence they were given.
        opposite: How many claims of opposite meaning were made, by confidence.
        traps: How many of the warnings (``not``) can be told by a machine, and how many of these were made.
        missed: What is not right.
    """

    coded: CodedText
    read: bool
    counts: dict[str, Count] = field(default_factory=dict)
    confidence: dict[str, Count] = field(default_factory=dict)
    opposite: dict[str, int] = field(default_factory=dict)
    traps: Count = field(default_factory=Count)
    missed: list[Missed] = field(default_factory=list)

    def add(self, kind: str, coded: int, missing: Sequence[str], made: int, wrong: Sequence[str]) -> None:
        """Count a kind where all that was made is judged; what is not right is given in words."""
        self.counts[kind] = Count(coded, coded - len(missing), made, made - len(wrong), len(wrong))
        self.missed += [Missed(kind, True, self.coded.name, words) for words in missing]
        self.missed += [Missed(kind, False, self.coded.name, words) for words in wrong]


def overlap(places: Sequence[Spans], start: int, end: int) -> float:
    """Most that a span and one of the places of another share, as a part of the shorter of the two."""
    shares = [0.0]
    for spans in places:
        shared = sum(max(0, min(end, high) - max(start, low)) for low, high in spans)
        shares.append(shared / max(1, min(end - start, sum(high - low for low, high in spans))))
    return max(shares)


def interval(counts: Sequence[Count], share: Callable[[Count], float | None]) -> tuple[float, float] | None:
    """95 % interval of a share, by drawing as many texts as there are, with replacement, a thousand times.

    Args:
        counts: Counts of one kind, one a text.
        share: The share, such as :attr:`Count.recall`.
    """
    drawn = random.Random(_SEED)  # noqa: S311 - a bootstrap, and the same one each time
    shares = []
    for _ in range(_DRAWS):
        value = share(sum(drawn.choices(counts, k=len(counts)), Count()))
        if value is not None:
            shares.append(value)
    if not shares:
        return None
    shares.sort()
    return shares[int(_TAIL * len(shares))], shares[min(len(shares) - 1, int((1 - _TAIL) * len(shares)))]
