"""Parties whose ties a part of the law changes: what they sell, buy, receive at a site, or put into what others sell.

A tie is something on record that a decision can be made on: a designer's chips to a place it has revenue from or to a
customer, memory or tools of their makers likewise, the chips that a site would receive. Who supplies a seller whose
sales change is affected through it, at most by the share on record. A tie is judged as ``check`` would.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, Literal, NamedTuple, get_args

from dualuse.analyse.connected import Magnitude, Step, edge_data
from dualuse.analyse.effects import GOODS, Goods, goods_of, transaction
from dualuse.law.effect import KINDS, Comparison, Effect, deciding, ladder
from dualuse.law.facts import Value
from dualuse.law.transaction import UNITED_STATES, Transaction, World
from dualuse.model.items import Product
from dualuse.model.rules import DecisionRule
from dualuse.network import Network
from dualuse.network.web import measured
from dualuse.node import Node

Role = Literal["listed", "captured", "seller", "buyer", "site", "supplier"]
"""How a party stands to a tie: it is listed and buys, its owners are, it sells, buys, would receive at a site, or
supplies who sells."""
ROLES: tuple[Role, ...] = get_args(Role)

Sold = Mapping[str, Sequence[str]]
"""Supply on record -> chips that its source names."""

_TOOLS = frozenset({"3b001"})
_BOUGHT = (*GOODS, Goods("chips off the list (H20)", product="h20"))
_PLANTS = frozenset({"company-foundry", "company-memory", "company-designer"})
_CHIP = GOODS[0]


class Tie(NamedTuple):
    """Goods to a place for a consignee with a seat, if that is known, from a seller or anybody, by a step on record.

    Args:
        named: Whether the record names the goods; else they are what the seller sells or the place would buy.
    """

    party: Node
    role: Role
    goods: Goods
    to: str
    seat: str | None
    seller: Node | None
    step: Step
    named: bool = False


class Changed(NamedTuple):
    """A tie and what a part of the law does to it."""

    tie: Tie
    effect: Effect


class Entry(NamedTuple):
    """How a transaction states that a party is listed: the list, and the review policy of the entry if it names one."""

    listed: str
    entry_policy: str | None = None


class Bound(NamedTuple):
    """A party that a list binds: its entry, the listing, and the stake by which it is caught."""

    party: Node
    entry: Entry
    step: Step
    through: Step | None = None


@dataclass(frozen=True)
class PartyEffect:
    """What a part of the law does to a party in one role: its ties that change, the heaviest first.

    Args:
        role: How it stands to the ties.
        changed: Ties that change; those of a supplier are its customer's.
        through: The edge by which a supplier reaches who sells, of several the one hit most; or an owner who is caught.
        size: Share of what is on record that stands on changed ties, from nothing to all of it.
        rules: Rules that make the difference for the heaviest tie.
        case: That tie as a transaction.
    """

    party: Node
    role: Role
    changed: tuple[Changed, ...]
    through: Step | None = None
    size: Magnitude | None = None
    rules: tuple[DecisionRule, ...] = ()
    case: Transaction | None = None

    @property
    def kind(self) -> str:
        """The heaviest kind of effect on a tie."""
        return self.changed[0].effect.kind

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort key of how hard it is hit: by the heaviest kind, goods that are named first, then share and ties."""
        largest = self.size.max or 0 if self.size else 0
        heaviest = KINDS.index(self.changed[0].effect.kind)
        return heaviest, not self.changed[0].tie.named, -largest, -len(self.changed)


def party_effects(network: Network, compared: Comparison, sold: Sold, only: Node | None = None) -> list[PartyEffect]:
    """Parties that a part of the law changes, who sells first, then as hard as they are hit.

    Args:
        network: The whole network on the day; it need not judge any instrument.
        compared: The law with the part and without it, on the day under a lens.
        sold: Chips that sources of supplies name.
        only: The one party to tell; all if not given.
    """
    if compared.alike:
        return []
    by_party: dict[tuple[Node, Role], list[Changed]] = defaultdict(list)
    for tie in _ties(network, compared, sold, _sellers(network, only)):
        found = compared.effect(case_of(network, tie, compared))
        if found is not None:
            by_party[tie.party, tie.role].append(Changed(tie, found))
    effects = [_effect_on(network, party, role, hit, compared.day) for (party, role), hit in by_party.items()]
    sellers = sorted((each for each in effects if each.role == "seller"), key=lambda each: _order(network, each))
    suppliers: dict[Node, PartyEffect] = {}
    for seller in sellers:
        for supplier in _suppliers(network, seller, compared.day):
            suppliers.setdefault(supplier.party, supplier)
    told = [each for each in (*effects, *suppliers.values()) if only in (None, each.party)]
    return sorted((_ruled(network, each, compared) for each in told), key=lambda each: _order(network, each))


def tied_places(network: Network, compared: Comparison, sold: Sold) -> set[str]:
    """Places that goods of some tie go to or come from, or where a party to one is headquartered."""
    ties = _ties(network, compared, sold, _sellers(network, None))
    found = {place for tie in ties for place in (tie.to, tie.seat, tie.seller and _seat(network, tie.seller))}
    return {place for place in found if place}


