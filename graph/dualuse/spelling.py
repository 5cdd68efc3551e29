"""Other ways in which people write a name: citations of law, and places as tables of countries have them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from dualuse.citations import cited
from dualuse.citations import plain as plain_citation

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_NOTHING_IN_BRACKETS = re.compile(r"\s*\(\s*\)")
_ARTICLE = re.compile(r"\bthe\b\s*")
_SAINT = re.compile(r"\bst\b\.?")


def plain_place(name: str) -> str:
    """A name of a place without accents and articles, and with what stands in brackets after a comma.

    Example:
        >>> plain_place("Congo (the Democratic Republic of the)"), plain_place("St. Barthélemy")
        ('congo, democratic republic of', 'saint barthelemy')
    """
    folded = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("&", " and "))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _SAINT.sub("saint", _NOTHING_IN_BRACKETS.sub("", _ARTICLE.sub("", bare)))
    return " ".join(_IN_BRACKETS.sub(r", \1", words).replace(" ,", ",").split()).strip(" ,")


_PLAIN: dict[str, Callable[[str], str]] = {
    "place": plain_place,
    "instrument": plain_citation,
    "provision": plain_citation,
}
"""Kind of thing -> the plain form of a name of one."""


def _forms(kind: str, name: str) -> Iterable[str]:
    """The plain forms under which a name on record is found."""
    return (plain_place(name),) if kind == "place" else cited(name)


class Spellings:
    """Names on record by their plain forms, of those kinds of thing that people write in several ways.

    Args:
        by_kind: kind -> folded name -> {key: rank}; the lower the rank, the better the name.
    """

    def __init__(self, by_kind: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        self._by_kind = by_kind
        self._known: dict[str, dict[str, dict[str, int]]] = {}

    def bearing(self, kind: str, name: str) -> Mapping[str, int]:
        """Keys of the things that bear a name in another spelling, each with the rank of the name."""
        plain = _PLAIN.get(kind)
        return {} if plain is None else self._plain(kind).get(plain(name), {})

    def begun(self, kind: str, name: str) -> Iterator[str]:
        """Keys of the things whose names begin with all the words of a folded name and go on."""
        start = _PLAIN.get(kind, str)(name)
        known: Mapping[str, Mapping[str, int]] = self._plain(kind) if kind in _PLAIN else self._by_kind.get(kind, {})
        for other, keys in known.items():
            if start and other.startswith(start) and not other[len(start) : len(start) + 1].isalnum():
                yield from keys

    def _plain(self, kind: str) -> dict[str, dict[str, int]]:
        if kind not in self._known:
            found: dict[str, dict[str, int]] = defaultdict(dict)
            for name, keys in self._by_kind.get(kind, {}).items():
                for form in _forms(kind, name):
                    for key, rank in keys.items():
                        found[form][key] = min(rank, found[form].get(key, rank))
            self._known[kind] = dict(found)
        return self._known[kind]
