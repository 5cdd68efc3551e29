"""Which destinations a part of the law changes, for which goods and whom: outcomes with it beside those without it.

Goods are classes, each shown by one chip or by a paragraph of the control list, with what the part asks of a use, a
list or an exporter; consignees are headquartered at the destination, in tier 1, or in Macau or D:5. Places that no rule
can tell apart are tried once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from dualuse.law.effect import KINDS, Comparison, Effect, deciding
from dualuse.law.facts import Value
from dualuse.law.kinds import Things, kinds, stated
from dualuse.law.transaction import UNITED_STATES, Transaction, World
from dualuse.model.rules import Condition, DecisionRule


class Goods(NamedTuple):
    """A class of goods: a chip that stands for it or a paragraph, and what is stated beside."""

    name: str
    product: str | None = None
    item: str | None = None
    stated: tuple[tuple[str, Value], ...] = ()


GOODS = (
    Goods("data-centre chips (H100)", product="h100-sxm"),
    Goods("chips for other uses (RTX 4090)", product="rtx4090"),
    Goods("lower-band chips (L40)", product="l40"),
    Goods("computers (4A090.a)", item="4a090.a", stated=(("data_centre", True),)),
    Goods("high-bandwidth memory (3A090.c)", item="3a090.c"),
    Goods("chip-making tools (3B001)", item="3b001"),
    Goods("upper-band software (4D090)", item="4d090", stated=(("band", "upper"),)),
    Goods("upper-band technology (3E001)", item="3e001", stated=(("band", "upper"),)),
    Goods("model weights (4E091)", item="4e091"),
)
"""Classes of goods that every part of the law is tried on."""

_FEW = 3
"""How many chips that are alike are named, each by itself."""

HOME = "home"
SEATS = {HOME: "", "tier 1": "GB", "Macau or D:5": "CN"}
"""Where a consignee is headquartered -> the place that stands for it; at the destination where there is none."""
_SEATS = tuple(SEATS)
_RANKS = {goods: rank for rank, goods in enumerate(GOODS)}
_ANY = (("H100", "h100-sxm"), ("H20", "h20"))
"""Chips, one on the list and one off it, that stand for goods of any kind where a use or a list is what counts."""


@dataclass(frozen=True)
class Pattern:
    """Places where some goods fare alike: the outcomes before and after, for consignees headquartered somewhere."""

    effect: Effect
    places: tuple[str, ...]
    cases: tuple[tuple[Goods, str], ...]
    """Goods and seats of the consignee: each of its goods with each of its seats."""
    rules: tuple[DecisionRule, ...]
    """Rules that make the difference, in the first case for the first place."""
    case: Transaction
    """That case."""


def patterns(compared: Comparison, places: Iterable[str]) -> list[Pattern]:
    """What a part of the law changes: for buyers at home first, goods that the part names before the usual classes.

    Args:
        compared: The law with the part and without it, on a day under a lens.
    """
    if compared.alike:
        return []
    alike = _alike(compared, places)
    found: dict[tuple[Goods, str, Effect], list[str]] = defaultdict(list)
    for goods in goods_for(compared):
        for seat, where in seats_for(compared.law).items():
            for same in alike:
                case = transaction(
                    goods, same[0], where or same[0], compared.day, compared.lens, **{"from": compared.law.home}
                )
                changed = compared.effect(case)
                if changed is not None:
                    found[goods, seat, changed] += same
    folded: dict[tuple[Effect, tuple[str, ...]], list[tuple[Goods, str]]] = defaultdict(list)
    for (goods, seat, changed), where_to in found.items():
        folded[changed, tuple(sorted(where_to))].append((goods, seat))
    rows = [
        _pattern(compared, changed, where_to, block)
        for (changed, where_to), cases in folded.items()
        for block in blocks(cases)
    ]
    return sorted(rows, key=_order)


def seats_for(law: World) -> dict[str, str]:
    """Where consignees are tried; only at home under a law whose rules ask for no group of headquarters."""
    return SEATS if law.order == UNITED_STATES else {HOME: SEATS[HOME]}


def blocks(cases: Iterable[tuple[Goods, str]]) -> list[list[tuple[Goods, str]]]:
    """Cases in blocks that hold every one of their goods for every one of their seats.

    Example:
        >>> chips, weights = Goods("chips"), Goods("weights")
        >>> [len(block) for block in blocks([(chips, "home"), (chips, "tier 1"), (weights, "home")])]
        [2, 1]
    """
    by_seat: dict[str, list[Goods]] = defaultdict(list)
    for goods, seat in cases:
        by_seat[seat].append(goods)
    found: dict[tuple[Goods, ...], list[str]] = defaultdict(list)
    for seat, each in by_seat.items():
        found[tuple(each)].append(seat)
    return [[(one, seat) for one in each for seat in seats] for each, seats in found.items()]


def _pattern(
    compared: Comparison, changed: Effect, places: tuple[str, ...], cases: Sequence[tuple[Goods, str]]
) -> Pattern:
    goods, seat = cases[0]
    to = places[0]
    case = transaction(goods, to, SEATS[seat] or to, compared.day, compared.lens, **{"from": compared.law.home})
    rules = deciding((case, compared.other), (case, compared.law), changed)
    return Pattern(changed, places, tuple(cases), tuple(rules), case)


def _order(pattern: Pattern) -> tuple[Any, ...]:
    """Sort key: buyers at home before those with a seat elsewhere, goods as they are tried, then the heaviest kind."""
    seat = min(_SEATS.index(seat) for _, seat in pattern.cases)
    goods = min(_RANKS.get(goods, -1) for goods, _ in pattern.cases)
    return seat, goods, KINDS.index(pattern.effect.kind), -len(pattern.places), pattern.places, pattern.cases


def transaction(goods: Goods, to: str, seat: str | None, day: date, lens: str, **known: Value | None) -> Transaction:
    """One unit of some goods for a consignee with a seat, from the United States unless it is said otherwise.

    What is None is not known.
    """
    usual: dict[str, Value | None] = {"hq": seat, "consignee_hq": seat, "from": "US", "exporter": "other"}
    facts = stated({**usual, **known, **dict(goods.stated)})
    return Transaction(day, lens, 1, to, goods.product, goods.item, tuple(facts.items()))


def goods_for(compared: Comparison) -> list[Goods]:
    """Classes of goods to try: those of every part, and those that only this one asks for.

    Under another law than that of the United States, the items that the part names or put on the list, alone.

    Of a requirement, or a letter that leaves open what it needs, that is the chips, uses, lists and exporters that it
    names; of any other rule, the chips.
    """
    if compared.law.order != UNITED_STATES:
        return list(dict.fromkeys(_items(compared)))
    asking = (rule for rule in compared.rules if rule.kind == "requirement" or _by_letter(rule))
    asked = [each for rule in asking for each in _asked(rule, compared)]
    named = [_shown(rule, compared) for rule in compared.rules if rule.kind in ("review-policy", "exception")]
    asked += [Goods(name, product=chip) for each in named for name, chip in each]
    return [*GOODS, *dict.fromkeys(asked)]


def _items(compared: Comparison) -> Iterator[Goods]:
    """Items that rules name, or the requirements that they answer, with the use, list or exporter they ask about."""
    law = compared.law
    for rule in compared.rules:
        answered = [law.rules.by_key[key] for key in rule.applies_to if key in law.rules.by_key]
        named = set(rule.when.named("item")) or {item for each in answered for item in each.when.named("item")}
        beside = [
            found
            for name in ("end_use", "listed", "exporter", "made_in")
            if (found := [(name, key) for key in sorted(set(rule.when.named(name)))])
        ]
        for item, told in product(sorted(named or law.items), product(*beside)):
            yield goods_of(law, item, told)
    for item in sorted(compared.other.control_list.gone.intersection(law.items)):
        yield goods_of(law, item)


def goods_of(law: World, item: str, stated: tuple[tuple[str, Value], ...] = ()) -> Goods:
    """An item in its own words, with what is stated beside."""
    called = law.control_list.called.get(item, item.upper())
    return Goods(", ".join([called, *(str(key) for _, key in stated)]), item=item, stated=stated)


def _by_letter(rule: DecisionRule) -> bool:
    """Whether it is a letter's to somebody, whatever the use."""
    return bool(set(rule.when.named("addressee"))) and not rule.by_use


