"""The name sought, its words weighed and paired with those of a name of the index, each once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dualuse.screening.lexicon import GENERIC, TRADES
from dualuse.screening.words import Reading, stands_for

if TYPE_CHECKING:
    from dualuse.screening.index import Index

FIRST = 1.5
"""How many times as much the first word counts that few names share."""
BITS = 24
"""Bits of the number of a word or of a row."""


class Sought:
    """A reading of the name sought, its words weighed, each with the words of the index that it may be.

    Args:
        index: The index.
        reading: The reading.
    """

    def __init__(self, index: Index, reading: Reading) -> None:
        self.reading = reading
        self.weights = [index.weigh(word) for word in reading.words]
        self.meant = [index.meant(word) for word in reading.words]
        self.own = [index.ids.get(word, -1) for word in reading.words]
        self.whole = -1 not in self.own
        self.numbers = numbers_of(reading.words)
        self.trades = TRADES.intersection(reading.words)
        self.whole_weight = whole(list(zip(reading.words, self.weights, strict=True))) or 1.0
        self._first = first_telling(reading.words)
        self._pairs: dict[int, tuple[int, float]] = {}
        self._index = index
        for at, (one, other) in enumerate(zip(reading.words, reading.words[1:], strict=False)):
            number = index.ids.get(stands_for(one + other))
            if number is not None:
                self._pairs[number] = (at, index.weights[number])

    def rarest(self) -> list[tuple[int, float]]:
        """Words of the index that are sought, those that fewest names have first, each with its weight."""
        index = self._index
        found: dict[int, float] = {number: weight for number, (_, weight) in self._pairs.items()}
        for weight, meant in zip(self.weights, self.meant, strict=True):
            for number, likeness in meant.items():
                found[number] = max(found.get(number, 0.0), weight * likeness)
        return sorted(found.items(), key=lambda each: (len(index.at[each[0]]), each[0]))

    def begins_with(self, ids: list[int]) -> bool:
        """Whether the first telling word of the name sought is the first of a row."""
        words = [self._index.words[number] for number in ids]
        first = first_telling(words)
        return self._first >= 0 and first >= 0 and words[first] == self.reading.words[self._first]

    def align(self, ids: list[int], pairs: dict[int, int]) -> tuple[float, float, float, bool]:
        """Pair words of the name sought with those of a row, each once.

        Returns:
            What the words weigh that both have; that as a part of the name sought, and of the row, with the first
            telling word counted for more; and whether any is spelt otherwise.
        """
        weights = self._index.weights
        left = list(enumerate(ids))
        first = first_telling([self._index.words[number] for number in ids])
        shared = own = theirs = 0.0
        slips = False
        open_: list[int] = []
        for at, number in enumerate(self.own):
            place = next((n for n, (_, other) in enumerate(left) if other == number), -1)
            if place < 0:
                open_.append(at)
                continue
            position, _ = left.pop(place)
            shared += self.weights[at]
            own += self.weights[at] * (FIRST if at == self._first else 1)
            theirs += weights[number] * (FIRST if position == first else 1)
        return (
            self._rest(left, open_, first, pairs, (shared, own, theirs, slips))
            if open_ and left
            else (
                shared,
                own,
                theirs,
                slips,
            )
        )

    def _rest(
        self,
        left: list[tuple[int, int]],
        open_: list[int],
        first: int,
        pairs: dict[int, int],
        sums: tuple[float, float, float, bool],
    ) -> tuple[float, float, float, bool]:
        """Pair what is left: a word in two with one in one, and words that may be the same."""
        shared, own, theirs, slips = sums
        weights = self._index.weights
        for position, number in [*left]:  # the name sought has in two what the row has in one
            at, weight = self._pairs.get(number, (-1, 0.0))
            if at in open_ and at + 1 in open_:
                open_ = [each for each in open_ if each not in (at, at + 1)]
                left = [each for each in left if each[0] != position]
                shared += weight
                own += self.weights[at] * (FIRST if at == self._first else 1) + self.weights[at + 1]
                theirs += weights[number] * (FIRST if position == first else 1)
        for (place, one), (after, other) in zip([*left], [*left][1:], strict=False):  # and the other way round
            joined = pairs.get((one << BITS) | other)
            at = next((each for each in open_ if joined is not None and self.own[each] == joined), -1)
            if at >= 0 and after == place + 1:
                open_.remove(at)
                left = [each for each in left if each[0] not in (place, after)]
                shared += self.weights[at]
                own += self.weights[at] * (FIRST if at == self._first else 1)
                theirs += weights[one] * (FIRST if place == first else 1) + weights[other]
        for at in open_:
            likeness, position, number = max(
                ((self.meant[at].get(number, 0.0), -position, number) for position, number in left), default=(0.0, 0, 0)
            )
            if likeness:
                slips = True
                left = [each for each in left if each[0] != -position]
                shared += self.weights[at] * likeness
                own += self.weights[at] * likeness * (FIRST if at == self._first else 1)
                theirs += weights[number] * likeness * (FIRST if -position == first else 1)
        return shared, own, theirs, slips


def first_telling(words: Iterable[str]) -> int:
    """Place of the first word that few names share; -1 where there is none."""
    return next((at for at, word in enumerate(words) if word not in GENERIC), -1)


def whole(words: list[tuple[str, float]]) -> float:
    """What words weigh together, the first that few names share counted for more."""
    first = first_telling([word for word, _ in words])
    return sum(weight * (FIRST if at == first else 1) for at, (_, weight) in enumerate(words))


def numbers_of(words: Iterable[str]) -> frozenset[str]:
    """Numbers in words."""
    return frozenset("".join(filter(str.isdigit, word)) for word in words if any(map(str.isdigit, word)))
