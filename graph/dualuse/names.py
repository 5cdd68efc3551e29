"""Find a thing by its key, its code, or any of its names in English, 繁體 or 简体."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dualuse.errors import UnknownNameError
from dualuse.kept import name_of, pack, unpack, unreadable
from dualuse.namespaces import ID, split_thing, thing
from dualuse.store.base import Row, Store, value
from dualuse.suggest import nearest

if TYPE_CHECKING:
    from dualuse.spelling import Spellings

_NAMES = """
  {{ {thing} skos:prefLabel ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} foaf:name ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} dct:title ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} a du:Product ; rdfs:label ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} a du:Product ; rdfs:label ?full BIND(STRAFTER(?full, " ") AS ?name) BIND(2 AS ?rank) }}
  UNION {{ {thing} du:measureKind ?any ; rdfs:label ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} a du:Provision ; rdfs:label ?name BIND(1 AS ?rank) }}
  UNION {{ {thing} skos:notation ?name BIND(0 AS ?rank) }}
  UNION {{ {thing} du:ticker|du:legalName ?name BIND(2 AS ?rank) }}
  UNION {{ {thing} du:citation|du:documentNumber|du:rin ?name BIND(2 AS ?rank) }}
  UNION {{ {thing} skos:altLabel ?name BIND(2 AS ?rank) }}"""
_OF_ALL = f"""SELECT ?thing ?name ?rank WHERE {{{_NAMES.format(thing="?thing")}
  FILTER(%s)
}}"""
_OF_ONE = f"""SELECT ?name ?rank WHERE {{{{{_NAMES}
}}}}"""
_KEY = re.compile(r"[\w.-]+", re.ASCII)

_SHOWN = 5
_KEY_ITSELF = -1
"""Rank of a key among the names of a thing."""
_ONE_BY_ONE = 40
"""Most things looked up one at a time; who asks for more names is better served by reading them all."""


def fold(text: str) -> str:
    """Fold width, case, accents kept apart from letters, and white space.

    Example:
        >>> fold("  ＮＶＩＤＩＡ ") == fold("nvidia")
        True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Table:
    """Every name of every thing in a graph.

    Args:
        by_kind: kind -> folded name -> {key: rank}; the lower the rank, the better the name.
        shown: (kind, key) -> English label.
    """

    by_kind: dict[str, dict[str, dict[str, int]]]
    shown: dict[tuple[str, str], str]


