"""Rules of decision as triples: a node a rule, a node a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dualuse.assemble.law import interval, receipt
from dualuse.assemble.node import Node
from dualuse.law.kinds import COMBINATIONS, Kind, Number, Period, Things, Words, kinds
from dualuse.records.rules import Condition, DecisionRule, NamedCondition, NotModelled


def rule(key: str, record: DecisionRule, named: Mapping[str, NamedCondition]) -> Iterator[Node]:
    """A rule and its tests, the named conditions that it uses written out."""
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
    tests = list(_tests(key, [], record.when.plain(named)))
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
    if test in COMBINATIONS:
        for child in getattr(condition, test):
            node.link("du:operand", "test", f"{key}.{len(made) + 1}")
            children += _tests(key, made, child)
    else:
        _expected(node, condition, kinds()[test])
    yield node
    yield from children


def _expected(node: Node, condition: Condition, kind: Kind) -> None:
    """What a test expects, in the form of its kind."""
    value = getattr(condition, kind.name)
    match kind.form:
        case Things(things):
            node.links("du:expects", things, value)
        case Words():
            for word in value if isinstance(value, tuple) else (value,):
                node.text("du:expectsValue", word)
        case Number():
            node.text("du:numberName", value)
            node.number("du:atLeast", condition.at_least)
            node.number("du:atMost", condition.at_most)
            node.number("du:below", condition.below)
        case Period():
            node.partial("du:periodFrom", value[0])
            node.partial("du:periodTo", value[1])


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
