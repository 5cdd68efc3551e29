"""Many names, found by their rare words: an index from words, and from what may be meant by a misspelt one, to names.

Words are weighed by how many parties have them, as information: a word that one party in a thousand has weighs ln 1000.
No name is held against every other: those that share a rare word, or nearly one, are ranked by what they share, and the
best are compared word for word.
"""

from __future__ import annotations

import itertools
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from dualuse.screening.lexicon import GENERIC, PLACES, TRADES
from dualuse.screening.near import near, signs
from dualuse.screening.sought import BITS, Sought, numbers_of, whole
from dualuse.screening.words import Reading, readings

LEAST_NAMES = 20_000
"""Names that a list is taken to be drawn from at least: in a short list a word is rare by chance."""
MOST_WEIGHT, GENERIC_WEIGHT, NUMBER_WEIGHT = 6.0, 1.2, 2.5
_GENERIC_PART = 0.35
_SHORT = 2
_LOOKED_AT, _COMPARED = 3_000, 64
_WORDS = 4
"""Words that a name is taken to have beside its own, where names are ranked by what they share."""
_JOINED = 6
"""Letters of the words of a list that may be one word, written apart."""
_ROWS = (1 << BITS) - 1


class Found(NamedTuple):
    """A name that is like the one sought.

    Args:
        name: Its number.
        score: How like, from 0 to 1.
        weight: What the words weigh that both have.
        how: What it took, beside equal words: ``spelling``, ``abbreviation``, ``script``, ``wade-giles`` …
    """

    name: int
    score: float
    weight: float
    how: tuple[str, ...]


