"""What a card comes to, in a few large words, with the figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dualuse import questions
from dualuse.card import Card
from dualuse.questions.question import Teller
from dualuse.show.labels import Labels, column, name_of, named
from dualuse.show.words import Said, capital, counted, say

_Answer = Mapping[str, Any]
_Told = tuple[Said, Said | None, str, tuple[str, ...]]
"""Headline, line below it, tone, and the keys of the answer that they use up."""
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
    known_question = questions.answered(card.question)
    if known_question is not None:
        told = known_question.headline(Teller(card, labels))
        rest = {key: part for key, part in card.single.items() if key not in told.used}
        return Outcome(told.said, told.detail, told.tone, tuple(_figures(labels, rest)))
    hook, needed = _HOOKS.get(str(card.question.get("command")), (_other, ()))
    known = not needed or not card.plain.keys().isdisjoint(needed)
    headline, detail, tone, used = hook(card, labels) if known else _other(card, labels)
    rest = {key: part for key, part in card.plain.items() if key not in (*card.tables, *used)}
    return Outcome(headline, detail, tone, tuple(_figures(labels, rest)))


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


def _other(card: Card[Any], labels: Labels) -> _Told:
    """Any card: how many rows its first table has, or its first value."""
    for name in card.tables:
        return counted("rows", len(card.plain.get(name, ()))), None, "plain", ()
    for key, part in card.plain.items():
        if isinstance(part, str | int | float):
            return named(labels, key, part), None, "plain", (key,)
    return say("no_rows"), None, "open", ()


def _owned(card: Card[Any], labels: Labels) -> _Told:
    rule = card.plain["rule"]
    state = name_of(labels, "status", rule["status"])
    detail = say("rule_is", rule=rule["title"], status=state)
    rows = card.plain["parties"]
    if card.question.get("parties") and len(rows) == 1:
        result = rows[0]["result"]
        tone = {"clear": "yes", "possible": "open", "ambiguous": "open"}.get(result, "no")
        return capital(name_of(labels, "result", result)), detail, tone, ("rule",)
    return counted("restricted", card.plain["counts"].get("captured", 0)), detail, "plain", ("rule",)


_Hook = tuple[Callable[[Card[Any], Labels], _Told], tuple[str, ...]]
_HOOKS: dict[str, _Hook] = {
    "owned": (_owned, ("rule",)),
}
"""Command -> how its headline is made, and the keys of the answer one of which it needs; else the page counts rows."""
