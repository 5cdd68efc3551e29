"""Places as the Export Administration Regulations spell them, which is not how others do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dualuse.feeds.places import Places

SPELT = {
    "bolivia": "BO",
    "burma": "MM",
    "congo (democratic republic of the)": "CD",
    "congo (democratic republic of)": "CD",
    "congo (republic of the)": "CG",
    "congo (republic of)": "CG",
    "cote d'ivoire": "CI",
    "cote d'lvoire": "CI",
    "crimea": "XM",
    "crimea region": "XM",
    "crimea region of ukraine": "XM",
    "gambia, the": "GM",
    "macau": "MO",
    "micronesia (federated state of)": "FM",
    "micronesia (federated states of)": "FM",
    "saint kitts & nevis": "KN",
    "sao tome & principe": "ST",
    "seycheles": "SC",
    "sint maarten": "SX",
    "south sudan": "SS",
    "st. kitts and nevis": "KN",
    "st. lucia": "LC",
    "st. vincent and the grenadines": "VC",
    "surinam": "SR",
    "turkey": "TR",
    "u.a.e.": "AE",
    "u.a.e": "AE",
    "uae": "AE",
    "u.k.": "GB",
    "uk": "GB",
}
"""Spellings of the regulations, folded -> code; misspellings included, for they stand in the law."""
_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_POST_CODE = re.compile(r"(?:[\s,.;]+(?=[\w-]*\d)[\w-]{1,8}){1,2}[\s.]*$")
_WORDS = 6
"""How many words the longest name of a place at the end of an address has."""


class LawPlaces:
    """Finds the place that the regulations mean by a name.

    Args:
        places: Finds places by the names on record.
    """

    def __init__(self, places: Places) -> None:
        self._places = places

    def __call__(self, name: str) -> str | None:
        """Code of the place; None if none is meant for sure."""
        for each in _spellings(" ".join(name.split()).strip(" .,;")):
            found = SPELT.get(each.casefold()) or self._places(each)
            if found:
                return found if found in self._places.codes else None
        return None

    def at_end(self, address: str) -> str | None:
        """Code of the place in which an address ends; a post code may stand before it or after it."""
        last = _POST_CODE.sub("", address.strip(" .,;"))
        for tail in (address, last):
            words = tail.rpartition(",")[2].split()
            for first in range(max(0, len(words) - _WORDS), len(words)):
                if found := self._long(" ".join(words[first:])):
                    return found
        return None

    def _long(self, name: str) -> str | None:
        """A name in letters; a code of two letters is no country at the end of an address."""
        return self(name) if len(name.strip(" .")) > 3 or name.casefold().strip(" ,;") in SPELT else None


def _spellings(name: str) -> Iterator[str]:
    yield name
    if name.isupper():
        yield name.title()
    before, comma, after = name.partition(", ")
    if comma:  # Korea, South
        yield f"{after} {before}"
        yield f"{after} {before}".title()
        yield before if after.casefold() in ("the", "republic of") else name
    bare = _BRACKETED.sub("", name)
    if bare != name and not bare.casefold().startswith("congo"):
        yield bare
        yield bare.title() if bare.isupper() else bare
