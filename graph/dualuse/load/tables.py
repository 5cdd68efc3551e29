"""Every table that is read, with the rules among them."""

from __future__ import annotations

from dualuse.model.cases import Cases
from dualuse.model.tables import CLAIMS, LAW, RELATIONS, THINGS, Table, table_of
from dualuse.records.rules import REFERENCES, DecisionRule, NamedCondition, NotModelled

TABLES: tuple[Table, ...] = (
    *map(table_of, LAW),
    Table("conditions", NamedCondition, "mapping", REFERENCES | {"provision": "provisions"}),
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
    Table("rules.cases", Cases, "beside", {"duties": "rules", "stands_between": "not-modelled"}),
    Table("not-modelled", NotModelled, "csv", {"bars_places": "places"}),
    *map(table_of, (*THINGS, *RELATIONS, *CLAIMS)),
)
"""Every table, in the order they are read."""

__all__ = ["TABLES", "Table"]