def _ruled(network: Network, hit: PartyEffect, compared: Comparison) -> PartyEffect:
    tie, effect = hit.changed[0]
    case = case_of(network, tie, compared)
    return replace(hit, rules=tuple(deciding((case, compared.other), (case, compared.law), effect)), case=case)


class Listed:
    """What it comes to, under a law on a day, that somebody is listed: worked out once for all who list."""

    def __init__(self, law: World, day: date, lens: str) -> None:
        self.day = day
        self.bought = cache(partial(_bought_when_listed, law, day, lens))
        self.deciding = cache(partial(_deciding_when_listed, law, day, lens))


def bound_effects(network: Network, listed: Listed, bound: Iterable[Bound]) -> list[PartyEffect]:
    """Parties that lists bind, with the goods they buy at home that fare otherwise for it.

    Args:
        network: The whole network on the day.
        listed: What a listing comes to on the day.
        bound: The parties; those whose seat is not on record are left out.
    """
    effects = []
    for party, entry, step, through in bound:
        seat = _seat(network, party)
        if seat is None or not (fares := listed.bought(seat, entry)):
            continue
        role: Role = "listed" if through is None else "captured"
        changed = [Changed(Tie(party, role, goods, seat, seat, None, step), effect) for goods, effect in fares]
        hit = _effect_on(network, party, role, changed, listed.day)
        rules, case = listed.deciding(seat, entry, hit.changed[0].tie.goods)
        effects.append(replace(hit, through=through, rules=rules, case=case))
    return sorted(effects, key=lambda effect: _order(network, effect))


def _bought_when_listed(law: World, day: date, lens: str, seat: str, entry: Entry) -> list[tuple[Goods, Effect]]:
    """What fares otherwise for anybody with a seat once it is listed; who it is makes no difference."""
    fares = []
    for goods in _BOUGHT if law.order == UNITED_STATES else [goods_of(law, item) for item in law.items]:
        found = Effect.between(*(ladder(case, law) for case in _free_and_listed(law, day, lens, seat, entry, goods)))
        if found.kind != "none":
            fares.append((goods, found))
    return fares


def _deciding_when_listed(
    law: World, day: date, lens: str, seat: str, entry: Entry, goods: Goods
) -> tuple[tuple[DecisionRule, ...], Transaction]:
    """Rules that make the difference for goods that fare otherwise, and the transaction with the listed party."""
    free, caught = _free_and_listed(law, day, lens, seat, entry, goods)
    found = Effect.between(ladder(free, law), ladder(caught, law))
    return tuple(deciding((free, law), (caught, law), found)), caught


def _free_and_listed(
    law: World, day: date, lens: str, seat: str, entry: Entry, goods: Goods
) -> tuple[Transaction, Transaction]:
    """Goods to a place for a consignee of it, who is not listed and who is."""
    known: dict[str, Value | None] = {"from": law.home}
    free = transaction(goods, seat, seat, day, lens, **known)
    return free, transaction(goods, seat, seat, day, lens, **known, **entry._asdict())


def listings_of(network: Network, node: Node) -> list[Step]:
    """The edges from an instrument to those it lists."""
    return _steps(network, node, "lists") if node in network else []


def case_of(network: Network, tie: Tie, compared: Comparison) -> Transaction:
    """A tie as a transaction; who sells is told where a rule that differs asks for it, else anybody may."""
    day, lens = compared.day, compared.lens
    if tie.seller is None:
        return transaction(tie.goods, tie.to, tie.seat, day, lens, **{"from": compared.law.home})
    known: dict[str, Value | None] = {"exporter": tie.seller.key} if tie.seller.key in compared.senders else {}
    home = _seat(network, tie.seller)
    if home != UNITED_STATES:
        known |= {"from": home} | ({"foreign_made": True} if compared.law.order == UNITED_STATES else {})
    return transaction(tie.goods, tie.to, tie.seat, day, lens, **known)


def _sellers(network: Network, only: Node | None) -> list[Node]:
    """Parties whose sales bear on a party: itself, who supplies it, whom it supplies, whose chips it makes; or all."""
    if only is None:
        return sorted(node for node in network if node.kind == "organisation")
    found = {only, *(step.source for step in _steps(network, only, "supplies", into=True))}
    found |= {step.target for step in _steps(network, only, "supplies")}
    for made in _steps(network, only, "made-by", into=True):
        found |= {step.target for step in _steps(network, made.source, "designed-by")}
    return sorted(found)


