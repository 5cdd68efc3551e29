"""What is said past one sentence: a quotation of several sentences, and a statement that is only introduced."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from dualuse.news.find.mentions import Mention
from dualuse.news.speech.scene import Quote, Speaker, Verb

_LEAST = 8
_FOLLOWING = re.compile(r"\b(?:the )?following (?:is a )?(?:joint )?(?:statement|remarks|comments?)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:attributed to|attributable to|from|by|of)\b")
_ISSUED = re.compile(r"\b(?:released|issued|made|gave|published)\b")


class Piece(Protocol):
    """A part of a passage with its speaker."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""

    @property
    def speaker(self) -> Speaker:
        """Whose words it gives."""

    @property
    def verb(self) -> Verb | None:
        """The verb that says so."""


_Piece = TypeVar("_Piece", bound=Piece)


def shared(pieces: Sequence[_Piece], quotes: Sequence[Quote]) -> list[_Piece]:
    """Pieces, those of nobody in a quotation given to the one voice that is named within or beside the rest of it."""
    found = list(pieces)
    order = sorted(range(len(found)), key=lambda place: found[place].start)
    starts = [found[place].start for place in order]
    for quote in quotes:
        if quote.end - quote.start < _LEAST:
            continue
        low = bisect_left(starts, quote.start - 1)
        inside = order[low : bisect_left(starts, quote.end)]
        speakers = [found[place] for place in inside if found[place].speaker.known]
        if not speakers or len(speakers) == len(inside):
            continue
        if all(piece.speaker.is_same(speakers[0].speaker) for piece in speakers):
            for place in inside:
                if not found[place].speaker.known:
                    found[place] = _given(found[place], speakers[-1])
    return found


def _given(piece: _Piece, by: _Piece) -> _Piece:
    return replace(piece, speaker=by.speaker, verb=by.verb)  # type: ignore[type-var]


def introduced(words: str, start: int, mentions: Sequence[Mention]) -> Mention | None:
    """Who makes the statement that a sentence says will follow, or nobody.

    Args:
        words: The sentence.
        start: Where it begins.
        mentions: Mentions in it.
    """
    following = _FOLLOWING.search(words)
    if following is None:
        return None
    able = [mention for mention in mentions if mention.kind in ("person", "organisation")]
    led = _FROM.search(words, following.end())
    if led is not None:
        behind = [mention for mention in able if mention.start >= start + led.end()]
        return next((mention for mention in behind if mention.kind == "person"), next(iter(behind), None))
    issued = _ISSUED.search(words, 0, following.start())
    before = [mention for mention in able if issued is not None and mention.end <= start + issued.start()]
    return next((mention for mention in before if mention.kind == "person"), next(iter(before), None))
