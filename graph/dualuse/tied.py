"""Tables of ties, and what a part of the law does to each: decisions with it beside those without it, row by row.

A tie is a row of a table as ``check --batch`` reads it; what it asks is asked at any quantity. Rows are told as they
are read; what comes of a tie is remembered by what its cells say, so that a table takes as long as what differs in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from dualuse.dates import parse_day
from dualuse.errors import UsageError
from dualuse.judging import passed_through
from dualuse.law.asked import resolve
from dualuse.law.effect import Comparison, deciding
from dualuse.law.tests.number import CONSIGNEE, RECEIVED, ULTIMATE_PARENT
from dualuse.law.transaction import World
from dualuse.law.without import Part, without
from dualuse.names import Names
from dualuse.questions.parts.outcomes import sentence
from dualuse.shipments import Row, asked, columns

RESULT_COLUMNS = ("row", "id", "effect", "without", "with", "rules", "error")
"""Columns of what comes of a tie."""

_REMEMBERED = 65_536
_LEFT_OUT = frozenset({"id", "quantity", CONSIGNEE.name, ULTIMATE_PARENT.name, RECEIVED.name})
"""Columns that bear on a sum, which is tried at every quantity, or on nothing."""


class Ties:
    """Tells what a part of the law does to ties.

    Args:
        world: The law as it stands.
        part: The part.
        as_of: Day of law of ties that give none.
        lens: Lens of ties that give none.
    """

    def __init__(self, names: Names, world: World, part: Part, as_of: date, lens: str) -> None:
        self._given = (names, world, part, as_of, lens)
        self._names, self._law, self._other = names, world, without(world, part)
        self._as_of, self._lens = as_of, lens
        self._asks = [name for name in columns() if name not in _LEFT_OUT]
        self._compared = lru_cache(256)(lambda day, lens: Comparison(self._law, self._other, day, lens))
        self._known = lru_cache(_REMEMBERED)(self._effect)

    def run(self, rows: Iterable[Row]) -> Iterator[dict[str, str]]:
        """Yield what comes of every row, in their order; one that cannot be read gives its error."""
        for line, cells in rows:
            yield self.one(str(line), cells)

    def one(self, row: str, cells: dict[str, str]) -> dict[str, str]:
        """What comes of a row, which is called as given."""
        own = {"row": row, "id": cells.get("id", ""), **passed_through(cells, RESULT_COLUMNS)}
        return own | self._known(*map(cells.get, self._asks))

    def __reduce__(self) -> tuple[type[Ties], tuple[Names, World, Part, date, str]]:
        """To another process goes what it was made of, not what it remembers."""
        return Ties, self._given

    def _effect(self, *told: str | None) -> dict[str, str]:
        cells = {name: cell for name, cell in zip(self._asks, told, strict=True) if cell is not None}
        try:
            day = parse_day(cells["as-of"]) if "as-of" in cells else self._as_of
            case = resolve(self._names, asked(cells), day, cells.get("lens", self._lens), self._law.home)
        except UsageError as error:
            return {"error": str(error)}
        compared = self._compared(day, case.lens)
        found = compared.effect(case)
        if found is None:
            return {"effect": "none"}
        rules = deciding((case, self._other), (case, self._law), found)
        return {
            "effect": found.kind,
            "without": sentence(found.before),
            "with": sentence(found.after),
            "rules": "; ".join(rule.node.key for rule in rules),
        }