def _ties(network: Network, compared: Comparison, sold: Sold, parties: Iterable[Node]) -> Iterator[Tie]:
    """Ties of parties on record: for sales, one for each class of chips that the law of the day tells apart."""
    abroad = compared.law.order != UNITED_STATES
    for party in parties:
        if abroad and _seat(network, party) not in compared.law.homes:
            continue
        usual = _sold(network, compared, party)
        for goods in usual:
            for step in _steps(network, party, "buys-from", into=True):
                yield Tie(party, "seller", goods, step.source.key, step.source.key, party, step)
        for step in _steps(network, party, "supplies"):
            seat, named = _seat(network, step.target), sold.get(step.iri, ())
            if seat is None:
                continue
            for goods in ([] if abroad else [Goods(chip, product=chip) for chip in named]) or usual:
                yield Tie(party, "seller", goods, seat, seat, party, step, bool(named))
                yield Tie(step.target, "buyer", goods, seat, seat, party, step, bool(named))
        for step in _steps(network, party, "hosts", into=True) if _computes(network, party) and not abroad else ():
            yield Tie(party, "site", _CHIP, step.source.key, _seat(network, party), None, step)


def _sold(network: Network, compared: Comparison, party: Node) -> list[Goods]:
    """What a party sells: of chips it designs the strongest of each class and those a rule names, or what it makes."""
    law = compared.law
    types = set(network.nodes[party]["types"])
    made = [item for item in law.items if not types.isdisjoint(law.control_list.makers.get(item, ()))]
    if law.order != UNITED_STATES:
        return [goods_of(law, item) for item in made]
    classes: dict[Hashable, Product] = {}
    for step in _steps(network, party, "designed-by", into=True):
        chip = compared.law.control_list.chips[step.source.key]
        told = compared.told_apart(chip)
        if told not in classes or (chip.tpp or 0) > (classes[told].tpp or 0):
            classes[told] = chip
    chips = sorted(chip.node.key for chip in classes.values())
    return [Goods(key, product=key) for key in chips] or [goods for item in made for goods in _used(item, compared)]


def _used(item: str, compared: Comparison) -> Iterator[Goods]:
    """What is made, for any use; and tools for each end use that the part asks about."""
    yield Goods(item.upper(), item=item)
    rules = (rule for rule in compared.rules if rule.kind == "requirement" and item in _TOOLS)
    for use in sorted({use for rule in rules for use in rule.when.named("end_use")}):
        yield Goods(f"{item.upper()} for {use.replace('-', ' ')}", item=item, stated=(("end_use", use),))


def _suppliers(network: Network, seller: PartyEffect, day: date) -> Iterator[PartyEffect]:
    """Who supplies a seller whose sales change, or makes the chips: through it, by at most the share on record."""
    makers = (
        step
        for key in sorted({each.tie.goods.product for each in seller.changed if each.tie.goods.product})
        for step in _steps(network, Node("product", key), "made-by")
    )
    found: dict[Node, Step] = {}
    for step in (*_steps(network, seller.party, "supplies", into=True), *makers):
        party = step.source if step.kind == "supplies" else step.target
        if party != seller.party:
            found.setdefault(party, step)
    for party, step in found.items():
        yield PartyEffect(party, "supplier", seller.changed, step, _bounded([edge_data(network, step)], day))


def _effect_on(network: Network, party: Node, role: Role, changed: Iterable[Changed], day: date) -> PartyEffect:
    ties = sorted(changed, key=lambda each: (KINDS.index(each.effect.kind), not each.tie.named, each.tie))
    sales = [edge_data(network, each.tie.step) for each in ties if each.tie.step.kind == "buys-from"]
    return PartyEffect(party, role, tuple(ties), None, _bounded(sales, day) if role == "seller" else None)


def _bounded(records: Iterable[Mapping[str, Any]], day: date) -> Magnitude | None:
    """From nothing to all of what stands on changed ties, in one period: not all of it need be controlled goods.

    The period is the latest that can have begun by the day; fiscal years run ahead of the calendar by up to one.
    """
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for data in records:
        if "unit" in data and data.get("max") is not None:
            shares[measured(data)][data["iri"]] = data["max"]
    begun = [unit for unit in shares if not (year := _YEAR.search(unit)) or int(year[0]) <= day.year + 1]
    if not begun:
        return None
    unit = max(begun)
    said = unit if unit.startswith("percent") else f"percent of {unit.replace('-', ' ')}"
    return Magnitude(0, round(min(sum(shares[unit].values()), 100), 4), said)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _computes(network: Network, party: Node) -> bool:
    """Whether the sites of a party are where chips run; those of who makes chips and is no cloud are plants."""
    types = set(network.nodes[party]["types"])
    return "company-cloud" in types or types.isdisjoint(_PLANTS)


def _seat(network: Network, party: Node) -> str | None:
    """Where a party is headquartered; None where that is not on record."""
    return next((step.source.key for step in _steps(network, party, "seats", into=True)), None)


def _steps(network: Network, node: Node, kind: str, *, into: bool = False) -> list[Step]:
    """Edges of a kind that lead from a thing, or into it, in their own direction, sorted."""
    edges = network.in_edges(node, data=True) if into else network.out_edges(node, data=True)
    found = {
        Step(target, data["iri"], source, kind, certain=data.get("certain", True))
        for source, target, data in edges
        if data["kind"] == kind
    }
    return sorted(found)


def _order(network: Network, effect: PartyEffect) -> tuple[Any, ...]:
    """Who is listed or sells first, then how hard each is hit, then the name."""
    return ROLES.index(effect.role), *effect.order, network.nodes[effect.party]["label"].casefold()
