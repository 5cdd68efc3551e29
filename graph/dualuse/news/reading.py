"""What reading a text gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dualuse.news.claims.candidates import Claim, Relation, Statement
from dualuse.news.claims.parts import Part
from dualuse.news.find.dates import Found
from dualuse.news.find.mentions import Mention
from dualuse.news.find.quantities import Quantity
from dualuse.news.find.relevance import Relevance
from dualuse.news.find.topic import Topic
from dualuse.news.speech.stance import Cue
from dualuse.news.text.passages import Passage, Text


@dataclass(frozen=True)
class Reading:
    """All that was found in a text; empty parts if it says nothing about export controls.

    Args:
        text: The text.
        relevance: Which passages count, and why.
        written: Day it was written, if it can be told.
        written_rule: How that was told.
        topic: Instrument it is about.
        parts: Passages with sentences, voices, dates and quantities.
        mentions: Mentions, in order.
        claims: Candidate claims.
        statements: Candidate statements.
        relations: Candidate ties between parties.
    """

    text: Text
    relevance: Relevance
    written: date | None
    written_rule: str
    topic: Topic
    parts: tuple[Part, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()

    @cached_property
    def passages(self) -> Mapping[int, Passage]:
        """Passages that count, by number."""
        return {part.passage.number: part.passage for part in self.parts}

    @property
    def quantities(self) -> list[Quantity]:
        """Quantities, in order."""
        return [quantity for part in self.parts for sentence in part.sentences for quantity in sentence.quantities]

    @property
    def dates(self) -> list[Found]:
        """Dates, in order."""
        return [found for part in self.parts for found in part.dates]

    @property
    def cues(self) -> list[Cue]:
        """Sides taken, in order."""
        return [cue for part in self.parts for sentence in part.sentences for cue in sentence.cues]
