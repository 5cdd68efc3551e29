"""What a card comes to, in a few large words, with the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dualuse import questions
from dualuse.card import Card
from dualuse.questions.question import Headline, Teller
from dualuse.show.labels import Labels, column, name_of, named
from dualuse.show.words import Said, counted, say

_Answer = Mapping[str, Any]
_COUNTED = ("by_stance", "counts")
"""Parts whose inner names are values, with words of their own."""


@dataclass(frozen=True)
class Outcome:
    """The answer in short.

    Args:
        headline: A few words.
        detail: A sentence below them.
        tone: ``yes``, ``no``, ``open`` (not decided) or ``plain``; shown as a sign, never by colour alone.
        figures: Names and values.
    """

    headline: Said
    detail: Said | None
    tone: str
    figures: tuple[tuple[Said, Said], ...]


def tell(card: Card[Any], labels: Labels) -> Outcome:
    """The outcome of a card, and what else it says outside its tables."""
    question = questions.answered(card.question)
    told = _other(card, labels) if question is None else question.headline(Teller(card, labels))
    rest = {key: part for key, part in card.single.items() if key not in told.used}
    return Outcome(told.said, told.detail, told.tone, tuple(_figures(labels, rest)))


def _figures(labels: Labels, answer: _Answer) -> Iterator[tuple[Said, Said]]:
    """Names and values of what is neither a table nor in the headline."""
    for key, part in answer.items():
        if isinstance(part, Mapping):
            for inner, told in part.items():
                if not isinstance(told, Mapping | list | tuple) and told not in (None, ""):
                    name = name_of(labels, key, inner) if key in _COUNTED else column(inner)
                    yield name, named(labels, inner, told)
        elif part not in (None, "", [], ()):
            yield column(key), named(labels, key, part)


def _other(card: Card[Any], labels: Labels) -> Headline:
    """Of a card that answers no question we know: how many rows its first table has, or its first value."""
    for name in card.tables:
        return Headline(counted("rows", len(card.plain.get(name, ()))))
    for key, part in card.plain.items():
        if isinstance(part, str | int | float):
            return Headline(named(labels, key, part), used=(key,))
    return Headline(say("no_rows"), tone="open")
