"""A card's question as a sentence, and the rest of what was asked beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dualuse import questions
from dualuse.card import Card
from dualuse.questions.question import Teller
from dualuse.show.labels import Labels, column, named
from dualuse.show.words import Said, find, same, say, with_article

_Asked = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]
"""Key of a text, and the parts of the question that stand in its blanks."""


def ask(card: Card[Any], labels: Labels) -> tuple[Said, list[tuple[Said, Said]]]:
    """The question as a sentence, and what it takes as given: names and values."""
    asked = {key: part for key, part in card.question.items() if part not in (None, "", [], (), False)}
    command = str(asked.pop("command", ""))
    known = questions.answered(card.question)
    if known is not None:
        sentence = known.sentence(Teller(card, labels))
        return sentence.said, _given(labels, asked, sentence.used)
    choose = _SENTENCES.get(command)
    text, used = choose(asked) if choose else ("ask_other", ())
    blanks = {key: with_article(named(labels, key, asked[key])) for key in used}
    if text == "ask_other":
        blanks = {"command": same(command)}
    return say(text, **blanks), _given(labels, asked, used)


def _given(labels: Labels, asked: _Asked, used: Collection[str]) -> list[tuple[Said, Said]]:
    """What the question takes as given beside its sentence."""
    return [
        (find("given", key) or column(key), named(labels, key, part)) for key, part in asked.items() if key not in used
    ]


def _with(text: str, key: str) -> Callable[[_Asked], _Sentence]:
    """A sentence with one part in it, or the one without."""
    return lambda asked: (f"{text}_{key}", (key,)) if key in asked else (text, ())


_SENTENCES: dict[str, Callable[[_Asked], _Sentence]] = {
    "owned": _with("ask_owned", "parties"),
}
"""Command -> the sentence that asks it. A command that is not listed is named with its options."""
