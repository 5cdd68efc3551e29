"""The tables of curated data, in the order they are read: each holds one kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from dualuse.model.cases import Cases
from dualuse.model.claims import Claim, Document, LegalEffect, Passage, Settlement
from dualuse.model.enforcement import Enforcement, Search
from dualuse.model.fields import Field, FileForm, fields_of
from dualuse.model.items import Item, Product, Threshold
from dualuse.model.law import Group, Instrument, Measure, Membership, Place, Provision, Treatment
from dualuse.model.parties import Organisation, Person
from dualuse.model.relations import (
    Affiliation,
    InstalledCompute,
    Operation,
    Ownership,
    PartyListing,
    RevenueShare,
    Seat,
    StatedCost,
    Supply,
)
from dualuse.model.rereadings import Rereading
from dualuse.model.rules import DecisionRule, NamedCondition, NotModelled
from dualuse.model.sources import Source
from dualuse.model.speech import Statement
from dualuse.model.translations import Translation

LAW = (Source, Place, Group, Membership, Treatment, Instrument, Provision, Measure)
THINGS = (Item, Threshold, Product, Organisation, Person, Statement, Enforcement, Search, Rereading)
RELATIONS = (Operation, Supply, Ownership, Affiliation, Seat, PartyListing, RevenueShare, StatedCost, InstalledCompute)
RULES = (NamedCondition, DecisionRule, Cases, NotModelled)
CLAIMS = (Document, Passage, Claim, Settlement, LegalEffect)
WORDS = (Translation,)


@dataclass(frozen=True)
class Table:
    """Where a kind of record lives."""

    name: str
    record: type[Any]
    form: FileForm


TABLES = tuple(
    Table(record.about.table, record, record.about.form)
    for record in (*LAW, *RULES, *THINGS, *RELATIONS, *CLAIMS, *WORDS)
)
"""Every table, in the order they are read."""
_TABLE_OF = {table.record.about.kind: table.name for table in TABLES if table.record.about.kind}


def table_of(field: Field) -> str | None:
    """Table that must have the keys that a field holds."""
    return field.points if field.refers_to is None else _TABLE_OF.get(field.refers_to)


class Home(NamedTuple):
    """Where the things of a kind stand: in a table, or as parts of its records, in a field of them."""

    table: str
    record: type[Any]
    field: str = ""


def _homes() -> Iterator[tuple[str, Home]]:
    """Every kind of thing that rests on sources, and where it stands."""
    for table in TABLES:
        for field, kind in (("", table.record), *((each.name, each.node) for each in fields_of(table.record))):
            if kind is not None and kind.about.kind and any(each.name == "sources" for each in fields_of(kind)):
                yield kind.about.kind, Home(table.name, kind, field)


KINDS_READ = dict(_homes())
"""Kind -> where its things stand, of those that a second reading can be of."""
