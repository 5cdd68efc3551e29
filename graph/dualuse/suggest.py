"""The nearest known words to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int, *, likeness: float = 0.6) -> list[str]:
    """Up to *most* known words that look like *word*, best first, ties by name.

    Args:
        word: As written.
        known: What may have been meant.
        likeness: How alike they have to be, from 0 to 1.

    Example:
        >>> nearest("Switzerlnd", ["Sweden", "Switzerland"], 1)
        ['Switzerland']
    """
    import difflib  # only a name that is not known needs it

    folded: dict[str, list[str]] = {}
    for candidate in sorted(set(known)):
        folded.setdefault(candidate.casefold(), []).append(candidate)
    matches = difflib.get_close_matches(word.casefold(), folded, n=most, cutoff=likeness)
    found = [candidate for match in matches for candidate in sorted(folded[match], key=lambda c: -_likeness(word, c))]
    return found[:most]


def _likeness(word: str, candidate: str) -> float:
    """How alike two words are, capitals and all: tells ``item`` from ``Item``."""
    import difflib

    return difflib.SequenceMatcher(None, word, candidate).ratio()
