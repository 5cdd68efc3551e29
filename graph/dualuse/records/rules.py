"""Rules of decision: what a transaction needs, stored as data and read by one small evaluator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, create_model, model_validator

from dualuse.dates import PartialDate
from dualuse.law.kinds import COMBINATIONS, Number, Period, Things, Words, kinds
from dualuse.model.values import Bearer, ReviewPolicy
from dualuse.records.base import Dated, Key, Keys, PlaceKeys, Record, Sourced, Text

RuleKind = Literal["exclusion", "requirement", "exception", "review-policy", "allocation", "duty"]


class _Combined(Record):
    """One test, or several combined; exactly one key of each node says which."""

    all: tuple[Condition, ...] = ()
    """Every one must hold."""
    any: tuple[Condition, ...] = ()
    """One must hold."""
    none: tuple[Condition, ...] = ()
    """None may hold."""
    use: Key | None = None
    """Named condition that stands here; its words and its paragraph can be told otherwise."""
    at_least: float | None = None
    """Lower bound of a number, inclusive."""
    at_most: float | None = None
    """Upper bound of a number, inclusive."""
    below: float | None = None
    """Upper bound of a number, exclusive."""
    says: Text | None = None
    """What the test asks, in words; every test has it."""
    provision: Key | None = None
    """Paragraph of the test, where it is another than the rule's."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in _keys() if getattr(self, name) not in ((), None)]
        if len(given) != 1:
            raise ValueError(f"a condition is exactly one of {', '.join(_keys())}; found {given or 'none'}")
        kind = kinds().get(given[0])
        if kind is not None and self.says is None:
            raise ValueError(f"the test {given[0]!r} needs 'says': what it asks, in words")
        bounds = [bound for bound in (self.at_least, self.at_most, self.below) if bound is not None]
        if (kind is not None and isinstance(kind.form, Number)) != bool(bounds):
            raise ValueError("a number goes with at_least, at_most or below, and they with it")
        return self

    @property
    def test(self) -> str:
        """Name of the test or combination."""
        return next(name for name in _keys() if getattr(self, name) not in ((), None))

    def plain(self, named: Mapping[str, NamedCondition]) -> Condition:
        """The condition with every named one written out."""
        if self.use is not None:
            told = {"says": self.says, "provision": self.provision}
            own = {name: value for name, value in told.items() if value is not None}
            return named[self.use].when.plain(named).model_copy(update=own)
        parts = {name: tuple(part.plain(named) for part in getattr(self, name)) for name in COMBINATIONS}
        return self.model_copy(update=parts)

    def uses(self, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Conditions in it that stand for a named one, each with the path that leads to it."""
        if self.use is not None:
            yield path, self
        for name in COMBINATIONS:
            for index, part in enumerate(getattr(self, name)):
                yield from part.uses((*path, name, index))


def _keys() -> tuple[str, ...]:
    return (*COMBINATIONS, "use", *kinds())


def _annotation(form: Things | Words | Number | Period) -> tuple[Any, Any]:
    """Type and default of the field of a form."""
    literal: Any = Literal
    match form:
        case Things("place"):
            return PlaceKeys, ()
        case Things():
            return Keys, ()
        case Words(values, several=True):
            return tuple[literal[values], ...], ()
        case Words(values) | Number(values):
            return literal[values] | None, None
        case Period():
            return tuple[PartialDate, PartialDate] | None, None


def _fields() -> dict[str, Any]:
    """A field for every kind of test."""
    found = {}
    for kind in kinds().values():
        annotation, default = _annotation(kind.form)
        found[kind.name] = (annotation, Field(default=default, description=kind.meaning))
    return found


if TYPE_CHECKING:
    Condition = _Combined
else:
    Condition = create_model(
        "Condition", __base__=_Combined, __module__=__name__, __doc__=_Combined.__doc__, **_fields()
    )
"""One test, or several combined, with a field for each kind of test."""

REFERENCES = {kind.name: kind.form.table for kind in kinds().values() if isinstance(kind.form, Things)} | {
    "use": "conditions"
}
"""Field of a condition -> table that it refers to."""


class NamedCondition(Record):
    """``data/conditions.yml``: a condition that several rules share, under the name by which they use it."""

    title: Text
    """What it asks, in a few words."""
    when: Condition
    """What must hold."""


class Due(Record):
    """When a duty falls due, counted from the shipment, or from the end of the half-year it falls in."""

    days: int = 0
    """Days between the shipment, or the end of its half-year, and the day the duty falls due."""
    side: Literal["before", "after", "after-half-year"] = "before"
    """Whether it falls due before the shipment, after it, or after the end of its half-year."""


class DecisionRule(Dated):
    """``data/rules/<key>.yml``: one rule; it counts while its instrument (or provision) is in force under the lens."""

    title: Text
    """What the rule is, in a few words."""
    kind: RuleKind
    """What the rule does to a transaction."""
    instrument: Key
    """Instrument whose status decides whether the rule counts."""
    provision: Key
    """Paragraph it is read from."""
    order: int
    """Rules of one kind are tried in this order."""
    displaces: Keys = ()
    """Rules that do not count while this one does."""
    applies_to: Keys = ()
    """Requirements it answers (exceptions, review policies, allocations), or rules whose use brings a duty."""
    when: Condition
    """What must hold for the rule to bite."""
    code: Text | None = None
    """Code of a licence exception."""
    review_policy: ReviewPolicy | None = None
    """How an application is decided, where the rule says so."""
    limit: float | None = None
    """Ceiling in TPP (allocations; exceptions with a yearly limit)."""
    duty: Text | None = None
    """What must be done."""
    bearer: Bearer | None = None
    """Role that must do the duty."""
    due: Due | None = None
    """When the duty falls due."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "exception": ("code", "applies_to"),
            "review-policy": ("review_policy", "applies_to"),
            "allocation": ("limit", "applies_to"),
            "duty": ("duty", "bearer", "due", "applies_to"),
        }.get(self.kind, ())
        missing = [name for name in needs if getattr(self, name) in (None, ())]
        if missing:
            raise ValueError(f"a rule of kind {self.kind} needs {', '.join(missing)}")
        return self


class NotModelled(Sourced):
    """``data/not-modelled.csv``: a part of the law that the rules leave out, and what that means for an answer."""

    key: Key
    """Short name of the part left out."""
    what: Text
    """What is left out."""
    citation: Text
    """Where it stands in the law."""
    consequence: Text
    """What that means for an answer."""
    bars_items: Literal["unreached"] | None = None
    """``unreached``: an item that no rule reaches on the day is not cleared; blank: it bars no item."""
    bars_places: PlaceKeys = ()
    """Destinations to which nothing is cleared because of it."""
