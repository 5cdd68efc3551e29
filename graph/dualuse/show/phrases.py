"""English texts of an answer that are made from parts, and so can be told in other languages too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from dualuse.show.words import Said, join, same


class Phrase(str):
    """An English text that keeps what it is made from.

    Example:
        >>> phrase = Phrase.of(Said("to {place}", "往{place}", "往{place}"), place="Poland")
        >>> phrase, phrase.said({}).hant
        ('to Poland', '往Poland')
    """

    __slots__ = ("_form", "parts")
    _form: Said
    parts: Mapping[str, Said | str]

    @classmethod
    def of(cls, form: Said, **parts: Said | str | int) -> Phrase:
        """A text with its blanks filled; what fills them may be such a text itself."""
        told = {name: part if isinstance(part, Said | str) else str(part) for name, part in parts.items()}
        made = cls(form.fill(**told).en)
        made._form, made.parts = form, told
        return made

    def said(self, names: Mapping[tuple[str, str], Said]) -> Said:
        """The text in each language, as far as its parts have names."""
        return self._form.fill(**{name: _said(part, names) for name, part in self.parts.items()})


class Named(str):
    """The English name of a thing, or the names of several between commas."""

    __slots__ = ("things",)
    things: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, things: Mapping[tuple[str, str], str]) -> Named:
        """The English names of things by kind and key."""
        made = cls(", ".join(things.values()))
        made.things = things
        return made

    def said(self, names: Mapping[tuple[str, str], Said]) -> Said:
        """The names in each language."""
        return join(names.get(thing) or same(name) for thing, name in self.things.items())


def _said(part: Said | str, names: Mapping[tuple[str, str], Said]) -> Said:
    if isinstance(part, Phrase | Named):
        return part.said(names)
    return part if isinstance(part, Said) else same(part)


def named_in(phrase: Said | str) -> Iterator[tuple[str, str]]:
    """The things that a text names, by kind and key."""
    if isinstance(phrase, Named):
        yield from phrase.things
    elif isinstance(phrase, Phrase):
        for part in phrase.parts.values():
            yield from named_in(part)


def phrases(given: object) -> Iterator[Phrase | Named]:
    """Every such text in an answer, also those that only its words use."""
    if isinstance(given, Phrase | Named):
        yield given
    elif is_dataclass(given):
        for part in fields(given):
            yield from phrases(getattr(given, part.name))
    elif isinstance(given, list | tuple):
        for inner in given:
            yield from phrases(inner)
