"""What the pages are made from: the graph, its records, and what everything is called in three languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dualuse.build import Built, build
from dualuse.card import Card
from dualuse.knowledge import Knowledge
from dualuse.law.events import read_all_events
from dualuse.model.law import Event, Instrument, Measure, Provision
from dualuse.model.speech import Statement
from dualuse.namespaces import ID, split_thing, thing
from dualuse.show.words import Said
from dualuse.store.base import value

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
"""Languages of the site, in the order of ``Said``; the first stands at its top, the others in folders of their name."""

_NAMES = "SELECT ?thing ?name WHERE { ?thing rdfs:label|skos:prefLabel ?name } ORDER BY ?thing ?name"


@dataclass(frozen=True)
class World:
    """The graph as built, and the shortest ways to what pages tell."""

    built: Built

    @cached_property
    def knowledge(self) -> Knowledge:
        """The graph."""
        return Knowledge(self.built.store)

    def records(self, table: str) -> Mapping[str, Any]:
        """Records of a table by key."""
        return self.built.curated.tables[table]

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Instruments by key."""
        return self.records("instruments")

    @cached_property
    def provisions_of(self) -> Mapping[str, list[Provision]]:
        """Instrument -> its provisions on record, by key."""
        return _grouped((record.instrument, record) for record in self.records("provisions").values())

    @cached_property
    def measures_of(self) -> Mapping[str, list[Measure]]:
        """Instrument -> what its provisions do."""
        provisions = self.records("provisions")
        return _grouped((provisions[m.provision].instrument, m) for m in self.records("measures").values())

    @cached_property
    def rules_of(self) -> Mapping[str, list[Any]]:
        """Instrument -> rules of decision."""
        return _grouped((rule.instrument, rule) for rule in self.records("rules").values())

    @cached_property
    def statements_on(self) -> Mapping[str, list[Statement]]:
        """Instrument -> statements about it, by day."""
        told = sorted(self.records("statements").values(), key=lambda statement: statement.date.earliest)
        return _grouped((instrument, statement) for statement in told for instrument in statement.instruments)

    @cached_property
    def events_of(self) -> Mapping[str, list[Event]]:
        """Instrument -> its events, by day."""
        return read_all_events(self.knowledge.store)

    @cached_property
    def status_of(self) -> Mapping[str, Card[Any]]:
        """Instrument -> where it stands on the last day of the record, under each lens."""
        return {key: self.knowledge.status(key) for key in self.instruments}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.knowledge.store.select(_NAMES):
            iri = row["thing"].value
            if iri.startswith(ID):
                found[iri].setdefault(getattr(row["name"], "language", None) or "en", value(row, "name"))
        return found

    def name(self, kind: str, key: str) -> Said:
        """What a thing is called; its key where the record has no name, English where it has no Chinese one."""
        told = self._labels.get(thing(kind, key), {})
        english = told.get("en") or next(iter(told.values()), key)
        hant, hans = told.get("zh-hant"), told.get("zh-hans")
        return Said(english, hant or hans or english, hans or hant or english)

    def own_names(self, kind: str, key: str) -> Mapping[str, str]:
        """Names of a thing by language tag, those alone that are on record."""
        return self._labels.get(thing(kind, key), {})

    def key_of(self, iri: str) -> tuple[str, str]:
        """Kind and key of a thing."""
        return split_thing(iri)


def read_world() -> World:
    """Build the graph from the repository's data."""
    return World(build())


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, record in pairs:
        found[key].append(record)
    return found
