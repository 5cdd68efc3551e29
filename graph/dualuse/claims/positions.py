"""Who stood where: windows around an event, positions with their grounds, and changes over time.

A position is held by an organisation; in a legislature by the member who speaks, since a member's view is not the
chamber's. ``concerned`` is not ``opposes``: positions of different stances are never merged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from dualuse.claims.speech import Act, Speech
from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.model.law import Event
from dualuse.model.speech import Statement
from dualuse.namespaces import ID
from dualuse.node import Node

Where = Literal["inside", "before", "after", "unsure"]
_DURATION = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[hdw])", re.ASCII)
_HOURS = {"h": 1, "d": 24, "w": 168}
_DAY = 24


@dataclass(frozen=True)
class Window:
    """Days around an event, both ends included.

    Statements are dated to the day at best, so hours are counted in whole days, rounded up.
    """

    event: Event
    first: date
    last: date

    def place(self, said: PartialDate) -> Where:
        """Where a date falls: inside, before, after, or unsure where it could be either."""
        if said.latest < self.first:
            return "before"
        if said.earliest > self.last:
            return "after"
        return "inside" if self.first <= said.earliest and said.latest <= self.last else "unsure"

    def days(self, said: PartialDate) -> int | None:
        """Days from the event, negative before it; None where the day is not known."""
        return (said.earliest - self.event.date.earliest).days if said.exact else None


@dataclass(frozen=True)
class Position:
    """A stance that someone holds, its grounds, and the acts that show it, by date.

    ``holder`` is ``organisation:…`` or, for a member of a legislature, ``person:…``.
    """

    holder: Node
    organisation: str
    stance: str
    grounds: tuple[str, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Change:
    """A holder's stance on an instrument and the next one that differs.

    ``sure`` is False where the dates do not tell which came first.
    """

    holder: Node
    instrument: str
    before: Statement
    after: Statement
    sure: bool


def read_hours(text: str) -> int:
    """Hours of a span of time such as ``72h``, ``3d`` or ``1w``.

    Raises:
        UsageError: not of that form.

    Example:
        >>> read_hours("3d")
        72
    """
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise UsageError(f"--within {text!r}: write a number and h, d or w, for example 72h or 3d")
    return int(match["number"]) * _HOURS[match["unit"]]


def window(event: Event, hours: int, side: str = "either") -> Window:
    """The days within some hours of an event.

    Args:
        side: ``either`` side of it, only ``after`` it, or only ``before``; its own day is always in.
    """
    days = timedelta(days=-(-hours // _DAY))
    first = event.date.earliest if side == "after" else event.date.earliest - days
    last = event.date.latest if side == "before" else event.date.latest + days
    return Window(event, first, last)


def find_event(name: str, events: Sequence[Event]) -> Event:
    """The event that a name means: a kind (the first of it), a key, or an IRI.

    Raises:
        UsageError: none of that name; the message lists the events there are.
    """
    wanted = name.strip().removeprefix("event:").removeprefix(f"{ID}event/")
    for event in events:
        if wanted in (event.kind, event.node.key):
            return event
    known = ", ".join(f"{event.kind} ({event.date}, {event.node.key})" for event in events)
    raise UsageError(f"--of {name!r}: no such event; {f'there are: {known}' if known else 'none is recorded'}")


def holder(act: Act, signer: str, speech: Speech) -> Node:
    """Who holds the position that a signer takes in an act: ``organisation:…`` or ``person:…``."""
    organisation = speech.organisations.get(signer)
    statement = act.of(signer)
    if organisation is not None and "legislature" in organisation.types and statement.organisation == signer:
        return Node("person", statement.speaker) if statement.speaker else Node("organisation", signer)
    return Node("organisation", signer)


def positions(acts: Iterable[Act], speech: Speech) -> list[Position]:
    """Positions taken in acts, one for each holder and stance, sorted by holder and stance."""
    found: dict[tuple[Node, str, str], list[Act]] = defaultdict(list)
    for act in acts:
        for signer in act.signers:
            found[holder(act, signer, speech), signer, act.of(signer).stance].append(act)
    return [
        Position(
            holder=who,
            organisation=signer,
            stance=stance,
            grounds=tuple(sorted({ground for act in members for ground in given_grounds(act, signer)})),
            acts=tuple(members),
        )
        for (who, signer, stance), members in sorted(found.items())
    ]


def given_grounds(act: Act, signer: str) -> tuple[str, ...]:
    """Grounds that a signer gives in an act: all those of a letter, and its own where it is no letter."""
    return act.grounds if len(act.signers) > 1 else act.of(signer).grounds or act.grounds


def changes(acts: Iterable[Act], speech: Speech) -> list[Change]:
    """Where a holder's stance on one instrument differs from the one before, by holder, instrument and date."""
    told: dict[tuple[Node, str], list[Statement]] = defaultdict(list)
    for act in acts:
        for signer in act.signers:
            statement = act.of(signer)
            for instrument in statement.instruments:
                told[holder(act, signer, speech), instrument].append(statement)
    found = []
    for (who, instrument), statements in sorted(told.items()):
        ordered = sorted(statements, key=lambda s: (s.date.earliest, s.date.latest, s.node.key))
        found += [
            Change(who, instrument, before, after, before.date.latest < after.date.earliest)
            for before, after in pairwise(ordered)
            if before.stance != after.stance
        ]
    return found


def placed(acts: Iterable[Act], around: Window) -> Iterator[tuple[Act, Where]]:
    """Acts with where they fall in a window."""
    for act in acts:
        yield act, around.place(act.first.date)