class Index:
    """Names, each with the number of the party that bears it; names of one party follow each other.

    Args:
        names: Number of the party, and the name.
    """

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self.ids: dict[str, int] = {}
        self.words: list[str] = []
        self._having = array("I")
        self._last = array("q")
        self.at: list[array[int]] = []
        self._row_words = array("I")
        self._row_ends = array("Q", [0])
        self._row_name = array("I")
        self._forms: dict[int, str] = {}
        self._han: dict[int, str] = {}
        self._initials: dict[str, list[int]] = {}
        self._pairs: dict[int, int] = {}
        self._how: dict[int, str] = {}
        self.names = 0
        parties = 0
        before = -1
        for party, name in names:
            parties += party != before
            before = party
            for reading in readings(name):
                self._add(reading, party)
            self.names += 1
        self.parties = parties
        self._weigh()

    def _id(self, word: str) -> int:
        number = self.ids.get(word)
        if number is None:
            number = self.ids[word] = len(self.words)
            self.words.append(word)
            self._having.append(0)
            self._last.append(-1)
            self.at.append(array("I"))
        return number

    def _add(self, reading: Reading, party: int) -> None:
        row = len(self._row_name)
        ids = [self._id(word) for word in reading.words]
        self._row_words.extend(ids)
        self._row_ends.append(len(self._row_words))
        self._row_name.append(self.names)
        for number in set(ids):
            self.at[number].append(row)
            if self._last[number] != party:
                self._last[number] = party
                self._having[number] += 1
        for one, other in itertools.pairwise(ids):
            first, second = self.words[one], self.words[other]
            if len(first) <= _JOINED and len(second) <= _JOINED and not {first, second} & GENERIC:
                self._pairs[(one << BITS) | other] = number = self._id(first + second)
                self.at[number].append(row)
        if reading.form:
            self._forms[row] = reading.form
        if reading.han:
            self._han[row] = reading.han
        if reading.how:
            self._how[row] = reading.how
        if reading.initials:
            self._initials.setdefault(reading.initials, []).append(row)

    def _weigh(self) -> None:
        """Weigh the words, and learn by what signs a misspelt one is found."""
        total = max(self.parties, LEAST_NAMES)
        self.weights = array(
            "f", (self._weight(word, total / max(1, n)) for word, n in zip(self.words, self._having, strict=False))
        )
        keys = [
            ((hash(sign) & 0xFFFFFFFFFF) << BITS) | number
            for number, word in enumerate(self.words)
            if self._having[number]
            for sign in signs(word)
        ]
        keys.sort()
        self._signs = array("Q", keys)
        rows = [((hash(self._same(row)) & 0xFFFFFFFFFF) << BITS) | row for row in range(len(self._row_name))]
        rows.sort()
        self._rows = array("Q", rows)

    def _weight(self, word: str, rarity: float) -> float:
        weight = min(MOST_WEIGHT, math.log(rarity)) if rarity > 1 else 0.0
        if word in GENERIC:
            return min(GENERIC_WEIGHT, _GENERIC_PART * weight)
        if any(letter.isdigit() for letter in word):
            return min(NUMBER_WEIGHT, weight)
        return weight * 0.6 if len(word) <= _SHORT else weight

    def weigh(self, word: str) -> float:
        """What a word weighs."""
        number = self.ids.get(word)
        return self.weights[number] if number is not None else self._weight(word, math.exp(MOST_WEIGHT))

    def _same(self, row: int) -> tuple[int, ...]:
        return tuple(sorted(self._row_words[self._row_ends[row] : self._row_ends[row + 1]]))

    def _keyed(self, keys: array[int], sought: object) -> Iterator[int]:
        low = (hash(sought) & 0xFFFFFFFFFF) << BITS
        at = bisect_left(keys, low)
        while at < len(keys) and keys[at] >> BITS == low >> BITS:
            yield keys[at] & _ROWS
            at += 1

    def meant(self, word: str) -> dict[int, float]:
        """Words of the index that a word may be, by number, each with how like it is."""
        found: dict[int, float] = {}
        if (own := self.ids.get(word)) is not None:
            found[own] = 1.0
        for sign in signs(word):
            for number in self._keyed(self._signs, sign):
                if number not in found and (likeness := near(word, self.words[number])):
                    found[number] = likeness
        return found

    def find(self, name: str, most: int = 20, least: float = 0.5) -> list[Found]:
        """Names like one, the best first, each name once.

        Args:
            name: The name sought.
            least: Least score.
        """
        best: dict[int, Found] = {}
        for reading in readings(name):
            for found in self._find(reading, most):
                known = best.get(found.name)
                if found.score >= least and (known is None or _rank(found) < _rank(known)):
                    best[found.name] = found
        return sorted(best.values(), key=_rank)[:most]

    def _find(self, reading: Reading, most: int) -> Iterator[Found]:
        sought = Sought(self, reading)
        rows = self._candidates(sought)
        found = [self._compare(sought, row) for row in rows]
        found += self._by_initials(reading)
        yield from nlargest(3 * most, found, key=lambda each: each.score)

    def _candidates(self, sought: Sought) -> list[int]:
        """Rows that share what is rare, those that share most first."""
        rows = set(self._keyed(self._rows, tuple(sorted(sought.own)))) if sought.whole else set()
        gathered: dict[int, float] = {}
        looked = 0
        for number, weight in sought.rarest():
            at = self.at[number]
            if looked and looked + len(at) > _LOOKED_AT:
                break
            if len(at) > _LOOKED_AT and weight <= GENERIC_WEIGHT:
                break
            looked += len(at)
            for row in at:
                gathered[row] = gathered.get(row, 0.0) + weight
        ends = self._row_ends
        ranked = ((weight / (_WORDS + ends[row + 1] - ends[row]), -row) for row, weight in gathered.items())
        some = [-row for _, row in nlargest(_COMPARED, ranked)]
        return [*rows, *(row for row in some if row not in rows)]

    def _compare(self, sought: Sought, row: int) -> Found:
        ids = self._row_words[self._row_ends[row] : self._row_ends[row + 1]].tolist()
        shared, own, theirs, slips = sought.align(ids, self._pairs)
        whole = self._whole(ids)
        if not shared:
            return Found(self._row_name[row], 0.0, 0.0, ())
        one, other = own / sought.whole_weight, theirs / whole
        score = 2 * one * other / (one + other)
        if other > _ALL and sought.begins_with(ids) and shared >= TELLS:
            score = max(score, BEGINS)
        how = [self._how[row]] if row in self._how else []
        if slips:
            how.append("spelling")
        words = [self.words[number] for number in ids]
        score *= _apart(sought.numbers, numbers_of(words), _OTHER_NUMBER)
        score *= _apart(sought.reading.places, PLACES.intersection(words), _OTHER_PLACE)
        trades = TRADES.intersection(words)
        score *= _OTHER_TRADE if trades - sought.trades and sought.trades - trades else 1.0
        score *= _WITHOUT_BRACKETS ** (*how, sought.reading.how).count("brackets")
        form = self._forms.get(row, "")
        if form and sought.reading.form and form != sought.reading.form:
            score *= _OTHER_FORM
        han = self._han.get(row, "")
        if bool(han) != bool(sought.reading.han):
            how.append("script")
        elif han and not _alike_in_chinese(han, sought.reading.han):
            score *= _OTHER_CHARACTERS
        return Found(self._row_name[row], min(1.0, score), shared, (*filter(None, (sought.reading.how,)), *how))

    def _whole(self, ids: list[int]) -> float:
        return whole([(self.words[number], self.weights[number]) for number in ids])

    def _by_initials(self, reading: Reading) -> Iterator[Found]:
        """Names of which a word has the initials, and words that are the initials of the name sought."""
        if len(reading.words) == 1 and (word := reading.words[0]) in self._initials and word not in GENERIC:
            for row in self._initials[word][:_SHOWN]:
                yield Found(self._row_name[row], INITIALS, self.weigh(word), ("abbreviation",))
        if reading.initials and (number := self.ids.get(reading.initials)) is not None:
            for row in self.at[number]:
                if self._row_ends[row + 1] - self._row_ends[row] == 1:
                    yield Found(self._row_name[row], INITIALS, self.weights[number], ("abbreviation",))


def _rank(found: Found) -> tuple[float, int, int]:
    return -found.score, len(found.how), found.name


_SHOWN = 50
_ALL = 0.95
TELLS = 3.5
"""What words have to weigh together to tell a party from others."""
BEGINS, INITIALS = 0.75, 0.74
"""Score of a name that begins with the whole of a listed one, and of one that stands for the other by its initials."""
_OTHER_NUMBER, _OTHER_FORM, _OTHER_CHARACTERS, _OTHER_PLACE, _WITHOUT_BRACKETS = 0.7, 0.98, 0.8, 0.85, 0.9
_OTHER_TRADE = 0.9


def _apart(one: frozenset[str], other: frozenset[str], factor: float) -> float:
    """What two names that say so are worth, where each says something else."""
    return factor if one and other and not one & other else 1.0


def _alike_in_chinese(one: str, other: str) -> bool:
    """Whether two names that sound alike are written with the same characters, but for what they have more."""
    short, long = sorted((one, other), key=len)
    return short[:2] in long
