"""One text in three languages, and English texts that keep what they are made from, so that each can be told in all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pkgutil import get_data
from typing import NamedTuple

from dualuse.errors import InstallationError

TEXT = "text"
"""In place of a kind, before the English text of the record, or an English name: where its translation stands."""


class Said(NamedTuple):
    """One text in the languages of the page."""

    en: str
    hant: str
    hans: str

    def fill(self, **parts: Said | str | int) -> Said:
        """Put parts into the blanks of each language.

        Example:
            >>> Said("to {x}", "往{x}", "往{x}").fill(x=Said("Poland", "波蘭", "波兰")).hant
            '往波蘭'
        """
        told = {name: part if isinstance(part, Said) else same(str(part)) for name, part in parts.items()}
        return Said(*(text.format(**{name: part[i] for name, part in told.items()}) for i, text in enumerate(self)))

    @property
    def one(self) -> bool:
        """Whether it reads the same in every language."""
        return self.en == self.hant == self.hans


def same(text: str) -> Said:
    """A text that has no translation: a name, a number, a sentence of the record.

    Example:
        >>> same("LPP").one
        True
    """
    return Said(text, text, text)


def join(parts: Iterable[Said], *, between: str = ", ", han: str = "、") -> Said:
    """Join texts as each language does."""
    listed = list(parts)
    return Said(*(sign.join(part[i] for part in listed) for i, sign in enumerate((between, han, han))))


Names = Mapping[tuple[str, str], Said]
"""(kind, key) -> name, and (``TEXT``, English text) -> the text."""


Rows = dict[str, dict[str, list[str]]]
_TABLE = "texts.json"


@cache
def read_texts(package: str) -> Rows:
    """Section -> key -> the text in English, 繁體 and 简体, as the table of a package has them.

    Raises:
        InstallationError: the file is not in the installed package.
    """
    try:
        source = get_data(package, _TABLE)
    except OSError:
        source = None
    if source is None:
        raise InstallationError(
            f"{_TABLE} of {package} is missing, so pages have no words. "
            "Install dualuse again: pip install --force-reinstall dualuse"
        )
    rows: Rows = json.loads(source)
    return rows


class Phrase(str):
    """An English text that keeps what it is made from.

    Example:
        >>> phrase = Phrase.of(Said("to {place}", "往{place}", "往{place}"), place="Poland")
        >>> phrase, phrase.said({("text", "Poland"): Said("Poland", "波蘭", "波兰")}).hant
        ('to Poland', '往波蘭')
    """

    __slots__ = ("_form", "parts")
    _form: Said
    parts: Mapping[str, Said | str]

    @classmethod
    def of(cls, form: Said, **parts: Said | str | int) -> Phrase:
        """A text with its blanks filled; what fills them may be such a text, a text of the record, or a name."""
        told = {name: part if isinstance(part, Said | str) else str(part) for name, part in parts.items()}
        made = cls(form.fill(**told).en)
        made._form, made.parts = form, told
        return made

    @classmethod
    def listed(cls, parts: Iterable[Said | str], *, between: str = ", ", han: str = "、") -> Phrase:
        """Several texts, one after another.

        Example:
            >>> Phrase.listed(["Poland", "France"], between=" and ", han="與")
            'Poland and France'
        """
        told = {f"p{number}": part for number, part in enumerate(parts)}
        return cls.of(join((same(f"{{{name}}}") for name in told), between=between, han=han), **told)

    def said(self, names: Names) -> Said:
        """The text in each language, as far as its parts have names."""
        return self._form.fill(**{name: _said(part, names) for name, part in self.parts.items()})


def phrase(key: str, /, **parts: Said | str | int) -> Phrase:
    """A text of ``texts.json``, by its section and its key there, with what fills its blanks.

    Example:
        >>> phrase("groups.tier", level=1)
        'tier 1'

    Raises:
        KeyError: there is none of that key; a fault of this package.
    """
    section, _, name = key.partition(".")
    return Phrase.of(Said(*read_texts("dualuse")[section][name]), **parts)


def sentence(text: str) -> str:
    """A text of a file beside the code, in Chinese too where the section ``limit`` of ``texts.json`` has it."""
    return next((Phrase.of(Said(*row)) for row in read_texts("dualuse")["limit"].values() if row[0] == text), text)


def quoted(text: str) -> Phrase:
    """A text between quotation marks.

    Example:
        >>> print(quoted("Embargo of Cuba"), quoted("China's list"))
        'Embargo of Cuba' "China's list"
    """
    return phrase("quote.double" if "'" in text else "quote.single", text=text)


def quoted_words(text: str) -> Said:
    """Words as they stand in a text, between the quotation marks of each language; in English as Python has them."""
    return Said(repr(text), f"「{text}」", f"“{text}”")


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

    def said(self, names: Names) -> Said:
        """The names in each language."""
        return join(names.get(thing) or same(name) for thing, name in self.things.items())


def _said(part: Said | str, names: Names) -> Said:
    if isinstance(part, Phrase | Named):
        return part.said(names)
    return part if isinstance(part, Said) else names.get((TEXT, part)) or same(part)


def named_in(phrase: Said | str) -> Iterator[tuple[str, str]]:
    """The things that a text names, by kind and key; with ``TEXT`` as kind, the plain texts in it."""
    if isinstance(phrase, Named):
        yield from phrase.things
    elif isinstance(phrase, Phrase):
        for part in phrase.parts.values():
            yield from named_in(part)
    elif isinstance(phrase, str):
        yield TEXT, phrase


def phrases(given: object) -> Iterator[Phrase | Named]:
    """Every such text in an answer, also those that only its words use."""
    if isinstance(given, Phrase | Named):
        yield given
    elif is_dataclass(given):
        for part in fields(given):
            yield from phrases(getattr(given, part.name))
    elif isinstance(given, Mapping):
        for inner in given.values():
            yield from phrases(inner)
    elif isinstance(given, list | tuple) and not isinstance(given, Said):
        for inner in given:
            yield from phrases(inner)
