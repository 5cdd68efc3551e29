"""Rules of decision: what a transaction needs, stored as data and read by one small evaluator."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from dualuse.dates import PartialDate
from dualuse.law.kinds import COMBINATIONS, Kind, Number, Period, Things, Words, kinds
from dualuse.model.base import Amended, Amount, Around, Key, Keys, PlaceKeys, Record, Sourced, Text, Texts
from dualuse.model.fields import Ends, Lit, Num, Points, Ref, Several, Tree, Val, record
from dualuse.model.values import Bearer, ReviewPolicy, RuleKind
from dualuse.span import Span

if TYPE_CHECKING:
    from dualuse.model.triples import Triples


_HALF = 6
"""Last month of the first half of a year."""
_TREE = Tree(
    "du:hasTest", "du:operand", told_by="du:operator", shared=("at_least", "at_most", "below", "says", "provision")
)


@record("test", "du:RuleTest", slots=False, form="tree", noun="test of a rule", tree=_TREE)
class _Combined(Record):
    """One test, or several combined; exactly one key of each node says which."""

    all: tuple[Condition, ...] = ()
    """Every one must hold."""
    any: tuple[Condition, ...] = ()
    """One must hold."""
    none: tuple[Condition, ...] = ()
    """None may hold."""
    use: Annotated[Key | None, Points("conditions")] = None
    """Named condition that stands here; its words and its paragraph can be told otherwise."""
    at_least: Annotated[Amount | None, Num("du:atLeast")] = None
    """Lower bound of a number, inclusive."""
    at_most: Annotated[Amount | None, Num("du:atMost")] = None
    """Upper bound of a number, inclusive."""
    below: Annotated[Amount | None, Num("du:below")] = None
    """Upper bound of a number, exclusive."""
    says: Annotated[Text | None, Lit("du:testInWords", "en")] = None
    """What the test asks, in words; every test has it."""
    provision: Annotated[Key | None, Ref("du:basedOn", "provision")] = None
    """Paragraph of the test, where it is another than the rule's."""

    def __post_init__(self) -> None:
        """Reject a node that asks nothing, or several things, or not all of what it has to."""
        given = [name for name in _keys() if getattr(self, name) not in ((), None)]
        if len(given) != 1:
            raise ValueError(f"a condition is exactly one of {', '.join(_keys())}; found {given or 'none'}")
        kind = kinds().get(given[0])
        if kind is not None and self.says is None:
            raise ValueError(f"the test {given[0]!r} needs 'says': what it asks, in words")
        bounds = [bound for bound in (self.at_least, self.at_most, self.below) if bound is not None]
        if (kind is not None and isinstance(kind.form, Number)) != bool(bounds):
            raise ValueError("a number goes with at_least, at_most or below, and they with it")

    @cached_property
    def operator(self) -> str:
        """Name of the test or combination."""
        return next(name for name in _keys() if getattr(self, name) not in ((), None))

    @cached_property
    def operands(self) -> tuple[Condition, ...]:
        """The tests that it combines."""
        return getattr(self, self.operator) if self.operator in COMBINATIONS else ()

    @cached_property
    def expects(self) -> frozenset[str]:
        """Keys of things, words, or the name of the number that a single test asks for."""
        asked = () if self.operands or self.period else getattr(self, self.operator)
        return frozenset((asked,) if isinstance(asked, str) else asked)

    @cached_property
    def period(self) -> Span | None:
        """The days that a test of the day asks for."""
        return Span(*getattr(self, self.operator)) if self._form is Period else None

    @cached_property
    def number(self) -> str:
        """Name of the number that a test of a number looks at; empty for any other."""
        return next(iter(self.expects)) if self._form is Number else ""

    @property
    def _form(self) -> type[Any] | None:
        return type(kinds()[self.operator].form) if self.operator in kinds() else None

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

    def plain(self, named: Mapping[str, NamedCondition]) -> Condition:
        """The condition with every named one written out."""
        if self.use is not None:
            told = {"says": self.says, "provision": self.provision}
            own: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
            return replace(named[self.use].when.plain(named), **own)
        parts: dict[str, Any] = {
            name: tuple(part.plain(named) for part in getattr(self, name)) for name in COMBINATIONS
        }
        return replace(self, **parts)

    def uses(self, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Conditions in it that stand for a named one, each with the path that leads to it."""
        if self.use is not None:
            yield path, self
        for name in COMBINATIONS:
            for index, part in enumerate(getattr(self, name)):
                yield from part.uses((*path, name, index))

    def caption(self, around: Around) -> str:
        """What it asks."""
        return self.says or self.operator

    def more(self, node: Triples, around: Around) -> None:
        """Its operator."""
        node.text(_TREE.told_by, self.operator)


@cache
def _keys() -> tuple[str, ...]:
    return (*COMBINATIONS, "use", *kinds())


def _annotation(kind: Kind) -> tuple[Any, Any]:
    """Type and default of the field of a kind of test."""
    literal: Any = Literal
    match kind.form:
        case Things("place"):
            return Annotated[PlaceKeys, Ref("du:expects", "place")], ()
        case Things(things):
            return Annotated[Keys, Ref("du:expects", things)], ()
        case Words(values, several=True):
            return Annotated[tuple[literal[values], ...], Several(), Lit("du:expectsValue")], ()
        case Words(values):
            return Annotated[literal[values] | None, Lit("du:expectsValue")], None
        case Number(values):
            return Annotated[literal[values] | None, Lit("du:numberName")], None
        case Period():
            return Annotated[tuple[PartialDate, PartialDate] | None, Ends("du:periodFrom", "du:periodTo")], None


def _with_kinds() -> type[Any]:
    """Conditions with a field for every kind of test."""
    fields = {kind.name: _annotation(kind) for kind in kinds().values()}
    body = {name: default for name, (_, default) in fields.items()} | {
        "__annotations__": {name: annotation for name, (annotation, _) in fields.items()},
        "__module__": __name__,
        "__doc__": _Combined.__doc__,
    }
    meant = {kind.name: kind.meaning for kind in kinds().values()}
    make = record("test", "du:RuleTest", slots=False, form="tree", noun="test of a rule", meanings=meant, tree=_TREE)
    return make(type("Condition", (_Combined,), body))


if TYPE_CHECKING:
    Condition = _Combined
else:
    Condition = _with_kinds()
"""One test, or several combined, with a field for each kind of test."""


@record(table="conditions", form="mapping")
class NamedCondition(Record):
    """A condition that several rules share, under the name by which they use it."""

    title: Text
    """What it asks, in a few words."""
    when: Condition
    """What must hold."""


@record()
class Due(Record):
    """When a duty falls due, counted from the shipment, or from the end of the half-year it falls in."""

    days: Annotated[int, Num("du:dueDays")] = 0
    """Days between the shipment, or the end of its half-year, and the day the duty falls due."""
    months: Annotated[int, Num("du:dueMonths")] = 0
    """Calendar months on top of the days: to the same day of the month, or its last where it has no such day."""
    side: Annotated[Literal["before", "after", "after-half-year"], Lit("du:dueSide")] = "before"
    """Whether it falls due before the shipment, after it, or after the end of its half-year."""

    def on(self, shipped: date) -> date:
        """Day it falls due for a shipment on a day."""
        if self.side == "before":
            return _months_later(shipped, -self.months) - timedelta(days=self.days)
        if self.side == "after-half-year":
            shipped = date(shipped.year, 6, 30) if shipped.month <= _HALF else date(shipped.year, 12, 31)
        return _months_later(shipped, self.months) + timedelta(days=self.days)


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or its last day where it has no such day; leap years count as they are."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@record("decision-rule", "du:DecisionRule", table="rules", form="yaml", noun="rule of decision", kept=True)
class DecisionRule(Amended):
    """One rule; it counts while its instrument (or provision) is in force under the lens."""

    NEEDS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "exception": ("code", "applies_to"),
        "review-policy": ("review_policy", "applies_to"),
        "allocation": ("limit", "applies_to"),
        "duty": ("duty", "bearer", "due", "applies_to"),
        "gap": ("consequence",),
    }
    """Kind of rule -> fields that it must have."""

    title: Annotated[Text, Lit("rdfs:label", "en")]
    """What the rule is, in a few words."""
    kind: Annotated[RuleKind, Val("du:ruleKind", "rule-kind")]
    """What the rule does to a transaction."""
    instrument: Annotated[Key, Ref("du:onInstrument", "instrument")]
    """Instrument whose status decides whether the rule counts, and whose jurisdiction says under whose law it does."""
    provision: Annotated[Key, Ref("du:basedOn", "provision")]
    """Paragraph it is read from."""
    order: Annotated[int, Num("du:ruleOrder")]
    """Rules of one kind are tried in this order."""
    displaces: Annotated[Keys, Ref("du:displaces", "decision-rule")] = ()
    """Rules that do not count while this one does."""
    applies_to: Annotated[Keys, Ref("du:appliesTo", "decision-rule")] = ()
    """Requirements it answers (exceptions, review policies, allocations), or rules whose use brings a duty."""
    when: Condition
    """What must hold for the rule to bite."""
    code: Annotated[Text | None, Lit("du:exceptionCode")] = None
    """Code of a licence exception."""
    other_exceptions: Annotated[Texts, Lit("du:otherException")] = ()
    """Licence exceptions that the law leaves open to a requirement and that no rule here holds."""
    review_policy: Annotated[ReviewPolicy | None, Val("du:hasReviewPolicy", "review-policy")] = None
    """How an application is decided, where the rule says so; of a gap, the strictest that it can bring."""
    limit: Annotated[Amount | None, Num("du:tppCeiling")] = None
    """Ceiling in TPP (allocations; exceptions with a yearly limit)."""
    duty: Annotated[Text | None, Lit("du:dutyText", "en")] = None
    """What must be done."""
    bearer: Annotated[Bearer | None, Val("du:bearer", "bearer")] = None
    """Role that must do the duty."""
    due: Due | None = None
    """When the duty falls due."""
    consequence: Annotated[Text | None, Lit("dct:description", "en")] = None
    """What a gap means for an answer."""

    def __post_init__(self) -> None:
        """Reject a rule that lacks what its kind needs."""
        Amended.__post_init__(self)
        missing = [name for name in self.NEEDS.get(self.kind, ()) if getattr(self, name) in (None, ())]
        if missing:
            raise ValueError(f"a rule of kind {self.kind} needs {', '.join(missing)}")

    @property
    def by_use(self) -> bool:
        """Whether it reaches an item for its end use or a party alone, and tells nothing of other shipments of it."""
        return any(True for operator in ("end_use", "listed") for _ in self.when.named(operator))

    def more(self, node: Triples, around: Around) -> None:
        """The top of its tests."""
        node.link(_TREE.top, "test", f"{around.key}.1")


@record("not-modelled", "du:NotModelled", table="not-modelled", form="csv", noun="part not modelled", kept=True)
class NotModelled(Sourced):
    """A part of the law that the rules leave out, and what that means for an answer."""

    key: Key
    """Short name of the part left out."""
    what: Annotated[Text, Lit("rdfs:label", "en")]
    """What is left out."""
    citation: Annotated[Text, Lit("eli:id_local")]
    """Where it stands in the law."""
    consequence: Annotated[Text, Lit("dct:description", "en")]
    """What that means for an answer."""
    jurisdiction: Annotated[Text, Lit("du:jurisdiction")]
    """Legal order that it is part of: ISO 3166-1 alpha-2, or EU."""
    bars_items: Annotated[Literal["elsewhere", "unreached"] | None, Lit("du:barsItems")] = None
    """``unreached``: no item is cleared that no rule reaches; ``elsewhere``: none that leaves from elsewhere."""
