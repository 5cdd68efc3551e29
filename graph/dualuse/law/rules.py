"""Read rules of decision from the graph."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dualuse.law.events import read_orders
from dualuse.model.read import read
from dualuse.model.rules import DecisionRule, NotModelled
from dualuse.store.base import Store


@dataclass(frozen=True)
class RuleBook:
    """Rules, by kind, in the order they are tried, and the parts of the law that no rule holds."""

    rules: tuple[DecisionRule, ...]
    not_modelled: tuple[NotModelled, ...] = ()
    orders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Instrument -> the legal orders that it belongs to."""

    @cached_property
    def by_key(self) -> dict[str, DecisionRule]:
        """Rules by key."""
        return {rule.node.key: rule for rule in self.rules}

    def of(self, kind: str) -> list[DecisionRule]:
        """Rules of one kind, in order."""
        return [rule for rule in self.rules if rule.kind == kind]

    def under(self, orders: Collection[str]) -> RuleBook:
        """The rules, and the parts left out, of some legal orders."""
        return replace(
            self,
            rules=tuple(rule for rule in self.rules if not self.orders[rule.instrument].isdisjoint(orders)),
            not_modelled=tuple(part for part in self.not_modelled if part.jurisdiction in orders),
        )


def read_rules(store: Store) -> RuleBook:
    """Read every rule with its tests."""
    rules = sorted(read(store, DecisionRule), key=lambda rule: (rule.kind, rule.order, rule.node.key))
    return RuleBook(tuple(rules), tuple(read(store, NotModelled)), read_orders(store))
