"""Even out what the same words may differ in: width, case, punctuation, white space and Chinese script.

Folding goes character by character, so that every folded character knows the one it came from, and what is found in
folded text can be shown in the document's own characters. Words are left alone: 晶片 and 芯片 stay different.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache

from dualuse.han import simplified


@dataclass(frozen=True)
class Folded:
    """Folded text and, for each of its characters, where in the original it came from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Span of the original that a span of the folded text covers."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text.

    Example:
        >>> fold("濫用、出口管制").text == fold("滥用出口管制 ").text
        True
    """
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        plain = _fold_character(character)
        folded.append(plain)
        origin.extend([index] * len(plain))
    return Folded("".join(folded), tuple(origin))


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8; a lone surrogate, which no UTF-8 file holds, counts as a question mark."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@cache
def _fold_character(character: str) -> str:
    """Letters and digits of a character in one width, case and script; nothing for the rest."""
    plain = unicodedata.normalize("NFKC", character).casefold()
    kept = "".join(c for c in plain if unicodedata.category(c)[0] in "LN")
    return "".join(simplified(c) if c > "\u2e7f" else c for c in kept)
