"""How the columns of somebody's table are to be read: a mapping file in YAML."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from dualuse.errors import UsageError
from dualuse.namespaces import expand
from dualuse.reading import read_bytes

_LARGEST = 1_000_000
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_OWN = ("du:", "rdf:", "owl:", "sh:")
"""Vocabularies that say what curated things are; a table says nothing in them."""


def _property(name: object) -> object:
    if not isinstance(name, str) or not name or _IRI.fullmatch(name):
        return name
    if name.startswith(_OWN):
        raise ValueError(
            f"{name!r} says what curated things are; take a property of another vocabulary, as schema:name"
        )
    try:
        found = expand(name)
    except UsageError as error:
        raise ValueError(f"{error}; or give its whole address, http…") from None
    if not _IRI.fullmatch(found):
        raise ValueError(f"{name!r} is no name of a property")
    return name


class Column(BaseModel):
    """How one column is read.

    Attributes:
        property: What its value is to the record: a prefixed name or a whole address.
        type: What the value is.
        separator: What stands between values, if a cell may have several.
        of: Name of the table whose records it names, for the type record; blank: this table.
        ignored: Why it is kept as it stands and not read further.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    property: Annotated[str, BeforeValidator(_property)] = ""
    type: Literal["text", "day", "number", "place", "identifier", "record"] = "text"
    separator: str = ""
    of: str = ""
    ignored: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Column:
        if self.type == "identifier" and not self.property and not self.ignored:
            self.property = "schema:identifier"
        if bool(self.property) == bool(self.ignored):
            raise ValueError("give a property, or ignored with the reason, and not both")
        return self


class Mapping(BaseModel):
    """How a table is read.

    Attributes:
        title: What the table is called.
        publisher: Who made it.
        licence: Address of its licence.
        key: Column, or several, whose values tell one record from another; none: all of them.
        label: Column with the name of a record.
        list_: Column that tells on which list a record stands, if there are several.
        columns: Each column -> how it is read.
        digest: Of the file.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = ""
    publisher: str = ""
    licence: str = ""
    key: str | list[str] = ""
    label: str
    list_: Annotated[str, Field(alias="list")] = ""
    columns: dict[str, Column]
    digest: str = ""

    @model_validator(mode="after")
    def _names_its_columns(self) -> Mapping:
        if self.licence and not _IRI.fullmatch(self.licence):
            raise ValueError(f"licence {self.licence!r} is no address, http…")
        missing = [name for name in (*self.keys, self.label, *filter(None, [self.list_])) if name not in self.columns]
        if missing:
            raise ValueError(f"{missing[0]!r} is key, label or list, and not among the columns; add it there")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns of the key."""
        return (self.key,) if isinstance(self.key, str) and self.key else tuple(self.key)


def read_mapping(file: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        UsageError: it is none; the message says what is wrong where.
    """
    content = read_bytes(file, _LARGEST)
    try:
        told = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{file}: no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(told, dict):
        raise UsageError(f"{file}: no mapping: it names no columns. Write one: dualuse load table FILE --suggest")
    try:
        found = Mapping.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"{file}: {where}{': ' if where else ''}{first['msg'].removeprefix('Value error, ')}"
        ) from None
    return found.model_copy(update={"digest": hashlib.sha256(content).hexdigest()})
