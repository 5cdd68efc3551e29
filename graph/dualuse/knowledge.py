"""The graph in Python: an rdflib ``Dataset``, named networkx projections, named and ad-hoc queries."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dualuse.card import Card, Unknown, Version, beyond, read_version
from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.lens import Lens
from dualuse.names import Names
from dualuse.questions.methods import Methods
from dualuse.store import Store, is_remote, is_store, open_store
from dualuse.store.addresses import hidden, is_meant_as_address
from dualuse.store.base import Row
from dualuse.store.text import form
from dualuse.unnamed import TODAY, Unnamed

if TYPE_CHECKING:
    from pyoxigraph import Triple
    from rdflib import Dataset

    from dualuse.law.groups import Places
    from dualuse.law.orders import Laws
    from dualuse.law.transaction import Transaction, World
    from dualuse.network import Network
    from dualuse.network.frame import Undated
    from dualuse.network.links import Links
    from dualuse.node import Node
    from dualuse.query.hints import Hint
    from dualuse.registry import Registry
    from dualuse.scenario import Edits
    from dualuse.screening.parties import Parties

DEFAULT_STORE = ".dualuse/store"


def store_location(location: str | None) -> str:
    """Where the store is: as given, or ``DUALUSE_STORE``, or ``.dualuse/store``.

    Raises:
        UsageError: an address that is none of the web.
    """
    found = location or os.environ.get("DUALUSE_STORE") or DEFAULT_STORE
    if is_meant_as_address(found) and not is_remote(found):
        raise UsageError(f"store {hidden(found)!r}: a folder or an address of http or https is needed")
    return found


class Knowledge(Methods):
    """An open graph.

    Args:
        today: The day it is; as the clock says, if not given.
    """

    def __init__(self, store: Store, *, today: date | None = None) -> None:
        self.store = store
        self._today = today
        self._last_day: date | None = None

    @property
    def today(self) -> date:
        """The day it is."""
        return date.today() if self._today is None else self._today

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.store)

    @cached_property
    def registry(self) -> Registry:
        """The registry of sources, read once."""
        from dualuse.registry import read_registry

        return read_registry(self.store)

    @cached_property
    def laws(self) -> Laws:
        """What the laws on record need to decide any transaction: rules, places, control lists, events; read once."""
        from dualuse.law.orders import read_laws

        return read_laws(self.store, self.version.known_on, places=self.places)

    @cached_property
    def law(self) -> World:
        """The law of the United States."""
        return self.laws.under("US")

    def law_under(self, order: str) -> World:
        """The law of a legal order: that of a place with what counts in it, or of the European Union (``EU``).

        Raises:
            UsageError: no rule of it is on record.
        """
        return self.law if order == "US" else self.laws.under(order)

    @cached_property
    def places(self) -> Places:
        """Country groups, tiers and treatments of every place; read once."""
        from dualuse.law.groups import read_places

        return read_places(self.store, self.registry)

    @cached_property
    def links(self) -> Links:
        """What is linked with what, whatever the day; read once."""
        from dualuse.network.links import read_links

        return read_links(self.store, self.registry)

    @cached_property
    def parties(self) -> Parties:
        """Parties of the curated listings and of every list that is loaded, with their names indexed; read once.

        Raises:
            MissingExtraError: what compares names is not installed.
        """
        from dualuse.screening.parties import Parties

        return Parties.read(self)

    def law_of(self, transaction: Transaction, order: str = "US") -> World:
        """A law as far as one transaction needs it, which is read faster than the whole if that was not read."""
        from dualuse.law.groups import read_places
        from dualuse.law.orders import read_laws

        if "law" in self.__dict__ or "laws" in self.__dict__:
            return self.law_under(order)
        places = read_places(self.store, self.registry, transaction.places | {order})
        return read_laws(self.store, self.version.known_on, places=places, only=transaction).under(order)

    @cached_property
    def version(self) -> Version:
        """Version, digest and last day of the record."""
        return read_version(self.store)

    @cached_property
    def dataset(self) -> Dataset:
        """The graph as an rdflib ``Dataset`` over the same store; its default graph is the union of all graphs.

        A query string handed to ``Dataset.query`` whole runs in Oxigraph, or on the endpoint; it may not do what
        :meth:`sparql` refuses.
        """
        from dualuse.query.dataset import as_dataset

        return as_dataset(self.store)

    @property
    def last_day(self) -> date:
        """Last day of the record, of which a question is asked where no day is named."""
        return self.version.known_on if self._last_day is None else self._last_day

    def as_on(self, today: date, last_day: date) -> Knowledge:
        """The same graph, asked as on another day.

        Args:
            today: The day it is.
            last_day: The day of which a question is asked where none is named.
        """
        then = copy(self)
        then._today, then._last_day = today, last_day
        return then

    def day(self, given: date | str | None) -> date:
        """The day a question is asked of: as given, ``"today"``, or the last day of the record.

        Raises:
            UsageError: no day of the calendar.
        """
        known_on, today = self.last_day, self.today
        if given is None:
            return Unnamed.beside(known_on, today) if today > known_on else known_on
        if given == TODAY:
            return Unnamed.beside(today, known_on) if today > known_on else today
        if isinstance(given, datetime) or not isinstance(given, date | str):
            raise UsageError(f"day {given!r}: a date or its ISO text is needed, for example 2025-01-13")
        return given if isinstance(given, date) else parse_day(given)

    def with_edits(self, edits: Edits, as_of: date) -> Knowledge:
        """A copy of the graph that was changed; see :func:`dualuse.scenario.build_scenario`."""
        from dualuse.scenario import build_scenario

        return Knowledge(build_scenario(self.store, edits, as_of))

    def card(self, *, lens: str = "", query: str = "", unknown: Iterable[Unknown] = (), **parts: Any) -> Card[Any]:
        """A card drawn from this graph, which says where it is asked of a day that the record does not reach."""
        from dualuse.law.reach import past

        known_on, day = self.version.known_on, parts["as_of"]
        late = past(self.store, parts["question"], day, known_on)
        gaps = (*beyond(known_on, day), *late, *unknown)
        return Card(dataset=self.version, source=self.store, lens=lens, query=query, unknown=gaps, **parts)

    def network(
        self,
        name: str = "all",
        *,
        as_of: date | str | None = None,
        lens: Lens | str = Lens.CODIFIED,
        facts: bool = False,
        undated: Undated = "keep",
        seen_by: date | str | None = None,
        all_times: bool = False,
    ) -> Network:
        """A projection as a networkx ``MultiDiGraph``.

        Args:
            name: One of ``dualuse.network.PROJECTIONS``.
            as_of: Day of law, or its ISO text, or ``"today"``; the last day of the record if not given.
            facts: Whether nodes carry every recorded fact.
            undated: ``keep`` or ``drop`` ties of which no start is on record.
            seen_by: Day, or its ISO text, by which a tie without a start must have been seen.
            all_times: Whether ties that do not hold on the day are there too; none then says whether it is certain.

        Raises:
            UsageError: no such projection or lens.
        """
        from dualuse.network.known import known
        from dualuse.network.project import PROJECTIONS, project

        if name not in PROJECTIONS:
            raise UsageError(f"no projection {name!r}; known: {', '.join(PROJECTIONS)}")
        day, through = self.day(as_of), Lens.parse(lens)
        places, links = self.places, self.links
        found = project(
            self.store, day, through, name=name, facts=facts, all_times=all_times, places=places, links=links
        )
        return known(found, undated=undated, seen_by=None if seen_by is None else self.day(seen_by))

    def walkable(self, judged: Collection[Node], *, as_of: date, lens: Lens) -> Network:
        """The network for who walks it from some measures; see :func:`dualuse.network.project.walkable`."""
        from dualuse.network.project import walkable

        return walkable(self.store, as_of, lens, judged, registry=self.registry, links=self.links)

    def query(
        self,
        name: str,
        parameters: Mapping[str, str | int | date] | None = None,
        *,
        timeout: float | None = None,
        limit_rows: int | None = None,
    ) -> list[Row]:
        """Answer a named query.

        Args:
            parameters: Values by parameter: days as ``date`` or ISO text, things by key, code or name.
            timeout: Seconds that the answer may take; without end if not given.
            limit_rows: Most rows of the answer; all of them if not given.

        Raises:
            UsageError: no such query or parameter, or a value of the wrong type.
            QueryStopped: the time is over.
        """
        from dualuse.query.check import limited
        from dualuse.query.library import load
        from dualuse.query.limits import within

        given = {key: _written(name, key, value) for key, value in (parameters or {}).items()}
        text = load(name).bind(given, self.names)
        asked = text if limit_rows is None else limited(text, limit_rows)
        return within(timeout, lambda: self.store.select(asked))

    def sparql(
        self,
        query: str,
        *,
        timeout: float | None = None,
        limit_rows: int | None = None,
        allow_service: Sequence[str] = (),
    ) -> list[Row] | list[Triple] | bool:
        """Answer a SPARQL query of any form; prefixes need not be declared.

        A query that runs out of time raises an error and goes on in a thread that nobody waits for.

        Args:
            timeout: Seconds that the answer may take; without end if not given.
            limit_rows: Most solutions; all of them if not given.
            allow_service: Hosts that ``SERVICE`` may ask; none if not given.

        Returns:
            Rows of a SELECT, whether an ASK holds, the triples of a CONSTRUCT or DESCRIBE.

        Raises:
            QueryError: it cannot be read, it is no query, or it asks for what it may not.
            QueryStopped: the time is over.
        """
        from dualuse.query.check import check, limited
        from dualuse.query.limits import within

        check(query, allow_service)
        asked = query if limit_rows is None or form(query) == "ASK" else limited(query, limit_rows)
        return within(timeout, lambda: self._answer(asked))

    def hints(self, query: str) -> list[Hint]:
        """Why a query that found nothing may have found nothing: what of it the graph lacks, and what it has instead.

        Args:
            query: Its text; prefixes need not be declared.

        Raises:
            QueryError: it asks for what it may not.
        """
        from dualuse.query.check import check
        from dualuse.query.hints import hints

        check(query)
        return hints(query, self.store)

    def _answer(self, query: str) -> list[Row] | list[Triple] | bool:
        match form(query):
            case "ASK":
                return self.store.ask(query)
            case "CONSTRUCT" | "DESCRIBE":
                return self.store.construct(query)
        return self.store.select(query)


def _written(query: str, name: str, value: object) -> str:
    """A value of a parameter as a person writes it."""
    if isinstance(value, datetime | bool) or not isinstance(value, str | int | date):
        raise UsageError(f"query {query!r}, parameter {name!r}: {value!r} is no text, whole number or day")
    return value.isoformat() if isinstance(value, date) else str(value)


def open_knowledge(location: str | None = None) -> Knowledge:
    """Open a graph.

    Args:
        location: A store folder or the URL of a SPARQL 1.1 endpoint. If not given: ``DUALUSE_STORE``, else the folder
            ``.dualuse/store`` if there is one, else the shipped data built in memory.

    Raises:
        StoreError: the place named has no store, or cannot be reached.
    """
    named = location or os.environ.get("DUALUSE_STORE")
    if named is None and not is_store(Path(DEFAULT_STORE)):
        from dualuse.build import build

        return Knowledge(build().store)
    return Knowledge(open_store(store_location(named)))


__all__ = ["DEFAULT_STORE", "Knowledge", "is_remote", "open_knowledge", "store_location"]
