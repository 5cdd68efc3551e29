"""The card of an answer as HTML in one language: in short, its tables, what is not known, its receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from docsite.page import Voice
from dualuse.card import Card
from dualuse.show.asked import ask
from dualuse.show.html.blocks import Block, blocks
from dualuse.show.html.cites import Cites
from dualuse.show.html.lexicon import Lexicon
from dualuse.show.html.values import Hand
from dualuse.show.labels import read_labels
from dualuse.show.outcomes import tell
from dualuse.show.words import Said

_ROWS, _RECEIPTS, _GAPS = 12, 8, 6


class _Plain(Lexicon):
    """Texts of a page that keeps its language."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice.language)
        self._voice = voice

    def text(self, said: Said) -> Markup:
        """The text, marked as English where it is."""
        return self._voice.text(said)


class _Shown(Cites):
    """Receipts that a page shows; rows that number others themselves point to none."""

    def of_row(self, row: Mapping[str, Any]) -> list[int]:
        """Receipts of a row."""
        return [number for number in super().of_row(row) if number <= _RECEIPTS]


@dataclass(frozen=True)
class Told:
    """An answer, ready to show."""

    question: str
    html: Markup


def told(card: Card[Any], voice: Voice) -> Told:
    """An answer in the language of a page; long tables and lists are cut, which they say."""
    if card.source is None:
        raise ValueError("a card without its graph has no names")
    labels = read_labels(card.source, card)
    hand = Hand(_Plain(voice), labels)
    shown = card.because[:_RECEIPTS]
    html = voice.render(
        "answer",
        card=card,
        blocks=[_cut(block) for block in blocks(card, hand, _Shown(shown), fold=False)],
        outcome=tell(card, labels),
        receipts=shown,
        gaps=card.unknown[:_GAPS],
        given=ask(card, labels)[1],
    )
    return Told(ask(card, labels)[0][voice.at], html)


def _cut(block: Block) -> tuple[Block, int]:
    """A block, and how many of its rows are not shown."""
    return block, max(0, len(block.lines) - _ROWS)
