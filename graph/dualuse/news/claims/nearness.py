"""Whether a day or a length of time stands near enough to the English words that say what happens then."""

from __future__ import annotations

import re

from dualuse.news.claims.parts import Sentence
from dualuse.news.find.dates import Found
from dualuse.news.find.quantities import Quantity
from dualuse.news.lexicon.entries import Rule
from dualuse.news.text.passages import Text

_OTHER_DAY = re.compile(
    r"\b(?:starting|beginning|effective|until|through|by|before|after|following|since|from|expir\w+|as of|effect|force)"
    r"(?: on| in| from)? (?:early |late |the )?$"
)
_APART = re.compile(r"[;:\"“”]| (?:that|which|who|when|while|after|before|because) |, ")
_NEAR_TIME = 16
_BEFORE_DAY, _OPENS, _NEAR_DAY = 24, 4, 60
"""How far before a day the words stand that make it another's, and how far it may stand from its verb."""


def is_apart(sentence: Sentence, rule: Rule, near: Quantity, match: tuple[int, int]) -> bool:
    """Whether a length of time stands too far from the English words that say when a rule applies."""
    english = sentence.passage.language == "en" and rule.attribute == "applies-after"
    return english and max(near.start - match[1], match[0] - near.end) > _NEAR_TIME


def belongs(text: Text, found: Found, match: tuple[int, int], clause: tuple[int, int]) -> bool:
    """Whether a date is the day of an English verb: it opens the clause or stands near, and tells of nothing else."""
    if _OTHER_DAY.search(text.plain, max(clause[0], found.start - _BEFORE_DAY), found.start):
        return False
    if found.start - clause[0] <= _OPENS:
        return True
    low, high = (found.end, match[0]) if found.start < match[0] else (match[1], found.start)
    between = text.plain[low:high]
    return len(between) <= _NEAR_DAY and not _APART.search(between)
