"""Read rules of decision from the graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dualuse.model.read import read
from dualuse.model.rules import DecisionRule, NotModelled
from dualuse.store.base import Store


@dataclass(frozen=True)
class RuleBook:
    """All rules, by kind, in the order they are tried, and the parts of the law that no rule holds."""

    rules: tuple[DecisionRule, ...]
    not_modelled: tuple[NotModelled, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, DecisionRule]:
        """Rules by key."""
        return {rule.node.key: rule for rule in self.rules}

    def of(self, kind: str) -> list[DecisionRule]:
        """Rules of one kind, in order."""
        return [rule for rule in self.rules if rule.kind == kind]


def read_rules(store: Store) -> RuleBook:
    """Read every rule with its tests."""
    rules = sorted(read(store, DecisionRule), key=lambda rule: (rule.kind, rule.order, rule.node.key))
    return RuleBook(tuple(rules), tuple(read(store, NotModelled)))
