"""Read rules of decision from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from dualuse.errors import StoreError
from dualuse.law.kinds import COMBINATIONS, kinds
from dualuse.namespaces import split_thing
from dualuse.registry import Registry, read_registry
from dualuse.span import Span
from dualuse.store.base import Row, Store, value

_TESTS = """# Every test of every rule.
SELECT ?test ?operator ?says ?number ?atLeast ?atMost ?below ?from ?to ?citation
       (GROUP_CONCAT(DISTINCT STR(?operand); SEPARATOR=" ") AS ?operands)
       (GROUP_CONCAT(DISTINCT STR(?thing); SEPARATOR=" ") AS ?things)
       (GROUP_CONCAT(DISTINCT ?word; SEPARATOR=" ") AS ?words)
WHERE {
  ?test a du:RuleTest ; du:operator ?operator .
  OPTIONAL { ?test du:says ?says }
  OPTIONAL { ?test du:operand ?operand }
  OPTIONAL { ?test du:expects ?thing }
  OPTIONAL { ?test du:expectsValue ?word }
  OPTIONAL { ?test du:numberName ?number }
  OPTIONAL { ?test du:atLeast ?atLeast }
  OPTIONAL { ?test du:atMost ?atMost }
  OPTIONAL { ?test du:below ?below }
  OPTIONAL { ?test du:periodFrom ?from }
  OPTIONAL { ?test du:periodTo ?to }
  OPTIONAL { ?test du:basedOn/eli:id_local ?citation }
}
GROUP BY ?test ?operator ?says ?number ?atLeast ?atMost ?below ?from ?to ?citation"""

RULES_QUERY = """# Every rule of decision.
SELECT ?rule ?label ?kind ?instrument ?provision ?citation ?order ?code ?policy ?limit ?duty ?bearer ?days ?side
       ?consequence ?from ?to ?confidence ?test
       (GROUP_CONCAT(DISTINCT STR(?other); SEPARATOR=" ") AS ?displaces)
       (GROUP_CONCAT(DISTINCT STR(?target); SEPARATOR=" ") AS ?appliesTo)
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?rule a du:DecisionRule ; rdfs:label ?label ; du:ruleKind ?kind ; du:onInstrument ?instrument ;
        du:basedOn ?provision ; du:order ?order ; du:hasTest ?test ; du:confidence ?confidence ;
        prov:wasDerivedFrom ?source .
  ?provision eli:id_local ?citation .
  OPTIONAL { ?rule du:displaces ?other }
  OPTIONAL { ?rule du:appliesTo ?target }
  OPTIONAL { ?rule du:exceptionCode ?code }
  OPTIONAL { ?rule du:reviewPolicy ?policy }
  OPTIONAL { ?rule du:limit ?limit }
  OPTIONAL { ?rule du:dutyText ?duty ; du:bearer ?bearer ; du:dueDays ?days ; du:dueSide ?side }
  OPTIONAL { ?rule dct:description ?consequence }
  OPTIONAL { ?rule du:validFrom ?from }
  OPTIONAL { ?rule du:validTo ?to }
}
GROUP BY ?rule ?label ?kind ?instrument ?provision ?citation ?order ?code ?policy ?limit ?duty ?bearer ?days ?side
         ?consequence ?from ?to ?confidence ?test"""


_NOT_MODELLED = """# Parts of the law that no rule holds.
SELECT ?part ?what ?citation ?consequence ?confidence ?items
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  ?part a du:NotModelled ; rdfs:label ?what ; eli:id_local ?citation ; dct:description ?consequence ;
        du:confidence ?confidence ; prov:wasDerivedFrom ?source .
  OPTIONAL { ?part du:barsItems ?items }
}
GROUP BY ?part ?what ?citation ?consequence ?confidence ?items"""

_HALF = 6
"""Last month of the first half of a year."""


@dataclass(frozen=True)
class Test:
    """One test, or several combined. ``expects`` holds keys of things or plain values."""

    iri: str
    operator: str
    says: str
    expects: frozenset[str]
    number: str
    at_least: float | None
    at_most: float | None
    below: float | None
    period: Span | None
    citation: str
    operands: tuple[Test, ...] = ()

    def named(self, operator: str) -> Iterator[str]:
        """What this test, or one below it, expects where it asks with an operator; what must not be is left out."""
        if self.operator == operator:
            yield from self.expects
        if self.operator != "none":
            for operand in self.operands:
                yield from operand.named(operator)

    def reads(self, number: str) -> bool:
        """Whether this test, or one below it, looks at a number."""
        return self.number == number or any(operand.reads(number) for operand in self.operands)


@dataclass(frozen=True)
class Duty:
    """What must be done, by whom, and when: days before or after the shipment, or after the end of its half-year."""

    what: str
    bearer: str
    days: int
    side: str

    def due(self, shipped: date) -> date:
        """Day it falls due for a shipment on a day."""
        if self.side == "before":
            return shipped - timedelta(days=self.days)
        if self.side == "after-half-year":
            shipped = date(shipped.year, 6, 30) if shipped.month <= _HALF else date(shipped.year, 12, 31)
        return shipped + timedelta(days=self.days)


@dataclass(frozen=True)
class Rule:
    """A rule of decision."""

    key: str
    iri: str
    title: str
    kind: str
    instrument: str
    provision: str
    citation: str
    order: int
    test: Test
    displaces: frozenset[str]
    applies_to: frozenset[str]
    code: str
    review_policy: str
    limit: float | None
    duty: Duty | None
    consequence: str
    span: Span
    source: str
    confidence: str

    @cached_property
    def by_use(self) -> bool:
        """Whether it reaches an item for its end use or a party alone, and tells nothing of other shipments of it."""
        return any(True for operator in ("end_use", "listed") for _ in self.test.named(operator))


@dataclass(frozen=True)
class NotModelled:
    """A part of the law that no rule holds, and what is not cleared because of it."""

    iri: str
    what: str
    citation: str
    consequence: str
    source: str
    confidence: str
    bars_unreached: bool = False
    """Whether items that no rule reaches are not cleared because of it."""

    @classmethod
    def of(cls, rule: Rule) -> NotModelled:
        """The part that a rule of the kind ``gap`` tells of."""
        return cls(rule.iri, rule.title, rule.citation, rule.consequence, rule.source, rule.confidence)


@dataclass(frozen=True)
class RuleBook:
    """All rules, by kind, in the order they are tried."""

    rules: tuple[Rule, ...]
    by_key: dict[str, Rule] = field(default_factory=dict)
    not_modelled: tuple[NotModelled, ...] = ()

    @cached_property
    def limits(self) -> dict[str, float]:
        """Code of a licence exception -> its yearly ceiling in TPP, where it has one."""
        return {rule.code: rule.limit for rule in reversed(self.rules) if rule.code and rule.limit is not None}

    def of(self, kind: str) -> list[Rule]:
        """Rules of one kind, in order."""
        return [rule for rule in self.rules if rule.kind == kind]


def read_rules(store: Store, registry: Registry | None = None) -> RuleBook:
    """Read every rule with its tests.

    Args:
        store: Where to read.
        registry: The sources, if they were read before.
    """
    registry = read_registry(store) if registry is None else registry
    rows = {value(row, "test"): row for row in store.select(_TESTS)}
    built: dict[str, Test] = {}
    found = [_rule(row, rows, built, registry) for row in store.select(RULES_QUERY)]
    ordered = tuple(sorted(found, key=lambda rule: (rule.kind, rule.order, rule.key)))
    left_out = (_part(row, registry) for row in store.select(_NOT_MODELLED))
    return RuleBook(ordered, {rule.key: rule for rule in ordered}, tuple(sorted(left_out, key=lambda part: part.iri)))


def _part(row: Row, registry: Registry) -> NotModelled:
    return NotModelled(
        iri=value(row, "part"),
        what=value(row, "what"),
        citation=value(row, "citation"),
        consequence=value(row, "consequence"),
        source=registry.address(value(row, "sources").split()),
        confidence=_key(row, "confidence"),
        bars_unreached=value(row, "items") == "unreached",
    )


def _rule(row: Row, tests: dict[str, Row], built: dict[str, Test], registry: Registry) -> Rule:
    iri = value(row, "rule")
    return Rule(
        key=split_thing(iri)[1],
        iri=iri,
        title=value(row, "label"),
        kind=_key(row, "kind"),
        instrument=_key(row, "instrument"),
        provision=_key(row, "provision"),
        citation=value(row, "citation"),
        order=int(float(value(row, "order"))),
        test=_test(value(row, "test"), tests, built),
        displaces=_keys(row, "displaces"),
        applies_to=_keys(row, "appliesTo"),
        code=value(row, "code"),
        review_policy=_key(row, "policy"),
        limit=_number(row, "limit"),
        duty=_duty(row) if "duty" in row else None,
        consequence=value(row, "consequence"),
        span=Span.of(row),
        source=registry.address(value(row, "sources").split()),
        confidence=_key(row, "confidence"),
    )


def _duty(row: Row) -> Duty:
    return Duty(
        what=value(row, "duty"),
        bearer=_key(row, "bearer"),
        days=int(float(value(row, "days"))),
        side=value(row, "side"),
    )


def _test(iri: str, rows: dict[str, Row], built: dict[str, Test]) -> Test:
    if iri not in built:
        row = rows[iri]
        operands = sorted(value(row, "operands").split(), key=lambda operand: int(operand.rsplit(".", 1)[1]))
        operator = value(row, "operator")
        if operator not in COMBINATIONS and operator not in kinds():
            raise StoreError(f"{iri} puts a test {operator!r} that is not known here; known: {', '.join(kinds())}")
        built[iri] = Test(
            iri=iri,
            operator=operator,
            says=value(row, "says"),
            expects=_keys(row, "things") | frozenset(value(row, "words").split()),
            number=value(row, "number"),
            at_least=_number(row, "atLeast"),
            at_most=_number(row, "atMost"),
            below=_number(row, "below"),
            period=Span.of(row) if "from" in row else None,
            citation=value(row, "citation"),
            operands=tuple(_test(operand, rows, built) for operand in operands),
        )
    return built[iri]


def _keys(row: Row, name: str) -> frozenset[str]:
    return frozenset(split_thing(iri)[1] for iri in value(row, name).split())


def _key(row: Row, name: str) -> str:
    iri = value(row, name)
    return split_thing(iri)[1] if iri else ""


def _number(row: Row, name: str) -> float | None:
    return float(value(row, name)) if name in row else None


def by_kind(rules: RuleBook) -> dict[str, list[Rule]]:
    """Rules grouped by kind, for pages that list them."""
    grouped: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules.rules:
        grouped[rule.kind].append(rule)
    return dict(grouped)
