"""The registry of sources and the description of the dataset."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from dualuse.dates import PartialDate
from dualuse.records.base import Confidence, Key, Record, Text

SourceClass = Literal[
    "law-text",
    "official-notice",  # gives effect to, or explains, an authority's act
    "official-statement",
    "company-filing",
    "company-statement",
    "wire",
    "press",
    "trade-press",
    "research",
    "aggregator",
    "blog",
    "unread",  # cited, not opened
]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s|<>\"{}^`\\]+$")]


class Source(Record):
    """``data/sources/*.csv``: one document or page that rows point into."""

    key: Key
    """Publisher and subject in short, or the citation."""
    title: Text
    """Title, or what the document is."""
    source_class: SourceClass
    """How near it is to the facts it is used for."""
    publisher: Text | None = None
    """Who put it out."""
    url: Url | None = None
    """Address; blank: none is recorded."""
    issued: PartialDate | None = None
    """When it was issued; blank: not recorded."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-Han[st])?$")] | None = None
    """ISO 639-1 code, with the script for Chinese."""
    note: Text | None = None
    """How it was read, or what to beware of; blank: nothing to say."""


class Dataset(Record):
    """``data/dataset.yml``: what this dataset is and how far its record reaches."""

    title: Text
    """Title of the dataset."""
    version: Text
    """Version of the dataset."""
    known_on: PartialDate
    """Day on which the record closes; what happened later is unknown."""
    licence: Url
    """Address of the licence."""
    description: Text
    """What the dataset holds."""
    creator: Text
    """Who made it."""
    default_confidence_note: Text | None = None
    """What confidence a row has if it gives none."""
    confidence: dict[Confidence, Text] = Field(default_factory=dict)
    """Meaning of each value of confidence."""
