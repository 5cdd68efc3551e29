"""Words that may be one word, spelt otherwise: by a slip of a letter, or put into Latin letters by other rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from dualuse.errors import MissingExtraError
from dualuse.screening.lexicon import GENERIC, STANDS_FOR
from dualuse.screening.romanise import NEEDS

try:
    from rapidfuzz.distance.DamerauLevenshtein import distance as _distance
except ImportError as error:
    raise MissingExtraError(f"screening compares words with rapidfuzz: {NEEDS}") from error

SHORTEST, LONG = 5, 9
"""Letters from which a word may have one slip in it, and two."""
_SOUNDS = (
    *(("shch", "S"), ("sch", "S"), ("sh", "S"), ("tch", "C"), ("ch", "C"), ("zh", "Z"), ("kh", "h"), ("gh", "g")),
    *(("ph", "f"), ("th", "t"), ("ck", "k"), ("ks", "x"), ("ts", "z"), ("tz", "z"), ("dzh", "j"), ("qu", "k")),
    *(("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("s", "z")),
)
_VOWELS = re.compile(r"(?<=.)[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
_FEWEST_SOUNDS = 4
SOUNDS_EQUAL, SOUNDS_ALIKE = 0.92, 0.86


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a word by their sound, and what it begins with; blank if they are few.

    Example:
        >>> skeleton("mikroelektronika") == skeleton("microelectronica"), skeleton("huawei")
        (True, '')
    """
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", sounded(word)))
    return bare if len(bare) >= _FEWEST_SOUNDS else ""


@lru_cache(maxsize=65_536)
def sounded(word: str) -> str:
    """A word by its sounds, however they are written in Latin letters.

    Example:
        >>> sounded("khuavei") == sounded("huawei")
        True
    """
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _TWICE.sub(r"\1", word)


def signs(word: str) -> Iterator[str]:
    """What a word has in common with those that may be the same: itself, itself less a letter, and its sounds."""
    if len(word) < SHORTEST or word in GENERIC or not word.isalpha():
        return
    yield word
    yield from _shorter(word)
    yield f"={sounded(word)}"
    if sounds := skeleton(word):
        yield f"~{sounds}"


def near(one: str, other: str) -> float:
    """How like two words are that are not the same; 0 if they are not taken for one.

    Example:
        >>> near("huawei", "huawai"), near("ningbo", "nantong")
        (0.8333333333333334, 0.0)
    """
    short, long = sorted((len(one), len(other)))
    allowed = 2 if short >= LONG else 1
    if short < SHORTEST - 1 or long < SHORTEST:
        return 0.0
    if sounded(one) == sounded(other):
        return SOUNDS_EQUAL
    slips = _distance(one, other, score_cutoff=allowed)
    if slips <= allowed:
        return 1 - slips / long
    return SOUNDS_ALIKE if skeleton(one) == skeleton(other) != "" else 0.0


_COMMON_FROM = 8
"""Letters from which a word that many names share is seen through a slip."""


@cache
def _common() -> dict[str, str]:
    words = [word for word in STANDS_FOR if len(word) >= _COMMON_FROM and word.isascii()]
    return {sign: word for word in reversed(words) for sign in (word, *_shorter(word))}


def amended(word: str) -> str:
    """A word that many names share, where one may be meant; else the word.

    Example:
        >>> amended("semiconductro"), amended("semitronix")
        ('semiconductor', 'semitronix')
    """
    if len(word) < _COMMON_FROM - 1 or not word.isascii() or word in STANDS_FOR:
        return word
    common = _common()
    for sign in (word, *_shorter(word)):
        meant = common.get(sign, "")
        if meant and _distance(word, meant, score_cutoff=1) <= 1:
            return meant
    return word


def _shorter(word: str) -> Iterator[str]:
    for at in range(len(word)):
        if not at or word[at] != word[at - 1]:
            yield word[:at] + word[at + 1 :]
