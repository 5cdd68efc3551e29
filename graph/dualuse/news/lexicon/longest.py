"""Find many words in one pass with an Aho-Corasick automaton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dualuse.errors import MissingExtraError


def make_automaton(words: Iterable[str]) -> Any:
    """An automaton whose values are the words themselves.

    Raises:
        MissingExtraError: the matcher is not installed.
    """
    try:
        import ahocorasick
    except ImportError:
        raise MissingExtraError("reading news needs the matcher pyahocorasick: pip install 'dualuse[news]'") from None
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


class Longest:
    """Finds words, the leftmost first and of those the longest; Latin ones only as whole words.

    Args:
        words: Words in lower case.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = make_automaton(words)

    def find(self, lowered: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Words of a text in lower case between two positions: (start, end, word)."""
        if start >= end:
            return
        for last, word in self._automaton.iter_long(lowered[start:end]):  # it copies the string it is given
            end = start + last + 1
            first = end - len(word)
            if not is_latin(word) or whole(lowered, first, end):
                yield first, end, word


def is_latin(word: str) -> bool:
    """Whether a word is written in letters."""
    return word[0] < "\u2e7f"


def whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit goes on at either end of a span."""
    if text[start].isalnum() and start > 0 and _letter(text[start - 1]):
        return False
    return not (text[end - 1].isalnum() and end < len(text) and _letter(text[end]))


def _letter(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
