"""Which passages say something about export controls, and which are the furniture of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dualuse.news.lexicon.entries import Regexes
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Passage, Text


@dataclass(frozen=True)
class Relevance:
    """What the gate found: numbers of passages that pass, and why each does."""

    passages: dict[int, str]
    boilerplate: frozenset[int]

    @property
    def any(self) -> bool:
        """Whether the text is about export controls at all."""
        return bool(self.passages)


class Gate:
    """Tells whether a text is about export controls."""

    def __init__(self, patterns: Patterns) -> None:
        parts = patterns.relevance
        self._sure = _joined(parts["sure"])
        self._control = _joined(parts["control"])
        self._subject = _joined(parts["subject"])
        self._trade = _joined(parts["trade"])
        self._weak = _joined(parts["weak"])
        self._boilerplate = _joined(parts["boilerplate"])

    def weigh(self, text: Text) -> Relevance:
        """Which passages count.

        A passage counts if it has a sure word, or words of control, of trade and of a controlled subject. Where one
        counts, those that follow it go on with it as long as they keep to its words.
        """
        boilerplate = frozenset(p.number for p in text.passages if self._furniture(text, p))
        found: dict[int, str] = {}
        for passage in text.passages:
            if passage.number in boilerplate:
                continue
            why = self._own(text, passage)
            if why:
                found[passage.number] = why
            elif self._previous(passage, found, boilerplate) and self._has(self._weak, text, passage):
                found[passage.number] = "goes on with the passage before"
        if any(why != "goes on with the passage before" for why in found.values()):
            return Relevance(found, boilerplate)
        return Relevance({}, boilerplate)

    def _furniture(self, text: Text, passage: Passage) -> bool:
        return self._has(self._boilerplate, text, passage)

    def _own(self, text: Text, passage: Passage) -> str:
        sure = self._sure.search(text.plain, passage.start, passage.end)
        if sure is not None:
            return f"has {text.original[sure.start() : sure.end()]!r}"
        if all(self._has(part, text, passage) for part in (self._control, self._subject, self._trade)):
            return "has words of control, of trade and of a controlled subject"
        return ""

    @staticmethod
    def _previous(passage: Passage, found: dict[int, str], boilerplate: frozenset[int]) -> bool:
        number = passage.number - 1
        while number in boilerplate:
            number -= 1
        return number in found

    @staticmethod
    def _has(expression: re.Pattern[str], text: Text, passage: Passage) -> bool:
        # anchors of the patterns mean the ends of the passage
        return expression.search(text.plain[passage.start : passage.end].strip()) is not None


def _joined(entries: Sequence[Regexes]) -> re.Pattern[str]:
    return compiled([expression for entry in entries for expression in entry.regex])
