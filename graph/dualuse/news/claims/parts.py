"""A passage as read, and its sentences: what candidate claims and statements are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dualuse.news.find.dates import Found
from dualuse.news.find.mentions import Mention
from dualuse.news.find.outlets import Printed
from dualuse.news.find.quantities import Quantity
from dualuse.news.speech.segments import Heard
from dualuse.news.speech.stance import Cue
from dualuse.news.text.passages import Passage, Text

_CLOSING = {"」": "「", "』": "『", "”": "“"}


@dataclass(frozen=True)
class Sentence:
    """A sentence with all that was found in it."""

    passage: Passage
    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Found, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Part:
    """A passage as read."""

    passage: Passage
    why: str
    written: date | None
    printed: tuple[Printed, ...]
    dates: tuple[Found, ...]
    sentences: tuple[Sentence, ...]
    heard: Heard


def bare(text: Text, clause: tuple[int, int]) -> tuple[int, int]:
    """A clause without a quotation mark at its end or beginning whose other half stands outside it."""
    start, end = clause
    words = text.original[start:end]
    if words[-1:] in _CLOSING and _CLOSING[words[-1]] not in words:
        end -= 1
    elif words[:1] in _CLOSING.values() and not any(mark in words for mark in _CLOSING):
        start += 1
    return (start, end) if start < end else clause
