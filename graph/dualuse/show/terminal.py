"""A card, or rows, for people: at a terminal as wide and as high as it is, elsewhere plain; one screen unless told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dualuse.card import SHOWN, Card
from dualuse.harmless import harmless
from dualuse.show.asked import ask
from dualuse.show.cells import title
from dualuse.show.evidence import gaps, receipts
from dualuse.show.grid import fold, grid
from dualuse.show.look import BOLD, DIM, Look, look_of, style_of_headline
from dualuse.show.outcomes import tell
from dualuse.show.screen import Part, fit
from dualuse.show.tables import tables
from dualuse.show.voice import Voice
from dualuse.show.words import find, same, say
from dualuse.unnamed import clock_of

SIGNS = {"no": "!", "open": "?", "yes": "✓"}
"""Tone of a headline -> the sign before it, so that it does not rest on colour."""
_BRIEF = (8, 3)
"""Most rows of a table, most receipts and gaps."""


def to_table(card: Card[Any], *, plain: bool, brief: bool = False, whole: bool = False, language: str = "en") -> str:
    """A card as tables: the question, the answer in a few words, its rows, what it rests on and what is not known.

    Args:
        plain: Whether it goes to a file: no style, and a fixed width.
        brief: Whether only the first rows and receipts are shown, on less than a screen if they are short.
        whole: Whether everything is shown; otherwise one screen, and how much more there is.
        language: Language of the words, and of the names that have some in it.
    """
    look = look_of(plain=plain)
    whole = whole or bool(card.question.get("all"))
    return "".join(f"{line}\n" for line in _Page(card, Voice.of(card, language), look).lines(brief, whole))


def rows_as_lines(names: Sequence[str], rows: Iterable[Sequence[str]], *, plain: bool) -> Iterator[str]:
    """Rows as an aligned table, line by line as they come; as wide as it needs to be where it is *plain* or piped."""
    import sys

    here = sys.stdout.isatty() and not plain
    look = look_of(plain=plain)
    return grid(names, rows, look.width if here else None, bold=here and look.bold)


class _Page:
    """A card as lines."""

    def __init__(self, card: Card[Any], voice: Voice, look: Look) -> None:
        self._card = card
        self._voice = voice
        self._look = look

    def lines(self, brief: bool, whole: bool) -> Iterator[str]:
        head = list(self._head())
        yield from head
        parts = list(self._parts(brief, whole))
        foot = ["", *self._text(self._foot(), DIM)]
        room = self._look.height - len(head) - len(foot) - 1
        shown = [part.size for part in parts] if whole else fit(parts, room)
        open_ = True
        for part, number in zip(parts, shown, strict=True):
            lines = part.show(number)
            yield from lines[not open_ and number == 0 and lines[0] == "" :]  # no room between what is folded
            open_ = number > 0
        yield from foot

    def _foot(self) -> str:
        """What it was drawn from and its own sum."""
        if self._voice.original:
            return self._card.foot
        data, card = self._card.dataset.sha256[:SHOWN], self._card.sha256[:SHOWN]
        told = say("foot", version=self._card.dataset.version, data=data, card=card)
        return self._voice.text(told)

    def _head(self) -> Iterator[str]:
        """The question, the answer in a few words, and how it was asked."""
        card, voice = self._card, self._voice
        outcome = tell(card, voice.labels)
        question, _ = ask(card, voice.labels)
        yield from self._text(voice.text(question), BOLD)
        sign = f"{SIGNS[outcome.tone]} " if outcome.tone in SIGNS else ""
        yield from self._text(f"{sign}{voice.text(outcome.headline)}", style_of_headline(outcome.tone))
        if outcome.detail is not None:
            yield from self._text(voice.text(outcome.detail))
        figures = [f"{voice.text(name)}{voice.colon}{voice.text(value)}" for name, value in outcome.figures]
        if figures:
            yield from self._text("\N{NO-BREAK SPACE}· ".join(figures))
        yield from self._text(_asked(card, voice), DIM)

    def _parts(self, brief: bool, whole: bool) -> Iterator[Part]:
        rows, lines = _BRIEF if brief else (self._look.height, self._look.height)
        yield from tables(self._card, self._voice, self._look, most=rows, whole=whole)
        if self._card.because:
            yield receipts(self._card.because, self._voice, self._look, most=lines, whole=whole)
        if self._card.unknown:
            yield gaps(self._card.unknown, self._voice, self._look, most=lines)

    def _text(self, text: str, style: str = "") -> Iterator[str]:
        for line in fold(harmless(text), self._look.width):
            told = line.replace("\N{NO-BREAK SPACE}", " ")
            yield self._look.set(style, told) if style else told


def _asked(card: Card[Any], voice: Voice) -> str:
    """The command and what was given to it, the day and the lens."""
    if voice.original:
        return title(card)
    today, (_, given) = clock_of(card.as_of), ask(card, voice.labels)
    told = [f"{voice.text(name)}{voice.colon}{voice.text(part)}" for name, part in given]
    told += [f"{voice.text(say('as_of'))} {card.as_of.isoformat()}"]
    told += [voice.text(say("last_day", today=today.isoformat()))] if today else []
    told += [voice.text(find("lens", card.lens) or same(card.lens))] if card.lens else []
    return " · ".join(told)