def _asked(rule: DecisionRule, compared: Comparison) -> Iterator[Goods]:
    """Goods that a rule names by chip, use, list or exporter; by paragraph where a letter names no chip."""
    uses = [(name, key) for name in ("end_use", "listed") for key in sorted(set(rule.when.named(name)))]
    sent = {key for name in ("exporter", "addressee") for key in rule.when.named(name)}
    exporters = [("exporter", key) for key in sorted(sent)]
    shown = [Goods(name, product=chip) for name, chip in _shown(rule, compared)]
    if not shown and sent:
        shown = [Goods(item.upper(), item=item) for item in sorted(set(rule.when.named("item")))]
    if not shown and (uses or exporters):
        shown = [Goods(name, product=chip) for name, chip in _ANY]
    beside = [found for found in (uses, exporters) if found]
    for goods, told in product(shown, product(*beside)):
        yield goods._replace(name=", ".join([goods.name, *(key for _, key in told)]), stated=told)


def _shown(rule: DecisionRule, compared: Comparison) -> Iterator[tuple[str, str]]:
    """Chips that a rule names: of those that the law tells apart by nothing else, the strongest stands for all."""
    chips = compared.law.control_list.chips
    alike: dict[Hashable, list[str]] = defaultdict(list)
    for key in sorted(set(rule.when.named("product")), key=lambda key: (-(chips[key].tpp or 0), key)):
        alike[compared.told_apart(chips[key])].append(key)
    for same in alike.values():
        yield " / ".join(same) if len(same) <= _FEW else f"{same[0]} and {len(same) - 1} like it", same[0]


def _alike(compared: Comparison, places: Iterable[str]) -> list[list[str]]:
    """Places that no rule of the day can tell apart, together: alike in the groups that rules name, named by none."""
    worlds = compared.law, compared.other
    named = {
        kind: {key for rule in compared.counting for key in _named(rule.when, kind)} for kind in ("place", "group")
    }
    found: dict[Hashable, list[str]] = defaultdict(list)
    for place in places:
        resolved = [world.resolve(place, compared.day) for world in worlds]
        by_name = frozenset(each for found in resolved for each in found) & named["place"]
        held = [world.groups(place, compared.day).items() for world in worlds]
        groups = (frozenset(each for each in found if each[0] in named["group"]) for found in held)
        found[(by_name or len(resolved[0]), *groups)].append(place)
    return list(found.values())


def _named(test: Condition, kind: str) -> Iterator[str]:
    """Places, or groups of places, that a condition names, or says must not be."""
    form = kinds()[test.operator].form if test.operator in kinds() else None
    if isinstance(form, Things) and form.kind == kind:
        yield from test.expects
    for operand in test.operands:
        yield from _named(operand, kind)
