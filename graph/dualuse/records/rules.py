"""Rules of decision: what a transaction needs, stored as data and read by one small evaluator."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dualuse.dates import PartialDate
from dualuse.records.base import Dated, Key, Keys, PlaceKeys, Record, Sourced, Text
from dualuse.records.law import Bearer, ReviewPolicy

RuleKind = Literal["exclusion", "requirement", "exception", "review-policy", "allocation", "duty"]
Number = Literal[
    "tpp-per-unit",
    "tpp-total",
    "tpp-year",
    "performance-density",
    "memory-bandwidth",
]
EndUse = Literal[
    "development",
    "production",
    "storage",
    "research",
    "model-training",
    "cloud-service",
    "published-weights",
    "other",
]
_COMBINING = ("all", "any", "none")
_TESTS = (
    "item",
    "product",
    "place",
    "destination",
    "headquarters",
    "headquarters_all",
    "origin",
    "exporter",
    "end_use",
    "data_centre",
    "transfer",
    "validated_end_user",
    "private_sector",
    "number",
    "between",
)


class Condition(Record):
    """One test, or several combined; exactly one key of each node says which."""

    all: tuple[Condition, ...] = ()
    """Every one must hold."""
    any: tuple[Condition, ...] = ()
    """One must hold."""
    none: tuple[Condition, ...] = ()
    """None may hold."""
    item: Keys = ()
    """The item is classified as one of these on the day."""
    product: Keys = ()
    """The item is one of these products."""
    place: PlaceKeys = ()
    """The destination is one of these places, after treatment (Hong Kong as China)."""
    destination: Keys = ()
    """The destination is in one of these groups."""
    headquarters: Keys = ()
    """The consignee, or its ultimate parent, is headquartered in one of these groups."""
    headquarters_all: Keys = ()
    """The consignee and its ultimate parent are both headquartered in these groups."""
    origin: PlaceKeys = ()
    """The item leaves from one of these places."""
    exporter: Keys = ()
    """The exporter is one of these organisations."""
    end_use: Annotated[tuple[EndUse, ...], Field()] = ()
    """The stated end use is one of these; an end use that was not stated fails the test."""
    data_centre: Literal["yes", "no"] | None = None
    """Whether the item is designed or marketed for data centres."""
    transfer: Literal["in-country"] | None = None
    """The item stays inside one destination."""
    validated_end_user: Literal["universal", "national"] | None = None
    """The consignee holds this authorisation; one that was not stated fails the test."""
    private_sector: Literal["yes"] | None = None
    """The consignee is a private-sector end user; unknown unless stated."""
    number: Number | None = None
    """A number of the transaction: TPP per unit, of the shipment, or of the year; density; GB/s."""
    at_least: float | None = None
    """Lower bound of ``number``, inclusive."""
    at_most: float | None = None
    """Upper bound of ``number``, inclusive."""
    below: float | None = None
    """Upper bound of ``number``, exclusive."""
    between: tuple[PartialDate, PartialDate] | None = None
    """The day is in this period, the second day exclusive."""
    says: Text | None = None
    """What the test asks, in words; every test has it."""
    provision: Key | None = None
    """Paragraph of the test, where it is another than the rule's."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in (*_COMBINING, *_TESTS) if getattr(self, name) not in ((), None)]
        if len(given) != 1:
            known = ", ".join((*_COMBINING, *_TESTS))
            raise ValueError(f"a condition is exactly one of {known}; found {given or 'none'}")
        if given[0] in _TESTS and self.says is None:
            raise ValueError(f"the test {given[0]!r} needs 'says': what it asks, in words")
        bounds = [bound for bound in (self.at_least, self.at_most, self.below) if bound is not None]
        if (given[0] == "number") != bool(bounds):
            raise ValueError("'number' goes with at_least, at_most or below, and they with it")
        return self

    @property
    def test(self) -> str:
        """Name of the test or combination."""
        return next(name for name in (*_COMBINING, *_TESTS) if getattr(self, name) not in ((), None))


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