ByKind = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Kind -> folded name -> {key: rank}."""


class _Kinds(Mapping[str, Mapping[str, Mapping[str, int]]]):
    """Names by kind, read from a store when a kind is asked for."""

    def __init__(self, store: Store, every: Callable[[], Table]) -> None:
        self._store = store
        self._every = every
        self._read: dict[str, Mapping[str, Mapping[str, int]]] = {}
        self.shown: dict[tuple[str, str], str] = {}

    def read(self, kinds: Collection[str]) -> None:
        """Read several kinds at once, those that have not been read."""
        fresh = [kind for kind in kinds if kind not in self._read]
        if fresh:
            found = read_table(self._store, fresh)
            self._read |= {kind: found.by_kind.get(kind, {}) for kind in fresh}
            self.shown |= found.shown

    def __getitem__(self, kind: str) -> Mapping[str, Mapping[str, int]]:
        """Names of a kind; none where there is no such kind."""
        self.read((kind,))
        return self._read[kind]

    def __iter__(self) -> Iterator[str]:
        """Kinds of which something has a name."""
        return iter(self._every().by_kind)

    def __len__(self) -> int:
        """How many kinds those are."""
        return len(self._every().by_kind)


class Names:
    """What things are called: a thing given by its key is looked up; for any other name all of its kind are read, once.

    Args:
        table: Every name, if they have been read.
    """

    def __init__(self, store: Store, table: Table | None = None) -> None:
        self._store = store
        self._table = table
        self._known: dict[tuple[str, str], str | None] = {}
        self._kinds = _Kinds(store, lambda: self.table)

    def __reduce__(self) -> tuple[Callable[[Table], Names], tuple[Table]]:
        """To another process go all names, and no store."""
        return _carried, (self.table,)

    @cached_property
    def _spellings(self) -> Spellings:
        from dualuse.spelling import Spellings

        return Spellings(self.by_kind)

    def _bearing(self, kind: str, name: str) -> Mapping[str, int]:
        """Keys of the things that bear a name, as it is written or in another spelling, each with the name's rank."""
        return self.by_kind.get(kind, {}).get(fold(name)) or self._spellings.bearing(kind, name)

    @property
    def table(self) -> Table:
        """Every name of every thing."""
        if self._table is None:
            self._table = read_table(self._store)
        return self._table

    @property
    def by_kind(self) -> ByKind:
        """Kind -> folded name -> {key: rank}; a kind is read when it is asked for."""
        return self._kinds if self._table is None else self._table.by_kind

    @property
    def shown(self) -> dict[tuple[str, str], str]:
        """(kind, key) -> English label."""
        return self.table.shown

    def _keyed(self, kind: str, name: str) -> list[str]:
        """Keys that the name is, looked up; keys are in small letters, those of places in capitals."""
        folded = fold(name)
        if self._table is not None or len(self._known) >= _ONE_BY_ONE:
            called = self.by_kind.get(kind, {}).get(folded, {})
            return [key for key, rank in called.items() if rank == _KEY_ITSELF]
        return [key for key in dict.fromkeys((folded, folded.upper())) if self._look_up(kind, key) is not None]

    def _look_up(self, kind: str, key: str) -> str | None:
        """English label of a thing, or its key where it has none; None if it has no name, or if all names are read."""
        if self._table is not None or len(self._known) >= _ONE_BY_ONE or not _KEY.fullmatch(key):
            return None
        if (kind, key) not in self._known:
            rows = self._store.select(_OF_ONE.format(thing=f"<{thing(kind, key)}>"))
            labels = sorted(filter(_is_label, rows), key=_is_foreign)
            self._known[kind, key] = next((value(row, "name") for row in labels), key) if rows else None
        return self._known[kind, key]

    def find(self, kind: str, name: str) -> str:
        """IRI of the one thing of a kind that a name means.

        Raises:
            UnknownNameError: unknown or ambiguous; the message lists the nearest.
        """
        return thing(kind, self.key(kind, name))

    def key(self, kind: str, name: str) -> str:
        """Key of the one thing of a kind that a name means; see :meth:`find`."""
        _must_name((kind,), name)
        keyed = self._keyed(kind, name)
        if len(keyed) == 1:
            return keyed[0]
        found = self._bearing(kind, name)
        best = sorted(key for key, rank in found.items() if rank == min(found.values()))
        if len(best) == 1:
            return best[0]
        several = best or sorted(set(self._spellings.begun(kind, fold(name))))
        if len(several) > 1:
            raise UnknownNameError(f"{kind} {name!r} is ambiguous: {self._list(kind, several)}. Use one of these keys.")
        raise UnknownNameError(f"no {kind} {name!r} in the graph. {self._suggest(kind, name)}")

    def find_any(self, kinds: tuple[str, ...], name: str) -> tuple[str, str]:
        """Kind and key of the one thing of several kinds that a name means; a key goes before any name.

        A whole goes before its own part: an instrument before the provision that is its notice.

        Raises:
            UnknownNameError: unknown or ambiguous among the kinds.
        """
        _must_name(kinds, name)
        keyed = [(kind, key) for kind in kinds for key in self._keyed(kind, name)]
        if len(keyed) == 1:
            return keyed[0]
        if self._table is None:
            self._kinds.read(kinds)
        hits = [kind for kind in kinds if self._bearing(kind, name)]
        found = [(kind, self.key(kind, name)) for kind in hits or kinds if hits or self._is_begun(kind, name)]
        whole = min(found, key=lambda each: len(each[1]), default=None)
        if whole is not None and all(each == whole or each[1].startswith(f"{whole[1]}.") for each in found):
            return whole
        if found:
            options = "; ".join(f"{kind} {key}" for kind, key in found)
            raise UnknownNameError(f"{name!r} is ambiguous: {options}. Use the key.")
        suggestions = " ".join(self._suggest(kind, name) for kind in kinds)
        raise UnknownNameError(f"no {' or '.join(kinds)} {name!r} in the graph. {suggestions}")

    def is_name(self, kind: str, name: str) -> bool:
        """Whether it is the key of a thing of a kind, or a name of one."""
        return bool(self._keyed(kind, name) or self._bearing(kind, name))

    def _is_begun(self, kind: str, name: str) -> bool:
        """Whether names of several things of a kind begin with a name."""
        return len(set(self._spellings.begun(kind, fold(name)))) > 1

    def label(self, kind: str, key: str) -> str:
        """English label of a thing, or its key."""
        found = self._look_up(kind, key)
        if found is None and self._table is None:
            self._kinds.read((kind,))
        return found or (self._kinds.shown if self._table is None else self._table.shown).get((kind, key), key)

    def _list(self, kind: str, keys: list[str]) -> str:
        return ", ".join(f"{key} ({self.label(kind, key)})" for key in keys[:_SHOWN])

    def _suggest(self, kind: str, name: str) -> str:
        known = self.by_kind.get(kind, {})
        folded = fold(name)
        hits = nearest(folded, known, _SHOWN) + sorted(other for other in known if folded and folded in other)
        keys = list(dict.fromkeys(key for hit in hits for key in sorted(known[hit])))
        return f"Nearest: {self._list(kind, keys)}." if keys else f"List them: dualuse query things --param kind={kind}"


