"""The registry of sources and the description of the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from dualuse.dates import PartialDate
from dualuse.model.base import Key, Language, Record, Text, Url
from dualuse.model.fields import Address, Lit, Partial, Val, record
from dualuse.model.values import Confidence, SourceClass


@record("source", "du:SourceDocument", table="sources", form="csv-folder", noun="source document", kept=True)
class Source(Record):
    """One document or page that rows point into."""

    key: Key
    """Publisher and subject in short, or the citation."""
    title: Annotated[Text, Lit("dct:title", tagged_by="language"), Lit("rdfs:label", tagged_by="language")]
    """Title, or what the document is."""
    source_class: Annotated[SourceClass, Val("du:sourceClass", "source-class")]
    """How near it is to the facts it is used for."""
    publisher: Annotated[Text | None, Lit("dct:publisher")] = None
    """Who put it out."""
    url: Annotated[Url | None, Address("foaf:page")] = None
    """Address; blank: none is recorded."""
    issued: Annotated[PartialDate | None, Partial("dct:issued")] = None
    """When it was issued; blank: not recorded."""
    language: Annotated[Language | None, Lit("dct:language")] = None
    """ISO 639-1 code, with the script for Chinese."""
    licence: Annotated[Url | None, Address("dct:license")] = None
    """Licence under which it may be reused, or law by which nobody holds a copyright; blank: not looked up."""
    note: Annotated[Text | None, Lit("rdfs:comment", "en")] = None
    """How it was read, or what to beware of; blank: nothing to say."""


@record()
class Dataset(Record):
    """What this dataset is and how far its record reaches."""

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
    confidence: Mapping[Confidence, Text] = field(default_factory=dict)
    """Meaning of each value of confidence."""
