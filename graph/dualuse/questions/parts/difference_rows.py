"""Rows of what parts of the law change, and who tells them: names, outcomes and numbers of what a row rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, aside, named, optional, unique
from dualuse.node import Node
from dualuse.questions.parts.amounts import Amount, interval, sized
from dualuse.questions.parts.outcomes import Destinations, Outcomes, outcomes, sentence
from dualuse.said import Named, Phrase, phrase, read_texts
from dualuse.show.cells import RESTS_ON
from dualuse.show.words import Said, find

if TYPE_CHECKING:
    from dualuse.analyse.connected import Step
    from dualuse.analyse.effects import Pattern
    from dualuse.analyse.ties import PartyEffect, Tie
    from dualuse.knowledge import Knowledge
    from dualuse.law.effect import Effect
    from dualuse.model.relations import StatedCost
    from dualuse.model.rules import DecisionRule
    from dualuse.network import Network


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Places where some goods fare otherwise, for consignees headquartered somewhere."""

    by: Node | None = optional()
    effect: str
    goods: Sequence[str]
    headquarters: Sequence[str]
    count: int
    places: Sequence[str]
    before: Sequence[Outcomes] = named("without")
    after: Sequence[Outcomes] = named("with")
    rules: Sequence[Node]
    receipts: Sequence[int]
    where: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The difference as people read it: the places in a few words, the outcomes as a sentence."""
        return ({} if self.by is None else {"by": self.by.key}) | {
            "effect": self.effect,
            "goods": [told_goods(each) for each in self.goods],
            "headquarters": self.headquarters,
            "places": self.where,
            "without it": self.told[0],
            "with it": self.told[1],
            RESTS_ON: ", ".join(map(str, self.receipts)),
        }


@dataclass(frozen=True)
class Cost:
    """What a party itself says that an instrument cost it, or may cost it, in millions of US dollars."""

    kind: str
    min: float | None
    max: float | None
    period: str | None
    receipt: int = 0

    @property
    def words(self) -> Phrase:
        """As people read it."""
        open_ = self.min is None and bool(self.max)
        amount = phrase("amount.up_to", high=f"{self.max:g}") if open_ else interval(self.min, self.max)
        period = phrase("amount.period", period=self.period) if self.period else ""
        kind = Named.of({("cost-kind", self.kind): self.kind.replace("-", " ")})
        return phrase("amount.million", kind=kind, amount=amount, period=period)


@dataclass(frozen=True, kw_only=True)
class PartyChanged:
    """A party whose ties on record fare otherwise, in one role; the outcomes are those of the tie hit hardest."""

    by: Node | None = optional()
    party: str
    id: str
    role: str
    through: str | None
    effect: str
    ties: int
    goods: Sequence[str]
    places: Sequence[str]
    magnitude: Amount | None
    costs: Sequence[Cost]
    before: Sequence[Outcomes] = named("without")
    after: Sequence[Outcomes] = named("with")
    rules: Sequence[Node]
    receipts: Sequence[int]
    via: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The party as people read it: one tie as a sentence, how many more there are."""
        size = self.magnitude
        tie = phrase("turns.tie", goods=told_goods(self.goods[0]), place=self.told[2], via=self.via)
        return ({} if self.by is None else {"by": self.by.key}) | {
            "party": self.party,
            "role": self.role,
            "effect": self.effect,
            "for example": phrase("turns.one_of", tie=tie, n=self.ties) if self.ties > 1 else tie,
            "without it": self.told[0],
            "with it": self.told[1],
            "magnitude": "" if size is None else sized(size.min, size.max, size.unit),
            "it states": "" if not self.costs else max(self.costs, key=lambda cost: cost.max or cost.min or 0).words,
            RESTS_ON: ", ".join(map(str, self.receipts)),
        }


