"""The registry of sources and of what provisions are cited as, and which of several sources to show first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt
from dualuse.model.law import Provision
from dualuse.model.read import Records
from dualuse.model.sources import Source
from dualuse.model.values import SCHEMES
from dualuse.namespaces import thing

if TYPE_CHECKING:
    from dualuse.store.base import Store

_RANKS = {name: rank for rank, name in enumerate(SCHEMES["source-class"], start=1)}


def rank(source: Source) -> int:
    """Rank of the class of a source; 1 is the strongest, law text."""
    return _RANKS[source.source_class]


class Registry(Mapping[str, Source]):
    """Sources by key; those of a store are read when they are asked for.

    Args:
        sources: Sources at hand.
        store: Where the others are.
    """

    def __init__(self, sources: Mapping[str, Source] | None = None, store: Store | None = None) -> None:
        self._sources = Records(Source, store, sources)
        self.provisions = Records(Provision, store)

    def __getitem__(self, key: str) -> Source:
        """A source."""
        return self._sources[key]

    def __iter__(self) -> Iterator[str]:
        """Keys of all sources."""
        return iter(self._sources)

    def __len__(self) -> int:
        """How many sources there are."""
        return len(self._sources)

    def _ordered(self, sources: Iterable[str]) -> list[Source]:
        known = self._sources.of({name.rsplit("/", 1)[-1] for name in sources})
        return sorted(known, key=lambda source: (rank(source), not source.url, source.key))

    def prepare(self, records: Iterable[Any]) -> None:
        """Read the sources and the provisions of several records at once, ahead of their receipts."""
        told = list(records)
        self._sources.of({source for record in told for source in record.sources})
        self.provisions.of({text for record in told if (text := getattr(record, "provision", None))})

    def best(self, sources: Iterable[str]) -> Source | None:
        """The source to show first: the strongest class, then one with an address, then by key.

        Args:
            sources: Keys or IRIs of sources; others are ignored.
        """
        return next(iter(self._ordered(sources)), None)

    def address(self, sources: Iterable[str]) -> str:
        """Address of the source to show first, its IRI where it has none; an empty string for no source."""
        found = self.best(sources)
        return "" if found is None else found.url or thing("source", found.key)

    def ordered(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Keys of sources, the one to show first in front."""
        return tuple(source.key for source in self._ordered(sources))

    def citation(self, provision: str | None) -> str:
        """What a provision is cited as, or an empty string."""
        return self.provisions[provision].citation if provision else ""

    def receipt(self, record: Any, text: str, citation: str | None = None) -> Receipt:
        """A record with sources and a confidence as a line of evidence; cited by its provision unless told otherwise.

        Args:
            text: What it says.
            citation: What it is cited as, where it has no provision of its own.
        """
        cited = self.citation(record.provision) if citation is None else citation
        return Receipt(record.node.iri, text, cited, self.address(record.sources), record.confidence)


def read_registry(store: Store) -> Registry:
    """The registry of a store; an open graph keeps it as ``Knowledge.registry``."""
    return Registry(store=store)
