"""One transaction, and the world it is judged in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dualuse.law.facts import Fact, Named, Value
from dualuse.law.groups import Places
from dualuse.law.items import ControlList
from dualuse.law.kinds import facts
from dualuse.law.rules import RuleBook
from dualuse.law.spans import Spans
from dualuse.law.status import Answer, status
from dualuse.law.truth import Truth, both, either, negate
from dualuse.model.items import Product
from dualuse.model.law import Event, Membership
from dualuse.model.rules import DecisionRule, NotModelled

if TYPE_CHECKING:
    from dualuse.law.finding import Test

H100_EQUIVALENT_TPP = 15_824
"""989 dense BF16 TFLOPS x 16 bits; the measure ``h100-equivalent`` in ``data/`` is its source."""

UNITED_STATES, UNION = "US", "EU"
"""Legal orders by name: the one that is asked unless another is said, and the one that counts in its members too."""

MEMBERS = "eu"
"""Group of places in which the law of the Union counts."""

_DAY = timedelta(days=1)


def home(order: str) -> str | None:
    """The place where shipments leave from under a law unless it is said; None where that may be one of several."""
    return None if order == UNION else order


@dataclass(frozen=True)
class Transaction:
    """What is shipped, where to, when. Keys of things; None is *not known*.

    Args:
        facts: What else is stated, by the names of :func:`dualuse.law.kinds.stated` and in its order.
    """

    as_of: date
    lens: str
    quantity: int
    to: str
    product: str | None = None
    item: str | None = None
    facts: tuple[tuple[str, Value], ...] = ()
    stated: dict[str, Value] = field(init=False, repr=False, compare=False)
    """The facts by name."""
    known: dict[int, tuple[Left, Truth]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Rules whose tests do not turn on the quantity, by identity, with whether each holds; shared by all quantities."""

    def __post_init__(self) -> None:
        """Keep the facts by name."""
        object.__setattr__(self, "stated", dict(self.facts))

    def of_units(self, quantity: int) -> Transaction:
        """The same of so many units."""
        found = Transaction(self.as_of, self.lens, quantity, self.to, self.product, self.item, self.facts)
        object.__setattr__(found, "known", self.known)
        return found

    @property
    def places(self) -> frozenset[str]:
        """The destination and every place that a fact names."""
        seats = (each.name for each in facts().values() if isinstance(each.form, Named) and each.form.kind == "place")
        return frozenset({self.to, *(str(self.stated[name]) for name in seats if name in self.stated)})


def stating(transaction: Transaction, fact: Fact[Any], value: Value) -> Transaction:
    """A transaction with one more fact stated, and those that it stands in for."""
    stated = {**transaction.stated, fact.name: value}
    for other in facts().values():
        if other.instead is fact:
            stated.setdefault(other.name, value)
    known = tuple((each.name, stated[each.name]) for each in facts().values() if each.name in stated)
    return replace(transaction, facts=known)


Goods = tuple[str | None, str | None, int]
"""Chip, paragraph, and the span of the list by which they are told: what tests of goods look at."""


class Left(NamedTuple):
    """A rule that may count, how surely it does, and what is left of its test once it is known what is shipped.

    A test that is steady holds of any quantity as it does of one unit.
    """

    rule: DecisionRule
    active: Truth
    test: Test | bool
    steady: bool


@dataclass(frozen=True, eq=False)
class Docket:
    """The rules that count on a day under a lens, by kind and in order, each with how certain it is that it counts."""

    rules: dict[str, tuple[tuple[DecisionRule, Truth], ...]]
    asleep: tuple[DecisionRule, ...]
    """Requirements that would count were their instrument in force under the lens."""
    reached: frozenset[str] = frozenset()
    """Items that a requirement in the text of the day names, whatever the lens says of it."""
    left: dict[Goods, dict[str, tuple[Left, ...]]] = field(default_factory=dict, repr=False, compare=False)
    """By kind, what is left to ask once it is known what is shipped (remembered for the sake of tables)."""

    def of(self, kind: str) -> tuple[tuple[DecisionRule, Truth], ...]:
        """Rules of one kind, in the order they are tried."""
        return self.rules.get(kind, ())


