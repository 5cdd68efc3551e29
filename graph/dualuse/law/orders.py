"""The law on record, legal order by legal order: rules are sorted by the jurisdiction of their instruments.

The law of the European Union counts in each of its members beside their own. How one place is handled as another
(Hong Kong as China) is a rule of the United States, and left out of every other law.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from dualuse.errors import UsageError
from dualuse.law.events import read_all_events, read_kinds
from dualuse.law.groups import Places, read_places
from dualuse.law.items import ControlList, read_control_list
from dualuse.law.rules import RuleBook, read_rules
from dualuse.law.transaction import MEMBERS, UNION, UNITED_STATES, Transaction, World
from dualuse.model.law import Event
from dualuse.store.base import Store


@dataclass(eq=False)
class Laws:
    """What the laws on record need to judge a transaction, read once from a graph; each is put together when asked."""

    rules: RuleBook
    places: Places
    control_list: ControlList
    events: dict[str, list[Event]]
    kinds: dict[str, str]
    known_on: date
    _worlds: dict[str, World] = field(default_factory=dict)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """Legal orders that have rules of their own, the United States first."""
        found = {order for rule in self.rules.rules for order in self.rules.orders[rule.instrument]}
        return tuple(sorted(found, key=lambda order: (order != UNITED_STATES, order)))

    def counting(self, order: str) -> tuple[str, ...]:
        """The legal orders whose rules count in one: its own, and the Union's in a member."""
        member = any(held.group == MEMBERS for held in self.places.memberships.get(order, ()))
        return (order, UNION) if member else (order,)

    def under(self, order: str) -> World:
        """The law of a legal order (remembered).

        Raises:
            UsageError: no rule of it is on record.
        """
        if order not in self._worlds:
            rules = self.rules.under(self.counting(order))
            if not rules.rules:
                raise UsageError(f"no rule of the law of {order} is on record; known: {', '.join(self.orders)}")
            own = self.places if order == UNITED_STATES else replace(self.places, treatments={})
            self._worlds[order] = World(rules, own, self.control_list, self.events, self.kinds, self.known_on, order)
        return self._worlds[order]


def read_laws(
    store: Store,
    known_on: date,
    *,
    places: Places | None = None,
    only: Transaction | None = None,
) -> Laws:
    """Read rules, places, thresholds, chips and events.

    Args:
        known_on: Last day of the record.
        places: The places, if they were read before.
        only: The one transaction to judge; any can be if it is not given.
    """
    rules = read_rules(store)
    chips = None if only is None or only.product is None else (only.product,)
    instruments = sorted({rule.instrument for rule in rules.rules})
    return Laws(
        rules=rules,
        places=read_places(store) if places is None else places,
        control_list=read_control_list(store, chips),
        events=read_all_events(store, instruments),
        kinds=read_kinds(store, instruments),
        known_on=known_on,
    )
