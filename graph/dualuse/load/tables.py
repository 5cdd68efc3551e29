"""The tables of curated data: which file holds which record, and what its fields point to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dualuse.records.base import Record
from dualuse.records.claims import Claim, Document, LegalEffect, Passage, Settlement
from dualuse.records.law import (
    Group,
    Instrument,
    Item,
    Measure,
    Membership,
    Place,
    Product,
    Provision,
    Threshold,
    Treatment,
)
from dualuse.records.parties import RELATIONS, Organisation, Person
from dualuse.records.rules import REFERENCES, DecisionRule, NotModelled
from dualuse.records.sources import Source
from dualuse.records.speech import Statement

_ORGANISATIONS = "organisations"
_PARTIES = dict.fromkeys(
    ("organisation", "other", "owner", "owned", "supplier", "customer", "party", "listed_by"), _ORGANISATIONS
)


@dataclass(frozen=True)
class Table:
    """Where a kind of record lives and which of its fields are references (field name -> table)."""

    name: str
    record: type[Record]
    form: Literal["csv", "yaml", "csv-folder"]
    references: Mapping[str, str] = field(default_factory=dict)


_INSTRUMENT_LINKS = ("by", "amends", "supersedes", "based_on", "answers", "related")

TABLES: tuple[Table, ...] = (
    Table("sources", Source, "csv-folder"),
    Table("places", Place, "csv"),
    Table("groups", Group, "csv", {"provision": "provisions"}),
    Table("memberships", Membership, "csv", {"place": "places", "group": "groups"}),
    Table(
        "treatments",
        Treatment,
        "csv",
        {"place": "places", "treated_as": "places", "provision": "provisions"},
    ),
    Table(
        "instruments",
        Instrument,
        "yaml",
        dict.fromkeys(_INSTRUMENT_LINKS, "instruments")
        | dict.fromkeys(("scope", "provision"), "provisions")
        | dict.fromkeys(("issued_by", "agent"), _ORGANISATIONS),
    ),
    Table("provisions", Provision, "csv", {"instrument": "instruments"}),
    Table(
        "measures",
        Measure,
        "csv",
        {"provision": "provisions", "items": "items", "places": "groups", "headquarters": "groups"},
    ),
    Table(
        "rules",
        DecisionRule,
        "yaml",
        {
            "instrument": "instruments",
            "provision": "provisions",
            "displaces": "rules",
            "applies_to": "rules",
            **REFERENCES,
        },
    ),
    Table("not-modelled", NotModelled, "csv", {"bars_places": "places"}),
    Table("items", Item, "csv", {"within": "items"}),
    Table("thresholds", Threshold, "csv", {"item": "items", "provision": "provisions"}),
    Table("products", Product, "yaml", dict.fromkeys(("designers", "foundries"), _ORGANISATIONS)),
    Table(_ORGANISATIONS, Organisation, "yaml", {"headquarters": "places", "parent": _ORGANISATIONS}),
    Table("people", Person, "yaml", _PARTIES),
    Table(
        "statements",
        Statement,
        "yaml",
        _PARTIES | {"speaker": "people", "instruments": "instruments", "same_as": "statements"},
    ),
    *(
        Table(
            f"relations/{name}",
            record,
            "csv",
            _PARTIES | {"place": "places", "places": "places", "instrument": "instruments"},
        )
        for name, record in RELATIONS.items()
    ),
    Table("documents", Document, "yaml", {"publisher": _ORGANISATIONS}),
    Table(
        "claims/passages",
        Passage,
        "csv",
        {"document": "documents", "outlet": _ORGANISATIONS, "same_report": "claims/passages"},
    ),
    Table(
        "claims/claims",
        Claim,
        "csv",
        {"passage": "claims/passages", "instrument": "instruments", "places": "places", "group": "groups"}
        | {"speaker": "people"}
        | dict.fromkeys(("party", "claimant", "reporter"), _ORGANISATIONS),
    ),
    Table(
        "claims/settlements",
        Settlement,
        "csv",
        {"groups": "groups", "less": "places", "measures": "measures", "products": "products"}
        | {"provisions": "provisions"}
        | dict.fromkeys(("instrument", "events_of"), "instruments"),
    ),
    Table("claims/legal-effects", LegalEffect, "csv", {"place": "places"}),
)
"""Every table, in the order they are read."""
