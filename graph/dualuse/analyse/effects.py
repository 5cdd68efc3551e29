"""Which destinations a part of the law changes, for which goods and whom: outcomes with it beside those without it.

Goods are classes, each shown by one chip or by a paragraph of the control list, with what the part asks of a use, a
list or an exporter; consignees are headquartered at the destination, in tier 1, or in Macau or D:5. Places that no rule
can tell apart are tried once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

from dualuse.law.effect import KINDS, Comparison, Effect
from dualuse.law.facts import Value
from dualuse.law.kinds import stated
from dualuse.law.transaction import Transaction, World
from dualuse.model.rules import Condition, DecisionRule


class Goods(NamedTuple):
    """A class of goods: a chip that stands for it or a paragraph, and what is stated beside."""

    name: str
    product: str | None = None
    item: str | None = None
    stated: tuple[tuple[str, Value], ...] = ()


GOODS = (
    Goods("advanced chips for data centres (H100)", product="h100-sxm"),
    Goods("advanced chips for other uses (RTX 4090)", product="rtx4090"),
    Goods("lower-band chips (L40)", product="l40"),
    Goods("advanced computers (4A090.a)", item="4a090.a", stated=(("data_centre", True),)),
    Goods("high-bandwidth memory (3A090.c)", item="3a090.c"),
    Goods("chip-making tools (3B001)", item="3b001"),
    Goods("software of the upper band (4D090)", item="4d090", stated=(("band", "upper"),)),
    Goods("technology of the upper band (3E001)", item="3e001", stated=(("band", "upper"),)),
    Goods("model weights (4E091)", item="4e091"),
)
"""Classes of goods that every part of the law is tried on."""

HOME = "home"
SEATS = {HOME: "", "tier 1": "GB", "Macau or D:5": "CN"}
"""Where a consignee is headquartered -> the place that stands for it; at the destination where there is none."""
_ANY = (("H100", "h100-sxm"), ("H20", "h20"))
"""Chips, one on the list and one off it, that stand for goods of any kind where a use or a list is what counts."""


@dataclass(frozen=True)
class Pattern:
    """Places where some goods fare alike: the outcomes before and after, for consignees headquartered somewhere."""

    effect: Effect
    places: tuple[str, ...]
    cases: tuple[tuple[Goods, str], ...]
    """Goods and seats of the consignee."""


def patterns(law: World, other: World, places: Iterable[str], day: date, lens: str) -> list[Pattern]:
    """What a part of the law changes, the heaviest kind of effect and the most places first.

    Args:
        law: The world with the part.
        other: The world without it.
        places: Keys of the destinations.
        day: Day of the transactions.
        lens: A lens.
    """
    alike, compared = _alike(law, other, places, day), Comparison(law, other, day, lens)
    found: dict[tuple[Goods, str, Effect], list[str]] = defaultdict(list)
    for goods in goods_for(rule for rule in compared.rules if rule.kind == "requirement"):
        for seat, where in SEATS.items():
            for same in alike:
                changed = compared.effect(transaction(goods, same[0], where or same[0], day, lens))
                if changed is not None:
                    found[goods, seat, changed] += same
    folded: dict[tuple[Effect, tuple[str, ...]], list[tuple[Goods, str]]] = defaultdict(list)
    for (goods, seat, changed), where_to in found.items():
        folded[changed, tuple(sorted(where_to))].append((goods, seat))
    rows = [Pattern(changed, where_to, tuple(cases)) for (changed, where_to), cases in folded.items()]
    return sorted(rows, key=lambda row: (KINDS.index(row.effect.kind), -len(row.places), row.places, row.cases))


def transaction(goods: Goods, to: str, seat: str | None, day: date, lens: str, **known: Value | None) -> Transaction:
    """One unit of some goods for a consignee with a seat, from the United States unless it is said otherwise.

    What is None is not known.
    """
    usual: dict[str, Value | None] = {"hq": seat, "consignee_hq": seat, "from": "US", "exporter": "other"}
    facts = stated({**usual, **known, **dict(goods.stated)})
    return Transaction(day, lens, 1, to, goods.product, goods.item, tuple(facts.items()))


def goods_for(requirements: Iterable[DecisionRule]) -> list[Goods]:
    """Classes of goods to try: those of every part, and those that only the requirements of this one ask for."""
    return [*GOODS, *dict.fromkeys(each for rule in requirements for each in _asked(rule))]


def _asked(rule: DecisionRule) -> Iterator[Goods]:
    """Goods that a rule names by chip, use, list or exporter."""
    chips, uses, exporters = (
        [(name, key) for name in names for key in sorted(set(rule.when.named(name)))]
        for names in (("product",), ("end_use", "listed"), ("exporter",))
    )
    shown = [(key, key) for _, key in chips] or (_ANY if uses or exporters else ())
    for (name, chip), *beside in product(shown, *(found for found in (uses, exporters) if found)):
        told = tuple(beside)
        yield Goods(", ".join([name, *(key for _, key in told)]), product=chip, stated=told)


def _alike(law: World, other: World, places: Iterable[str], day: date) -> list[list[str]]:
    """Places that no rule can tell apart, together: in the same groups, and named by none."""
    named = {place for world in (law, other) for rule in world.rules.rules for place in _places_in(rule.when)}
    found: dict[Hashable, list[str]] = defaultdict(list)
    for place in places:
        resolved = law.resolve(place, day), other.resolve(place, day)
        by_name = frozenset(each for found in resolved for each in found) & named
        groups = (frozenset(world.groups(place, day).items()) for world in (law, other))
        found[(by_name or len(resolved[0]), *groups)].append(place)
    return list(found.values())


def _places_in(test: Condition) -> Iterator[str]:
    """Places that a condition names, or says must not be."""
    if test.operator in ("place", "origin"):
        yield from test.expects
    for operand in test.operands:
        yield from _places_in(operand)
