"""Parties of the lists that are searched, an index of their names, and what else tells one: address, identifier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dualuse.screening.index import Found, Index
from dualuse.screening.party import Listed, ListRead, codes

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge

_MOST_NAMES = 120
"""Most names that are looked at for one that is sought; several are often those of one party."""
_REMEMBERED = 4_096
"""Most names of which it is remembered whom they are like."""
ADDRESS, ADDRESS_WEIGHT = 0.8, 9.0
"""Score and weight from which two addresses are taken for one."""


class Alike(NamedTuple):
    """A party that is like one sought, by the name that is most like it.

    Args:
        found: How like.
    """

    party: Listed
    name: str
    found: Found

    @property
    def is_alias(self) -> bool:
        """Whether it is found by another name than the one it is listed under."""
        return self.name != self.party.names[0]


class Parties:
    """Parties of some lists.

    Args:
        lists: What they were read from.
        parties: The parties.
    """

    def __init__(self, lists: Sequence[ListRead], parties: Sequence[Listed]) -> None:
        self.lists = list(lists)
        self.parties = list(parties)
        self._named = [(number, name) for number, party in enumerate(self.parties) for name in party.names]
        self.index = Index(self._named)
        self.like = lru_cache(_REMEMBERED)(self._like)

    @classmethod
    def read(cls, knowledge: Knowledge, names: Sequence[str] = ()) -> Parties:
        """Read them from the record, from what is loaded, or from files.

        Args:
            names: Lists, as for :func:`dualuse.screening.sources.read_lists`.

        Raises:
            UsageError: no such list, or a file that is none.
        """
        from dualuse.screening.sources import read_lists

        found = read_lists(knowledge, names)
        return cls([list_ for list_, _ in found], [party for _, parties in found for party in parties])

    def _like(self, name: str, least: float) -> Sequence[Alike]:
        """Parties with a name like one, each once, the best first."""
        best: dict[int, Alike] = {}
        for found in self.index.find(name, _MOST_NAMES, least):
            number, text = self._named[found.name]
            best.setdefault(number, Alike(self.parties[number], text, found))
        return tuple(best.values())

    @cached_property
    def _addresses(self) -> tuple[Index, list[tuple[int, str]]]:
        told = [(number, address) for number, party in enumerate(self.parties) for address in party.addresses]
        return Index(told), told

    def at(self, address: str) -> dict[int, str]:
        """Number of each party with an address that is taken for one, with that address."""
        index, told = self._addresses
        found: dict[int, str] = {}
        for each in index.find(address, _MOST_NAMES, ADDRESS):
            if each.weight >= ADDRESS_WEIGHT:
                found.setdefault(told[each.name][0], told[each.name][1])
        return found

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, party in enumerate(self.parties):
            for code in {code for text in party.identifiers for code in codes(text)}:
                found.setdefault(code, []).append(number)
        return found

    def with_code(self, text: str) -> dict[int, str]:
        """Number of each party with an identifier that a cell has, with that identifier."""
        return {number: code for code in sorted(codes(text)) for number in self._codes.get(code, ())}