@dataclass(eq=False)
class World:
    """Everything that the law of one legal order needs to judge a transaction, read once from a graph.

    What is worked out is remembered by span of days, so that memory grows with the law and not with the questions.
    """

    rules: RuleBook
    places: Places
    control_list: ControlList
    events: dict[str, list[Event]]
    kinds: dict[str, str]
    known_on: date
    order: str = UNITED_STATES
    """Whose law it is."""
    _dockets: dict[tuple[int, str], Docket] = field(default_factory=dict)
    _standing: dict[tuple[str, str, int, str], str] = field(default_factory=dict)
    _classified: dict[tuple[str, int], dict[str, Truth]] = field(default_factory=dict)
    _named: dict[tuple[str, int, str], dict[str, Truth]] = field(default_factory=dict)
    _places: dict[tuple[str, int], tuple[tuple[str, ...], dict[str, Truth]]] = field(default_factory=dict)

    @property
    def home(self) -> str | None:
        """Where shipments leave from unless it is said."""
        return home(self.order)

    @cached_property
    def homes(self) -> frozenset[str]:
        """Places where shipments leave from under this law: its own, or the members of the Union."""
        held = self.places.memberships.items()
        members = {place for place, found in held if any(each.group == MEMBERS for each in found)}
        return frozenset(members if self.home is None else (self.home,))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Items that a requirement of this law names, sorted."""
        return tuple(sorted({item for rule in self.rules.of("requirement") for item in rule.when.named("item")}))

    @cached_property
    def _law_spans(self) -> Spans:
        return Spans(_law_changes(self.rules.rules, self.events, self.known_on))

    @cached_property
    def _place_spans(self) -> Spans:
        held = (each.span for found in self.places.memberships.values() for each in found)
        treated = (each.span for found in self.places.treatments.values() for each in found)
        return Spans(day for span in (*held, *treated) for day in span.changes)

    @cached_property
    def _item_spans(self) -> Spans:
        return Spans(day for limb in self.control_list.limbs for day in limb.span.changes)

    @property
    def changes(self) -> list[date]:
        """Days on which a rule, a place or a threshold changes."""
        every = (self._law_spans, self._place_spans, self._item_spans)
        return sorted({day for spans in every for day in spans.changes})

    def spans(self, day: date) -> tuple[int, int]:
        """Within which spans of places and of thresholds a day lies."""
        return self._place_spans.of(day), self._item_spans.of(day)

    def status(self, instrument: str, provision: str, day: date, lens: str) -> Answer:
        """Status of a provision of an instrument."""
        return status(
            self.events.get(instrument, []),
            day,
            lens,
            known_on=self.known_on,
            kind=self.kinds.get(instrument, ""),
            provision=provision,
        )

    def operative(self, rule: DecisionRule, day: date, lens: str) -> Truth:
        """Whether a rule counts on a day, its displacement left aside; unknown where its status is."""
        current = rule.span.on(day)
        if current is False:
            return False
        found = self._stand(rule, day, lens)
        return both((current, None if found == "unknown" else found == "in-force"))

    def _stand(self, rule: DecisionRule, day: date, lens: str) -> str:
        """Status of the provision of a rule (remembered: many rest on one)."""
        key = (rule.instrument, rule.provision, self._law_spans.of(day), lens)
        if key not in self._standing:
            self._standing[key] = self.status(rule.instrument, rule.provision, day, lens).status
        return self._standing[key]

    def docket(self, day: date, lens: str) -> Docket:
        """Rules that count on a day under a lens (remembered)."""
        key = (self._law_spans.of(day), lens)
        if key not in self._dockets:
            self._dockets[key] = self._open_docket(day, lens)
        return self._dockets[key]

    def alike(self, day: date, lens: str, other: str) -> bool:
        """Whether the same rules count on a day under two lenses, so that both decide alike."""
        here, there = self.docket(day, lens), self.docket(day, other)
        return here is there or (here.rules, here.reached) == (there.rules, there.reached)

    def _open_docket(self, day: date, lens: str) -> Docket:
        own = {rule.node.key: self.operative(rule, day, lens) for rule in self.rules.rules}
        displacing: dict[str, list[Truth]] = defaultdict(list)
        for rule in self.rules.rules:
            for displaced in rule.displaces:
                displacing[displaced].append(own[rule.node.key])
        found: dict[str, list[tuple[DecisionRule, Truth]]] = {}
        for rule in self.rules.rules:
            active = both((own[rule.node.key], negate(either(displacing[rule.node.key]))))
            if active is not False:
                found.setdefault(rule.kind, []).append((rule, active))
        standing = [rule for rule in self.rules.of("requirement") if rule.span.on(day) is not False]
        standing = [rule for rule in standing if own[rule.node.key] is not False or self._stands(rule, day, lens)]
        return Docket(
            {kind: tuple(rules) for kind, rules in found.items()},
            tuple(rule for rule in standing if own[rule.node.key] is False),
            frozenset(item for rule in standing if not rule.by_use for item in rule.when.named("item")),
        )

    def _stands(self, rule: DecisionRule, day: date, lens: str) -> bool:
        """Whether a rule is in the text on a day, whatever the lens says of it."""
        return self._stand(rule, day, lens) != "not-yet" and self._stand(rule, day, "codified") != "ended"

    def barred(self, transaction: Transaction) -> tuple[NotModelled, ...]:
        """Parts of the law that no rule holds and that keep a transaction from being cleared."""
        bars = {"elsewhere"} if self._leaves_elsewhere(transaction) else set()
        if not (self._gone(transaction) or self._reached(transaction)):
            bars.add("unreached")
        return tuple(part for part in self.rules.not_modelled if part.bars_items in bars)

    def _leaves_elsewhere(self, transaction: Transaction) -> bool:
        """Whether what is shipped is said to leave from a place that is not under this law."""
        origin = transaction.stated.get("origin")
        return origin is not None and origin not in self.homes

    def _gone(self, transaction: Transaction) -> bool:
        """Whether what is shipped is a paragraph off the list, and the instrument that put it there had begun."""
        item = transaction.item
        if item is None or item not in self.control_list.gone:
            return False
        return self.status(self.control_list.begun_by[item], "", transaction.as_of, "codified").status != "not-yet"

    def _reached(self, transaction: Transaction) -> bool:
        """Whether the rules in the text of the day can reach what is shipped.

        A chip is reached once thresholds are in the text by which it can be told what it is; what it is has to be named
        by a rule too, as has a paragraph that was given without a chip.
        """
        named = self.docket(transaction.as_of, transaction.lens).reached
        found = {item for item, is_it in self.classification(transaction).items() if is_it is not False}
        if transaction.item is None and not found:
            return any(limb.span.on(transaction.as_of) and limb.item in named for limb in self.control_list.limbs)
        return not found.isdisjoint(named)

    def resolve(self, place: str, day: date) -> tuple[str, ...]:
        """The place whose memberships count for a place on a day; several where that is not known (remembered)."""
        return self._place(place, day)[0]

    def groups(self, place: str, day: date) -> dict[str, Truth]:
        """Group -> whether a place is in it on a day; contested or vaguely dated membership is unknown (remembered)."""
        return self._place(place, day)[1]

    def doubt(self, place: str, day: date) -> str:
        """Why it is not known which groups a place is in on a day: they are contested, or dated too vaguely."""
        resolved = self.resolve(place, day)
        found = [m for each in resolved for m in self.places.groups(each, day) if m.span.on(day) is None]
        return "is dated too vaguely" if found or len(resolved) > 1 else "is contested"

    def undated(self, items: Iterable[str], day: date) -> bool:
        """Whether a threshold of one of some items is dated too vaguely to say whether it is in the text on a day."""
        return any(limb.item in items and limb.span.on(day) is None for limb in self.control_list.limbs)

    def _place(self, place: str, day: date) -> tuple[tuple[str, ...], dict[str, Truth]]:
        key = (place, self._place_spans.of(day))
        if key not in self._places:
            resolved = self.places.stands_for(place, day)
            found = [_held(self.places.groups(each, day), day) for each in resolved]
            groups = {group: _agreed(each.get(group, False) for each in found) for held in found for group in held}
            self._places[key] = resolved, {group: truth for group, truth in groups.items() if truth is not False}
        return self._places[key]

    def chip(self, transaction: Transaction) -> Product | None:
        """The chip shipped, if a product was named."""
        return self.control_list.chips.get(transaction.product or "")

    def goods(self, transaction: Transaction) -> Goods:
        """What is shipped, and the span of the list."""
        return transaction.product, transaction.item, self._item_spans.of(transaction.as_of)

    def classification(self, transaction: Transaction) -> dict[str, Truth]:
        """Item -> whether what is shipped is that item on the day (remembered)."""
        if transaction.item is not None:
            day, lens = transaction.as_of, transaction.lens
            key = (transaction.item, self._law_spans.of(day), lens)
            if key not in self._named:
                self._named[key] = self.control_list.named(transaction.item, lambda item: self._listed(item, day, lens))
            return self._named[key]
        chip = self.chip(transaction)
        return {} if chip is None else self.classify(chip, transaction.as_of)

    def _listed(self, item: str, day: date, lens: str) -> Truth:
        """Whether an item is on a control list: always, or while the instrument counts that put it there.

        Who names a paragraph of the list of the United States says what the goods are, on the list of the day or not.
        """
        by = self.control_list.begun_by.get(item)
        if by is None or self.order == UNITED_STATES:
            return True
        found = "ended" if item in self.control_list.gone else self.status(by, "", day, lens).status
        return None if found == "unknown" else found == "in-force"

    def may_be(self, product: str, transaction: Transaction) -> bool:
        """Whether a transaction that names a paragraph alone may be about a chip.

        Not if the paragraph is of product group D or E (software, technology), if the chip is outside it, or if only
        its neighbours have a test that a chip can meet, as with high-bandwidth memory beside 3A090.a and .b.
        """
        chip, item = self.control_list.chips.get(product), transaction.item or ""
        if item[:1].isdigit() and item[1:2] in ("d", "e"):
            return False
        if chip is None:
            return True
        found = self.classify(chip, transaction.as_of)
        return found.get(item) is not False and (item in found or self.control_list.broader.get(item) not in found)

    def classify(self, chip: Product, day: date) -> dict[str, Truth]:
        """Item -> whether a chip is that item on a day (remembered)."""
        key = (chip.node.key, self._item_spans.of(day))
        if key not in self._classified:
            self._classified[key] = self.control_list.classify(chip, day)
        return self._classified[key]


def _held(memberships: Iterable[Membership], day: date) -> dict[str, Truth]:
    """Group -> whether one of some memberships puts a place in it on a day."""
    found: dict[str, Truth] = {}
    for membership in memberships:
        found[membership.group] = either((found.get(membership.group, False), membership.member(day)))
    return found


def _agreed(values: Iterable[Truth]) -> Truth:
    """What several readings say alike; unknown where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _law_changes(
    rules: Iterable[DecisionRule], events: dict[str, list[Event]], known_on: date
) -> Iterator[date | None]:
    """Days on which a rule may begin or cease to count."""
    yield known_on + _DAY
    instruments = set()
    for rule in rules:
        yield from rule.span.changes
        instruments.add(rule.instrument)
    for instrument in instruments:
        for event in events.get(instrument, []):
            yield from (event.date.earliest, event.date.latest)
            yield from () if event.until is None else (event.until.earliest + _DAY, event.until.latest + _DAY)


@lru_cache(maxsize=65_536)
def units(tpp: float, limit: float) -> int:
    """How many units of a TPP stay within a limit."""
    return int(limit // tpp) if tpp else 0
