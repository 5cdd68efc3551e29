"""The texts of one page, numbered, so that it can change its language without a request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from dualuse.explore.text import LANGUAGES
from dualuse.show.words import Said

_LETTERS = re.compile(r"[A-Za-z]{2}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


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
