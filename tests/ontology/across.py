"""Faults that lie between fields: each shape that is not of one field, with a node that breaks it."""

from __future__ import annotations

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from dualuse.namespaces import thing


def day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def number(text: str) -> Literal:
    return Literal(text, datatype=XSD.decimal)


def rule(kind: str) -> list[Node]:
    return [URIRef(thing("rule-kind", kind))]


ACROSS: tuple[tuple[str, str, dict[str, list[Node]]], ...] = (
    ("evidenced-source", "membership", {"dct:source": []}),
    ("evidenced-source", "post", {"dct:source": [URIRef(thing("seat", "example"))]}),
    ("evidenced-note", "membership", {"rdfs:comment": [Literal("one"), Literal("two")]}),
    ("confidence", "membership", {"du:confidence": []}),
    ("confidence", "classification", {"du:confidence": [URIRef(thing("stance", "opposes"))]}),
    ("labelled", "membership", {"rdfs:label": [Literal("挪威", lang="zh-hant")]}),
    ("dated-from", "membership", {"du:validFrom": [Literal("2025-13", datatype=XSD.gYearMonth)]}),
    ("dated-from", "seat", {"du:validFrom": [Literal("13 January 2025")]}),
    ("dated-to", "membership", {"du:validTo": [Literal("in 2025")]}),
    ("dated-from-latest dated-from-earliest", "membership", {"du:validFromLatest": [Literal("2025-02-01")]}),
    ("dated-to-earliest", "membership", {"du:validToEarliest": [Literal("2025-02-14")]}),
    (
        "dated-to-latest dated-to-earliest dated-from-earliest",
        "membership",
        {"du:validToLatest": [Literal("2026-02-14")]},
    ),
    ("dated-from-earliest", "membership", {"du:validFromEarliest": [day("2025-02-14")]}),
    (
        "dated-from-earliest",
        "supply",
        {"du:validToLatest": [day("2024-01-01")], "du:validToEarliest": [day("2023-01-01")]},
    ),
    ("FromDaysShape", "membership", {"du:validFromLatest": []}),
    ("ToDaysShape", "threshold", {"du:validToEarliest": []}),
    ("EventUntilShape", "event", {"du:stayedUntilLatest": []}),
    ("event-order", "event", {"du:stayedUntilLatest": [day("2024-12-31")]}),
    ("event-affects", "event", {"du:affects": []}),
    ("event-affects", "event", {"du:affects": [URIRef(thing("organisation", "example"))]}),
    ("ListingDaysShape", "listing", {"du:latest": []}),
    ("QuotationShape", "statement", {"du:quotationCheck": []}),
    (
        "ThresholdBoundShape",
        "threshold",
        {f"du:{name}": [] for name in ("tppMin", "tppBelow", "densityMin", "densityBelow", "interconnectMin")},
    ),
    ("threshold-tpp-order", "threshold", {"du:tppBelow": [number("1.0")]}),
    ("threshold-density-order", "threshold", {"du:densityBelow": [number("10.5")]}),
    ("treatment-of-another", "treatment", {"du:parent": [URIRef(thing("place", "example"))]}),
    ("ownership-of-another", "ownership", {"du:owned": [URIRef(thing("organisation", "example"))]}),
    ("ownership-order", "ownership", {"du:shareMin": [number("51.0")]}),
    ("supply-order", "supply", {"du:shareMin": [number("51.0")]}),
    ("revenue-share-order", "revenue-share", {"du:shareMin": [number("51.0")]}),
    ("stated-cost-order", "stated-cost", {"du:amountMax": [number("1.0")]}),
    ("compute-order-low", "installed-compute", {"du:numberMin": [number("1000000")]}),
    ("compute-order-high", "installed-compute", {"du:numberMax": [number("0")]}),
    ("claim-span-order", "claim", {"du:spanEnd": [Literal("10", datatype=XSD.integer)]}),
    ("claim-value-order", "claim", {"du:valueMin": [number("12.0")]}),
    ("claim-subject", "claim", {"du:claimSubject": [Literal("someone")]}),
    ("claim-conflicts-with", "claim", {"du:conflictsWith": [URIRef(thing("passage", "example"))]}),
    ("DecisionRuleKindShape decision-rule-rule-kind", "decision-rule", {"du:ruleKind": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("exception"), "du:exceptionCode": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("exception"), "du:appliesTo": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("review-policy"), "du:hasReviewPolicy": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("allocation"), "du:tppCeiling": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("duty"), "du:bearer": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("duty"), "du:dueSide": []}),
    ("DecisionRuleKindShape", "decision-rule", {"du:ruleKind": rule("gap"), "dct:description": []}),
    ("tier-assignment-derived-from", "tier-assignment", {"prov:wasDerivedFrom": []}),
)


"""Shapes, kind of a node, and how it is spoilt."""
