"""Write the shapes that hold fields against one another: what goes together, what excludes what, what is below what.

What one field may hold is in ``shapes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from dualuse.law.kinds import COMBINATIONS, Number, kinds
from dualuse.model.base import Dated
from dualuse.model.claims import Claim
from dualuse.model.items import Threshold
from dualuse.model.law import Event, Treatment
from dualuse.model.relations import InstalledCompute, Ownership, PartyListing, RevenueShare, StatedCost, Supply
from dualuse.model.rules import Condition, DecisionRule
from dualuse.model.slots import class_of, slots, where_of
from dualuse.model.speech import Statement
from dualuse.model.values import RuleKind

_BOUNDS = ("du:atLeast", "du:atMost", "du:below")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a node may be made: what it then must have and may not have, and the words that tell it."""

    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it must have, for a message."""
        return f"{', '.join(self.has) or 'nothing more'} ({', '.join(self.words)})"


_ORDERS = {
    "sh:lessThan": "below",
    "sh:lessThanOrEquals": "not above",
    "sh:disjoint": "other than",
}
_BETWEEN: tuple[tuple[str, type[Any], str, str, str], ...] = (
    ("event-order", Event, "du:earliest", "sh:lessThanOrEquals", "du:stayedUntilLatest"),
    ("threshold-tpp-order", Threshold, "du:tppMin", "sh:lessThan", "du:tppBelow"),
    ("threshold-density-order", Threshold, "du:densityMin", "sh:lessThan", "du:densityBelow"),
    ("test-order", Condition, "du:atLeast", "sh:lessThanOrEquals", "du:atMost"),
    ("test-order-below", Condition, "du:atLeast", "sh:lessThan", "du:below"),
    ("treatment-of-another", Treatment, "du:concernsPlace", "sh:disjoint", "du:parent"),
    ("ownership-of-another", Ownership, "du:owner", "sh:disjoint", "du:owned"),
    ("supply-order", Supply, "du:shareMin", "sh:lessThanOrEquals", "du:shareMax"),
    ("ownership-order", Ownership, "du:shareMin", "sh:lessThanOrEquals", "du:shareMax"),
    ("revenue-share-order", RevenueShare, "du:shareMin", "sh:lessThanOrEquals", "du:shareMax"),
    ("stated-cost-order", StatedCost, "du:amountMin", "sh:lessThanOrEquals", "du:amountMax"),
    ("compute-order-low", InstalledCompute, "du:numberMin", "sh:lessThanOrEquals", "du:numberCentral"),
    ("compute-order-high", InstalledCompute, "du:numberCentral", "sh:lessThanOrEquals", "du:numberMax"),
    ("claim-span-order", Claim, "du:spanStart", "sh:lessThan", "du:spanEnd"),
    ("claim-value-order", Claim, "du:valueMin", "sh:lessThanOrEquals", "du:valueMax"),
)
"""What holds between two predicates of a node: name of the shape, record, predicate, constraint, other predicate."""

_TOGETHER: tuple[tuple[str, type[Any], tuple[str, ...]], ...] = (
    ("FromDays", Dated, ("du:validFrom", "du:validFromEarliest", "du:validFromLatest")),
    ("ToDays", Dated, ("du:validTo", "du:validToEarliest", "du:validToLatest")),
    ("EventUntil", Event, ("du:stayedUntil", "du:stayedUntilLatest")),
    ("ListingDays", PartyListing, ("du:listedOn", "du:earliest", "du:latest")),
    ("Quotation", Statement, ("du:quotation", "du:quotationCheck", "du:quotationConfidence")),
)
"""What a node has as a whole or not at all: name of the shape, record, predicates."""


def forms() -> Iterator[str]:
    """Every shape, as Turtle."""
    rules, tests = _rules(), _tests()
    rule = f"A rule of decision must have what its kind needs: {'; '.join(map(str, rules))}"
    yield _shape("DecisionRuleKind", DecisionRule, rule, rules, ("du:ruleKind", "/rule-kind/"))
    test = "A test of a rule must have what its du:operator needs, and nothing that goes with another"
    yield _shape("RuleTestForm", Condition, f"{test}: {'; '.join(map(str, tests))}", tests, ("du:operator", "^"))
    bounds = [slot.path for slot in slots(Threshold) if slot.path.endswith(("Min", "Below"))]
    bound = f"{_noun(Threshold)} must have {' or '.join(bounds)}, else every product meets it"
    yield _shape("ThresholdBound", Threshold, bound, [Way((path,)) for path in bounds])
    for name, record, paths in _TOGETHER:
        together = f"{_noun(record)} must have {' and '.join(paths)} together or not at all"
        yield _shape(name, record, together, [Way((), paths), Way(paths)])
    yield from (_between(*each) for each in _BETWEEN)


def _between(name: str, record: type[Any], path: str, constraint: str, other: str) -> str:
    """A shape that holds the values of one predicate of a node against those of another."""
    fields = [f"`{giver.field}`" for slot in slots(record) if slot.path in (path, other) for giver in slot.givers]
    return (
        f"dush:{name} a sh:PropertyShape ;\n    sh:targetClass {class_of(record)} ;\n    sh:path {path} ;\n"
        f"    {constraint} {other} ;\n"
        f'    sh:message "{_noun(record)} must have a {path} {_ORDERS[constraint]} its {other}; here it has not. '
        f'Correct {" or ".join(dict.fromkeys(fields))} in {where_of(record)}."@en .\n'
    )


def _rules() -> list[Way]:
    """One way for the kinds that need nothing, and one for each of the others."""
    plain = tuple(kind for kind in get_args(RuleKind) if kind not in DecisionRule.NEEDS)
    given = [(giver.field.partition(".")[0], slot.path) for slot in slots(DecisionRule) for giver in slot.givers]
    needed = {
        kind: tuple(path for field in fields for name, path in given if name == field)
        for kind, fields in DecisionRule.NEEDS.items()
    }
    return [Way((), words=plain), *(Way(paths, words=(kind,)) for kind, paths in needed.items())]


def _tests() -> list[Way]:
    """One way for each set of predicates that tests have; a number goes with one bound at least."""
    of_word: dict[str, tuple[str, ...]] = {
        word: tuple(slot.path for slot in slots(Condition) if word in {giver.field for giver in slot.givers})
        for word in (*COMBINATIONS, *kinds())
    }
    every = (*dict.fromkeys(path for paths in of_word.values() for path in paths), *_BOUNDS)
    ways = []
    for paths in dict.fromkeys(of_word.values()):
        words = tuple(word for word, own in of_word.items() if own == paths)
        has = paths if words[0] in COMBINATIONS else ("du:testInWords", *paths)
        numbers = all(word in kinds() and isinstance(kinds()[word].form, Number) for word in words)
        lacks = tuple(path for path in every if path not in paths and not (numbers and path in _BOUNDS))
        ways += [Way((*has, bound), lacks, words) for bound in _BOUNDS] if numbers else [Way(has, lacks, words)]
    return ways


def _shape(name: str, record: type[Any], asked: str, ways: Sequence[Way], told: tuple[str, str] = ("", "")) -> str:
    """A shape that is met by one of several ways; its lists are made of named cells."""
    path, before = told
    message = f"{asked}. Here it has not. Correct it in {where_of(record)}."
    found = {
        f"dush:{name}Shape": f"a sh:NodeShape ;\n    sh:targetClass {class_of(record)} ;\n    sh:or dush:{name}-1 ;\n"
        f'    sh:message "{message}"@en'
    }
    for number, way in enumerate(ways, start=1):
        own, rest = f"dush:{name}-{number}", "rdf:nil" if number == len(ways) else f"dush:{name}-{number + 1}"
        pattern = f'sh:minCount 1 ;\n    sh:pattern "{before}({"|".join(way.words)})$"'
        held = {f"{own}-kind": _property(path, pattern)} if way.words else {}
        held |= {f"dush:{name}-has-{_local(each)}": _property(each, "sh:minCount 1") for each in way.has}
        held |= {f"dush:{name}-no-{_local(each)}": _property(each, "sh:maxCount 0") for each in way.lacks}
        found[own] = f"rdf:first {own}-way ;\n    rdf:rest {rest}"
        found[f"{own}-way"] = "a sh:NodeShape ;\n    sh:property " + ",\n        ".join(held)
        found |= held
    return "\n".join(f"{each} {text} .\n" for each, text in found.items())


def _property(path: str, constraint: str) -> str:
    return f"a sh:PropertyShape ;\n    sh:path {path} ;\n    {constraint}"


def _noun(record: type[Any]) -> str:
    noun = record.about.noun or "dated node"
    return f"{'An' if noun[0] in 'aeio' else 'A'} {noun}"


def _local(path: str) -> str:
    return path.partition(":")[2]
