"""What rules, entries of the news reader and ownership rules share: strictness, keys, dates, receipts."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from dualuse.dates import PartialDate
from dualuse.model.base import Key, Keys, PlaceKey, PlaceKeys, SomeKeys, Text, Texts
from dualuse.model.fields import About
from dualuse.model.values import Confidence


class Record(BaseModel):
    """A curated record: frozen, and an unknown key is an error."""

    about: ClassVar[About] = About()
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class Sourced(Record):
    """A record with its receipt."""

    sources: SomeKeys
    """Sources that it rests on."""
    confidence: Confidence
    """How far it can be trusted, on the scale in ``data/dataset.yml``."""
    note: Text | None = None
    """What a reader should know that no other field holds."""


class Dated(Sourced):
    """A sourced record that holds from one day to another (``valid_to`` exclusive); blank is unknown or open."""

    valid_from: PartialDate | None = None
    """First day on which it holds; blank: no start is recorded."""
    valid_to: PartialDate | None = None
    """First day on which it no longer holds; blank: no end is recorded."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        start, end = self.valid_from, self.valid_to
        if start is not None and end is not None and end.latest <= start.earliest:
            raise ValueError(f"valid_to {end} is not after valid_from {start}")
        return self


__all__ = ["Confidence", "Dated", "Key", "Keys", "PlaceKey", "PlaceKeys", "Record", "Sourced", "Text", "Texts"]
