"""What all curated records share: strictness, keys, dates, receipts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from dualuse.dates import PartialDate

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=100)]
"""Lower-case words joined by hyphens or dots; never renamed for wording."""

PlaceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, or XK."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Confidence = Literal["high", "medium", "low"]
"""How far a record can be trusted; ``data/dataset.yml`` says what each value means."""


def _split(value: object) -> object:
    """A CSV cell holds a list as ``a | b``; YAML gives a list as such."""
    if isinstance(value, str):
        return [part.strip() for part in value.split("|") if part.strip()]
    return value


Keys = Annotated[tuple[Key, ...], BeforeValidator(_split)]
PlaceKeys = Annotated[tuple[PlaceKey, ...], BeforeValidator(_split)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_split)]
Share = Annotated[float, Field(ge=0, le=100)]
"""Percent, 0 to 100."""


class Record(BaseModel):
    """A curated record: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class Sourced(Record):
    """A record with its receipt."""

    sources: Annotated[Keys, Field(min_length=1)]
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


def field_order(record: type[Record]) -> list[str]:
    """Order of a record's fields in its file: key, its own, when seen, when valid, and then the receipt.

    Args:
        record: A kind of record.

    Returns:
        Names of all its fields. CSV columns and YAML keys stand in this order.

    Example:
        >>> field_order(Dated)
        ['valid_from', 'valid_to', 'sources', 'confidence', 'note']
    """
    names = list(record.model_fields)
    above = record.__base__
    if above is not None and issubclass(above, Record):
        inherited = field_order(above)
        names = [name for name in names if name not in inherited] + inherited
    return sorted(names, key=lambda name: name != "key")


class Name(Record):
    """A name in up to three scripts; English is always there."""

    en: Text
    """English name, or the form used in English."""
    zh_hant: Text | None = None
    """Name in Traditional Chinese; blank: none is recorded."""
    zh_hans: Text | None = None
    """Name in Simplified Chinese; blank: none is recorded."""
