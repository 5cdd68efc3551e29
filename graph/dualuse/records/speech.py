"""Statements: who said what about which instrument."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dualuse.dates import PartialDate
from dualuse.records.base import Confidence, Key, Keys, Record, Sourced, Text

Stance = Literal["supports", "opposes", "concerned", "neutral", "requests-change"]
"""``concerned`` names harm without saying that the measure should not be; it is not ``opposes``."""
Ground = Literal[
    "national-security",
    "market-access",
    "leadership",
    "alliance-unity",
    "supply-chain",
    "innovation",
    "process",
    "diversion-risk",
    "sovereignty",
]
SourceKind = Literal["primary", "news", "trade-press", "reprint", "low-grade-copy"]
"""Copy of a statement that was read: the speaker's own, a report, a rewrite of a report, or one of unclear worth."""

_MAX_WORDS = 15
_MAX_HAN = 40


class Quotation(Record):
    """Exact words, kept only where they are the fact: at most 15 English words or 40 Chinese characters."""

    text: Text
    """The words themselves."""
    language: Literal["en", "zh-Hant", "zh-Hans"]
    """Language and script of the words."""
    check: Literal["re-read", "verbatim-in-excerpt", "copied-once"]
    """How well the wording was checked: read again elsewhere, found in the excerpt at hand, or copied once."""
    confidence: Confidence
    """How far the wording can be trusted, whatever the statement's own confidence."""

    @model_validator(mode="after")
    def _short(self) -> Self:
        if self.language == "en":
            size, limit, unit = len(self.text.split()), _MAX_WORDS, "words"
        else:
            size, limit, unit = len(self.text), _MAX_HAN, "characters"
        if size > limit:
            raise ValueError(f"quotation of {size} {unit}; at most {limit} may be kept")
        if self.check == "copied-once" and self.confidence != "low":
            raise ValueError("a quotation copied once and not re-read has confidence low")
        return self


class Statement(Sourced):
    """``data/statements/<key>.yml``: a speech act; one statement, many reports."""

    date: PartialDate
    """Day it was said, or of the report where that is all there is."""
    organisation: Key
    """Organisation spoken for."""
    speaker: Key | None = None
    """Person who spoke; blank: not named."""
    speaker_label: Text | None = None
    """What an unnamed speaker, or the document, is called."""
    instruments: Keys = ()
    """Instruments it is about; blank: no single one, see ``topic``."""
    topic: Key
    """Subject, as a key shared by statements on the same matter."""
    stance: Stance
    """Side taken on what it is about."""
    grounds: Annotated[tuple[Ground, ...], Field()] = ()
    """Reasons given; blank: none was coded."""
    demand: Text | None = None
    """What is asked for, and of whom; blank: nothing."""
    summary: Text
    """What was said, in our own words."""
    quotation: Quotation | None = None
    """Exact words, kept only where they are the fact."""
    venue: Text | None = None
    """Where or in what form it was said."""
    source_kind: SourceKind
    """What sort of copy was read."""
    same_as: Key | None = None
    """Statement that this one repeats or reports again."""
