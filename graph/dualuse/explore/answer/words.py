"""Words of answer pages: every text in three languages, drawn once and changed in the page without a request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup, escape

from dualuse.errors import InstallationError
from dualuse.explore.text import LANGUAGES, interface_texts

_LETTERS = re.compile(r"[A-Za-z]{2}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


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


@cache
def texts() -> dict[str, dict[str, Said]]:
    """Section -> key -> text: ours, then those of the explorer that we share."""
    source = files("dualuse.explore.answer") / "texts.json"
    if not source.is_file():
        raise InstallationError(
            f"{source} is missing, so the page has no words. Install dualuse again: "
            "pip install --force-reinstall dualuse"
        )
    read: dict[str, dict[str, list[str]]] = json.loads(source.read_text(encoding="utf-8"))
    shared = interface_texts()
    told = {
        section: {key: Said(*(shared[language][section][key] for language in LANGUAGES)) for key in entries}
        for section, entries in shared[LANGUAGES[0]].items()
    }
    for section, entries in read.items():
        told.setdefault(section, {}).update({key: Said(*words) for key, words in entries.items()})
    return told


def find(section: str, key: str) -> Said | None:
    """A text of a section, or None."""
    return texts().get(section, {}).get(key)


def say(key: str, **parts: Said | str | int) -> Said:
    """A text of the interface, with its blanks filled.

    Raises:
        KeyError: there is none of that key; a fault of this package.
    """
    return texts()["ui"][key].fill(**parts)


def counted(key: str, number: int, **parts: Said | str | int) -> Said:
    """A text with a number in it: ``KEY_one`` for one, where the language needs that."""
    single = find("ui", f"{key}_one") if number == 1 else None
    return (single or texts()["ui"][key]).fill(n=f"{number:,}", **parts)


class Lexicon:
    """The texts a page uses that differ between languages, numbered; the page swaps them when the reader asks to."""

    def __init__(self, language: str) -> None:
        self._at = LANGUAGES.index(language)
        self._numbers: dict[Said, int] = {}

    def plain(self, said: Said) -> str:
        """The text in the language the page opens in."""
        return said[self._at]

    def number(self, said: Said) -> int:
        """The number of a text."""
        return self._numbers.setdefault(said, len(self._numbers))

    def text(self, said: Said) -> Markup:
        """The text as an element that knows its number, and its language where that is not the page's."""
        shown = self.plain(said)
        foreign = Markup(' lang="en"') if self._foreign(shown) else ""
        if said.one:
            return Markup("<span{}>{}</span>").format(Markup(' lang="en"'), shown) if _english(shown) else escape(shown)
        return Markup('<span data-t="{}"{}>{}</span>').format(self.number(said), foreign, shown)

    def label(self, said: Said) -> Markup:
        """The text as the name of an element that shows none."""
        if said.one:
            return Markup('aria-label="{}"').format(self.plain(said))
        return Markup('data-a="{}" aria-label="{}"').format(self.number(said), self.plain(said))

    def head(self, said: Said) -> Markup:
        """The text as the heading a cell carries on a narrow screen."""
        if said.one:
            return Markup('data-head="{}"').format(self.plain(said))
        return Markup('data-h="{}" data-head="{}"').format(self.number(said), self.plain(said))

    def table(self) -> list[Sequence[str]]:
        """Every text that was used, by number."""
        return [list(said) for said in self._numbers]

    def _foreign(self, shown: str) -> bool:
        return self._at > 0 and _english(shown)


def _english(text: str) -> bool:
    """Whether a text is to be read out as English: it has words, and none in Chinese."""
    return bool(_LETTERS.search(text)) and not _HAN.search(text)
