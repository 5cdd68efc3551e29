"""The tables of curated data, in the order they are read: each holds one kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dualuse.model.claims import Claim, Document, LegalEffect, Passage, Settlement
from dualuse.model.fields import FileForm
from dualuse.model.items import Item, Product, Threshold
from dualuse.model.law import Group, Instrument, Measure, Membership, Place, Provision, Treatment
from dualuse.model.parties import Organisation, Person
from dualuse.model.relations import Affiliation, Operation, Ownership, PartyListing, RevenueShare, Seat, Supply
from dualuse.model.sources import Source
from dualuse.model.speech import Statement

LAW = (Source, Place, Group, Membership, Treatment, Instrument, Provision, Measure)
THINGS = (Item, Threshold, Product, Organisation, Person, Statement)
RELATIONS = (Operation, Supply, Ownership, Affiliation, Seat, PartyListing, RevenueShare)
CLAIMS = (Document, Passage, Claim, Settlement, LegalEffect)


@dataclass(frozen=True)
class Table:
    """Where a kind of record lives; ``references`` (field name -> table) only where its fields do not tell."""

    name: str
    record: type[Any]
    form: FileForm
    references: Mapping[str, str] = field(default_factory=dict)


def table_of(record: type[Any]) -> Table:
    """Table that a record describes itself as a row of."""
    return Table(record.about.table, record, record.about.form)


TABLE_OF: Mapping[str, str] = {record.about.kind: record.about.table for record in (*LAW, *THINGS, *RELATIONS, *CLAIMS)}
"""Kind of thing -> table that must have it."""