@dataclass(frozen=True, kw_only=True)
class TieChanged:
    """Ties of a party that fare alike: in one role, with the same outcomes."""

    role: str
    effect: str
    ties: int
    goods: Sequence[str]
    places: Sequence[str]
    others: Sequence[str]
    before: Sequence[Outcomes] = named("without")
    after: Sequence[Outcomes] = named("with")
    receipts: Sequence[int]
    where: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The ties as people read them."""
        return {
            "role": self.role,
            "effect": self.effect,
            "goods": _few([told_goods(each) for each in self.goods]),
            "places": self.where,
            "with": _few(self.others),
            "without it": self.told[0],
            "with it": self.told[1],
            RESTS_ON: ", ".join(map(str, self.receipts)),
        }


_STATED = re.compile(r"[a-z0-9-]+")
"""The key of what is stated beside goods, or of a chip."""
_ALIKE = re.compile(r"(\S+) and (\d+) like it")


def told_goods(name: str) -> str:
    """Goods in words: a class of them, or a chip, several or an item, with what is stated beside."""
    known = find("goods", name)
    if known is not None:
        return Phrase.of(Said(name, *known[1:]))
    item, stated = name, list[str]()
    while (parts := item.rpartition(", "))[0] and _STATED.fullmatch(parts[2]):
        item, stated = parts[0], [parts[2], *stated]
    words = read_texts("dualuse")["word"]
    beside = (phrase(f"word.{each}") if each in words else Named.of({("end-use", each): each}) for each in stated)
    return Phrase.listed([_item(item), *beside])


def _item(name: str) -> str:
    if alike := _ALIKE.fullmatch(name):
        return phrase("turns.alike", first=_item(alike[1]), n=alike[2])
    parts = (Named.of({("product", key): key}) if _STATED.fullmatch(key) else key for key in name.split(" / "))
    return Phrase.listed(parts, between=" / ", han=" / ")


FEW = 4
"""How many names are told of many."""


def _few(names: Sequence[str]) -> Phrase:
    """The first of some names, and how many more there are."""
    few = Phrase.listed(names[:FEW])
    return phrase("amount.and_more", names=few, n=len(names) - FEW) if len(names) > FEW else few


@dataclass(frozen=True)
class Changes:
    """What a part of the law changes.

    Args:
        node: The instrument, or the measure; None for a scenario.
        patterns: Destinations that fare otherwise.
        hit: Parties that do.
        costs: What parties themselves say that it cost them.
        rests: Whether any rule of decision rests on it on the day.
    """

    node: Node | None
    patterns: tuple[Pattern, ...]
    hit: tuple[PartyEffect, ...]
    rests: bool
    costs: Mapping[Node, Sequence[StatedCost]]

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort key of how hard it hits: the largest cost that a party in it states, then its heaviest effect."""
        hit = {each.party for each in self.hit}
        stated = [cost for party, costs in self.costs.items() if party in hit for cost in costs]
        largest = max((cost.amount_max or cost.amount_min or 0 for cost in stated), default=0)
        return -largest, min((each.order for each in self.hit), default=()), self.node or ""


