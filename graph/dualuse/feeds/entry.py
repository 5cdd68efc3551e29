"""One record of a feed: its cells as they stand, and what was read out of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from dualuse.dates import PartialDate
from dualuse.model.triples import iri, literal
from dualuse.namespaces import BASE, FEEDS, ID, expand, thing

CELLS = f"{BASE}feed/"
"""How the names of verbatim cells begin: ``…/feed/csl#start_date``."""
_NOT_IN_IRI = re.compile(r"[^\w.~-]")
_IN_IRI = re.compile(r"[\w.~-]*").fullmatch
Said = tuple[str, str]
"""A prefixed predicate or its whole IRI, and an object in N-Triples form."""


@dataclass(frozen=True)
class Entry:
    """A record of a feed.

    Args:
        key: Its key, one of a kind within the feed and the same in every snapshot that has the record.
        cells: Column -> text as it stands; blank cells are left out.
        says: What was read out of the cells.
        list_: Code of the list it stands on, or several.
        kind: Class of the record.
        several: Column -> its texts as they stand, where a column can have several.
        adds: Whether it only adds to a record, or is a part of one, and is not counted.
    """

    key: str
    label: str
    cells: Mapping[str, str]
    says: tuple[Said, ...] = ()
    list_: str | tuple[str, ...] = ""
    kind: str = "du:FeedEntry"
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adds: bool = False

    @property
    def lists(self) -> tuple[str, ...]:
        """Codes of the lists it stands on."""
        codes = (self.list_,) if isinstance(self.list_, str) else self.list_
        return codes if all(codes) else tuple(code for code in codes if code)


def graph_of(feed: str) -> str:
    """Name of the graph of a feed."""
    return f"{FEEDS}{feed}"


def entry_iri(feed: str, key: str) -> str:
    """IRI of a record of a feed."""
    return f"{ID}feed-entry/{feed}.{key if _IN_IRI(key) else within_iri(key)}"


@lru_cache(maxsize=4096)
def cell_iri(feed: str, column: str) -> str:
    """IRI of the text of a column.

    Example:
        >>> cell_iri("epoch", "H100 equivalents")
        'https://w3id.org/dualuse/feed/epoch#H100%20equivalents'
    """
    return f"{CELLS}{feed}#{within_iri(column)}"


def within_iri(name: str) -> str:
    """A name as it stands in an IRI: signs that none may have in hexadecimal.

    Example:
        >>> within_iri("華為 Ltd/1")
        '華為%20Ltd%2F1'
    """
    return _NOT_IN_IRI.sub(lambda sign: quote(sign[0], safe=""), name)


def list_iri(feed: str, code: str) -> str:
    """IRI of a list of a feed."""
    return f"{ID}feed-list/{feed}.{within_iri(code)}"


def triples(feed: str, entry: Entry) -> list[str]:
    """The lines of N-Triples that hold a record."""
    subject = iri(entry_iri(feed, entry.key))
    return [f"{subject}{rest}" for rest in _rests(feed, entry)]


def written(feed: str, entry: Entry) -> str:
    """The lines of N-Triples that hold a record, as one text."""
    subject = iri(entry_iri(feed, entry.key))
    return subject + subject.join(_rests(feed, entry))


def _rests(feed: str, entry: Entry) -> list[str]:
    """What follows the subject in each line of a record."""
    lines = [
        f"{_p('rdf:type')}{iri(expand(entry.kind))} .\n",
        _p("rdfs:label") + _ended(entry.label),
        _p("skos:notation") + _ended(entry.key),
    ]
    lines += [f"{_p('dct:isPartOf')}{iri(list_iri(feed, code))} .\n" for code in entry.lists]
    lines += [_cell(feed, column) + _ended(text) for column, text in entry.cells.items()]
    for column, texts in entry.several.items():
        cell = _cell(feed, column)
        lines += [cell + _ended(text) for text in texts]
    lines += [f"{_p(predicate)}{value} .\n" for predicate, value in entry.says]
    return lines


@lru_cache(maxsize=8192)
def _ended(text: str) -> str:
    """A plain text as a line ends with it: most stand in a record more than once, and many in many records."""
    return literal(text) + " .\n"


@lru_cache(maxsize=4096)
def _cell(feed: str, column: str) -> str:
    return f" {iri(cell_iri(feed, column))} "


@lru_cache(maxsize=4096)
def _p(name: str) -> str:
    return f" {iri(name if '://' in name else expand(name))} "


def text(predicate: str, value: str) -> Said:
    """Something said in words."""
    return predicate, _ended(value)[:-3]


def day(predicate: str, value: date) -> Said:
    """Something that a whole day says."""
    return predicate, literal(value.isoformat(), datatype="date")


def dated(predicate: str, value: PartialDate) -> Said:
    """Something that a day, a month or a year says."""
    return predicate, literal(value.edtf, datatype=value.datatype)


def exact(predicate: str, value: Decimal) -> Said:
    """Something that an exact number says."""
    return predicate, literal(format(value, "f"), datatype="decimal")


def number(predicate: str, value: int) -> Said:
    """Something that a whole number says."""
    return predicate, literal(str(value), datatype="integer")


def place(predicate: str, code: str) -> Said:
    """Something that points to a place on record."""
    return predicate, iri(thing("place", code))


def other(predicate: str, feed: str, key: str) -> Said:
    """Something that points to another record of the feed."""
    return predicate, iri(entry_iri(feed, key))
