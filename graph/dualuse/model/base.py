"""What all curated records share: strictness, keys, dates, receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar

from dualuse.dates import PartialDate
from dualuse.model.fields import About, Bound, Form, Lit, Partial, Ref, Several, Val, fields_of, record
from dualuse.model.values import Confidence
from dualuse.node import Node
from dualuse.said import Said
from dualuse.span import Span

if TYPE_CHECKING:
    from dualuse.model.triples import Triples

Key = Annotated[str, Form("key", "keys", pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=100)]
"""Lower-case words joined by hyphens or dots; never renamed for wording."""
PlaceKey = Annotated[str, Form("place key", "place keys", pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, or a user-assigned code: XK for Kosovo, XM, XO and XH for occupied regions of Ukraine."""
Text = Annotated[str, Form("text", "texts", min_length=1)]
Language = Annotated[str, Form("code", pattern=r"^[a-z]{2}(-Han[st])?$")]
"""ISO 639-1 code, with the script for Chinese."""
Digest = Annotated[str, Form("code", pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal digits."""
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TOP = "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_HOST = rf"(?:(?:{_LABEL}\.){{0,9}}{_TOP}|{_BYTE}(?:\.{_BYTE}){{3}})"
_PORT = "(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
_PATH = r"(?:[!$&-;=?-Z_a-z~]|%[0-9A-Fa-f]{2})*"
Url = Annotated[
    str,
    Form("web address", pattern=rf"^https?://{_HOST}(?::{_PORT})?(?:[/?]{_PATH})?(?:#{_PATH})?$", max_length=2_000),
]
"""A host by name or by number, and a port that there is.

Letters beyond ASCII percent-encoded, as an IRI in the graph has to be one that every store takes."""
Share = Annotated[float, Form("number from 0 to 100", ge=0, le=100)]
"""Percent, 0 to 100."""
Amount = Annotated[float, Form("number", ge=0)]
"""A measured number, which cannot be below nought."""
Position = Annotated[int, Form("whole number", ge=0)]
Size = Annotated[int, Form("whole number", ge=1)]
YesNo = Literal["yes", "no"]

Keys = Annotated[tuple[Key, ...], Several()]
SomeKeys = Annotated[tuple[Key, ...], Several(1)]
PlaceKeys = Annotated[tuple[PlaceKey, ...], Several()]
Texts = Annotated[tuple[Text, ...], Several()]

Chinese = Literal["zh-hant", "zh-hans"]
CHINESE: tuple[Chinese, ...] = ("zh-hant", "zh-hans")
"""Scripts in which a graph has Chinese, by their tags."""
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Around:
    """What a node's own fields do not tell: its key, what holds it, and what others are called."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)
    """Key of an organisation -> its English name."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Key of a person -> the English name."""
    in_chinese: Mapping[str, Name] = field(default_factory=dict)
    """``organisation:KEY`` or ``person:KEY`` -> the name in all scripts it has."""
    holder_key: str = ""
    holder_label: str = ""


NOWHERE = Node("test", "-")
"""Node of a record that was not read from a graph."""


def placed(record: R, key: str) -> R:
    """A record that knows its node."""
    some: Any = record
    object.__setattr__(record, "node", Node(some.about.kind, key))
    return record


def holder_of(key: str) -> tuple[str, str]:
    """Key of the record that holds a part, and the number or the name of the part there."""
    holder, _, own = key.rpartition(".")
    return holder, own


@cache
def _values_of(kind: Any) -> attrgetter[Any]:
    """What takes from a record the values by which it is compared."""
    return attrgetter("__class__", *(each.name for each in fields(kind) if each.compare))


@record()
class Record:
    """A curated record: frozen, and an unknown key is an error."""

    about: ClassVar[About]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "str_strip_whitespace": True,
        "allow_inf_nan": False,
        "arbitrary_types_allowed": True,
    }

    node: Node = field(init=False, compare=False, repr=False, default=NOWHERE)
    """Its node, where it was read from a graph; no field of a file."""

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        kind: Any = self.__class__
        values = _values_of(kind)
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        kind: Any = self.__class__
        return hash(_values_of(kind)(self))

    def __repr__(self) -> str:
        told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
        return f"{self.__class__.__qualname__}({told})"

    def classes(self) -> tuple[str, ...]:
        """Classes of the node."""
        return self.about.classes

    def caption(self, around: Around) -> str | None:
        """English label of the node, where no field is it."""
        return None

    def caption_in(self, language: Chinese, around: Around) -> str | None:
        """Label of the node in Chinese, where there is an English one that no field is."""
        return None

    def more(self, node: Triples, around: Around) -> None:
        """Add what no single field says."""


@record()
class Sourced(Record):
    """A record with its receipt."""

    sources: Annotated[SomeKeys, Ref("dct:source", "source")]
    """Sources that it rests on."""
    confidence: Annotated[Confidence, Val("du:confidence", "confidence")]
    """How far it can be trusted, on the scale in ``data/dataset.yml``."""
    note: Annotated[Text | None, Lit("rdfs:comment", "en")] = None
    """What a reader should know that no other field holds."""


@record()
class Dated(Sourced):
    """A sourced record that holds from one day to another (``valid_to`` exclusive); blank is unknown or open."""

    valid_from: Annotated[PartialDate | None, Bound("du:validFrom")] = None
    """First day on which it holds; blank: no start is recorded."""
    valid_to: Annotated[PartialDate | None, Bound("du:validTo")] = None
    """First day on which it no longer holds; blank: no end is recorded."""

    @property
    def span(self) -> Span:
        """When it holds."""
        return Span(self.valid_from, self.valid_to)

    def __post_init__(self) -> None:
        """Reject an end that is not after the start."""
        start, end = self.valid_from, self.valid_to
        if start is not None and end is not None and end.latest <= start.earliest:
            raise ValueError(f"valid_to {end} is not after valid_from {start}")


@record()
class Amended(Dated):
    """A sourced record of text that an instrument other than its own may have written or ended.

    Without that instrument, what it wrote is not there, and what it ended goes on.
    """

    begun_by: Annotated[Key | None, Ref("du:begunBy", "instrument")] = None
    """Instrument that gave it this form, where that is not the one it belongs to; blank: none, or not recorded."""
    ended_by: Annotated[Key | None, Ref("du:endedBy", "instrument")] = None
    """Instrument that ended it; blank: it goes on, ends by itself, or what ended it is not recorded."""

    def __post_init__(self) -> None:
        """Reject who ended it where no end is given, and who began it where no start is."""
        Dated.__post_init__(self)
        for by, day, name in ((self.begun_by, self.valid_from, "from"), (self.ended_by, self.valid_to, "to")):
            if by is not None and day is None:
                raise ValueError(f"{by} cannot have done what has no day: give valid_{name} too")


@record()
class Relation(Dated):
    """A sourced edge between parties or places."""

    key: Key
    """Running number or short name."""
    seen: Annotated[PartialDate | None, Partial("du:seenOn")] = None
    """When the source shows it; blank: not recorded."""
    seen_note: Annotated[Text | None, Lit("du:seenNote", "en")] = None
    """What ``seen`` stands for where it is no plain date."""
    value: Annotated[Text | None, Lit("du:valueAsStated")] = None
    """The source's own figure or words."""


@record()
class Name(Record):
    """A name in up to three scripts; English is always there."""

    en: Text
    """English name, or the form used in English."""
    zh_hant: Text | None = None
    """Name in Traditional Chinese; blank: none is recorded."""
    zh_hans: Text | None = None
    """Name in Simplified Chinese; blank: none is recorded."""

    @property
    def said(self) -> Said:
        """The name in each language; in English where one has none."""
        return Said(self.en, self.zh_hant or self.en, self.zh_hans or self.en)


def field_order(kind: type[Any]) -> list[str]:
    """Order of a record's fields in its file: key, its own, when seen, when valid, and then the receipt.

    Returns:
        Names of all its fields. CSV columns and YAML keys stand in this order.

    Example:
        >>> field_order(Dated)
        ['valid_from', 'valid_to', 'sources', 'confidence', 'note']
    """
    names = [found.name for found in fields_of(kind)]
    above = kind.__base__
    if above is not None and hasattr(above, "about"):
        inherited = field_order(above)
        names = [name for name in names if name not in inherited] + inherited
    return sorted(names, key=lambda name: name != "key")
