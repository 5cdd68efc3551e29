"""The same words given to two speakers, and which of the two is the likely original.

Words are compared folded, so that Traditional and Simplified Chinese, full and half width and punctuation make no
difference. A run of words counts only if it is long enough not to be a stock phrase, and makes up most of the shorter
text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dualuse.claims.fold import fold
from dualuse.model.claims import Claim
from dualuse.node import Node
from dualuse.said import Phrase, phrase

LEAST_HAN = 10
"""Fewest Chinese characters in a row that are no stock phrase."""
LEAST_LETTERS = 30
"""Fewest letters in a row that are no stock phrase, in an alphabetic script."""
SHARE = 0.6
"""Least share of the shorter text that the run must make up."""
_TIE = phrase("lawvalue.by_key")
_ATTRIBUTION = "attributed-to"
"""Attribute of a claim that only says whose the words are which follow."""


@dataclass(frozen=True)
class Words:
    """Words given to a speaker.

    Args:
        key: ``claim:…`` or ``statement:…`` that gives them.
        organisation: Key of the organisation that is said to have spoken.
        wording: ``quotation`` where they stand as the speaker's own, ``reported`` where a passage passes them on.
        earliest: First day on which they can have been printed.
        rank: Rank of the best source, 1 the strongest.
        sources: Keys of the sources.
        act: Statements made together, such as a letter with several signers, share it.
    """

    key: Node
    organisation: str
    text: str
    wording: str
    earliest: date
    latest: date
    rank: int
    sources: tuple[str, ...]
    act: str


@dataclass(frozen=True)
class Misattribution:
    """Words that two speakers are said to have spoken: the likely original first."""

    original: Words
    other: Words
    shared: str
    why: str

    @property
    def told(self) -> bool:
        """Whether something tells which of the two is the original."""
        return self.why != _TIE


def misattributions(words: Iterable[Words]) -> list[Misattribution]:
    """Every pair of texts with the same words and different speakers, sorted by key."""
    texts = sorted(words, key=lambda text: text.key)
    folded = {text.key: fold(text.text).text for text in texts}
    found = []
    for one, other in _pairs(texts, folded):
        if one.organisation == other.organisation or one.act == other.act:
            continue
        run = longest_run(folded[one.key], folded[other.key])
        if telling(run) and len(run) >= SHARE * min(len(folded[one.key]), len(folded[other.key])):
            original, copy = sorted((one, other), key=_order)
            found.append(Misattribution(original, copy, run, _why(original, copy)))
    return found


def _pairs(texts: Sequence[Words], folded: Mapping[Node, str]) -> Iterator[tuple[Words, Words]]:
    """Pairs of texts that share at least the shortest run that counts, in order."""
    holders: dict[str, set[int]] = defaultdict(set)
    for index, text in enumerate(texts):
        words = folded[text.key]
        for start in range(len(words) - LEAST_HAN + 1):
            holders[words[start : start + LEAST_HAN]].add(index)
    pairs = {pair for indexes in holders.values() for pair in combinations(sorted(indexes), 2)}
    for one, other in sorted(pairs):
        yield texts[one], texts[other]


def sentence(claim: Claim, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of one sentence laid to one speaker, in their order: whose one of them is, all are.

    A sentence is what a passage lays to the same speaker with at most a mark between one span and the next.
    """
    laid = (claim.passage, claim.claimants, claim.claimant_label)
    beside = [
        other
        for other in claims
        if (other.passage, other.claimants, other.claimant_label) == laid and other.attribute != _ATTRIBUTION
    ]
    ordered = sorted(beside, key=lambda other: (other.start, other.end))
    runs: list[list[Claim]] = []
    end = 0
    for other in ordered:
        if runs and other.start <= end + 1:
            runs[-1].append(other)
        else:
            runs.append([other])
        end = max(end, other.end) if len(runs[-1]) > 1 else other.end
    return next((tuple(run) for run in runs if claim in run), (claim,))


def telling(run: str) -> bool:
    """Whether a folded run of words is too long to be a stock phrase."""
    han = sum(1 for character in run if character > "\u2e7f")
    return han >= LEAST_HAN or len(run) >= LEAST_LETTERS


def longest_run(one: str, other: str) -> str:
    """Longest run of characters that both texts have, the first one where several are as long.

    Example:
        >>> longest_run("abcde", "xbcdy")
        'bcd'
    """
    best, end = 0, 0
    before: Sequence[int] = [0] * (len(other) + 1)
    for i, character in enumerate(one, start=1):
        row = [0] * (len(other) + 1)
        for j, counterpart in enumerate(other, start=1):
            if character == counterpart:
                row[j] = before[j - 1] + 1
                if row[j] > best:
                    best, end = row[j], i
        before = row
    return one[end - best : end]


def _order(words: Words) -> tuple[int, date, date, bool, int, str]:
    """The likely original first: strongest source, earliest print, the speaker's own words, most sources."""
    own = words.wording == "quotation"
    return words.rank, words.earliest, words.latest, not own, -len(words.sources), words.key


def _why(original: Words, other: Words) -> str:
    reasons = []
    if original.rank < other.rank:
        reasons.append(phrase("lawvalue.stronger"))
    if original.latest < other.latest or original.earliest < other.earliest:
        given = {"day": original.earliest, "first": other.earliest, "last": other.latest}
        reasons.append(phrase("lawvalue.earlier", **{name: day.isoformat() for name, day in given.items()}))
    if original.wording == "quotation" and other.wording != "quotation":
        reasons.append(phrase("lawvalue.own_words"))
    if len(original.sources) > len(other.sources):
        reasons.append(phrase("lawvalue.sources", n=len(original.sources), other=len(other.sources)))
    return Phrase.listed(reasons, between="; ", han="；") or _TIE
