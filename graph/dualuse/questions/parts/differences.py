"""Destinations that a part of the law changes, told: for which goods and seats, the outcomes without it and with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dualuse.card import Receipt, Unknown, aside, named, unique
from dualuse.lens import Lens
from dualuse.node import Node
from dualuse.questions.parts.amounts import Amount

if TYPE_CHECKING:
    from dualuse.analyse.connected import Step
    from dualuse.analyse.effects import Pattern
    from dualuse.analyse.ties import PartyEffect
    from dualuse.knowledge import Knowledge
    from dualuse.law.effect import Ladder, Outcome
    from dualuse.law.transaction import World
    from dualuse.law.without import Part
    from dualuse.network import Network

_ALL = "every destination"
_SHOWN = 4
_TIERS = (1, 2, 3)
_OTHERWISE = 8
"""How many places a name may be wrong about, which are then named."""


@dataclass(frozen=True)
class Outcomes:
    """What a transaction comes to from a number of units on."""

    units: int
    outcome: str
    exception: str | None
    review_policy: str | None
    duties: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Places where some goods fare otherwise, for consignees headquartered somewhere."""

    effect: str
    goods: Sequence[str]
    headquarters: Sequence[str]
    count: int
    places: Sequence[str]
    before: Sequence[Outcomes] = named("without")
    after: Sequence[Outcomes] = named("with")
    where: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The difference as people read it: the places in a few words, the outcomes as a sentence."""
        return {
            "effect": self.effect,
            "goods": self.goods,
            "headquarters": self.headquarters,
            "places": self.where,
            "without it": self.told[0],
            "with it": self.told[1],
        }


@dataclass(frozen=True, kw_only=True)
class PartyChanged:
    """A party whose ties on record fare otherwise, in one role; the outcomes are those of the tie hit hardest."""

    party: str
    id: str
    role: str
    through: str | None
    effect: str
    ties: int
    goods: Sequence[str]
    places: Sequence[str]
    magnitude: Amount | None
    before: Sequence[Outcomes] = named("without")
    after: Sequence[Outcomes] = named("with")
    via: str = aside("")
    told: Sequence[str] = aside(())

    def seen(self) -> dict[str, Any]:
        """The party as people read it: one tie as a sentence, how many more there are."""
        size = self.magnitude
        whose = f" by {self.via}" if self.via else ""
        more = f" (one of {self.ties} ties)" if self.ties > 1 else ""
        return {
            "party": self.party,
            "role": self.role,
            "effect": self.effect,
            "for example": f"{self.goods[0]} to {self.told[2]}{whose}{more}",
            "without it": self.told[0],
            "with it": self.told[1],
            "magnitude": "" if size is None else f"{size} {size.unit}",
        }


@dataclass(frozen=True)
class Compared:
    """What a part of the law changes, with the rules that make the difference and what is open."""

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


def differences(knowledge: Knowledge, node: Node, day: date, lens: str) -> Compared:
    """What an instrument, or one measure of it, changes on a day under a lens."""
    from dualuse.analyse.effects import patterns
    from dualuse.analyse.ties import listed_effects, party_effects
    from dualuse.law.effect import Comparison
    from dualuse.law.transaction import read_world
    from dualuse.law.without import without
    from dualuse.model.read import read
    from dualuse.model.relations import PartyListing
    from dualuse.questions.parts.paths import doubts, receipt

    law = read_world(knowledge.store, knowledge.version.known_on, knowledge.registry)
    part = part_of(knowledge, node)
    places = sorted(law.places.tiers)
    compared = Comparison(law, without(law, part), day, lens)
    found = patterns(compared, places)
    network = knowledge.walkable([node], as_of=day, lens=Lens.parse(lens))
    listings = read(knowledge.store, PartyListing, where={"instrument": (node.key,)}) if not part.provision else []
    hit = [
        *listed_effects(network, law, listings, day, lens),
        *party_effects(network, compared),
    ]
    groups = _Groups(knowledge, law, places, day)
    rules = [rule for rule in law.rules.rules if part.holds(rule.instrument, rule.provision)]
    rules = [rule for rule in rules if rule.span.on(day) is not False and rule.kind != "duty"]
    knowledge.registry.prepare(rules)
    cited = knowledge.registry.citation
    receipts = [knowledge.registry.receipt(rule, rule.title, cited(rule.provision)) for rule in rules]
    return Compared(
        tuple(_difference(pattern, groups) for pattern in found),
        tuple(_party(network, knowledge, each) for each in hit),
        unique([*receipts, *(receipt(network, step) for each in hit for step in _rests_on(each))])
        if found or hit
        else (),
        (*_open(knowledge, node, day, lens, found, hit, none=not rules), *doubts(network, map(_rests_on, hit))),
    )


def _difference(pattern: Pattern, groups: _Groups) -> Difference:
    changed = pattern.effect
    return Difference(
        effect=changed.kind,
        goods=list(dict.fromkeys(goods.name for goods, _ in pattern.cases)),
        headquarters=list(dict.fromkeys(seat for _, seat in pattern.cases)),
        count=len(pattern.places),
        places=pattern.places,
        before=[_outcomes(*step) for step in changed.before],
        after=[_outcomes(*step) for step in changed.after],
        where=groups.told(pattern.places),
        told=(_sentence(changed.before), _sentence(changed.after)),
    )


def _party(network: Network, knowledge: Knowledge, hit: PartyEffect) -> PartyChanged:
    from dualuse.questions.parts.paths import name

    size, first = hit.size, hit.changed[0]
    seller = first.tie.party if hit.through is not None else None
    return PartyChanged(
        party=name(network, hit.party),
        id=hit.party,
        role=hit.role,
        through=seller,
        effect=hit.kind,
        ties=len(hit.changed),
        goods=list(dict.fromkeys(each.tie.goods.name for each in hit.changed)),
        places=sorted({each.tie.to for each in hit.changed}),
        magnitude=None if size is None else Amount(size.min, size.max, size.unit),
        before=[_outcomes(*step) for step in first.effect.before],
        after=[_outcomes(*step) for step in first.effect.after],
        via="" if seller is None else name(network, seller),
        told=(
            _sentence(first.effect.before),
            _sentence(first.effect.after),
            knowledge.names.label("place", first.tie.to),
        ),
    )


def _rests_on(hit: PartyEffect) -> tuple[Step, ...]:
    """The edges behind the tie hit hardest."""
    return (hit.changed[0].tie.step, *(() if hit.through is None else (hit.through,)))


def _outcomes(units: int, found: Outcome) -> Outcomes:
    return Outcomes(units, found.outcome, found.code or None, found.review_policy or None, found.duties)


def _sentence(steps: Ladder) -> str:
    """Outcomes by quantity in one line; steps that differ in duties alone are one."""
    words = [(step.units, _words(step.outcome)) for step in steps]
    words = [each for at, each in enumerate(words) if not at or each[1] != words[at - 1][1]]
    ends = [units - 1 for units, _ in words[1:]]
    told = [f"{said} up to {end:,} units" for (_, said), end in zip(words, ends, strict=False)]
    return ", then ".join([*told, words[-1][1]])


def _words(found: Outcome) -> str:
    match found.outcome:
        case "licence-exception":
            return found.code
        case "licence-required":
            policy = found.review_policy.replace("-", " ") or "review policy open"
            return f"licence ({policy})"
        case "indeterminate":
            return "not known"
        case _:
            return "no licence" if found.outcome == "no-licence-required" else "not subject"


class _Groups:
    """Names of sets of places: all of them, a tier, a tier but for a few, so many of a tier, or the first of them."""

    def __init__(self, knowledge: Knowledge, law: World, places: Iterable[str], day: date) -> None:
        self._names = knowledge.names
        self._un = set(law.places.universe("un", day))
        self._known = {_ALL: set(places)}
        for level in _TIERS:
            own = {place for place in places if law.places.tier_word(place, day) == level}
            if own:
                self._known[f"tier {level}"] = own

    def told(self, places: Sequence[str]) -> str:
        """A set of places in a few words, with how many members of the United Nations are in it."""
        if len(places) <= _SHOWN:
            return self._list(places)
        members = len(self._un & set(places))
        return f"{len(places)} ({members} of the UN): {self._who(places)}"

    def _who(self, places: Sequence[str]) -> str:
        found = set(places)
        label, own = min(self._known.items(), key=lambda each: len(each[1] ^ found))
        if len(own ^ found) <= _OTHERWISE:
            without, more = sorted(own - found), sorted(found - own)
            left_out = f" but {self._list(without)}" if without else ""
            return f"{label}{left_out}{f', and {self._list(more)}' if more else ''}"
        few = f"{self._list(places[:_SHOWN])} …"
        whole = next((label for label, own in self._known.items() if found < own and label != _ALL), "")
        return f"of the {len(self._known[whole])} of {whole}, such as {few}" if whole else f"such as {few}"

    def _list(self, places: Iterable[str]) -> str:
        return ", ".join(self._names.label("place", place) for place in places)


def _open(
    knowledge: Knowledge,
    node: Node,
    day: date,
    lens: str,
    found: Sequence[Pattern],
    hit: Sequence[PartyEffect],
    *,
    none: bool,
) -> Iterator[Unknown]:
    """What the differences do not tell."""
    label = knowledge.names.label(node.kind, node.key)
    if not found and not hit:
        why = "no rule of decision rests on it" if none else f"no decision tried here turns on it on {day} ({lens})"
        yield Unknown(f"what {label} changes", f"{why}; see: dualuse status, dualuse connected --by {node.key}")
    if any(pattern.effect.kind == "uncertain" for pattern in found):
        yield Unknown(
            "what changes where the effect is uncertain",
            "one of the two decisions is not known; see: dualuse check --ask, with the goods and the place",
        )
