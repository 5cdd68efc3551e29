"""What calculations of the law read: settlements, places, events, measures and products, as the graph holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dualuse.law.events import read_all_events
from dualuse.law.groups import Places, read_places
from dualuse.model.claims import Settlement
from dualuse.model.items import Product
from dualuse.model.law import Event, Instrument, Measure
from dualuse.model.read import Records, read
from dualuse.store.base import Store


@dataclass(frozen=True)
class Law:
    """What calculations read: places, events by instrument, measures, products and instruments."""

    places: Places
    events: Mapping[str, list[Event]]
    measures: Mapping[str, Measure]
    products: Mapping[str, Product]
    instruments: Mapping[str, Instrument]

    def cited(self, key: str) -> str:
        """What a provision or an instrument is cited as, or its key."""
        provision = self.places.registry.provisions.get(key)
        if provision is not None:
            return provision.citation
        instrument = self.instruments.get(key)
        return (instrument and instrument.citation) or key

    def named(self, group: str) -> str:
        """Name of a group."""
        return self.places.named[group].name_en


def read_settlements(store: Store) -> dict[tuple[str | None, str], Settlement]:
    """Settlements by (instrument, attribute)."""
    return {(found.instrument, found.attribute): found for found in read(store, Settlement)}


def read_law(store: Store) -> Law:
    """What calculations need."""
    measures, products, instruments = Records(Measure, store), Records(Product, store), Records(Instrument, store)
    return Law(read_places(store), read_all_events(store), measures, products, instruments)
