"""A card's question as a sentence, and the rest of what was asked beside it."""

from __future__ import annotations

from typing import Any

from dualuse import questions
from dualuse.card import Card
from dualuse.questions.question import Sentence, Teller
from dualuse.show.labels import Labels, column, named
from dualuse.show.words import Said, find, say


def ask(card: Card[Any], labels: Labels) -> tuple[Said, list[tuple[Said, Said]]]:
    """The question as a sentence, and what it takes as given: names and values."""
    told, question = Teller(card, labels), questions.answered(card.question)
    if question is None:
        sentence = Sentence(say("ask_other", command=str(card.question.get("command", ""))))
    else:
        sentence = question.sentence(told)
    name = "" if question is None else question.name
    return sentence.said, [
        (find("given", f"{name}.{key}") or find("given", key) or column(key), named(labels, key, part))
        for key, part in told.asked.items()
        if key not in sentence.used
    ]