class Teller:
    """Tells differences as rows, and numbers what they rest on in the order of the rows."""

    def __init__(self, knowledge: Knowledge, network: Network, destinations: Destinations) -> None:
        self._knowledge, self._network, self._destinations = knowledge, network, destinations
        self.receipts: list[Receipt] = []
        self._numbers: dict[Receipt, int] = {}

    def place(self, found: Changes, pattern: Pattern, several: bool) -> Difference:
        """Destinations that fare alike, as a row."""
        changed = pattern.effect
        return Difference(
            by=found.node if several else None,
            effect=changed.kind,
            goods=list(dict.fromkeys(goods.name for goods, _ in pattern.cases)),
            headquarters=list(dict.fromkeys(seat for _, seat in pattern.cases)),
            count=len(pattern.places),
            places=pattern.places,
            before=outcomes(changed.before),
            after=outcomes(changed.after),
            rules=[rule.node for rule in pattern.rules],
            receipts=self._cite(self._ruled(pattern.rules)),
            where=self._destinations.told(pattern.places),
            told=(sentence(changed.before), sentence(changed.after)),
        )

    def party(self, found: Changes, hit: PartyEffect, several: bool) -> PartyChanged:
        """A party in one role, as a row."""
        from dualuse.network.web import name
        from dualuse.questions.parts.paths import receipt

        size, first = hit.size, hit.changed[0]
        behind = None
        if hit.through is not None:
            behind = hit.through.source if hit.role == "captured" else first.tie.party
        how = "owned" if hit.role == "captured" else "sold"
        via = "" if behind is None else phrase(f"turns.{how}", who=name(self._network, behind))
        steps = [receipt(self._network, step) for step in rests_on(hit)]
        rests = self._cite([*self._ruled(hit.rules), *steps])
        costs = [self._cost(each) for each in found.costs.get(hit.party, ())]
        return PartyChanged(
            by=found.node if several else None,
            party=Named.of({(hit.party.kind, hit.party.key): name(self._network, hit.party)}),
            id=hit.party,
            role=hit.role,
            through=behind,
            effect=hit.kind,
            ties=len(hit.changed),
            goods=list(dict.fromkeys(each.tie.goods.name for each in hit.changed)),
            places=sorted({each.tie.to for each in hit.changed}),
            magnitude=None if size is None else Amount(size.min, size.max, size.unit),
            before=outcomes(first.effect.before),
            after=outcomes(first.effect.after),
            rules=[rule.node for rule in hit.rules],
            receipts=sorted({*rests, *(cost.receipt for cost in costs)}),
            costs=costs,
            via=via,
            told=(
                sentence(first.effect.before),
                sentence(first.effect.after),
                self._knowledge.names.label("place", first.tie.to),
            ),
        )

    def ties(self, hit: PartyEffect) -> Iterator[TieChanged]:
        """The ties of a party in one role, those that fare alike together, the heaviest first."""
        from dualuse.network.web import name
        from dualuse.questions.parts.paths import receipt

        alike: dict[Effect, list[Tie]] = {}
        for each in hit.changed:
            alike.setdefault(each.effect, []).append(each.tie)
        for number, (effect, ties) in enumerate(alike.items()):
            steps = {(tie.step.source, tie.step.target): tie.step for tie in reversed(ties)}.values()
            rules = self._ruled(hit.rules) if number == 0 else []
            ends = (end for step in steps for end in (step.source, step.target) if end.kind == "organisation")
            places = list(dict.fromkeys(tie.to for tie in ties))
            yield TieChanged(
                role=hit.role,
                effect=effect.kind,
                ties=len(ties),
                goods=list(dict.fromkeys(tie.goods.name for tie in ties)),
                places=places,
                others=sorted({name(self._network, end) for end in ends if end != hit.party}),
                before=outcomes(effect.before),
                after=outcomes(effect.after),
                receipts=self._cite([*rules, *(receipt(self._network, step) for step in steps)]),
                where=self._destinations.told(places),
                told=(sentence(effect.before), sentence(effect.after)),
            )

    def _cost(self, stated: StatedCost) -> Cost:
        told = Cost(stated.kind, stated.amount_min, stated.amount_max, stated.period)
        who = self._knowledge.names.label("organisation", stated.organisation)
        (number,) = self._cite(
            [self._knowledge.registry.receipt(stated, phrase("turns.states", who=who, told=told.words), "")]
        )
        return replace(told, receipt=number)

    def _ruled(self, rules: Sequence[DecisionRule]) -> list[Receipt]:
        registry = self._knowledge.registry
        return [registry.receipt(rule, rule.title, registry.citation(rule.provision)) for rule in rules]

    def _cite(self, receipts: Iterable[Receipt]) -> list[int]:
        """Numbers of receipts; a new one is put at the end of the list."""
        found = unique(receipts)
        for each in found:
            if each not in self._numbers:
                self.receipts.append(each)
                self._numbers[each] = len(self.receipts)
        return sorted(self._numbers[each] for each in found)


def rests_on(hit: PartyEffect) -> tuple[Step, ...]:
    """The edges behind the tie hit hardest."""
    return (hit.changed[0].tie.step, *(() if hit.through is None else (hit.through,)))
