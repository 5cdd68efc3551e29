"""Rules of decision as triples: a node a rule, a node a test."""

from __future__ import annotations

from collections.abc import Iterator

from dualuse.assemble.law import interval, receipt
from dualuse.assemble.node import Node
from dualuse.records.rules import Condition, DecisionRule, NotModelled

_THINGS = {
    "item": "item",
    "product": "product",
    "place": "place",
    "destination": "group",
    "headquarters": "group",
    "headquarters_all": "group",
    "origin": "place",
    "exporter": "organisation",
}
"""Test -> kind of the things it expects."""


def rule(key: str, record: DecisionRule) -> Iterator[Node]:
    """A rule and its tests."""
    node = Node("decision-rule", key, "du:DecisionRule")
    node.text("rdfs:label", record.title, "en")
    node.link("du:ruleKind", "rule-kind", record.kind)
    node.link("du:onInstrument", "instrument", record.instrument)
    node.link("du:basedOn", "provision", record.provision)
    node.number("du:order", record.order)
    node.links("du:displaces", "decision-rule", record.displaces)
    node.links("du:appliesTo", "decision-rule", record.applies_to)
    node.text("du:exceptionCode", record.code)
    node.link("du:reviewPolicy", "review-policy", record.review_policy)
    node.number("du:limit", record.limit)
    node.text("du:dutyText", record.duty, "en")
    node.link("du:bearer", "bearer", record.bearer)
    if record.due is not None:
        node.number("du:dueDays", record.due.days)
        node.text("du:dueSide", record.due.side)
    interval(node, record)
    receipt(node, record)
    tests = list(_tests(key, [], record.when))
    node.link("du:hasTest", "test", f"{key}.1")
    yield node
    yield from tests


def _tests(key: str, made: list[str], condition: Condition) -> Iterator[Node]:
    name = f"{key}.{len(made) + 1}"
    made.append(name)
    node = Node("test", name, "du:RuleTest")
    test = condition.test
    node.text("rdfs:label", condition.says or test, "en")
    node.text("du:operator", test)
    node.text("du:says", condition.says, "en")
    node.link("du:basedOn", "provision", condition.provision)
    children: list[Node] = []
    if test in ("all", "any", "none"):
        for child in getattr(condition, test):
            first = len(made) + 1
            children += _tests(key, made, child)
            node.link("du:operand", "test", f"{key}.{first}")
    elif test in _THINGS:
        node.links("du:expects", _THINGS[test], getattr(condition, test))
    elif test == "number":
        node.text("du:numberName", condition.number)
        node.number("du:atLeast", condition.at_least)
        node.number("du:atMost", condition.at_most)
        node.number("du:below", condition.below)
    elif test == "between" and condition.between is not None:
        node.partial("du:periodFrom", condition.between[0])
        node.partial("du:periodTo", condition.between[1])
    else:
        value = getattr(condition, test)
        for expected in value if isinstance(value, tuple) else (value,):
            node.text("du:expectsValue", expected)
    yield node
    yield from children


def not_modelled(key: str, record: NotModelled) -> Iterator[Node]:
    """A part of the law the rules leave out."""
    node = Node("not-modelled", key, "du:NotModelled")
    node.text("rdfs:label", record.what, "en")
    node.text("eli:id_local", record.citation)
    node.text("dct:description", record.consequence, "en")
    node.text("du:barsItems", record.bars_items)
    node.links("du:barsDestination", "place", record.bars_places)
    receipt(node, record)
    yield node
