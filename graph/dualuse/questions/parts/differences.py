"""What parts of the law change: destinations and parties that fare otherwise, told with what makes the difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dualuse.card import Receipt, Unknown
from dualuse.lens import Lens
from dualuse.node import Node
from dualuse.ownership.shipped import is_named
from dualuse.questions.parts.difference_rows import FEW, Changes, Difference, PartyChanged, Teller, rests_on
from dualuse.questions.parts.outcomes import Destinations
from dualuse.said import Named as Called
from dualuse.said import Phrase, phrase
from dualuse.show.words import word

if TYPE_CHECKING:
    from dualuse.analyse.ties import Bound, Listed, PartyEffect, Sold
    from dualuse.knowledge import Knowledge
    from dualuse.law.effect import Comparison, Decided
    from dualuse.law.transaction import World
    from dualuse.law.without import Part
    from dualuse.model.relations import PartyListing, StatedCost
    from dualuse.network import Network

_MOST_SETTLED = 3
"""Uncertain effects of which it is told what would settle them."""
_LISTS = {
    "us-entity-list": "entity-list",
    "cn-control-list": "cn-control-list",
    "cn-watch-list": "cn-watch-list",
    "cn-unreliable-entity-list": "cn-unreliable-entity-list",
    "tw-shtc-entity-list": "tw-shtc-entity-list",
}
"""Programme of a listing -> what a transaction with the party states."""
_ENTITY_LIST = "us-entity-list"


@dataclass(frozen=True)
class Told:
    """What parts of the law change, as rows, with what the rows rest on and what is open."""

    rows: tuple[Difference, ...]
    parties: tuple[PartyChanged, ...]
    receipts: tuple[Receipt, ...]
    unknown: tuple[Unknown, ...]


def part_of(knowledge: Knowledge, node: Node) -> Part:
    """The part of the law that an instrument is, or the paragraph that a measure of one states."""
    from dualuse.law.without import Part, instrument_of
    from dualuse.model.law import Measure
    from dualuse.model.read import read

    if node.kind == "instrument":
        return Part(node.key)
    (measure,) = read(knowledge.store, Measure, keys=(node.key,))
    return Part(instrument_of(measure.provision), measure.provision, measure.kind == "stay")


class Differences:
    """What parts of the law change on a day under a lens; the law and the network are read once.

    Args:
        knowledge: The graph.
        day: Day of law.
        lens: A lens.
    """

    def __init__(self, knowledge: Knowledge, day: date, lens: Lens) -> None:
        self._knowledge, self.day, self._lens = knowledge, day, lens
        self._known: dict[str, Decided] = {}
        self._when_listed: dict[str, Listed] = {}
        self.judged: Collection[Node] = ()
        """Instruments, or measures, that are asked about; to be set before the network is looked at."""

    @cached_property
    def law(self) -> World:
        """The law of the United States as it stands."""
        return self._knowledge.law

    def law_for(self, node: Node) -> World:
        """The law that an instrument, or a measure, is part of; of a joint one, that of the United States."""
        from dualuse.law.transaction import UNITED_STATES

        laws = self._knowledge.laws
        held = self._orders.get(part_of(self._knowledge, node).instrument, frozenset()) & set(laws.orders)
        return self._knowledge.law_under(UNITED_STATES if UNITED_STATES in held or not held else min(held))

    @cached_property
    def _orders(self) -> dict[str, frozenset[str]]:
        """Instrument -> legal orders that it belongs to."""
        from dualuse.law.events import read_orders

        return read_orders(self._knowledge.store)

    def _decided(self, law: World) -> Decided:
        """What a law as it stands comes to, whatever it is compared with."""
        from dualuse.law.effect import Decided

        return self._known.setdefault(law.order, Decided(law))

    def _listed(self, law: World) -> Listed:
        """What being listed comes to under a law."""
        from dualuse.analyse.ties import Listed

        if law.order not in self._when_listed:
            self._when_listed[law.order] = Listed(law, self.day, self._lens)
        return self._when_listed[law.order]

    @cached_property
    def network(self) -> Network:
        """Who is tied to whom on the day."""
        owners = any(is_named(node.key) for node in self.judged)
        judged = {*self.judged, *(self._listing if owners else ())}
        return self._knowledge.walkable(judged, as_of=self.day, lens=self._lens)

    @cached_property
    def _listing(self) -> list[Node]:
        """Instruments that list parties."""
        found = (each for each in self._listings if each.programme == _ENTITY_LIST)
        return sorted({Node("instrument", each.instrument) for each in found if each.instrument})

    @cached_property
    def _listings(self) -> Sequence[PartyListing]:
        """Listings on lists that a rule of decision asks for."""
        from dualuse.model.read import read
        from dualuse.model.relations import PartyListing

        found = read(self._knowledge.store, PartyListing)
        return [each for each in found if each.programme in _LISTS]

    @cached_property
    def places(self) -> list[str]:
        """Every destination."""
        return sorted(self.law.places.tiers)

    def compared(self, node: Node) -> Comparison:
        """The law with a part and without it."""
        from dualuse.law.effect import Comparison
        from dualuse.law.without import without

        law = self.law_for(node)
        other = without(law, part_of(self._knowledge, node))
        return Comparison(law, other, self.day, self._lens, self._decided(law))

    def under(self, law: World) -> Changes:
        """What another law would change, with the law as it stands for what is without it."""
        from dualuse.analyse.effects import patterns
        from dualuse.analyse.ties import party_effects
        from dualuse.law.effect import Comparison

        compared = Comparison(law, self.law, self.day, self._lens, self._decided(self.law))
        hit = party_effects(self.network, compared, self._sold)
        return Changes(None, tuple(patterns(compared, self.places)), tuple(hit), bool(compared.rules), {})

    @property
    def tied_places(self) -> list[str]:
        """Places whose standing bears on a tie of a party; those that are treated as another count as that."""
        from dualuse.analyse.ties import tied_places
        from dualuse.law.effect import Comparison

        same = Comparison(self.law, self.law, self.day, self._lens)
        found = tied_places(self.network, same, self._sold)
        return sorted({root for place in found for root in self.law.resolve(place, self.day)})

    def of(self, node: Node, only: Node | None = None) -> Changes:
        """What a part changes: everything, or for one place, or for one party."""
        from dualuse.analyse.effects import patterns
        from dualuse.analyse.ties import bound_effects, party_effects

        compared = self.compared(node)
        place = only is not None and only.kind == "place"
        where = self.places if only is None else [only.key] if place else []
        hit: list[PartyEffect] = []
        if not place:
            bound = (each for each in self._bound(node) if only in (None, each.party))
            hit += bound_effects(self.network, self._listed(compared.law), bound)
            hit += party_effects(self.network, compared, self._sold, only)
        rests = any(rule.kind != "duty" for rule in compared.rules)
        found = tuple(patterns(compared, where)) if where else ()
        return Changes(node, found, tuple(hit), rests, self._costs.get(node.key, {}))

    def that_may_matter(self, party: Node | None = None) -> list[Node]:
        """Instruments whose rules, entries or memberships may bear on a decision of the day, or that list a party."""
        law = self.law
        held = (each for some in law.places.memberships.values() for each in some)
        rules = [rule for order in self._knowledge.laws.orders for rule in self._knowledge.law_under(order).rules.rules]
        text = [*rules, *law.control_list.limbs, *held]
        found = {rule.instrument for rule in rules if rule.span.on(self.day) is not False}
        found |= {by for each in text for by in (each.begun_by, each.ended_by) if by}
        found |= {event.by for events in law.events.values() for event in events if event.by}
        found |= {by for by in law.control_list.begun_by.values() if by}
        return sorted({*(Node("instrument", key) for key in found), *self.listing(party)})

    @cached_property
    def _costs(self) -> dict[str, dict[Node, list[StatedCost]]]:
        """Instrument -> party -> what it says that the instrument cost it, as far as it was said by the day."""
        from dualuse.model.read import read
        from dualuse.model.relations import StatedCost

        costs: dict[str, dict[Node, list[StatedCost]]] = defaultdict(lambda: defaultdict(list))
        for each in read(self._knowledge.store, StatedCost):
            if each.seen is None or each.seen.earliest <= self.day:
                costs[each.instrument][Node("organisation", each.organisation)].append(each)
        return costs

    def listing(self, party: Node | None) -> list[Node]:
        """Instruments that list a party."""
        from dualuse.model.read import read
        from dualuse.model.relations import PartyListing

        if party is None or party.kind != "organisation":
            return []
        found = read(self._knowledge.store, PartyListing, where={"party": (party.key,)})
        return sorted({Node("instrument", each.instrument) for each in found if each.instrument})

    @cached_property
    def _sold(self) -> Sold:
        """Supply -> chips that its source names."""
        from dualuse.model.read import read
        from dualuse.model.relations import Supply

        return {each.node.iri: each.products for each in read(self._knowledge.store, Supply)}

    def _bound(self, node: Node) -> Iterator[Bound]:
        """Parties that an instrument lists, and those who are caught by it for what listed owners hold of them."""
        from dualuse.analyse.ties import Bound, Entry, listings_of
        from dualuse.questions.parts.captured import captures

        steps = listings_of(self.network, node) if node.kind == "instrument" else []
        by_owners = is_named(node.key)
        if (not steps and not by_owners) or not self._binds(node):
            return
        entries = {each.node.iri: Entry(_LISTS[each.programme], each.review_policy) for each in self._listings}
        for step in steps:
            if step.iri in entries:
                yield Bound(step.target, entries[step.iri], step)
        if self.law_for(node) is not self.law:
            return
        sources = self._listing if by_owners else [node]
        rule_of = node.key if by_owners else ""
        found = captures(self._knowledge, self.network, sources, self.day, self._lens, rule_of=rule_of)
        for caught in found.effects:
            first, *_, stake = caught.path
            if first.iri in entries:
                yield Bound(caught.party, entries[first.iri], first, stake)

    def _binds(self, node: Node) -> bool:
        """Whether a listing counts on the day: that of another law may be stayed."""
        from dualuse.questions.status import status

        if self.law_for(node) is self.law:
            return True
        return status(self._knowledge, node.key, as_of=self.day, lens=self._lens).answer.status == "in-force"

    def told(self, found: Sequence[Changes], *, several: bool = False) -> Told:
        """Rows, the parts in their order; of *several*, each row says by which."""
        teller = self.teller(found)
        rows = [teller.place(each, pattern, several) for each in found for pattern in each.patterns]
        parties = [teller.party(each, hit, several) for each in found for hit in each.hit]
        return Told(tuple(rows), tuple(parties), tuple(teller.receipts), tuple(self.unknown(found)))

    def teller(self, found: Sequence[Changes]) -> Teller:
        """Who tells them."""
        rules = [rule for each in found for pattern in each.patterns for rule in pattern.rules]
        rules += [rule for each in found for hit in each.hit for rule in hit.rules]
        self._knowledge.registry.prepare({rule.node: rule for rule in rules}.values())
        return Teller(self._knowledge, self.network, self.destinations)

    @cached_property
    def destinations(self) -> Destinations:
        """Names of sets of places."""
        return Destinations(self._knowledge, self.law, self.places, self.day)

    def unknown(self, found: Sequence[Changes]) -> Iterator[Unknown]:
        """What the rows leave open: facts that would settle what is uncertain, and ties dated too vaguely."""
        from dualuse.questions.parts.paths import doubts

        yield from self._unsettled(found)
        yield from doubts(self.network, (rests_on(hit) for each in found for hit in each.hit))

    def _unsettled(self, found: Sequence[Changes]) -> Iterator[Unknown]:
        """Of the first effects that are uncertain, what they turn on."""
        from dualuse.law.decide import decide
        from dualuse.law.settling import Settling

        open_cases = [(one, each.case) for one in found for each in one.patterns if each.effect.kind == "uncertain"]
        uncertain = ((one, hit) for one in found for hit in one.hit if hit.kind == "uncertain")
        open_cases += [(one, hit.case) for one, hit in uncertain if hit.case is not None]
        told = set()
        for one, case in open_cases[:_MOST_SETTLED]:
            law = self.law if one.node is None else self.law_for(one.node)
            questions = Settling(law).questions(case, decide(case, law), only_open=True)
            facts = Phrase.listed(f"--{question.fact.option}" for question in questions[:FEW])
            goods = case.product or (case.item or "").upper()
            place = self._knowledge.names.label("place", case.to)
            if (goods, case.to) not in told:
                told.add((goods, case.to))
                named = Called.of({("product" if case.product else "item", case.product or case.item or ""): goods})
                what = phrase("turns.what", goods=named, place=place)
                yield Unknown(what, phrase("turns.on", facts=facts) if facts else phrase("turns.nothing"))
        if len(open_cases) > _MOST_SETTLED:
            left = len(open_cases) - _MOST_SETTLED
            yield Unknown(phrase("turns.more", n=left), phrase("turns.one_of_two"))


def nothing(knowledge: Knowledge, node: Node, found: Changes, day: date, lens: str) -> Unknown:
    """Why nothing is told of a part."""
    label = knowledge.names.label(node.kind, node.key)
    on_day = phrase("turns.no_decision", day=day.isoformat(), lens=word("lens", lens))
    return Unknown(phrase("turns.label", label=label), on_day if found.rests else phrase("turns.no_rule"))
