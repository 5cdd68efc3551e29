"""Which tier a count or a list of countries belongs to, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dualuse.news.find.lists import Listed
from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.patterns import Patterns, compiled
from dualuse.news.text.passages import Text

Span = tuple[int, int]


@dataclass(frozen=True)
class Tier:
    """A tier (``1``, ``2``, ``3``, or ``scheme`` for all together), and how it was told."""

    level: str
    how: str
    confidence: str


class Tiers:
    """Tells tiers by their cues."""

    def __init__(self, patterns: Patterns) -> None:
        merged: dict[str, list[str]] = {}
        for entry in patterns.tiers:
            merged.setdefault(entry.key, []).extend(entry.regex)
        self._cues = {level: compiled(expressions) for level, expressions in merged.items()}

    def of(
        self, text: Text, clauses: Sequence[Span], clause: Span, quantity: Quantity, quantities: Sequence[Quantity]
    ) -> Tier | None:
        """Tier of a count of countries."""
        counted = [q.start for q in quantities if q.unit == "country"]
        return self._near(text, clauses, clause, (quantity.start, quantity.end), counted)

    def of_list(
        self, text: Text, clauses: Sequence[Span], clause: Span, listed: Listed, quantities: Sequence[Quantity]
    ) -> Tier | None:
        """Tier of a list of countries."""
        counted = [q.start for q in quantities if q.unit == "country"]
        return self._near(text, clauses, clause, (listed.start, listed.end), counted)

    def _near(
        self, text: Text, clauses: Sequence[Span], clause: Span, span: Span, counted: Sequence[int]
    ) -> Tier | None:
        """The nearest cue of the clause, else of the clauses after it, else of the one before it."""
        level = self._in(text, clause, span)
        if level is not None:
            return Tier(level, "same-clause", "high")
        index = clauses.index(clause)
        for following in clauses[index + 1 :]:
            if any(following[0] <= start < following[1] for start in counted):
                break
            level = self._in(text, following, span)
            if level is not None:
                return Tier(level, "next-clause", "medium")
        for previous in reversed(clauses[:index]):
            level = self._in(text, previous, span)
            if level is not None:
                return Tier(level, "previous-clause", "low")
        return None

    def _in(self, text: Text, clause: Span, span: Span) -> str | None:
        found = [
            (_distance(match.span(), span), level != "scheme", level)
            for level, expression in self._cues.items()
            for match in expression.finditer(text.plain, *clause)
        ]
        schemes = [entry for entry in found if entry[2] == "scheme"]
        named = [entry for entry in found if self._named(text, clause, entry[2])]
        return min(schemes or named or found)[2] if found else None

    @staticmethod
    def _named(text: Text, clause: Span, level: str) -> bool:
        """Whether the clause gives the tier its number."""
        words = {"1": "一1", "2": "二2", "3": "三3"}.get(level, "")
        return (
            bool(words)
            and re.search(f"第[{words}](?:级|层|类)|[Tt]ier {level}", text.plain[slice(*clause)]) is not None
        )


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
