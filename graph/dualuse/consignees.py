"""Ultimate consignees of a table, and what each received in a calendar year under exceptions that count the year.

What is kept: for each consignee its ultimate parent, and for each consignee and year the last day and a sum for each
lens. Rows are held only of those whose rows are not in order of date, and only until the table was read; what came
before each of them stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dualuse.law.tests.number import CONSIGNEE, ULTIMATE_PARENT
from dualuse.names import fold
from dualuse.shipments import Row

Account = tuple[str, int]
"""An ultimate consignee, and a calendar year."""

DayOf = Callable[[Mapping[str, str]], date | None]
"""Day of a row, if it can be read."""

COLUMNS = (CONSIGNEE.option, ULTIMATE_PARENT.option)
"""Columns that name whose year it is."""


@dataclass(frozen=True)
class Consignees:
    """What a first reading of a table tells of its consignees.

    Args:
        parents: Consignee -> the one ultimate parent that rows give it.
        disordered: Accounts whose rows are not in order of date.
        accounts: How many accounts there are.
    """

    parents: Mapping[str, str] = field(default_factory=dict)
    disordered: frozenset[Account] = frozenset()
    accounts: int = 0

    def account(self, cells: Mapping[str, str], day: date | None) -> Account | None:
        """Whose year a row counts for: the ultimate parent's where one is given, else the consignee's."""
        named, parent = (_same(cells.get(column, "")) for column in COLUMNS)
        whose = parent or self.parents.get(named, named)
        return (whose, day.year) if whose and day is not None else None


def survey(rows: Iterable[Row], day_of: DayOf) -> Consignees:
    """Read a table once, to learn who its consignees are and whose rows are not in order of date."""
    parents: dict[str, set[str]] = defaultdict(set)
    for _, cells in rows:
        named, parent = (_same(cells.get(column, "")) for column in COLUMNS)
        if named and parent:
            parents[named].add(parent)
    found = Consignees({named: min(given) for named, given in parents.items() if len(given) == 1})
    last: dict[Account, date] = {}
    disordered = set()
    for _, cells in rows:
        day = day_of(cells)
        account = found.account(cells, day)
        if account is not None and day is not None:
            if day < last.get(account, day):
                disordered.add(account)
            last[account] = max(day, last.get(account, day))
    return Consignees(found.parents, frozenset(disordered), len(last))


def _same(name: str) -> str:
    """A name without case, and without signs that are no letters: what is written so is taken to be the same."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(name)).split())
