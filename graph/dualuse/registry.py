"""The registry of sources, and which of several sources to show first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dualuse.namespaces import split_thing, thing
from dualuse.store.base import Store, value

_QUERY = """# The registry of sources, with the rank of each one's class.
SELECT ?source ?title ?page ?class ?rank ?publisher WHERE {
  ?source a du:SourceDocument ; dct:title ?title ; du:sourceClass ?class .
  ?class du:rank ?rank .
  OPTIONAL { ?source foaf:page ?page }
  OPTIONAL { ?source dct:publisher ?publisher }
}"""


@dataclass(frozen=True)
class Source:
    """A registered source; ``rank`` 1 is the strongest class (law text)."""

    key: str
    title: str
    url: str
    source_class: str
    rank: int
    publisher: str

    @property
    def address(self) -> str:
        """Its URL, or its IRI where it has none."""
        return self.url or thing("source", self.key)


class Registry(dict[str, Source]):
    """Sources by key."""

    def best(self, sources: Iterable[str]) -> Source | None:
        """The source to show first: the strongest class, then one with an address, then by key.

        Args:
            sources: Keys or IRIs of sources; others are ignored.
        """
        keys = {name.rsplit("/", 1)[-1] for name in sources}
        known = [self[key] for key in keys if key in self]
        return min(known, key=lambda source: (source.rank, not source.url, source.key), default=None)

    def address(self, sources: Iterable[str]) -> str:
        """Address of the source to show first, or an empty string."""
        found = self.best(sources)
        return "" if found is None else found.address

    def ordered(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Keys of sources, the one to show first in front."""
        keys = {name.rsplit("/", 1)[-1] for name in sources}
        known = sorted((self[key] for key in keys if key in self), key=lambda s: (s.rank, not s.url, s.key))
        return tuple(source.key for source in known)


def read_registry(store: Store) -> Registry:
    """Read the registry, sorted by key; an open graph keeps it as ``Knowledge.registry``."""
    found = Registry()
    for row in sorted(store.select(_QUERY), key=lambda row: row["source"].value):
        key = split_thing(value(row, "source"))[1]
        found[key] = Source(
            key=key,
            title=value(row, "title"),
            url=value(row, "page"),
            source_class=split_thing(value(row, "class"))[1],
            rank=int(value(row, "rank")),
            publisher=value(row, "publisher"),
        )
    return found
