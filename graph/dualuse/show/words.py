"""Words in three languages: a text that is said, and the texts that answers share."""

from __future__ import annotations

import re
from functools import cache

from dualuse.said import Said as Said
from dualuse.said import join as join
from dualuse.said import read_texts
from dualuse.said import same as same

_ARTICLE = re.compile(
    r"United |(?:Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros)\b|(?!.*,).* (?:Islands|Republic)$"
)


def with_article(said: Said) -> Said:
    """A name as it stands in an English sentence: the United States, but Poland."""
    return Said(f"the {said.en}", *said[1:]) if _ARTICLE.match(said.en) else said


def capital(said: Said) -> Said:
    """A text that begins with a capital in English."""
    return Said(said.en[:1].upper() + said.en[1:], *said[1:])


def numbered(number: int, one: Said, many: Said, **parts: Said | str | int) -> Said:
    """A text with a number in it: *one* for one, *many* for any other."""
    return (one if number == 1 else many).fill(n=f"{number:,}", **parts)


@cache
def texts() -> dict[str, dict[str, Said]]:
    """Section -> key -> text: those of the explorer, which answers share, and ours."""
    told: dict[str, dict[str, Said]] = {}
    for package in ("dualuse.explore", "dualuse.show"):
        for section, entries in read_texts(package).items():
            told.setdefault(section, {}).update({key: Said(*words) for key, words in entries.items()})
    return told


def find(section: str, key: str) -> Said | None:
    """A text of a section, or None."""
    return texts().get(section, {}).get(key)


def word(section: str, key: str) -> Said:
    """A key as it stands in an English text, and in Chinese the word of a section for it."""
    found = find(section, key)
    return same(key) if found is None else Said(key, *found[1:])


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