def _carried(table: Table) -> Names:
    from dualuse.store import MemoryStore

    return Names(MemoryStore(), table)


def _must_name(kinds: tuple[str, ...], name: str) -> None:
    if not fold(name):
        raise UnknownNameError(f"an empty name means nothing; give the key or the name of {' or '.join(kinds)}")


def _is_label(row: Row) -> bool:
    """Whether a row holds the name to show: the first in English, or of no language, of the best rank."""
    return getattr(row["name"], "language", None) in ("en", None) and value(row, "rank") == "1"


def _is_foreign(row: Row) -> bool:
    """Whether a label is of no language: a title as issued, which may be in any."""
    return getattr(row["name"], "language", None) is None


def kept_name() -> str:
    """Name of the file that a store keeps of the names."""
    return name_of("names", "dualuse.names")


def encode(table: Table) -> bytes:
    """Names as a store keeps them: for each kind, the names and the labels of its things."""
    return pack(
        (kind, [names, {key: label for (of, key), label in table.shown.items() if of == kind}])
        for kind, names in table.by_kind.items()
    )


def read_table(store: Store, kinds: Collection[str] | None = None) -> Table:
    """Names of the things of some kinds, or of every kind, as the store keeps them or else as the graph has them."""
    kept = store.kept(kept_name())
    if kept is None:
        return table_of(store, kinds)
    try:
        told = {kind: json.loads(text) for kind, text in unpack(kept).items() if kinds is None or kind in kinds}
        shown = {(kind, key): label for kind, (_, labels) in told.items() for key, label in labels.items()}
        return Table({kind: names for kind, (names, _) in told.items()}, shown)
    except (ValueError, TypeError, AttributeError) as error:
        raise unreadable(store.location, kept_name(), error) from None


def table_of(store: Store, kinds: Collection[str] | None = None) -> Table:
    """Names of the things of some kinds, or of every kind, as the graph has them."""
    by_kind: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    shown: dict[tuple[str, str], str] = {}
    foreign: dict[tuple[str, str], str] = {}
    begins = [ID] if kinds is None else [thing(kind, "") for kind in kinds]
    wanted = " || ".join(f'STRSTARTS(STR(?thing), "{begin}")' for begin in begins)
    for row in store.select(_OF_ALL % wanted):
        kind, key = split_thing(row["thing"].value)
        name, rank = value(row, "name"), int(value(row, "rank"))
        ranks = by_kind[kind][fold(name)]
        ranks[key] = min(rank, ranks.get(key, rank))
        by_kind[kind][fold(key)][key] = _KEY_ITSELF
        if _is_label(row):
            (foreign if _is_foreign(row) else shown).setdefault((kind, key), name)
    return Table({kind: dict(names) for kind, names in by_kind.items()}, foreign | shown)
