"""What a card says in one language: its words, headings, and cells as far as they have names in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dualuse.card import Card
from dualuse.explore.text import LANGUAGES, check_language
from dualuse.said import Phrase
from dualuse.show.cells import cell
from dualuse.show.labels import Labels, NamesAsAsked, column, name_of, read_labels, worded
from dualuse.show.words import Said, find, say


@dataclass(frozen=True)
class Voice:
    """Tells texts in one language.

    Args:
        language: ``en``, ``zh-Hant`` or ``zh-Hans``.
        labels: Names of what is mentioned by key.
    """

    language: str = LANGUAGES[0]
    labels: Labels = field(default_factory=dict)

    @classmethod
    def of(cls, card: Card[Any], language: str) -> Voice:
        """The voice that tells a card.

        Raises:
            UsageError: the language is unknown.
        """
        check_language(language)
        if card.source is None:
            return cls(language)
        few = language == LANGUAGES[0]  # the question and the headline alone have names
        return cls(language, NamesAsAsked(card.source) if few else read_labels(card.source, card))

    @property
    def original(self) -> bool:
        """Whether it tells values as they are, by the words that commands take."""
        return self.language == LANGUAGES[0]

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return ": " if self.original else "："

    def text(self, said: Said) -> str:
        """A text."""
        return said[LANGUAGES.index(self.language)]

    def told(self, text: str) -> str:
        """A text of the record, where it is translated."""
        return text if self.original else self.text(worded(self.labels, text))

    def head(self, table: str, key: str) -> str:
        """Heading of a column of a table."""
        return self.text(find("column", f"{table}.{key}") or column(key)) if key else ""

    def title(self, table: str) -> str:
        """Title of a table."""
        return self.text(find("table", table) or column(table))

    def cell(self, key: str, value: Any) -> str:
        """A value of a column as words in a cell."""
        if self.original:
            return cell(value)
        if isinstance(value, bool):
            return self.text(say("yes" if value else "no"))
        if isinstance(value, Phrase):
            return self.told(value)
        if isinstance(value, str):
            return "\n".join(self.text(name_of(self.labels, key, line)) for line in value.split("\n"))
        if isinstance(value, list | tuple):
            return "；".join(self.cell(key, part) for part in value)
        if isinstance(value, Mapping):
            told = ((name, part) for name, part in value.items() if part is not None)
            return "，".join(f"{self.named(key, name)} {self.cell(name, part)}" for name, part in told)
        return cell(value)

    def named(self, key: str, name: str) -> str:
        """Name of a part within a value: a value itself, or a column."""
        found = name_of(self.labels, key, name)
        return self.text(column(name) if found.one else found)
