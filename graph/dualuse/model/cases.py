"""Cases: what a transaction came to, by someone who knows; they stand beside the rule that they test."""

from __future__ import annotations

from typing import Annotated, Literal

from dualuse.dates import PartialDate
from dualuse.law.kinds import facts
from dualuse.model.base import Keys, Record, SomeKeys, Text
from dualuse.model.fields import Points, fields_of, record
from dualuse.model.values import Lens, ReviewPolicy
from dualuse.suggest import nearest

Outcome = Literal["not-subject", "no-licence-required", "licence-exception", "licence-required", "indeterminate"]
Review = Literal[ReviewPolicy, "open"]


@record()
class Expected(Record):
    """What a case has to come to; what is left blank is not looked at."""

    outcome: Outcome | None = None
    """What the transaction needs."""
    exception: Text | None = None
    """Code of the licence exception; needed where the outcome is one."""
    review_policy: Review | None = None
    """How an application is decided; ``open``: it turns on what is not known."""
    applies: Literal["yes", "no", "unknown"] | None = None
    """Whether the rule that the file stands beside applies."""
    due: PartialDate | None = None
    """Day on which that rule, a duty, falls due."""
    duties: Annotated[Keys, Points("rules")] = ()
    """Rules whose duties follow, or may."""
    stands_between: Annotated[Keys, Points("not-modelled")] = ()
    """Parts of the law that are not modelled and keep the transaction from being cleared."""
    gaps: Annotated[Keys, Points("rules")] = ()
    """Rules of the kind ``gap`` that keep it from being cleared."""

    def __post_init__(self) -> None:
        """Reject what expects nothing, or half of something."""
        if not any(getattr(self, field.name) for field in fields_of(type(self))):
            raise ValueError("a case has to expect something: an outcome, or whether the rule applies")
        if (self.outcome == "licence-exception") != (self.exception is not None):
            raise ValueError("the outcome 'licence-exception' goes with 'exception', its code, and it with that")


@record()
class Case(Record):
    """One transaction and what it comes to."""

    day: PartialDate
    """Day of law."""
    lens: Lens = "codified"
    """Whose word counts."""
    facts: dict[str, str]
    """The transaction: ``item``, ``quantity`` (1 if left out), ``to``, and options of ``dualuse check``."""
    expect: Expected
    """What it comes to."""
    sources: Annotated[SomeKeys, Points("sources")]
    """Sources that say so."""
    note: Text | None = None
    """Where they say so, or what the case shows."""

    def __post_init__(self) -> None:
        """Reject a day that is none and facts that no rule asks for."""
        if not self.day.exact:
            raise ValueError(f"day {self.day} must be a whole day, YYYY-MM-DD")
        known = ("item", "quantity", "to", *facts())
        for name in self.facts:
            if name not in known:
                close = nearest(name, known, 1)
                hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
                raise ValueError(f"no rule asks for the fact {name!r}; {hint}")
        missing = [name for name in ("item", "to") if name not in self.facts]
        if missing:
            raise ValueError(f"the facts lack {' and '.join(missing)}")


@record(table="rules.cases", form="beside")
class Cases(Record):
    """Cases of the rule of that name."""

    cases: tuple[Case, ...]
    """The cases, each with its day, facts and sources."""
